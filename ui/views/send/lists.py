"""Tables of the Send screen: whole sentences for a screen reader, words that wrap instead of being cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.models.spoken_rows import Spoken, SpokenRows
from ui.qt.accessibility import named
from ui.qt.tables import keep_words_near, prepare_rows, row_height
from ui.qt.theme import appearance

_PADDING = 14


class Rows(QTableView):
    """``cells`` gives a row's texts; ``opened`` is called with the row's place on Enter and on a double click."""

    def __init__(
        self, name: str, identifier: str, headers: Sequence[str], stretch: int, opened: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._name = name
        self._stretch = stretch
        self._opened = opened
        self._items = SpokenRows(headers, self)
        self._measured: set[int] = set()
        self._measured_for: tuple[object, ...] = ()
        named(self, name, identifier)
        prepare_rows(self)
        self.setModel(self._items)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(headers)):
            mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
        self.doubleClicked.connect(lambda index: self._opened(index.row()))
        header.sectionResized.connect(self._set_heights)
        self.verticalScrollBar().valueChanged.connect(self._set_heights)
        appearance().follow(self, self._fit)
        self._fit()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._items.cells)

    @property
    def place(self) -> int:
        """The current row, or -1."""
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place >= 0:
            self._opened(self.place)
        else:
            super().keyPressEvent(event)

    def show_rows(self, rows: Sequence[Spoken], cells: Sequence[tuple[str, ...]], total: int) -> None:
        """List them, the current row kept by its place; nothing is drawn anew when nothing changed."""
        named(self, f"{self._name}, {total:,} {'item' if total == 1 else 'items'}")
        wanted = tuple(cells)
        if wanted == self._items.cells:
            return
        place = self.place
        self._items.put(rows, wanted)
        self._measured_for = ()
        self._fit()
        self._set_heights()
        if 0 <= place < len(wanted):
            self.setCurrentIndex(self._items.index(place, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self._set_heights()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._set_heights()

    def _set_heights(self) -> None:
        """Rows in sight as high as their wrapped words; five hundred at once stopped the window for 150 ms.

        Of a table that is not shown no width is known yet.
        """
        if not self.isVisible():
            return
        one = row_height(self)
        widths = tuple(self.columnWidth(column) for column in range(len(self._items.headers)))
        if self._measured_for != (widths, self.font().key(), one):
            self._measured_for = (widths, self.font().key(), one)
            for row in self._measured:
                self.setRowHeight(row, one)
            self._measured.clear()
        row, bottom = max(self.rowAt(0), 0), self.viewport().height()
        while row < len(self._items.cells) and self.rowViewportPosition(row) < bottom:
            if row not in self._measured:
                self._measure(row, one)
            row += 1

    def _measure(self, row: int, one: int) -> None:
        self._measured.add(row)
        self.resizeRowToContents(row)
        if (height := self.rowHeight(row)) > one:  # room for the focus ring above and below
            self.setRowHeight(row, height + _PADDING)

    def _fit(self) -> None:
        """Columns as wide as their words and the padding of the style; a long one gets a third and wraps."""
        metrics = self.fontMetrics()
        pad = metrics.averageCharWidth() * 4
        most = max(self.viewport().width() // 3, metrics.averageCharWidth() * 14)
        for column, header in enumerate(self._items.headers):
            if column != self._stretch:
                lines = {line for row in self._items.cells for line in row[column].split("\n")} | {header}
                width = max(metrics.horizontalAdvance(line) for line in lines) + pad
                self.setColumnWidth(column, min(width, most))
        keep_words_near(self, self._stretch)
