"""The foot of each page: a rule, the words in one line or two, and which page of how many it is; the marking.

How many there are is known once the last page is set, and the pages before it are written by then. Each page has a
place that is filled at the end (a PDF form), so that nothing is set twice and no page is kept waiting.
"""

from __future__ import annotations

import zlib
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.fonts import BOLD, REGULAR, split_runs

_SIZE, _MARK_SIZE = 8, 9
_LEADING = 3.4 * mm
_PARTS = " · "
"""Where a long foot line is parted into two."""
_NUMBER_ROOM = 82.0
"""Of ``Page 9999 of 9999`` with a gap before it."""


class NumberedPages(Canvas):
    """A canvas that says on each of its pages how many there are."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._numbered: list[tuple[int, float]] = []

    def place_number(self, right: float) -> None:
        """The number of this page stands left of ``right``."""
        page = self.getPageNumber()
        self._numbered.append((page, right))
        self.doForm(f"page{page}")

    def showPage(self) -> None:
        """End the page and pack it: reportlab keeps what pages say as it is until all are written."""
        super().showPage()
        done = self._doc.Pages.pages[-1]
        packed = zlib.compress(done.stream.encode())
        done.stream, done.Contents = None, PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed, [])

    def save(self) -> None:
        """Fill the places, then end the document."""
        if len(self._code):
            self.showPage()
        pages = self.getPageNumber() - 1
        for page, right in self._numbered:
            low = style.FOOT - _LEADING
            self.beginForm(f"page{page}", right - _NUMBER_ROOM, low, right, style.FOOT + _LEADING)
            self.setFillColor(style.SOFT_INK)
            self.setFont(REGULAR, _SIZE)
            self.drawRightString(right, style.FOOT, f"Page {page} of {pages}")
            self.endForm()
        super().save()


def draw_foot(canvas: Canvas, words: str, width: float) -> None:
    """The rule, ``words`` and the place of the number. Words never reach it: they go on below or are cut short."""
    lines = _lines(words, width - _NUMBER_ROOM)
    rise = _LEADING / 2 if len(lines) > 1 else 0.0
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(style.MARGIN, style.FOOT + 4 * mm + rise, style.MARGIN + width, style.FOOT + 4 * mm + rise)
    canvas.setFillColor(style.SOFT_INK)
    for at, line in enumerate(lines):
        _draw(canvas, style.MARGIN, style.FOOT + rise - at * _LEADING, line, REGULAR, _SIZE)
    if isinstance(canvas, NumberedPages):
        canvas.place_number(style.MARGIN + width)


def draw_marking(canvas: Canvas, marking: str) -> None:
    """In the middle of the upper and of the lower edge."""
    width, height = canvas._pagesize
    for y in (height - 9 * mm, 7 * mm):
        _draw(canvas, (width - _wide(marking, BOLD, _MARK_SIZE)) / 2, y, marking, BOLD, _MARK_SIZE, style.INK)


def _draw(canvas: Canvas, left: float, y: float, words: str, font: str, size: int, ink: Any = style.SOFT_INK) -> None:
    canvas.setFillColor(ink)
    for run in split_runs(words, font):
        canvas.setFont(run.font, size)
        canvas.drawString(left, y, run.text)
        left += canvas.stringWidth(run.text, run.font, size)


def _wide(words: str, font: str, size: int) -> float:
    return float(sum(stringWidth(one.text, one.font, size) for one in split_runs(words, font)))


def _lines(words: str, room: float) -> list[str]:
    """At most two, parted between the facts where there are some; what is left over is cut short."""
    if not words or _wide(words, REGULAR, _SIZE) <= room:
        return [words] if words else []
    facts = words.split(_PARTS)
    fitting = [n for n in range(1, len(facts)) if _wide(_PARTS.join(facts[:n]), REGULAR, _SIZE) <= room]
    if fitting:
        cut = _PARTS.join(facts[: fitting[-1]])
        rest = words[len(cut) + len(_PARTS) :]
    else:
        cut = _shortest(words, room)
        rest = words[len(cut) :].lstrip()
    return [cut, _cut(rest, room)]


def _shortest(words: str, room: float) -> str:
    """As many whole words as fit; of one that is longer than the line as many letters."""
    cut = words
    while _wide(cut, REGULAR, _SIZE) > room:
        cut = cut.rpartition(" ")[0] or cut[:-1]
    return cut


def _cut(words: str, room: float) -> str:
    if _wide(words, REGULAR, _SIZE) <= room:
        return words
    while words and _wide(f"{words}…", REGULAR, _SIZE) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"
