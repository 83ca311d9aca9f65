"""Rows as high as the words in them need, up to a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QTableView

from ui.qt.tables import row_height
from ui.qt.theme import appearance

_AIR = 19
"""Pixels at each side of a cell's words: the style's padding and the bar of the chosen row."""
_MOST_LINES = 6
_ABOVE_AND_BELOW = 14


def air() -> int:
    """The room beside a cell's words at the present text size."""
    return round(_AIR * max(1.0, appearance().typography.percent / 150))


def fit_rows(table: QTableView, columns: Sequence[int]) -> None:
    """Give every row the height that its words in ``columns`` need at the present widths."""
    metrics, least = table.fontMetrics(), row_height(table)
    rooms = {column: max(table.columnWidth(column) - 2 * air(), 40) for column in columns}
    model = table.model()
    for row in range(model.rowCount()):
        wanted = least
        for column, room in rooms.items():
            words = str(model.index(row, column).data() or "")
            if "\n" in words or metrics.horizontalAdvance(words) > room:
                box = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, words)
                most = _MOST_LINES * metrics.lineSpacing()
                wanted = max(wanted, min(box.height(), most) + _ABOVE_AND_BELOW)
        if table.rowHeight(row) != wanted:
            table.setRowHeight(row, wanted)
