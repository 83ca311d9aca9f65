"""Rows of plain texts with a sentence for a screen reader, handed to Qt as they are asked for.

An item object for each text and its sentence took 20 ms for five hundred rows, of which twelve are seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class Spoken(Protocol):
    """A row with a sentence of its own."""

    @property
    def sentence(self) -> str: ...


class SpokenRows(QAbstractTableModel):
    """``rows`` speak, ``cells`` are read; both as long."""

    def __init__(self, headers: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self.headers = tuple(headers)
        self.cells: tuple[tuple[str, ...], ...] = ()
        self._rows: tuple[Spoken, ...] = ()

    def put(self, rows: Sequence[Spoken], cells: tuple[tuple[str, ...], ...]) -> None:
        """Others in the place of all."""
        self.beginResetModel()
        self._rows, self.cells = tuple(rows), cells
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.headers[section]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.DisplayRole:
            return self.cells[index.row()][index.column()]
        if role == _Role.AccessibleTextRole:
            return self._rows[index.row()].sentence
        return None
