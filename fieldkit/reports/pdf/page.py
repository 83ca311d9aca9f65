"""A document on A4 pages with a foot line and the facts a reader's program asks for (title, language)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from fieldkit.reports.blocks import Document
from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.flow import SHEET_COLUMN, TALL, WIDE, WIDE_WIDTH, WIDTH, flow, text
from fieldkit.reports.pdf.fonts import BOLD, REGULAR, load_fonts, split_runs

_FOOT_SIZE, _MARK_SIZE = 8, 9
_AHEAD = 50
"""Parts that are made before the page they stand on: reportlab looks at the next few to keep them together."""


def to_pdf(document: Document, begun: Callable[[int], None] | None = None) -> bytes:
    """The PDF's bytes: the same document gives the same bytes on the same set of fonts.

    ``begun`` is told the number of each page as it is begun; what it raises ends the making.
    """
    load_fonts()
    target = BytesIO()
    told = _Telling(begun)
    template = BaseDocTemplate(
        target, pagesize=A4, invariant=1, title=document.title, author=document.author,
        subject=document.kicker, creator="FieldKit", producer="FieldKit", lang=document.lang, initialFontName=REGULAR,
        leftMargin=style.MARGIN, rightMargin=style.MARGIN, topMargin=style.MARGIN, bottomMargin=style.MARGIN,
    )  # fmt: skip
    frames = _columns() if document.is_sheet else [_column(style.MARGIN, style.MARGIN, WIDTH, style.MARGIN)]
    wide = Frame(style.MARGIN, style.MARGIN, WIDE_WIDTH, A4[0] - 2 * style.MARGIN, 0, 0, 0, 0)
    template.addPageTemplates([
        PageTemplate(id=TALL, frames=frames, onPage=lambda canvas, _: _begin(canvas, document, WIDTH, told)),
        PageTemplate(
            id=WIDE, frames=[wide], pagesize=landscape(A4),
            onPage=lambda canvas, _: _begin(canvas, document, WIDE_WIDTH, told),
        ),
    ])  # fmt: skip
    try:
        template.build(_Story(_story(document)))
    except _Ended:
        assert told.problem is not None
        raise told.problem from None
    return target.getvalue()


def _column(left: float, foot: float, width: float, top: float) -> Frame:
    return Frame(left, foot, width, A4[1] - foot - top, 0, 0, 0, 0)


def _columns() -> list[Frame]:
    """Two narrow columns down to just above the foot line."""
    step = SHEET_COLUMN + style.SHEET_GUTTER
    lefts = (style.SHEET_MARGIN, style.SHEET_MARGIN + step)
    return [_column(left, style.FOOT + 6 * mm, SHEET_COLUMN, style.SHEET_MARGIN) for left in lefts]


class _Ended(Exception):
    """Whoever is told of the pages has ended the making."""


class _Telling:
    """Keeps what was raised: on its way through reportlab an error has words added to what it says."""

    def __init__(self, begun: Callable[[int], None] | None) -> None:
        self._begun = begun
        self.problem: Exception | None = None

    def __call__(self, page: int) -> None:
        try:
            if self._begun is not None:
                self._begun(page)
        except Exception as problem:
            self.problem = problem
            raise _Ended from None


class _Story(list[Flowable]):
    """What comes next, some way ahead: a thousand pages of paragraphs made at once are 300 MB."""

    def __init__(self, coming: Iterator[Flowable]) -> None:
        super().__init__()
        self._coming = coming
        self._fill()

    def __len__(self) -> int:
        self._fill()
        return super().__len__()

    def __bool__(self) -> bool:
        return len(self) > 0

    def _fill(self) -> None:
        while super().__len__() < _AHEAD and (one := next(self._coming, None)) is not None:
            self.append(one)


def _story(document: Document) -> Iterator[Flowable]:
    if document.is_sheet:
        yield text(document.title, style.SHEET_TITLE)
    else:
        if document.kicker:
            yield text(document.kicker, style.KICKER)
        yield text(document.title, style.HEADINGS[1])
    gaps: list[Flowable] = []
    for block in document.blocks:
        for one in flow(block):
            if isinstance(one, Spacer):  # kept until something follows: at the foot of a page it made an empty one
                gaps.append(one)
                continue
            yield from gaps
            gaps.clear()
            yield one


def _begin(canvas: Canvas, document: Document, width: float, told: Callable[[int], None]) -> None:
    told(canvas.getPageNumber())
    _foot(canvas, document, width)
    if document.marking:
        _mark(canvas, document.marking)


def _mark(canvas: Canvas, marking: str) -> None:
    """In the middle of the upper and of the lower edge."""
    width, height = canvas._pagesize
    canvas.setFillColor(style.INK)
    for y in (height - 9 * mm, 7 * mm):
        left = (width - sum(canvas.stringWidth(one.text, BOLD, _MARK_SIZE) for one in split_runs(marking, BOLD))) / 2
        for run in split_runs(marking, BOLD):
            canvas.setFont(run.font, _MARK_SIZE)
            canvas.drawString(left, y, run.text)
            left += canvas.stringWidth(run.text, run.font, _MARK_SIZE)


def _foot(canvas: Canvas, document: Document, width: float) -> None:
    canvas.setStrokeColor(style.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(style.MARGIN, style.FOOT + 4 * mm, style.MARGIN + width, style.FOOT + 4 * mm)
    canvas.setFillColor(style.SOFT_INK)
    left = style.MARGIN
    for run in split_runs(document.footer):
        canvas.setFont(run.font, _FOOT_SIZE)
        canvas.drawString(left, style.FOOT, run.text)
        left += canvas.stringWidth(run.text, run.font, _FOOT_SIZE)
    canvas.setFont(REGULAR, _FOOT_SIZE)
    canvas.drawRightString(style.MARGIN + width, style.FOOT, str(canvas.getPageNumber()))
