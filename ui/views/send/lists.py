"""Tables of the Send screen: whole sentences for a screen reader, words that wrap instead of being cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.qt.accessibility import named
from ui.qt.tables import keep_words_near, prepare_rows, row_height
from ui.qt.theme import appearance

_PADDING = 14
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class Spoken(Protocol):
    """A row with a sentence of its own."""

    @property
    def sentence(self) -> str: ...


class Rows(QTableView):
    """``cells`` gives a row's texts; ``opened`` is called with the row's place on Enter and on a double click."""

    def __init__(
        self, name: str, identifier: str, headers: Sequence[str], stretch: int, opened: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._name = name
        self._stretch = stretch
        self._opened = opened
        self._shown: tuple[tuple[str, ...], ...] = ()
        self._items = QStandardItemModel(0, len(headers), self)
        self._items.setHorizontalHeaderLabels(list(headers))
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
        header.sectionResized.connect(lambda *_: self._set_heights())
        appearance().changed.connect(self._fit)
        self._fit()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._shown)

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
        if wanted == self._shown:
            return
        place = self.place
        self._shown = wanted
        self._items.setRowCount(0)
        for row, texts in zip(rows, wanted, strict=True):
            items = [QStandardItem(text) for text in texts]
            for item in items:
                item.setData(row.sentence, _SPOKEN)
            self._items.appendRow(items)
        self._fit()
        self._set_heights()
        if 0 <= place < len(wanted):
            self.setCurrentIndex(self._items.index(place, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self._set_heights()

    def _set_heights(self) -> None:
        """Rows as high as their wrapped words. Of a table that is not shown no width is known yet."""
        if not self.isVisible():
            return
        self.resizeRowsToContents()
        one = row_height(self)
        for row in range(self._items.rowCount()):
            if (height := self.rowHeight(row)) > one:  # room for the focus ring above and below
                self.setRowHeight(row, height + _PADDING)

    def _fit(self) -> None:
        """Columns as wide as their words and the padding of the style; a long one gets a third and wraps."""
        metrics = self.fontMetrics()
        pad = metrics.averageCharWidth() * 4
        most = max(self.viewport().width() // 3, metrics.averageCharWidth() * 14)
        for column in range(self._items.columnCount()):
            if column != self._stretch:
                texts = [row[column] for row in self._shown] + [str(self._items.headerData(column, _ACROSS))]
                lines = [line for text in texts for line in text.split("\n")]
                width = max(metrics.horizontalAdvance(line) for line in lines) + pad
                self.setColumnWidth(column, min(width, most))
        keep_words_near(self, self._stretch)


_ACROSS = Qt.Orientation.Horizontal
