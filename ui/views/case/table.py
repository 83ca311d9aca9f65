"""The events of a case as a table: the main view of it, and the one that screen readers read."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.models.case_model import CaseModel, EventColumn
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.case.rows import air, fit_rows

_FOLD_BELOW = 620
"""Pixels at 100 % text below which tags give up their column: a row's sentence and its details still tell them."""


class EventTable(QTableView):
    """``moved`` tells the row the person went to; ``acted`` is told of open, up, down, off or leave."""

    moved = Signal(int)
    acted = Signal(str)

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        named(self, "Case events", "case.events")
        prepare_rows(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.items = model
        self.setModel(model)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._is_ours = False
        self.selectionModel().currentRowChanged.connect(self._went)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        appearance().changed.connect(self.fit)

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, which nobody is told of."""
        if place < 0 or place == self.currentIndex().row():
            return
        self._is_ours = True
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self.items.index(place, EventColumn.HAPPENED)
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        self._is_ours = False

    def fit(self) -> None:
        """Lay columns and rows out for the room and the text size there are."""
        metrics, width = self.fontMetrics(), self.viewport().width()
        scale = appearance().typography.percent / 100
        self.setColumnHidden(EventColumn.TAGS, width < _FOLD_BELOW * scale)
        wanted = {column: _needed(self, column) for column in EventColumn if column is not EventColumn.HAPPENED}
        wanted[EventColumn.SERVICE] = min(wanted[EventColumn.SERVICE], round(width * 0.26))
        wanted[EventColumn.TAGS] = min(wanted[EventColumn.TAGS], round(width * 0.2))
        wanted[EventColumn.WHEN] = min(wanted[EventColumn.WHEN], round(width * 0.24))
        for column, room in wanted.items():
            self.setColumnWidth(column, room)
        taken = sum(room for column, room in wanted.items() if not self.isColumnHidden(column))
        self.setColumnWidth(EventColumn.HAPPENED, max(width - taken, metrics.averageCharWidth() * 12))
        fit_rows(self, (EventColumn.WHEN, EventColumn.SERVICE, EventColumn.HAPPENED))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, ctrl = held == Qt.KeyboardModifier.NoModifier, held == Qt.KeyboardModifier.ControlModifier
        acts = {
            Qt.Key.Key_Return: "open",
            Qt.Key.Key_Enter: "open",
            Qt.Key.Key_Escape: "leave",
            Qt.Key.Key_Delete: "off",
        }
        moves = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        act = acts.get(Qt.Key(key)) if plain else moves.get(Qt.Key(key)) if ctrl else None
        if act is not None:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _went(self) -> None:
        if not self._is_ours and self.currentIndex().isValid():
            self.moved.emit(self.currentIndex().row())


def _needed(table: EventTable, column: EventColumn) -> int:
    metrics = table.fontMetrics()
    head = str(table.items.headerData(column, Qt.Orientation.Horizontal) or "")
    words = [head, *(str(table.items.index(row, column).data() or "") for row in range(table.items.rowCount()))]
    return max(metrics.horizontalAdvance(one) for one in words) + 2 * air()
