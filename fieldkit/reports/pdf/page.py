"""A document on A4 pages with a foot line and the facts a reader's program asks for (title, language)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from fieldkit.reports.blocks import Block, Document, Note, Table
from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.flow import SHEET_COLUMN, TALL, WIDE, WIDE_WIDTH, WIDTH, flow, text
from fieldkit.reports.pdf.fonts import REGULAR, has_leftward, load_fonts
from fieldkit.reports.pdf.foot import NumberedPages, draw_foot, draw_marking
from fieldkit.reports.pdf.keeping import kept
from fieldkit.reports.plain import set_block

_LEFTWARD = Note(
    title="Words written from right to left",
    text="In this PDF the letters of Arabic, Hebrew and the like stand one by one from left to right, and are not "
    "joined. None is lost. The web page and the Word document of this report set them as they are written.",
)
_AHEAD = 50
"""Parts that are made before the page they stand on: reportlab looks at the next few to keep them together."""


def to_pdf(document: Document, begun: Callable[[int], None] | None = None) -> bytes:
    """The PDF's bytes: the same document gives the same bytes on the same set of fonts.

    ``begun`` is told the number of each page as it is begun; what it raises ends the making.
    """
    target = BytesIO()
    write_pdf(document, target, begun)
    return target.getvalue()


def write_pdf(document: Document, target: BinaryIO, begun: Callable[[int], None] | None = None) -> None:
    """The same into a file; pages that are done are held packed until the last is."""
    load_fonts()
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
        template.build(_Story(kept(_story(document), frames[0]._width, frames[0]._height)), canvasmaker=NumberedPages)
    except _Ended:
        assert told.problem is not None
        raise told.problem from None


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
    is_leftward = False
    for block in document.blocks:
        is_leftward = is_leftward or _goes_left(block)
        yield from flow(block)
    if is_leftward:
        yield from flow(_LEFTWARD)


def _goes_left(block: Block) -> bool:
    if isinstance(block, Table):  # cell by cell: as one text a thousand pages would be held twice
        return any(has_leftward(cell) for row in chain((block.header,), block.rows) for cell in row)
    return has_leftward(set_block(block))


def _begin(canvas: Canvas, document: Document, width: float, told: Callable[[int], None]) -> None:
    told(canvas.getPageNumber())
    draw_foot(canvas, document.footer, width)
    if document.marking:
        draw_marking(canvas, document.marking)
