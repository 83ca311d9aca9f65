"""A table of any length, a page's worth of rows at a time: reportlab's own looks at all that is left for each page.

10,000 rows took it half a minute and three times their memory, because each page made a table of the rest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as FlowTable

from fieldkit.reports.pdf import style

_SIDE, _ABOVE, _BELOW = 4, 3, 3
"""Points of room in a cell: left (and 6 on the right, reportlab's own), above and below its words."""
_RIGHT = 6
_PAGE = A4[1] - 2 * style.MARGIN
_FIRST = 100
"""Points of a row higher than a page that stand below its header before it goes on in the next page."""
_LOOK = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, style.LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), _SIDE), ("RIGHTPADDING", (0, 0), (-1, -1), _RIGHT),
    ("TOPPADDING", (0, 0), (-1, -1), _ABOVE), ("BOTTOMPADDING", (0, 0), (-1, -1), _BELOW),
]  # fmt: skip
_HEAD = ("BACKGROUND", (0, 0), (-1, 0), style.WASH)

Row = Sequence[Flow]


class Rows(Flowable):
    """``rows`` below ``head``, which stands again at the top of each page. Rows are made when their page comes."""

    def __init__(self, head: Row, rows: Iterable[Row], widths: Sequence[float]) -> None:
        super().__init__()
        self._head, self._widths = head, list(widths)
        self._coming = iter(rows)
        self._waiting: deque[tuple[Row, float]] = deque()
        self._high = self._height(head)
        self._table: Flowable | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its height where all of it fits; else more than there is, which has it split."""
        room = available_height - self._high
        taken = 0.0
        for at in range(1_000_000):  # a row is an eighth of an inch at least: a page holds no thousand
            if len(self._waiting) <= at and not self._take():
                self._table = self._made([row for row, _ in self._waiting])
                return sum(self._widths), self._high + taken
            taken += self._waiting[at][1]
            if taken > room:
                break
        return sum(self._widths), available_height + 1

    def is_short(self, short: float) -> bool:
        """Whether all of it is no higher than ``short``; no more rows are made than that takes."""
        high, at = self._high, 0
        while high <= short and (at < len(self._waiting) or self._take()):
            high += self._waiting[at][1]
            at += 1
        return high <= short

    def least(self, short: float = 0.0) -> float:
        """The height of the header and the first row; of a row that no page holds, its first lines. All of a table no
        higher than ``short``.
        """
        if not self._waiting and not self._take():
            return self._high
        if short and self.is_short(short):
            return self._high + sum(high for _, high in self._waiting)
        high = self._waiting[0][1]
        return self._high + (_FIRST if self._high + high > _PAGE else high)

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """What fits on this page, and the rest. Nothing where not one row does and the page has begun."""
        room, rows = available_height - self._high, list[tuple[Row, float]]()
        while self._waiting and self._waiting[0][1] <= room:
            rows.append(self._waiting.popleft())
            room -= rows[-1][1]
        if rows:
            turn = [CondPageBreak(available_height)] if self._takes_one_along(rows) else []
            return [self._made([row for row, _ in rows]), *turn, self._rest()]
        if not self._waiting or not self._goes_on(room):
            return []
        long, _ = self._waiting.popleft()  # higher than a page: it goes on in the next one
        parts = self._made([long]).splitOn(self.canv, available_width, available_height)
        return [*parts, self._rest()]

    def _takes_one_along(self, rows: list[tuple[Row, float]]) -> bool:
        """The last row of a table goes to the next page with the one before it: there by itself it is overlooked."""
        if len(rows) < 2 or len(self._waiting) != 1 or self._take():
            return False
        self._waiting.appendleft(rows.pop())
        return True

    def _goes_on(self, room: float) -> bool:
        """The next row begins here though it does not end here: it would not on any page."""
        return getattr(self._frame, "_atTop", True) or (self._high + self._waiting[0][1] > _PAGE and room >= _FIRST)

    def draw(self) -> None:
        """Paint what ``wrap`` found to fit."""
        assert self._table is not None
        self._table.wrapOn(self.canv, sum(self._widths), self._high)
        self._table.drawOn(self.canv, 0, 0)

    def _rest(self) -> Rows:
        """Another one: reportlab remembers of each that it was put off to the next page, and does so once only."""
        rest = Rows(self._head, self._coming, self._widths)
        rest._waiting = self._waiting
        return rest

    def _take(self) -> bool:
        row = next(self._coming, None)
        if row is None:
            return False
        self._waiting.append((row, self._height(row)))
        return True

    def _height(self, row: Row) -> float:
        inner = (cell.wrap(width - _SIDE - _RIGHT, 1_000_000)[1] for cell, width in zip(row, self._widths, strict=True))
        return max(inner, default=0.0) + _ABOVE + _BELOW

    def _made(self, rows: Sequence[Row]) -> FlowTable:
        table = FlowTable([self._head, *rows], colWidths=self._widths, repeatRows=1, hAlign="LEFT", splitInRow=1)
        table.setStyle([_HEAD, *_LOOK])
        return table
