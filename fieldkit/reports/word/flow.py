"""Each block as elements of a Word document's body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from itertools import repeat
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

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
from fieldkit.reports.word import style
from fieldkit.reports.word.drawing import drawn
from fieldkit.reports.word.xml import Element, element, paragraph, runs

WIDTH = Mm(170).twips
"""Between the margins of an upright page, in twentieths of a point as tables want it."""
_LABEL_SHARE = 38 / 170
_ACROSS = 4
_FEW, _SHORT = 8, 300
"""Facts, and characters of each, with which they are not parted over two pages."""
_LONG = 1_500
"""Characters of a cell with which its row may go on over the page."""
_PADDING = (("top", 60), ("left", 80), ("bottom", 60), ("right", 80))
"""Of a cell, in twentieths of a point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Long:
    """A table whose rows are made as they are written, behind what ``table`` holds already."""

    table: Element
    rows: Iterator[Element]


class Flow:
    """One document's blocks as elements, in turn; numbered lists each begin at 1."""

    def __init__(self, word: Any) -> None:
        self._word = word
        self._names = {one.name: one.style_id for one in word.styles}
        self._pictures = 0

    def text(self, words: str, name: str, *more: Element) -> Element:
        """A paragraph in a style of the house."""
        return paragraph(words, self._names[name], *more)

    @singledispatchmethod
    def of(self, block: Block) -> list[Element]:
        """One block. Raises ``TypeError`` for what is not a block."""
        raise TypeError(f"not a block: {type(block).__name__}")

    @of.register
    def _heading(self, block: Heading) -> list[Element]:
        return [self.text(block.text, style.HEADINGS[block.level - 1])]

    @of.register
    def _paragraph(self, block: Paragraph) -> list[Element]:
        return [self.text(block.text, style.STRONG if block.strong else style.BODY)]

    @of.register
    def _facts(self, block: KeyFacts) -> list[Element]:
        is_short = len(block.facts) <= _FEW and all(len(value) <= _SHORT for _, value in block.facts)
        together = len(block.facts) - 1 if is_short else 0
        rows = [
            [self.text(label, style.LABEL, *([element("w:keepNext")] if at < together else ())),
             self.text(value or "…", style.CELL)]
            for at, (label, value) in enumerate(block.facts)
        ]  # fmt: skip
        return self._grid(rows, (_LABEL_SHARE, 1 - _LABEL_SHARE), lines=False)

    @of.register
    def _table(self, block: Table) -> list[Element]:
        head = [self.text(cell, style.CELL_HEAD) for cell in block.header]
        rows = ([self.text(cell, style.CELL) for cell in row] for row in block.rows)
        whole = (all(len(cell) <= _LONG for cell in row) for row in block.rows)
        shares = block.widths or (1,) * len(block.header)
        caption = [self.text(block.caption, style.CAPTION)] if block.caption else []
        return [*caption, *self._grid(rows, shares, head=head, room=block.room, whole=whole)]

    @of.register
    def _note(self, block: Note) -> list[Element]:
        return [
            self.text(block.title, style.NOTE_TITLE, *style.boxed()), self.text(block.text, style.NOTE, *style.boxed())
        ]  # fmt: skip

    @of.register
    def _steps(self, block: Steps) -> list[Element]:
        number = self._new_numbering()
        return [self.text(step, style.NUMBER, number()) for step in block.steps] + [self._gap()]

    @of.register
    def _points(self, block: Points) -> list[Element]:
        return [self.text(point, style.BULLET) for point in block.points] + [self._gap()]

    @of.register
    def _groups(self, block: CodeGroups) -> list[Element]:
        cells = [self.text(f"{at}  {group}", style.CODE) for at, group in enumerate(block.groups, 1)]
        while len(cells) % _ACROSS:
            cells.append(self.text("", style.CODE))
        rows = [cells[at : at + _ACROSS] for at in range(0, len(cells), _ACROSS)]
        return [self.text(block.label, style.STRONG), *self._grid(rows, (1,) * _ACROSS)]

    @of.register
    def _keys(self, block: KeyList) -> list[Element]:
        rows = [[self.text(keys, style.CELL_HEAD), self.text(words, style.CELL)] for keys, words in block.rows]
        return [self.text(block.title, style.HEADINGS[1]), *self._grid(rows, (_LABEL_SHARE, 1 - _LABEL_SHARE))]

    @of.register
    def _drawing(self, block: Drawing) -> list[Element]:
        found = [self.text(block.title, style.HEADINGS[2])]
        for left, right in block.picture.slices(WIDTH / 20):
            self._pictures += 1
            piece = drawn(block.picture, left, right, WIDTH / 20, self._pictures, block.title)
            found.append(element("w:p", element("w:pPr", element("w:pStyle", val=self._names[style.BODY])), piece))
            line = found[-1].find(qn("w:pPr"))
            line.append(element("w:spacing", line=240, lineRule="auto"))  # else it is cut off at a line's height
        return found

    def _gap(self) -> Element:
        """After a list or a table: Word has no room below either."""
        return element(
            "w:p",
            element("w:pPr", element("w:pStyle", val=self._names[style.CELL]),
                    element("w:spacing", before=0, after=0, line=148, lineRule="exact")),
        )  # fmt: skip

    def _grid(
        self, rows: Iterable[Sequence[Element]], shares: Sequence[float], *, head: Sequence[Element] = (),
        room: int = 0, lines: bool = True, whole: Iterable[bool] = repeat(True),
    ) -> list[Element]:  # fmt: skip
        widths = [round(WIDTH * share / sum(shares)) for share in shares]
        line = {"val": "single", "sz": 4, "space": 0, "color": style.LINE}
        sides = ("top", "left", "bottom", "right", "insideH", "insideV") if room else ("top", "bottom", "insideH")
        borders = [element(f"w:{side}", **line) for side in sides] if lines else []
        inside = [element(f"w:{side}", w=room_of, type="dxa") for side, room_of in _PADDING]
        look = element("w:tblLook", firstRow=int(bool(head)), firstColumn=int(not head), noVBand=1, noHBand=1)
        table = element(
            "w:tbl",
            element(
                "w:tblPr", element("w:tblW", w=sum(widths), type="dxa"), element("w:tblBorders", *borders),
                element("w:tblLayout", type="fixed"), element("w:tblCellMar", *inside), look,
            ),
            element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        )  # fmt: skip
        if head:
            table.append(_row(head, widths, fill=style.WASH, is_head=True))
        made = (
            _row(row, widths, room=room, is_whole=is_whole) for row, is_whole in zip(rows, whole, strict=False)
        )  # fmt: skip
        return [Long(table=table, rows=made), self._gap()]

    def _new_numbering(self) -> Any:
        """The property that puts a paragraph into a list of its own, beginning at 1."""
        numbering = self._word.part.numbering_part.element
        base = self._word.styles[style.NUMBER].element.pPr.numPr.numId.val
        abstract = next(one for one in numbering.num_lst if one.numId == base).abstractNumId.val
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        number = made.numId
        return lambda: element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=number))


def _row(
    cells: Sequence[Element], widths: Sequence[int], *, fill: str = "", is_head: bool = False, room: int = 0,
    is_whole: bool = True,
) -> Element:  # fmt: skip
    row = element("w:tr")
    properties = [element("w:cantSplit")] if is_whole else []
    if room:
        properties.append(element("w:trHeight", val=Mm(room).twips, hRule="atLeast"))
    if is_head:
        properties.append(element("w:tblHeader"))
    if properties:
        row.append(element("w:trPr", *properties))
    for cell, width in zip(cells, widths, strict=True):
        shade = [element("w:shd", val="clear", color="auto", fill=fill)] if fill else []
        row.append(element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa"), *shade), cell))
    return row


def foot(words: str, name: str, width: int, page: Iterable[Element]) -> Element:
    """The line at the foot of each page: its words on the left, the page's number on the right."""
    stop = element("w:tabs", element("w:tab", val="right", pos=width))
    line = paragraph("", name, stop)
    for one in (*runs(words), element("w:r", element("w:tab")), *page):
        line.append(one)
    return line
