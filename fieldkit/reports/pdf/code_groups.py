"""A code in large, evenly spaced letters, as it is read and copied by hand."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fieldkit.reports.blocks import CodeGroups
from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.fonts import BOLD, REGULAR

_A_ROW = 4
_ROW = 16 * mm
_PAD = 5 * mm
_SLACK = 4 * mm
"""Taken off the foot of the panel: the last row needs no gap below it."""
_LETTER = 21
_NUMBER = 8


class CodeGrid(Flowable):
    """The groups four to a row in a tinted panel; each group numbered so that two people can check it aloud.

    Every letter has a place of the same width: Atkinson is not monospaced, and ragged groups are miscounted.
    """

    def __init__(self, block: CodeGroups) -> None:
        super().__init__()
        self._block = block
        self._width = 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As wide as the page; as high as its rows."""
        self._width = available_width
        return available_width, self._height() + style.GAP

    def draw(self) -> None:
        """Paint the panel, then each group."""
        canvas: Canvas = self.canv
        height = self._height()
        canvas.setFillColor(style.WASH)
        canvas.setStrokeColor(style.ACCENT)
        canvas.setLineWidth(1.2)
        canvas.roundRect(0, style.GAP, self._width, height, 3 * mm, stroke=1, fill=1)
        cell = (self._width - 2 * _PAD) / _A_ROW
        for n, group in enumerate(self._block.groups):
            row, column = divmod(n, _A_ROW)
            top = style.GAP + height - _PAD - row * _ROW
            self._group(canvas, n + 1, group, _PAD + column * cell, top, cell)

    def _height(self) -> float:
        rows = -(-len(self._block.groups) // _A_ROW)
        return float(rows * _ROW + _PAD * 2 - _SLACK)

    def _group(self, canvas: Canvas, n: int, group: str, left: float, top: float, cell: float) -> None:
        middle = left + cell / 2
        canvas.setFillColor(style.SOFT_INK)
        canvas.setFont(REGULAR, _NUMBER)
        canvas.drawCentredString(middle, top - _NUMBER, str(n))
        canvas.setFillColor(style.INK)
        canvas.setFont(BOLD, _LETTER)
        step = min(cell / (len(group) + 1), 6.4 * mm)
        start = middle - step * (len(group) - 1) / 2
        for place, letter in enumerate(group):
            canvas.drawCentredString(start + place * step, top - _NUMBER - _LETTER - 2, letter)
