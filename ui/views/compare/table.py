"""The table of the comparison: the cursor goes from cell to cell, Enter shows what is behind one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.models.compare_model import CompareModel
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.case.rows import air, fit_rows

_LEAST_LABEL = 180
"""Pixels at 100 % text that what is compared always has; the cases are scrolled to where there is no more room."""
_MOST_CELL = 16
"""Letters of a cell's width; longer ones wrap."""


class CompareTable(QTableView):
    """``opened`` tells the row and column that Enter was pressed on; ``left`` that Esc was."""

    opened = Signal(int, int)
    left = Signal()

    def __init__(self, model: CompareModel) -> None:
        super().__init__()
        named(self, "Cases side by side", "compare.table")
        prepare_rows(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.items = model
        self.setModel(model)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        model.modelReset.connect(self._begin)
        model.dataChanged.connect(self.fit)
        appearance().changed.connect(self.fit)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))

    def fit(self) -> None:
        """Lay columns and rows out for the room and the text size there are."""
        if not self.items.columnCount():
            return
        metrics, width = self.fontMetrics(), self.viewport().width()
        most = metrics.averageCharWidth() * _MOST_CELL
        cells = {at: min(self._needed(at), most) + 2 * air() for at in range(1, self.items.columnCount())}
        least = round(_LEAST_LABEL * appearance().typography.percent / 100)
        for at, room in cells.items():
            self.setColumnWidth(at, room)
        self.setColumnWidth(0, max(least, min(width - sum(cells.values()), metrics.averageCharWidth() * 64)))
        fit_rows(self, range(self.items.columnCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        here = self.currentIndex()
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            self.opened.emit(here.row(), here.column())
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _begin(self) -> None:
        if self.items.rowCount():
            self.setCurrentIndex(self.items.index(0, 0))
        self.fit()

    def _needed(self, column: int) -> int:
        metrics, items = self.fontMetrics(), self.items
        words = [items.heads[column], *(row.cells[column - 1] for row in items.rows)]
        return max(metrics.horizontalAdvance(one) for one in words)
