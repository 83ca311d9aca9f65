"""The files of a whole day: small pictures, PDFs and texts, no two alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

PICTURES, PDFS, TEXTS = 10, 5, 10
NEEDS = ("Frailty", "Dementia", "Learning disability", "Mental health")
PLACES = ("Moor", "Vale", "Northport")


def make_files(folder: Path) -> list[Path]:
    """25 of them, as they came from a camera, a copier and a stick."""
    folder.mkdir()
    return [
        *(_picture(folder / f"photo-{n}.png", n) for n in range(PICTURES)),
        *(_pdf(folder / f"minutes-{n}.pdf", n) for n in range(PDFS)),
        *(_text(folder / f"rota-{n}.txt", n) for n in range(TEXTS)),
    ]


def case_list(folder: Path, count: int) -> Path:
    """A list of cases as services send them."""
    rows = ["Description,Age,Primary need,Where they live,Locality,Ethnic group,Carer,Delayed discharge"]
    for n in range(count):
        need, place = NEEDS[n % len(NEEDS)], PLACES[n % len(PLACES)]
        rows.append(f'"Woman {n}, fall at home",{60 + n},{need},Own home,{place},White British,Daughter,Yes')
    file = folder / "cases.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def programme(folder: Path, streams: Mapping[str, Sequence[str]]) -> Path:
    """The day's table: ``09:30,ICB board`` a line, by stream."""
    rows = ["Date,Start,Activity,Room,Stream"]
    today = f"{datetime.now(UTC).astimezone():%-d %B %Y}"
    for stream, lines in streams.items():
        rows += [f"{today},{line},Room {stream},{stream}" for line in lines]
    file = folder / "programme.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def _picture(file: Path, n: int) -> Path:
    Image.linear_gradient("L").resize((64 + n, 48)).convert("RGB").save(file)
    return file


def _pdf(file: Path, n: int) -> Path:
    canvas = Canvas(str(file), pagesize=(300, 200))
    canvas.drawString(40, 150, f"Minutes of the board, copy {n}")
    canvas.showPage()
    canvas.save()
    return file


def _text(file: Path, n: int) -> Path:
    file.write_text(f"Rota of week {n}\nNights: {n} staff\n", encoding="utf-8")
    return file
