"""Each block as reportlab flowables."""

from __future__ import annotations

from functools import singledispatch
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, ListFlowable, ListItem, NextPageTemplate, PageBreak, Spacer
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as FlowTable

from fieldkit.reports.blocks import (
    Block,
    CodeGroups,
    Drawing,
    Heading,
    KeyFacts,
    KeyList,
    Note,
    Paragraph,
    Points,
    Steps,
    Table,
)
from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.code_groups import CodeGrid
from fieldkit.reports.pdf.drawing import Strip
from fieldkit.reports.pdf.fonts import REGULAR, split_runs
from fieldkit.reports.pdf.rows import Rows
from fieldkit.reports.picture import Picture

WIDTH = 170 * mm
WIDE_WIDTH = A4[1] - 2 * style.MARGIN
TALL, WIDE = "tall", "wide"
"""The names of upright pages and of those turned on their side."""
_TALLEST = 180 * mm
"""A drawing higher than this gets a page of its own: a heat map of 24 statements (148 mm) stands below its heading."""
_WIDE_HEIGHT = A4[0] - 2 * style.MARGIN - 12 * mm
"""Of a page turned on its side, below the heading of the drawing."""
SHEET_COLUMN = (A4[0] - 2 * style.SHEET_MARGIN - style.SHEET_GUTTER) / 2
_KEYS_WIDTH = 27 * mm
_LABEL_WIDTH = 38 * mm
_SHORT = 40
"""Characters of a printed cell that fit into a row to write in; a row with more is as high as its words."""
_HAND = 9 * mm
"""The height of a line that is written on by hand."""


def text(words: str, shape: ParagraphStyle) -> Flow:
    """A paragraph of plain words: markup escaped, missing glyphs set in another font."""
    own = shape.fontName
    parts = []
    for run in split_runs(words, own):
        inner = escape(run.text).replace("\n", "<br/>")
        parts.append(inner if run.font == own else f'<font name="{run.font}">{inner}</font>')
    return Flow("".join(parts), shape)


@singledispatch
def flow(block: Block) -> list[Flowable]:
    """One block as flowables. Raises ``TypeError`` for what is not a block."""
    raise TypeError(f"not a block: {type(block).__name__}")


@flow.register
def _heading(block: Heading) -> list[Flowable]:
    return [text(block.text, style.HEADINGS[block.level])]


@flow.register
def _paragraph(block: Paragraph) -> list[Flowable]:
    return [text(block.text, style.STRONG if block.strong else style.BODY)]


@flow.register
def _facts(block: KeyFacts) -> list[Flowable]:
    cells = [[text(label, style.LABEL), text(value, style.CELL)] for label, value in block.facts]
    lines = [("LINEBELOW", (1, n), (1, n), 0.6, style.LINE) for n, (_, value) in enumerate(block.facts) if not value]
    heights = [None if value else _HAND for _, value in block.facts]
    table = FlowTable(cells, colWidths=[_LABEL_WIDTH, WIDTH - _LABEL_WIDTH], rowHeights=heights, hAlign="LEFT")
    table.setStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 2.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
            *(("VALIGN", (0, n), (-1, n), "TOP" if value else "BOTTOM") for n, (_, value) in enumerate(block.facts)),
            *lines,
        ]
    )
    return [table, Spacer(0, style.GAP)]


@flow.register
def _table(block: Table) -> list[Flowable]:
    shares = block.widths or (1,) * len(block.header)
    widths = [WIDTH * share / sum(shares) for share in shares]
    head = [text(cell, style.CELL_HEAD) for cell in block.header]
    caption: list[Flowable] = [text(block.caption, style.CAPTION)] if block.caption else []
    if block.room:
        return _to_write_in(block, widths, head, [[text(cell, style.CELL) for cell in row] for row in block.rows])
    rows = ([text(cell, style.CELL) for cell in row] for row in block.rows)
    return [*caption, Rows(head, rows, widths), Spacer(0, style.GAP)]


def _to_write_in(block: Table, widths: list[float], head: list[Flow], rows: list[list[Flow]]) -> list[Flowable]:
    """A grid with lines between the columns too: what is written by hand needs its place."""
    heights = [None if any(len(cell) > _SHORT for cell in row) else block.room * mm for row in block.rows]
    table = FlowTable([head, *rows], colWidths=widths, rowHeights=[None, *heights], repeatRows=1, hAlign="LEFT")
    table.setStyle([("BACKGROUND", (0, 0), (-1, 0), style.WASH), ("GRID", (0, 0), (-1, -1), 0.5, style.LINE),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 4)])  # fmt: skip
    caption: list[Flowable] = [text(block.caption, style.CAPTION)] if block.caption else []
    return [*caption, table, Spacer(0, style.GAP)]


@flow.register
def _note(block: Note) -> list[Flowable]:
    inner = [text(block.title, style.CELL_HEAD), text(block.text, style.CELL)]
    table = FlowTable([[inner]], colWidths=[WIDTH], hAlign="LEFT")
    table.setStyle([("BACKGROUND", (0, 0), (-1, -1), style.WASH), ("LINEBEFORE", (0, 0), (0, -1), 3, style.ACCENT),
                    ("LEFTPADDING", (0, 0), (-1, -1), 10), ("TOPPADDING", (0, 0), (-1, -1), 7),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 8)])  # fmt: skip
    return [Spacer(0, style.GAP), table, Spacer(0, style.GAP)]


@flow.register
def _steps(block: Steps) -> list[Flowable]:
    return [_list(block.steps, bulletType="1", bulletFormat="%s.")]


@flow.register
def _points(block: Points) -> list[Flowable]:
    return [_list(block.points, bulletType="bullet", start="–")]


@flow.register
def _drawing(block: Drawing) -> list[Flowable]:
    """In the column where it fits; else on pages turned on their side, cut into strips where it is wider still."""
    title, picture = text(block.title, style.HEADINGS[3]), block.picture
    if picture.width <= WIDTH + 1 and picture.height <= _TALLEST:
        return [title, *_strips(picture, WIDTH, _TALLEST), Spacer(0, style.GAP)]
    turn, back = [NextPageTemplate(WIDE), PageBreak()], [NextPageTemplate(TALL), PageBreak()]
    return [*turn, title, *_strips(picture, WIDE_WIDTH, _WIDE_HEIGHT, gives=True), *back]


def _strips(picture: Picture, width: float, tallest: float, *, gives: bool = False) -> list[Flowable]:
    return [Strip(picture, left, right, width, tallest, gives) for left, right in picture.slices(width)]


@flow.register
def _groups(block: CodeGroups) -> list[Flowable]:
    return [text(block.label, style.CAPTION), CodeGrid(block)]


@flow.register
def _keys(block: KeyList) -> list[Flowable]:
    cells = [[text(keys, style.SHEET_KEYS), text(words, style.SHEET_CELL)] for keys, words in block.rows]
    if not cells:
        return [text(block.title, style.SHEET_HEAD)]
    table = FlowTable(cells, colWidths=[_KEYS_WIDTH, SHEET_COLUMN - _KEYS_WIDTH], hAlign="LEFT")
    table.setStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                    ("TOPPADDING", (0, 0), (-1, -1), 0.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.9),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.3, style.LINE)])  # fmt: skip
    # Heading and table are not kept together: a table that begins in one column may end in the next.
    return [text(block.title, style.SHEET_HEAD), table]


def _list(lines: tuple[str, ...], **bullets: str) -> Flowable:
    items = [ListItem(text(line, style.BODY)) for line in lines]
    return ListFlowable(items, leftIndent=7 * mm, bulletFontName=REGULAR, bulletFontSize=10.5, **bullets)
