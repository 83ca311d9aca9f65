"""The case list as a table; columns give way from the right where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.models.cases_model import CasesModel
from ui.presenters.cases.rows import HEADS
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.case.rows import air, fit_rows

_STATE, _DESCRIPTION = len(HEADS) - 1, 1
_GIVE_WAY = (7, 6, 4, 5, 2, 3)
"""Columns in the order in which they go: carer, ethnicity, setting, place, age band, need."""
_LEAST_DESCRIPTION = 160
"""Pixels at 100 % text."""


class CasesTable(QTableView):
    """``moved`` tells the row the person went to; ``acted`` is told of open, describe or leave."""

    moved = Signal(int)
    acted = Signal(str)

    def __init__(self, model: CasesModel) -> None:
        super().__init__()
        named(self, "Cases", "cases.list")
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
        index = self.items.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        self._is_ours = False

    def fit(self) -> None:
        """Lay the columns out for the room there is."""
        width = self.viewport().width()
        needed = {column: _needed(self, column) for column in range(len(HEADS)) if column != _DESCRIPTION}
        shown = dict(needed)
        least = round(_LEAST_DESCRIPTION * appearance().typography.percent / 100)
        for column in _GIVE_WAY:
            if sum(shown.values()) + least <= width:
                break
            shown.pop(column)
        for column, room in needed.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, room)
        self.setColumnWidth(_DESCRIPTION, max(width - sum(shown.values()), 80))
        fit_rows(self, (_DESCRIPTION, *shown))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        acts = {Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open", Qt.Key.Key_Escape: "leave"}
        act = acts.get(Qt.Key(event.key())) if plain else None
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


def _needed(table: CasesTable, column: int) -> int:
    metrics = table.fontMetrics()
    words = [HEADS[column], *(row.cells[column] for row in table.items.rows)]
    widest = max(metrics.horizontalAdvance(one) for one in words)
    most = metrics.averageCharWidth() * (30 if column == _STATE else 22)
    return min(widest, most) + 2 * air()
