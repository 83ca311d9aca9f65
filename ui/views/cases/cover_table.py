"""The list, the sample and those who take part, side by side, a line for each value of a characteristic."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from ui.presenters.cases.rows import CoverRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance

_HEADS = ("Who", "List", "Sample", "Part")
_AIR = 11


class CoverTable(QTableWidget):
    """Counts only; a value that the sample lacks says so in words."""

    def __init__(self) -> None:
        super().__init__(0, len(_HEADS))
        named(self, "Sample beside the list", "cases.coverage")
        prepare_rows(self)
        self.setHorizontalHeaderLabels(_HEADS)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self._rows: tuple[CoverRow, ...] = ()
        appearance().changed.connect(self.fit)

    def show_rows(self, rows: Sequence[CoverRow]) -> None:
        """Show these."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.clearSpans()
        self.setRowCount(len(rows) + len({row.trait for row in rows}))
        at, trait = 0, ""
        for row in rows:
            if row.trait != trait:
                trait = row.trait
                self._head(at, trait)
                at += 1
            self._line(at, row)
            at += 1
        self.fit()

    def fit(self) -> None:
        """Lay columns and rows out."""
        metrics = self.fontMetrics()
        rooms = [metrics.horizontalAdvance(head) + 2 * _AIR for head in _HEADS]
        width = self.viewport().width()
        for column in range(1, len(_HEADS)):
            self.setColumnWidth(column, rooms[column])
        self.setColumnWidth(0, max(width - sum(rooms[1:]), 80))
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _head(self, at: int, trait: str) -> None:
        item = QTableWidgetItem(trait)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        self.setItem(at, 0, item)
        for column in range(1, len(_HEADS)):  # below the heading, and all the same asked for by screen readers
            hidden = QTableWidgetItem()
            hidden.setData(Qt.ItemDataRole.AccessibleTextRole, trait)
            self.setItem(at, column, hidden)
        self.setSpan(at, 0, 1, len(_HEADS))

    def _line(self, at: int, row: CoverRow) -> None:
        name = row.value + (" (not in the sample)" if row.is_missing else "")
        for column, words in enumerate((name, str(row.listed), str(row.sampled), str(row.engaged))):
            item = QTableWidgetItem(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.sentence if not column else words)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(at, column, item)
