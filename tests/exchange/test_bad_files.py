"""Damaged, hostile and unexpected files at every importer: a sentence or what is right, soon, and nothing half kept."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from fieldkit.app.attachments import Said, attach, take_in
from fieldkit.app.case_list import preview, read_tables
from fieldkit.app.guide_files import read_guide_file
from fieldkit.app.previews import preview as shown
from fieldkit.app.programme_file import read_programme_file
from fieldkit.domain.assessment import Activity
from fieldkit.domain.attachment import Attachment, People
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import RecordId
from fieldkit.media.source import source_of
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, new_vault, quick_keys
from ui.presenters.wording import catalogue, sentence

SECONDS = 15.0
"""CPU of one file at one importer on this machine; each is read away from the screens' thread."""
BOMB = 300 * 2**20
NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)

CSV = "Start,Activity,Description,Age,Primary need\n09:30,Ward round – café,Woman £ 80s,82,Frailty\n"
FORM = {
    "survey": [["type", "name", "label"], ["text", "part", "What is your part?"]],
    "settings": [["form_title"], ["Walk round"]],
}  # fmt: skip


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * BOMB)
    return made.getvalue()


def _pdf() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(60, 700, "Minutes of the board")
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def _png() -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").save(made, "PNG")
    return made.getvalue()


def _huge_png() -> bytes:
    """100,000 by 100,000 pixels in its head: a picture that would take 40 GB to open."""
    made = io.BytesIO()
    Image.new("1", (64, 64)).save(made, "PNG")
    data = bytearray(made.getvalue())
    data[16:24] = (100_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def _guide(questions: int) -> bytes:
    rows = [["type", "name", "label"], *(["text", f"q{n}", f"Question {n}?"] for n in range(questions))]
    return write_xlsx({"survey": rows, "settings": FORM["settings"]})


def _calendar(events: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{events}END:VCALENDAR\r\n".encode()


_EVENT = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:18991230T093000\r\nSUMMARY:ICB board 🚨\r\nEND:VEVENT\r\n"


def _random(seed: str) -> Callable[[], bytes]:
    return lambda: hashlib.shake_128(seed.encode()).digest(50_000)


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


FILES: Mapping[str, Callable[[], bytes]] = {
    **{f"empty.{kind}": lambda: b"" for kind in ("xlsx", "csv", "ics", "pdf")},
    **{f"random.{kind}": _random(kind) for kind in ("xlsx", "csv", "ics", "png", "pdf", "docx")},
    "cut.xlsx": lambda: _half(write_xlsx(FORM)), "cut.pdf": lambda: _half(_pdf()), "cut.png": lambda: _half(_png()),
    "cut.ics": lambda: _half(_calendar(_EVENT)), "old.ics": lambda: _calendar(_EVENT),
    "bomb.xlsx": _bomb, "bomb.docx": _bomb, "huge.png": _huge_png,
    "windows-1252.csv": lambda: CSV.encode("cp1252"), "utf-16.csv": lambda: CSV.encode("utf-16"),
    "right-to-left.csv": lambda: f"Start,Activity,Description\n09:30,{'לוח' * 3000} 🙂,خطر\n".encode(),
    "1899.csv": lambda: b"Date,Start,Activity,Description\n31/12/1899,09:30,Board,Woman\n",
    "guide-2000.xlsx": lambda: _guide(2_000),
    "long.csv": lambda: f"Start,Activity,Description\n09:30,{'x' * 5_000_000},y\n".encode(),
    "many.csv": lambda: ("Start,Activity,Description\n" + "09:30,Ward,Woman\n" * 200_000).encode(),
    "folder.xlsx": lambda: b"", "folder.ics": lambda: b"",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each of the files, and a folder where a file is meant."""
    place = tmp_path_factory.mktemp("bad")
    for name, data in FILES.items():
        if name.startswith("folder"):
            (place / name).mkdir()
        else:
            (place / name).write_bytes(data())
    return place


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """A vault with a meeting."""
    with quick_keys():
        made = new_vault(tmp_path_factory.mktemp("vault") / "v", FixedClock(NOW))
        try:
            a_meeting(made)
            yield made
        finally:
            made.close()


def _meeting(vault: OpenVault) -> Activity:
    (row,) = vault.questions.assessments()
    return vault.questions.activities(row.visits[0].id)[0].activity


def _form(path: Path, vault: OpenVault) -> str:
    reading = read_guide_file(path, ())
    if reading.guide is None:
        assert reading.remarks, "what blocks it is told, with its sheet and row"
        return f"{len(reading.remarks)} remarks"
    return f"{len(reading.guide.questions)} questions"


def _cases(path: Path, vault: OpenVault) -> str:
    found = [preview(table, table.guess) for table in read_tables(path)]
    return f"{sum(len(one.rows) for one in found)} rows"


def _programme(path: Path, vault: OpenVault) -> str:
    meeting = _meeting(vault)
    reading = read_programme_file(path, vault.questions.visit(meeting.visit))
    return f"{len(reading.rows)} rows, {len(reading.bad)} bad"


def _attachment(path: Path, vault: OpenVault) -> str:
    meeting = _meeting(vault)
    with source_of(path) as source:
        taken = take_in(vault.files, source, lambda done: None)
    said = Said(
        assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), purpose=path.name,
        people=People.NOBODY,
    )  # fmt: skip
    value = vault.perform(lambda uow: attach(uow, taken, said, again=True))[0]
    assert b"".join(vault.files.pieces(value.sha256)) == path.read_bytes(), "whatever it is, it is evidence as it came"
    return _shown(vault, value)


def _shown(vault: OpenVault, value: Attachment) -> str:
    try:
        shown(vault.files, value)
    except FieldKitError as problem:
        return f"kept; {_told(problem)}"
    return "kept and shown"


IMPORTERS: Mapping[str, Callable[[Path, OpenVault], str]] = {
    "form": _form, "cases": _cases, "programme": _programme, "attachment": _attachment,
}  # fmt: skip


def _told(problem: FieldKitError) -> str:
    assert problem.code in catalogue()
    words = sentence(problem)
    assert len(words) < 400, "a file's content is no part of a sentence"
    return words


@pytest.mark.parametrize("importer", IMPORTERS)
@pytest.mark.parametrize("name", FILES)
def test_every_file_at_every_importer_is_read_or_refused_in_words(
    folder: Path, vault: OpenVault, name: str, importer: str
) -> None:
    began = time.process_time()
    try:
        outcome = IMPORTERS[importer](folder / name, vault)
    except FieldKitError as problem:
        outcome = _told(problem)
    spent = time.process_time() - began
    print(f"{importer:<11}{name:<20}{spent:6.2f} s  {outcome[:90]}")
    assert spent < SECONDS


def test_and_nothing_is_half_kept(vault: OpenVault) -> None:
    assert vault.verify() == []
    left = [path for kind in (".new-*", ".part-*") for path in vault.folder.rglob(kind)]
    assert left == [], "what was refused left no piece behind"
