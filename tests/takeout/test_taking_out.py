"""Every format over the sample visit: valid, whole, and without what may not leave."""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import json
import re
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

import resources
from fieldkit.app.export import SCHEMA
from fieldkit.app.export_files import Withheld
from fieldkit.app.takeout import word
from fieldkit.app.takeout.markdown_text import md
from fieldkit.app.takeout.refi_codes import category_guid, secondary_guid, statement_guid, word_guid
from fieldkit.app.takeout.refi_project import RefiChoice
from fieldkit.app.takeout.taking_out import losses_of, take_out
from fieldkit.app.takeout.ways import WAYS, Way, way_out
from fieldkit.app.takeout.word import word_files
from fieldkit.exchange.refi.checking import check_project
from fieldkit.exchange.refi.codebook_in import read_codebook
from fieldkit.exchange.refi.model import MediaKind, Project, Selection, every_code
from fieldkit.exchange.refi.plain_text import plain
from fieldkit.exchange.refi.project_in import read_project
from fieldkit.kernel.errors import Mistake, Trouble
from tests.takeout.conftest import AWKWARD, CODE, FORMULA, HELD_SOUND, LETTER, NAME, PHOTO, SECRET, SOUND, Sample
from tests.takeout.refi_checks import wrong_in_codebook, wrong_in_project


@pytest.fixture(scope="module")
def out(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[Way, Path]:
    """Each format, written once."""
    folder = tmp_path_factory.mktemp("out")
    found = {one.way: folder / f"{one.way.value}{one.suffix}" for one in WAYS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word, "word_files", some_word_files)
        for way, path in found.items():
            take_out(way, sample.order(), path)
    return found


def some_word_files(*about: Any) -> list[word.WordFile]:
    """One of each report, and all of what this sample adds: sixty documents would take eight seconds."""
    each: dict[str, word.WordFile] = {}
    every = word_files(*about)
    for one in every:
        each.setdefault(one.kind.id, one)
    return [one for one in every if one in each.values() or "Board" in one.name or "C77" in one.name]


def bytes_in(path: Path) -> Iterator[bytes]:
    """All bytes of a format, packages opened."""
    for one in [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]:
        if zipfile.is_zipfile(one):
            with zipfile.ZipFile(one) as package:
                yield from (package.read(name) for name in package.namelist())
        else:
            yield one.read_bytes()


@pytest.mark.parametrize("way", list(Way))
def test_no_format_tells_what_is_held_withdrawn_or_not_to_be_told(out: dict[Way, Path], way: Way) -> None:
    everything = b"\n".join(bytes_in(out[way])).decode("utf-8", "replace")
    secrets = [SECRET, NAME, CODE]
    if way not in (Way.JSON, Way.FOLDER):  # there both stand as what they are
        secrets += ["zq-withdrawn-words", "zq-restricted-words"]
    assert [one for one in secrets if one in everything] == []
    assert out[way].stat().st_mode & 0o077 == 0
    assert not list(out[way].parent.glob(".*")), "nothing is left beside it"


def test_the_folder_holds_the_files_and_a_valid_document(out: dict[Way, Path]) -> None:
    for path in (out[Way.FOLDER] / "export.json", out[Way.JSON]):
        document = json.loads(path.read_text("utf-8"))
        schema = json.loads(resources.read_text("schema", SCHEMA))
        assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    assert LETTER in list(bytes_in(out[Way.FOLDER]))
    assert LETTER in list(bytes_in(out[Way.MARKDOWN]))


def project(out: dict[Way, Path]) -> Project:
    return read_project(out[Way.REFI])[0]


def test_the_project_is_valid_holds_together_and_is_read_without_loss(out: dict[Way, Path]) -> None:
    assert wrong_in_project(out[Way.REFI]) == []
    assert check_project(out[Way.REFI]) == []
    assert read_project(out[Way.REFI])[1].found == []


def _selections(found: Project) -> dict[str, tuple[str, Selection]]:
    return {one.guid: (text.text[one.start : one.end], one) for text in found.texts for one in text.selections}


def test_every_note_is_one_selection_over_its_words_with_both_codes_of_its_cell(
    out: dict[Way, Path], sample: Sample
) -> None:
    found = project(out)
    selections = _selections(found)
    words, one = selections[sample.awkward]
    assert (
        words
        == plain(AWKWARD)
        == "fell [slightly smiling face] “by e\u0301 half”\nsecond line\nthird [woman]\u200d[girl]"
    )
    framework = sample.framework
    wanted = {
        statement_guid(framework, framework.statements[1].id), category_guid(framework, framework.categories[0].id),
        word_guid("bearing", "shortfall"), secondary_guid(framework.id, "insight-sources", "staff-survey"),
    }  # fmt: skip
    assert wanted <= {coding.code for coding in one.codings}
    assert one.user == found.user
    document = json.loads(out[Way.JSON].read_text("utf-8"))
    told = [note for note in document["notes"] if not note["barred"] and note["withdrawn"] is None]
    told = [note for note in told if note["text"] != "zq-restricted-words"]
    assert len(told) > 50
    for note in told:
        assert selections[note["id"]][0] == (plain(note["text"]) or "[Marked moment, no words]")
    events = [text for text in found.texts if text.name.startswith("Case C77")]
    assert len(selections) >= len(told) + sum(len(text.selections) for text in events)
    texts = "".join(text.text for text in found.texts)
    assert len(texts.encode("utf-16-le")) == 2 * len(texts), "both ways of counting agree"


def test_secondary_tags_are_in_tables_and_pages(out: dict[Way, Path], sample: Sample) -> None:
    book = load_workbook(out[Way.WORKBOOK], read_only=True)
    rows = [tuple(cell.value for cell in row) for row in book["Secondary tags"].iter_rows(min_row=2)]
    assert (sample.awkward, sample.framework.id, "Insight source", "Staff survey") in rows
    pages = [page.read_text("utf-8") for page in out[Way.MARKDOWN].rglob("*.md")]
    assert sum("- Insight source: Staff survey" in page for page in pages) == 1


def test_a_case_has_its_events_in_order_its_facts_and_its_notes(out: dict[Way, Path], sample: Sample) -> None:
    found = project(out)
    case = next(one for one in found.cases if one.guid == sample.case.id)
    selections = _selections(found)
    said = [selections[one][0] for one in case.selections]
    assert said == ["Referral, GP: letter [slightly smiling face] sent", "Contact, GP: first seen", "She waited"]
    names = {one.guid: one.name for one in found.variables}
    facts = {names[one.variable]: one.value for one in case.values}
    assert (facts["Case: need"], facts["Case: longest wait in days"], facts["Case: events"]) == (
        "stroke, +care",
        "28",
        "2",
    )


def test_a_judgement_is_a_dated_note_linked_to_what_it_rests_on_and_to_nothing_withdrawn(
    out: dict[Way, Path], sample: Sample
) -> None:
    found = project(out)
    note = next(one for one in found.notes if one.guid == sample.judgement)
    assert note.text == "Provisional. Score: 2\nLearning [slightly smiling face] is slow\n"
    assert note.at is not None
    links = [(one.name, one.target) for one in found.links if one.origin == sample.judgement]
    assert links == [("corroborates", sample.awkward)]


def test_the_same_code_has_the_same_guid_in_every_export_and_a_name_of_its_own(
    out: dict[Way, Path], sample: Sample
) -> None:
    book, losses = read_codebook(out[Way.CODEBOOK])
    assert losses.found == []
    assert wrong_in_codebook(out[Way.CODEBOOK].read_bytes()) == []
    names = [one.name for one in every_code(project(out).codes)]
    assert len({one.casefold() for one in names}) == len(names)
    assert {one.guid for one in every_code(book.codes)} <= {one.guid for one in every_code(project(out).codes)}


def test_photos_and_sound_are_inside_as_they_were_with_the_codes_of_their_note(
    out: dict[Way, Path], sample: Sample
) -> None:
    found = project(out)
    media = {one.kind: one for one in found.media}
    assert len(found.media) == 2, "one photo, one recording; not the one that a consent holds"
    photo, sound = media[MediaKind.PICTURE], media[MediaKind.AUDIO]
    with zipfile.ZipFile(out[Way.REFI]) as package:
        assert package.read(f"sources/{photo.file}") == PHOTO
        assert package.read(f"sources/{sound.file}") == SOUND
        every = b"".join(package.read(name) for name in package.namelist())
    assert HELD_SOUND not in every
    assert photo.file.endswith(".png")
    assert plain("The notice 🙂, cafe\u0301") in photo.name
    selections = _selections(found)
    of_note = {one.code for one in selections[sample.awkward][1].codings}
    assert {one.code for one in photo.codings} <= of_note
    assert len(photo.codings) == 4, "statement, category, bearing and secondary tag"
    assert (photo.guid, sample.awkward) in {(one.origin, one.target) for one in found.links if one.name == "shows"}
    case = next(one for one in found.cases if one.guid == sample.case.id)
    assert sound.guid in case.sources


def test_a_file_that_is_damaged_or_not_here_stays_out_and_is_said(sample: Sample, tmp_path: Path) -> None:
    class Torn:
        """Files of which the photo is damaged and the sound is not here."""

        def has(self, sha256: str) -> bool:
            return sha256 != hashlib.sha256(SOUND).hexdigest()

        def pieces(self, sha256: str) -> Iterator[bytes]:
            yield PHOTO[:10]
            raise Trouble("attach.damaged")

    order = replace(sample.order(), files=Torn())  # type: ignore[arg-type]
    written = take_out(Way.REFI, order, tmp_path / "x.qdpx")
    assert {one.withheld for one in written.files} == {Withheld.DAMAGED, Withheld.NOT_HERE, Withheld.HELD}
    assert check_project(tmp_path / "x.qdpx") == wrong_in_project(tmp_path / "x.qdpx") == []
    assert read_project(tmp_path / "x.qdpx")[0].media == ()


def test_exact_keeps_emoji_and_compat_gives_each_case_a_code(sample: Sample, tmp_path: Path) -> None:
    take_out(Way.REFI, sample.order(refi=RefiChoice(exact=True, compat=True)), tmp_path / "x.qdpx")
    assert check_project(tmp_path / "x.qdpx") == wrong_in_project(tmp_path / "x.qdpx") == []
    found = read_project(tmp_path / "x.qdpx")[0]
    selections = _selections(found)
    assert selections[sample.awkward][0] == AWKWARD.replace("\r\n", "\n").replace("\r", "\n")
    waited = next(one for words, one in selections.values() if words == "She waited")
    assert sample.case.id in {coding.code for coding in waited.codings}


def test_what_a_project_cannot_hold_is_said_before_it_is_written(sample: Sample) -> None:
    said = " ".join(losses_of(Way.REFI, sample.vault.questions, sample.board.assessment, [sample.framework]))
    for words in (
        "Signatures",
        "Files that are no picture, sound or PDF: 1",
        "1 notes that a consent holds",
        "notes that were withdrawn",
        "some of the team",
        "strong",
    ):
        assert words in said


def test_tables_have_real_dates_no_formulas_and_a_dictionary_of_every_column(out: dict[Way, Path]) -> None:
    book = load_workbook(out[Way.WORKBOOK])
    for name in (
        "Notes",
        "Tags",
        "People",
        "Activities",
        "Cases",
        "Events of cases",
        "Escalations",
        "Requests",
        "Scores",
    ):
        assert name in book.sheetnames
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, "nothing is a formula"
    notes = [[cell.value for cell in row] for row in book["Notes"].iter_rows()]
    head, rows = notes[0], notes[1:]
    row = next(dict(zip(head, one, strict=True)) for one in rows if one[head.index("Text")] == FORMULA)
    assert isinstance(row["Noticed"], datetime)
    assert isinstance(row["Day"], date)
    told = {(one[0], one[1]) for one in book["Data dictionary"].iter_rows(values_only=True)}
    for sheet in book.worksheets[:-1]:
        for cell in next(sheet.iter_rows(max_row=1)):
            assert (sheet.title, cell.value) in told
    scores = [[cell.value for cell in row] for row in book["Scores"].iter_rows()]
    assert {row[1] for row in scores[1:]} == {"Provisional"}


def test_csv_begins_as_excel_needs_it_and_guards_what_looks_like_a_formula(out: dict[Way, Path]) -> None:
    for path in out[Way.TABLES].iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if re.match(r"[=+\-@\t\r\n]", cell)]
    notes = (out[Way.TABLES] / "notes.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK(" in notes


def test_pages_show_what_was_written_and_every_link_leads_somewhere(out: dict[Way, Path]) -> None:
    folder = out[Way.MARKDOWN]
    index = (folder / "index.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", index)
    assert len(links) > 5
    assert all((folder / one).is_file() for one in links)
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")} - {"index.md"}
    assert pages <= set(links)
    everything = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.md"))
    assert "third 👩\u200d👧" in everything
    assert "by e\u0301 half" in everything
    assert md("# a *b* [c](d) <e>\n- f\n1. g") == "\\# a \\*b\\* \\[c\\](d) \\<e\\>\n\\- f\n1\\. g"


def test_every_report_for_the_team_is_a_word_document_and_none_for_others(out: dict[Way, Path], sample: Sample) -> None:
    assert {one.suffix for one in out[Way.WORD].iterdir()} == {".docx"}
    assert (out[Way.WORD] / "Score trace.docx").is_file()
    names = [one.name for one in word_files(sample.vault.questions, sample.board.assessment, [sample.framework])]
    assert len({one.casefold() for one in names}) == len(names)
    assert sum(one.startswith("Activity record") for one in names) > 5
    assert sum(one.startswith("Evidence pack") for one in names) == 17
    assert not [one for one in names if one.startswith("Draft assessment report")]


def test_the_same_assessment_gives_the_same_bytes(sample: Sample, out: dict[Way, Path], tmp_path: Path) -> None:
    for way in (Way.REFI, Way.CODEBOOK, Way.JSON):
        take_out(way, sample.order(), tmp_path / "again")
        assert (tmp_path / "again").read_bytes() == out[way].read_bytes()


@pytest.mark.parametrize("way", [one for one in Way if one is not Way.CODEBOOK])
def test_stopping_leaves_nothing_behind(
    sample: Sample, tmp_path: Path, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > 3 or way in (Way.JSON, Way.FOLDER):
            raise Stopped

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Stopped):
        take_out(way, sample.order(tell=stop), tmp_path / f"x{way_out(way).suffix}")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_never_written_into(sample: Sample, tmp_path: Path) -> None:
    for way in (Way.FOLDER, Way.TABLES, Way.MARKDOWN):
        with pytest.raises(Mistake, match=r"export\.exists"):
            take_out(way, sample.order(), tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").touch()
    for way in (Way.REFI, Way.JSON, Way.WORKBOOK, Way.CODEBOOK):
        with pytest.raises(Mistake, match=r"export\.is_folder"):
            take_out(way, sample.order(), tmp_path / "taken")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("way", [one.way for one in WAYS])
def test_a_disk_that_is_full_is_said_and_nothing_half_written_stays(
    sample: Sample, tmp_path: Path, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    with _most(4_000), pytest.raises(Trouble) as trouble:
        take_out(way, sample.order(), tmp_path / "x.any")
    gc.collect()
    assert trouble.value.code == "export.not_written"
    assert list(tmp_path.iterdir()) == []
    assert "Traceback" not in capfd.readouterr().err


@contextmanager
def _most(size: int) -> Iterator[None]:
    """No file may become larger: what a full disk does, as far as a program sees it."""
    resource = pytest.importorskip("resource")
    before, ends = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ends)
