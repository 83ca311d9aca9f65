"""The events of a case as Qt's table and the lanes ask for them: one sentence an event, the same in both."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldkit.kernel.ids import RecordId
from fieldkit.reports.case_words import NO_WAIT, EventWords

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole


class EventColumn(IntEnum):
    """The columns from the left."""

    WHEN = 0
    WAIT = 1
    SERVICE = 2
    HAPPENED = 3
    TAGS = 4


_HEADS = ("When", "Wait", "Service", "What happened", "Tags")
_NOTHING = ("", "No wait", "", "", "No tags")


class CaseModel(QAbstractTableModel):
    """Events down, what is known of them across."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[EventWords, ...] = ()

    def show_rows(self, rows: tuple[EventWords, ...]) -> None:
        """Show these; the same events with other words keep the cursor where it is."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            if rows != self.rows:
                self.rows = rows
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(EventColumn) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, event: RecordId | None) -> int:
        """The row of an event; -1 for one that is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.id == event), -1)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(EventColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal and section < len(_HEADS):
            return _HEADS[section]
        return self.rows[section].when if section < len(self.rows) else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row, column = self.rows[index.row()], EventColumn(index.column())
        if role == _Role.DisplayRole:
            return _text(row, column)
        if role == _Role.AccessibleTextRole:
            if column is EventColumn.HAPPENED:
                return row.sentence
            text = _text(row, column)
            return _NOTHING[column] if text in ("", NO_WAIT) else text
        return None


def _text(row: EventWords, column: EventColumn) -> str:
    match column:
        case EventColumn.WHEN:
            return row.when
        case EventColumn.WAIT:
            return f"{row.wait} over" if row.is_over else row.wait
        case EventColumn.SERVICE:
            return row.service
        case EventColumn.HAPPENED:
            return row.happened
        case EventColumn.TAGS:
            return " ".join(part for part in ("!" if row.is_concern else "", row.tags) if part)
