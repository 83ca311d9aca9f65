"""The coverage matrix as Qt's table asks for it: words for eyes, a sentence for each cell for screen readers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldkit.domain.coverage import Place
from fieldkit.domain.framework import Category
from ui.presenters.coverage.words import CellWords, RowWords

CELL_ROLE = int(Qt.ItemDataRole.UserRole)
ROW_ROLE = CELL_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole


class CoverageModel(QAbstractTableModel):
    """Statements down, categories across."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RowWords, ...] = ()
        self.categories: tuple[Category, ...] = ()

    def show_rows(self, rows: tuple[RowWords, ...], categories: tuple[Category, ...]) -> None:
        """Show these; a recount of the same statements keeps the cursor where it is."""
        is_same = [row.statement for row in rows] == [row.statement for row in self.rows]
        if is_same and categories == self.categories:
            if rows != self.rows:
                self.rows = rows
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(categories) - 1))
            return
        self.beginResetModel()
        self.rows, self.categories = rows, categories
        self.endResetModel()

    def cell(self, index: _Index) -> CellWords | None:
        """The cell at an index."""
        return self.rows[index.row()].cells[index.column()] if index.isValid() else None

    def index_of(self, place: Place) -> QModelIndex:
        """Where a cell is; an index that is not valid for one that is not shown."""
        row = next((at for at, one in enumerate(self.rows) if one.statement == place[0]), -1)
        column = next((at for at, one in enumerate(self.categories) if one.id == place[1]), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.categories)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical and section < len(self.rows):
            row = self.rows[section]
            shown: dict[int, Any] = {_Role.DisplayRole: row.title, _Role.AccessibleTextRole: row.spoken, ROW_ROLE: row}
            return shown.get(role)
        if orientation == Qt.Orientation.Horizontal and section < len(self.categories):
            category = self.categories[section]
            words = f"{category.short}\n{category.number}  @{category.code}"
            said: dict[int, Any] = {_Role.DisplayRole: words, _Role.AccessibleTextRole: category.title}
            return said.get(role)
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        found: dict[int, Any] = {
            _Role.DisplayRole: cell.text, _Role.AccessibleTextRole: cell.sentence, CELL_ROLE: cell,
        }  # fmt: skip
        return found.get(role)
