"""``fieldkit case`` and ``fieldkit touchpoint``: a list comes in, a sample is taken, a timeline is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

HEAD = "Surname,Description,Age,Need,Where they live,Locality,Delayed discharge"
ROWS = ("Smith,Woman fell,83,Frailty,Own home,Moor,Yes", "Jones,Man waiting,71,Dementia,Care home,Vale,No")


@pytest.fixture
def listed(settled: Shell, tmp_path: Path) -> Shell:
    """Somebody with two cases on the list."""
    settled.ok("case", "import", str(_file(tmp_path, *ROWS)))
    return settled


def _file(folder: Path, *rows: str) -> Path:
    file = folder / "cases.csv"
    file.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    return file


def _event(shell: Shell, when: str, service: str, text: str, *more: str) -> dict[str, object]:
    found: dict[str, object] = shell.json(
        "touchpoint", "add", "C01", text, "--when", when, "--service", service, *more
    )  # fmt: skip
    return found


def _story(shell: Shell) -> None:
    _event(shell, "2 march 14:10", "Acute trust", "Admitted, surgery")
    _event(shell, "12 march", "Acute trust", "Referred to memory clinic", "--to", "Memory clinic", "--standard", "42")
    _event(shell, "14 march", "Acute trust", "Discharged, no letter #sp-", "--should-have", "Letter in 24 hours")
    _event(shell, "about 2 april", "Community nursing", "! First visit", "--standard", "2", "--source", "record")
    shell.ok("touchpoint", "add", "C01", "Nobody rang me", "--when", "9 april", "--kind", "words")


def test_a_list_is_imported_and_names_are_left_behind(settled: Shell, tmp_path: Path) -> None:
    file = _file(tmp_path, *ROWS)
    said = settled.ok("case", "import", str(file), "--dry-run")
    assert "Surname: A column of names cannot be imported" in said.err
    assert "Nothing was imported." in said.out
    found = settled.json("case", "import", str(file))
    assert [(one["code"], one["age_band"], one["row"]) for one in found["imported"]] == [
        ("C01", "75 to 84", 2), ("C02", "65 to 74", 3),
    ]  # fmt: skip
    assert "Smith" not in settled.ok("record", "list").out
    assert "2 on the list   0 of 10 in the sample" in settled.ok("case", "list").out


def test_a_wrong_row_stops_the_import_until_the_good_rows_are_taken(settled: Shell, tmp_path: Path) -> None:
    file = _file(tmp_path, *ROWS, "Brown,Born 3/4/1942,80,Frailty,Own home,Moor,No")
    said = settled("case", "import", str(file))
    assert said.code == 2
    assert "Row 4: Description holds a full date" in said.err
    assert settled.json("case", "list") == []
    assert len(settled.json("case", "import", str(file), "--good-rows")["imported"]) == 2


def test_columns_can_be_named_and_people_stay_out_whatever_is_said(settled: Shell, tmp_path: Path) -> None:
    file = str(_file(tmp_path, *ROWS))
    found = settled.json("case", "import", file, "--column", "Locality=setting", "--column", "Where they live=nothing")
    assert [(one["setting"], one["place"]) for one in found["imported"]] == [("Moor", ""), ("Vale", "")]
    said = settled("case", "import", file, "--column", "Surname=need", "--json")
    assert (said.code, said.problem) == (2, "case_list.names")


def test_a_sample_is_proposed_with_reasons_and_taken(listed: Shell) -> None:
    proposed = listed.json("case", "sample", "--size", "1", "--reserves", "1")
    assert [one["code"] for one in proposed["sample"]] == ["C01"]
    assert [one["sampling"] for one in listed.json("case", "list")] == ["listed", "listed"]
    said = listed.ok("case", "sample", "--size", "1", "--reserves", "1", "--take")
    assert "C01: first with age band 75 to 84, need Frailty, setting Own home, place Moor" in said.out
    assert [one["sampling"] for one in listed.json("case", "list")] == ["sampled", "reserve"]
    assert listed("case", "state", "C02", "not-engaged").code == 2
    assert listed.json("case", "state", "c2", "not-engaged", "--reason", "Moved")["reason"] == "Moved"


def test_a_timeline_is_written_listed_and_shown(listed: Shell) -> None:
    _story(listed)
    said = listed.ok("touchpoint", "list", "C01").out
    assert "14 March       2 d   Acute trust        Discharged, no letter      ! I1" in said
    assert "From 14 March to about 2 April: 19 days, longer than the standard of 2 days" in said
    assert "Referral on 12 March to Memory clinic: no contact yet after 245 days" in said
    events = listed.json("touchpoint", "list", "C01")
    assert [one["kind"] for one in events] == ["admission", "referral", "discharge", "contact", "words"]
    assert sum(one["wait_days"] or 0 for one in events) == listed.json("case", "show", "C01")["days"] == 31
    shown = listed.ok("touchpoint", "show", "C01", "4").out
    assert "Wait:        From 14 March to about 2 April: 19 days" in shown
    assert "Concern:     yes" in shown
    assert listed("touchpoint", "show", "C01", "9", "--json").problem == "touchpoint.unknown"


def test_a_case_is_printed_with_its_drawing(listed: Shell, tmp_path: Path) -> None:
    _story(listed)
    said = listed.ok("case", "show", "C01", "--save", str(tmp_path / "C01.pdf"))
    assert "All waits together: 31 days" in said.out
    assert (tmp_path / "C01.pdf").read_bytes().startswith(b"%PDF")
    assert "<svg" in (tmp_path / "C01.html").read_text(encoding="utf-8")


def test_a_note_about_a_case_is_found_by_its_reference(listed: Shell) -> None:
    _story(listed)
    listed.ok("note", "add", "ch: the letter came late #lc- ~C01", "--activity", "Board meeting")
    texts = [one["text"] for one in listed.json("note", "list", "about:C01")]
    assert texts == ["14 March 2026, Acute trust: Discharged, no letter\nShould have happened: Letter in 24 hours",
                     "the letter came late"]  # fmt: skip
    assert [one["text"][:8] for one in listed.json("note", "list", "about:C01/3")] == ["14 March"]
    assert "the letter came late  ~C01" in listed.ok("note", "list", "about:C01").out
    assert listed.json("note", "list", "about:C02") == []


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--when", "31 april", "--service", "GP"), "touchpoint.date"),
        (("--when", "13 november 2026", "--service", "GP"), "touchpoint.future"),
        (("--when", "1 may"), "touchpoint.no_service"),
        (("--when", "1 may", "--service", "GP", "--standard", "soon"), "touchpoint.standard"),
        (("--when", "1 may", "--service", "GP", "--check", "kind=yes"), "cli.not_found"),
    ],
)
def test_what_is_wrong_with_an_event_is_said(listed: Shell, options: tuple[str, ...], problem: str) -> None:
    said = listed("touchpoint", "add", "C01", "Seen", *options, "--json")
    assert (said.code, said.problem) == (2, problem)


def test_an_unknown_case_and_a_file_that_is_none_are_named(listed: Shell, tmp_path: Path) -> None:
    assert listed("case", "show", "C09", "--json").problem == "case.unknown"
    (tmp_path / "list.xlsm").write_bytes(b"PK")
    assert listed("case", "import", str(tmp_path / "list.xlsm"), "--json").problem == "case_list.macros"
    assert listed("case", "import", str(tmp_path / "none.csv"), "--json").problem == "spreadsheet.unreadable"


def test_a_vault_with_cases_verifies(listed: Shell) -> None:
    _story(listed)
    assert listed("vault", "verify").code == 0


def test_a_dated_list_is_tried_and_added_and_wrong_lines_are_named(listed: Shell, tmp_path: Path) -> None:
    file = tmp_path / "history.txt"
    file.write_bytes("12/03/2026 GP referral; ~April Café assessed #sp-\nthe carer rang".encode("cp1252"))
    said = listed.ok("touchpoint", "paste", "C01", str(file), "--service", "Memory clinic", "--dry-run")
    assert "About April 2026, Memory clinic: Café assessed (assessment), 1 tagged" in said.err
    assert "Line 2: no date was found" in said.err
    refused = listed("touchpoint", "paste", "C01", str(file), "--service", "Memory clinic", "--json")
    assert (refused.code, refused.problem) == (2, "dated_list.wrong_lines")
    assert listed.json("touchpoint", "list", "C01") == []
    added = listed.json("touchpoint", "paste", "C01", str(file), "--service", "Memory clinic", "--good-lines")
    assert [one["when"]["precision"] for one in added] == ["day", "month"]
    assert len(listed.json("touchpoint", "list", "C01")) == 2


def test_gaps_are_listed_and_one_becomes_a_note_that_counts(listed: Shell) -> None:
    _story(listed)
    gaps = listed.json("touchpoint", "gaps", "C01")
    assert [one["kind"] for one in gaps] == ["long_wait", "referral"]
    assert listed("touchpoint", "gaps", "C01", "--note", "3").code == 2
    note = listed.json("touchpoint", "gaps", "C01", "--note", "2")
    assert note["text"].startswith("Referral on 12 March 2026 to Memory clinic: no contact yet after")
    assert (note["about"], note["evidence"][0]["bearing"]) == (gaps[1]["event"], "shortfall")


def test_cases_are_compared_and_saved_and_what_each_gave_is_told(listed: Shell, tmp_path: Path) -> None:
    assert listed("case", "compare").code == 2
    _story(listed)
    listed.ok("touchpoint", "add", "C02", "Seen", "--when", "1 may", "--service", "GP")
    rows = {row["what"]: row["cases"] for row in listed.json("case", "compare")}
    assert rows["Acute trust to Community nursing"] == {"C01": "19 d over", "C02": "—"}
    (only,) = listed.json("case", "compare", "c1", "--gave")
    assert [cell["statement"] for cell in only["cells"]] == ["safe-systems"]
    target = tmp_path / "cases.txt"
    listed.ok("case", "compare", "--save", str(target))
    assert "Acute trust to Community nursing" in target.read_text(encoding="utf-8")
