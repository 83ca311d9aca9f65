"""A table of a report or of questions: rows are handed to Qt as they are seen, so thousands cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.models.spoken_rows import SpokenRows
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.qt.theme import appearance

_LEAST_ROWS = 4
_SHOWN = 300
"""Characters of a cell that are handed to Qt: measuring a label of ten thousand takes longer than reading it."""


@dataclass(frozen=True, slots=True)
class _Row:
    sentence: str


class Rows(QTableView):
    """``wide`` is the column that takes the room the others leave."""

    def __init__(self, headers: Sequence[str], identifier: str, wide: int) -> None:
        super().__init__()
        self.takes: Callable[[QKeyEvent], bool] = lambda _: False
        """Keys that mean something of their own here; true where they are spent."""
        self._identifier = identifier
        self._rows = SpokenRows(headers, self)
        self.setModel(self._rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        prepare_rows(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(50)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        appearance().changed.connect(self._fit)

    def put(self, name: str, cells: Sequence[tuple[str, ...]], current: int = 0) -> None:
        """Show others; the cursor goes to ``current``."""
        named(self, name, self._identifier)
        shown = tuple(tuple(" ".join(cell[:_SHOWN].split()) for cell in row) for row in cells)
        if shown != self._rows.cells:
            spoken = [_Row(". ".join(part for part in row if part)) for row in shown]
            self._rows.put(spoken, shown)
            self._fit()
        if 0 <= current < len(shown) and self.currentIndex().row() != current:
            self.selectRow(current)
            self.scrollTo(self._rows.index(current, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.takes(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Narrow columns take what they need, and no more than a fifth each: the words are in the wide one."""
        self.setMinimumHeight(row_height(self) * (_LEAST_ROWS + 1) + self.horizontalHeader().height())
        most = max(self.viewport().width() // 5, self.fontMetrics().averageCharWidth() * 4)
        for column in range(len(self._rows.headers)):
            if self.horizontalHeader().sectionResizeMode(column) is not QHeaderView.ResizeMode.Stretch:
                needed = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
                self.setColumnWidth(column, min(needed, most))
