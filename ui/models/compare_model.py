"""Cases side by side as Qt's table asks for them: each cell says its row and its case to a screen reader."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldkit.reports.case_comparison import NOTHING, CompareRow
from ui.presenters.compare.page import CompareState

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole


class CompareModel(QAbstractTableModel):
    """What is compared down, cases or categories across."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CompareRow, ...] = ()
        self.heads: tuple[str, ...] = ()
        self._spoken: tuple[str, ...] = ()

    def show_state(self, state: CompareState) -> bool:
        """Show it; whether anything changed. The same table with other words keeps the cursor where it is."""
        rows, heads = state.rows, state.heads
        if (rows, heads) == (self.rows, self.heads):
            return False
        is_same = heads == self.heads and [row.label for row in rows] == [row.label for row in self.rows]
        if not is_same:
            self.beginResetModel()
        self.rows, self.heads, self._spoken = rows, heads, state.spoken_heads
        if is_same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(heads) - 1))
        else:
            self.endResetModel()
        return True

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            known = role == _Role.DisplayRole and section < len(self.rows)
            return self.rows[section].label if known else None
        if section >= len(self.heads) or role not in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return None
        return (self.heads if role == _Role.DisplayRole else self._spoken)[section]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, at = self.rows[index.row()], index.column()
        if role == _Role.DisplayRole:
            return row.label if at == 0 else row.cells[at - 1]
        if role == _Role.AccessibleTextRole:
            if at == 0:
                return row.sentence
            cell = row.cells[at - 1]
            return f"{self._spoken[at]}, {row.label}: {'none' if cell == NOTHING else cell}"
        return None
