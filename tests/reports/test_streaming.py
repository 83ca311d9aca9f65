"""Long reports are written piece by piece: memory does not grow with them, and every medium can be stopped halfway."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from fieldkit.kernel.errors import Mistake
from fieldkit.reports.blocks import Document, Table
from fieldkit.reports.html import to_html
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.plain import to_plain
from fieldkit.reports.save import save
from fieldkit.reports.word import to_word

MADE = {".pdf": to_pdf, ".html": lambda one: to_html(one).encode(), ".docx": to_word,
        ".txt": lambda one: to_plain(one).encode()}  # fmt: skip


def _document(rows: int) -> Document:
    row = ("12 Nov 2026", "P1", "Nobody had told the night team of the change", "shortfall")
    table = Table(header=("When", "Source", "What", "Bearing"), rows=(row,) * rows, widths=(3, 3, 9, 3))
    return Document(title="Long", blocks=(table,), footer="Provisional", marking="OFFICIAL")


@pytest.mark.parametrize("ending", list(MADE))
def test_a_file_holds_what_is_made_at_once(ending: str, tmp_path: Path) -> None:
    document = _document(30)
    save(document, tmp_path / f"one{ending}")
    assert (tmp_path / f"one{ending}").read_bytes() == MADE[ending](document)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("ending", [".pdf", ".html", ".docx"])
def test_what_is_stopped_halfway_leaves_the_file_that_was_there(ending: str, tmp_path: Path) -> None:
    place, told = tmp_path / f"one{ending}", list[int]()
    place.write_bytes(b"earlier")

    def stop(page: int) -> None:
        told.append(page)
        if len(told) == 3:
            raise Mistake("report.stopped")

    with pytest.raises(Mistake, match="stopped"):
        save(_document(200), place, stop)
    assert len(told) == 3
    assert [one.name for one in tmp_path.iterdir()] == [place.name]
    assert place.read_bytes() == b"earlier"


@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_memory_does_not_grow_with_the_report(ending: str, tmp_path: Path) -> None:
    place = tmp_path / f"one{ending}"
    save(_document(5), place)  # what is imported and kept once
    assert _peak(_document(3_000), place) < _peak(_document(300), place) + 300_000


def _peak(document: Document, place: Path) -> int:
    tracemalloc.start()
    try:
        save(document, place)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
