"""The case list as Qt's table asks for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldkit.kernel.ids import RecordId
from ui.presenters.cases.rows import HEADS, CaseRow

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole


class CasesModel(QAbstractTableModel):
    """Cases down, what is known of them across."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CaseRow, ...] = ()

    def show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        """Show these; the same cases with other words keep the cursor where it is."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            if rows != self.rows:
                self.rows = rows
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, case: RecordId | None) -> int:
        """The row of a case; -1 for one that is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.id == case), -1)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal and section < len(HEADS):
            return HEADS[section]
        return self.rows[section].cells[0] if section < len(self.rows) else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _Role.DisplayRole:
            return row.cells[index.column()]
        if role == _Role.AccessibleTextRole:
            return (
                row.sentence
                if index.column() == 0
                else row.cells[index.column()] or f"{HEADS[index.column()]} not known"
            )
        return None
