"""A picture as vectors on the page, cut into strips of the page's width with its rows' names before each."""

from __future__ import annotations

from functools import singledispatch

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.fonts import BOLD, REGULAR, split_runs
from fieldkit.reports.picture import Anchor, Cells, Mark, Picture, Shape, Stroke, Tone, Words
from fieldkit.reports.svg import arrow_head

_TONES = {
    Tone.INK: style.INK, Tone.SOFT: style.SOFT_INK, Tone.LINE: style.LINE, Tone.PAPER: HexColor(0xFFFFFF),
    Tone.WASH: style.WASH, Tone.ACCENT: style.ACCENT, Tone.ALARM: HexColor(0xA8201A),
}  # fmt: skip
_DASH = (4, 3)
_LEAST = 0.6
"""Of its size, below which a drawing goes on the next page instead of giving way."""


class Strip(Flowable):
    """What lies between ``left`` and ``right`` of a picture, beside what is pinned."""

    def __init__(
        self, picture: Picture, left: float, right: float, width: float, tallest: float, gives: bool = False
    ) -> None:
        """``tallest`` is the height of a whole page: every strip of a picture is drawn to one scale.

        One that ``gives`` is drawn smaller below headings that leave less room: the next page has no more of it.
        """
        super().__init__()
        self._picture = picture
        self._left, self._right = left, right
        self._width = width
        self._wanted = self._scale = min(1.0, (tallest - style.GAP) / picture.height)
        self._gives = gives

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As wide as the page; smaller where the picture is higher than a page. What does not fit goes on the next."""
        high = self._picture.height
        if self._gives and available_height - style.GAP >= high * self._wanted * _LEAST:
            self._scale = min(self._wanted, (available_height - style.GAP) / high)
        return self._width, high * self._scale + style.GAP

    def draw(self) -> None:
        """Paint the rows' names, then the piece."""
        canvas: Canvas = self.canv
        picture, pinned = self._picture, self._picture.pinned
        canvas.saveState()
        canvas.scale(self._scale, self._scale)
        self._piece(canvas, 0.0, pinned, 0.0)
        self._piece(canvas, self._left, self._right, pinned - self._left)
        canvas.setStrokeColor(style.LINE)
        canvas.setLineWidth(0.6)
        end = pinned + self._right - self._left
        if pinned:
            canvas.line(pinned, style.GAP, pinned, picture.height + style.GAP)
        if self._right < picture.width:  # it goes on in the next strip
            canvas.setDash(*_DASH)
            canvas.line(end, style.GAP, end, picture.height + style.GAP)
        canvas.restoreState()

    def _piece(self, canvas: Canvas, left: float, right: float, shift: float) -> None:
        height = self._picture.height
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(left + shift, style.GAP, right - left, height)
        canvas.clipPath(window, stroke=0, fill=0)
        canvas.translate(shift, style.GAP + height)
        canvas.scale(1, -1)
        for mark in self._picture.marks:
            _paint(mark, canvas)
        canvas.restoreState()


@singledispatch
def _paint(mark: Mark, canvas: Canvas) -> None:
    raise TypeError(f"not a mark: {type(mark).__name__}")


@_paint.register
def _stroke(mark: Stroke, canvas: Canvas) -> None:
    canvas.setStrokeColor(_TONES[mark.tone])
    canvas.setLineWidth(mark.width)
    canvas.setDash(*(_DASH if mark.dashed else ()))
    canvas.line(mark.x1, mark.y1, mark.x2, mark.y2)
    canvas.setDash()
    if mark.arrow:
        canvas.setFillColor(_TONES[mark.tone])
        _polygon(canvas, arrow_head(mark), stroke=0)


@_paint.register
def _shape(mark: Shape, canvas: Canvas) -> None:
    canvas.setFillColor(_TONES[mark.fill])
    canvas.setStrokeColor(_TONES[mark.edge])
    canvas.setLineWidth(mark.width)
    canvas.setDash(*(_DASH if mark.dashed else ()))
    edge = 1 if mark.width else 0
    if mark.round:
        left, top, width, height = mark.box
        canvas.ellipse(left, top, left + width, top + height, stroke=edge, fill=1)
    else:
        _polygon(canvas, mark.points, stroke=edge)
    canvas.setDash()


@_paint.register
def _words(mark: Words, canvas: Canvas) -> None:
    own = BOLD if mark.bold else REGULAR
    runs = [(run.font, run.text) for run in split_runs(_fitted(mark, own), own)]
    width = sum(pdfmetrics.stringWidth(text, font, mark.size) for font, text in runs)
    x = mark.x - {Anchor.LEFT: 0.0, Anchor.MIDDLE: width / 2, Anchor.RIGHT: width}[mark.anchor]
    canvas.saveState()
    canvas.translate(x, mark.y)
    canvas.scale(1, -1)  # the page is upside down for the shapes, and letters must not be
    canvas.setFillColor(_TONES[mark.tone])
    x = 0.0
    for font, text in runs:
        canvas.setFont(font, mark.size)
        canvas.drawString(x, 0, text)
        x += pdfmetrics.stringWidth(text, font, mark.size)
    canvas.restoreState()


@_paint.register
def _cells(mark: Cells, canvas: Canvas) -> None:
    path = canvas.beginPath()
    for left, top, width in mark.bars():
        path.rect(left, top, width, mark.cell)
    canvas.setFillColor(_TONES[mark.tone])
    canvas.drawPath(path, stroke=0, fill=1)


def _fitted(mark: Words, font: str) -> str:
    text = mark.text
    if not mark.room or pdfmetrics.stringWidth(text, font, mark.size) <= mark.room:
        return text
    while len(text) > 1 and pdfmetrics.stringWidth(text + "…", font, mark.size) > mark.room:
        text = text[:-1]
    return text.rstrip() + "…"


def _polygon(canvas: Canvas, points: tuple[tuple[float, float], ...], *, stroke: int) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=stroke, fill=1)
