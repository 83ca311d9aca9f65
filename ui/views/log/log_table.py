"""The notes below each other. Only rows that are looked at are measured, so ten thousand cost as little as ten."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from fieldkit.app.rows import EntryRow
from ui.models.log_model import Column, LogModel
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.qt.theme import appearance
from ui.views.log.log_delegate import LogDelegate

_FOLD_BELOW = 720
"""Pixels at 100 % text under which the other columns are told below the words."""
_READS_WELL, _TITLES = 1000, 330
"""Pixels at 100 % text from which the note has its letters a line, and what titles of statements can use beyond."""
_LEAST_ROWS = 2
"""With less room than the heading and these, the heading gives way: notes are what one looks for."""
_MEASURED_BELOW = 40
_NEAR_TOP = 30
"""Rows from the first at which older ones are fetched: they are there before a reader arrives."""


class LogTable(QTableView):
    """``acted`` tells a key on a note (``open``, ``withdraw``, ``leave``); ``new_below`` counts rows not yet seen;
    ``near_top``: older notes may be wanted.
    """

    acted = Signal(str)
    new_below = Signal(int)
    near_top = Signal()
    chosen = Signal()

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: LogModel | None = None
        self._stays_down = True
        self._unseen = 0
        self._is_unfit = True
        """Rows, width or look changed while nobody saw it: nothing is measured at a width it does not have yet."""
        named(self, "Log", identifier)
        prepare_rows(self)
        self.delegate = LogDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(48)  # in a small window the line comes first
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._stay_down)
        appearance().follow(self, self._restyled)

    def show_model(self, model: LogModel) -> None:
        """Show a log, newest note at the bottom."""
        self._model = model
        self.setModel(model)
        model.modelReset.connect(self._all_new)
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.dataChanged.connect(self._data_changed)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self._all_new()

    @property
    def is_down(self) -> bool:
        """Whether the newest note is in sight."""
        return self._stays_down

    def current_row(self) -> EntryRow | None:
        """The note the cursor is on."""
        index = self.currentIndex()
        return self._model.row(index.row()) if self._model is not None and index.isValid() else None

    def chosen_rows(self) -> list[EntryRow]:
        """The selected notes, oldest first; the current one when none is selected."""
        if self._model is None:
            return []
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = [row for place in places if (row := self._model.row(place)) is not None]
        current = self.current_row()
        return rows or ([current] if current else [])

    def walk(self, step: int) -> None:
        """Move the cursor without taking the focus: Ctrl+Up and Ctrl+Down in the line."""
        if self._model is None or not self._model.rowCount():
            return
        index = self.currentIndex()
        last = self._model.rowCount() - 1
        place = min(max(index.row() + step, 0), last) if index.isValid() else last
        self.go_to(place)

    def go_to(self, place: int) -> None:
        """Put the cursor on a row."""
        if self._model is not None:
            self.fit_rows(place - _MEASURED_BELOW // 2, place + _MEASURED_BELOW // 2)
            target = self._model.index(place, Column.NOTE)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(target, flags)
            self.scrollTo(target)

    def go_down(self) -> None:
        """To the newest note."""
        self._stays_down = True
        self._see_all()
        self._to_bottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit("open")
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.acted.emit("withdraw")
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.acted.emit("leave")
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: Qt would ask every row for its words, 70 ms with 2,000 notes."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_unfit:
            self._fit_to_size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_to_size()

    def _fit_to_size(self) -> None:
        self._is_unfit = not self.isVisible()
        if self._is_unfit:
            return
        header = self.horizontalHeader()
        header.setVisible(self.height() >= header.sizeHint().height() + _LEAST_ROWS * row_height(self))
        self._fit_columns()
        if self._stays_down:
            self._to_bottom()

    def fit_rows(self, first: int, last: int) -> None:
        """Give rows the height their words need; only changed heights cost anything."""
        if self._model is None:
            return
        for place in range(max(first, 0), min(last, self._model.rowCount() - 1) + 1):
            height = self.delegate.height(self._model.words(place))
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)

    def _fit_last(self) -> None:
        """The newest rows that the window shows: forty were measured at each change of size, a laptop shows fifteen."""
        if self._model is None:
            return
        room, place = self.viewport().height(), self._model.rowCount() - 1
        while place >= 0 and room > 0:
            self.fit_rows(place, place)
            room -= self.rowHeight(place)
            place -= 1
        self.fit_rows(place, place)  # of the one that is half seen after a key

    def _fit_visible(self) -> None:
        self._is_unfit = self._is_unfit or not self.isVisible()
        if self._is_unfit:
            return
        top = self.rowAt(0)
        if top >= 0:
            lowest = self.rowAt(self.viewport().height() - 1)
            self.fit_rows(top - 2, (lowest if lowest >= 0 else top + _MEASURED_BELOW) + 2)

    def _fit_columns(self) -> None:
        scale = appearance().typography.percent / 100
        width = self.viewport().width()
        folded = width < _FOLD_BELOW * scale
        for column in (Column.WHO, Column.TAGS, Column.STATUS):
            self.setColumnHidden(column, folded)
        more = min(max(width - _READS_WELL * scale, 0) / 2, _TITLES * scale)  # titles of statements beside their codes
        widths = {
            Column.TIME: 62 * scale, Column.WHO: 56 * scale, Column.TAGS: 176 * scale + more,
            Column.STATUS: 172 * scale,
        }  # fmt: skip
        taken = 0
        for column, wanted in widths.items():
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, round(wanted))
                taken += round(wanted)
        self.setColumnWidth(Column.NOTE, max(width - taken, 80))
        if folded != self.delegate.folded:
            self.delegate.folded = folded
        self.delegate.forget()
        self._fit_visible()

    def _restyled(self) -> None:
        self._fit_columns()
        if self._stays_down:
            self._to_bottom()

    def _all_new(self) -> None:
        self._see_all()
        self._fit_columns()
        self._to_bottom()

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        if not first and not self._stays_down:  # older notes came: whoever reads here stays where they are
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + last + 1)
        at_end = self._model is not None and last == self._model.rowCount() - 1
        if at_end and self._stays_down:
            self._to_bottom()  # measures what is in sight: a page that was sent has 500 rows
        elif at_end and last - first < _MEASURED_BELOW:
            self.fit_rows(first, last)
        if first and not self._stays_down and self._model is not None:
            new = min(last + 1, self._model.saved_count) - first
            self._unseen += max(new, 0)
            if new > 0:
                self.new_below.emit(self._unseen)

    def _removed(self, _parent: QModelIndex, first: int, _last: int) -> None:
        if self._model is not None and first < self._model.saved_count:  # rows come into sight that nobody measured
            self._to_bottom() if self._stays_down else self._fit_visible()

    def _data_changed(self, top: QModelIndex, bottom: QModelIndex) -> None:
        seen = (self.rowAt(0), self.rowAt(self.viewport().height() - 1))
        self.fit_rows(max(top.row(), seen[0] - 2), min(bottom.row(), (seen[1] if seen[1] >= 0 else bottom.row()) + 2))

    def _scrolled(self) -> None:
        self._fit_visible()
        bar = self.verticalScrollBar()
        self._stays_down = bar.value() >= bar.maximum()
        if self._stays_down:
            self._see_all()
        elif bar.value() < _NEAR_TOP:
            self.near_top.emit()

    def _stay_down(self) -> None:
        """Rows grew when they were measured: who was at the newest note stays there."""
        if self._stays_down:
            self.scrollToBottom()

    def _see_all(self) -> None:
        if self._unseen:
            self._unseen = 0
            self.new_below.emit(0)

    def _to_bottom(self) -> None:
        if self._model is None:
            return
        self._stays_down = True
        self._is_unfit = self._is_unfit or not self.isVisible()
        if self._is_unfit:
            return
        self._fit_last()
        self.scrollToBottom()
        self._stays_down = True
