"""The table of notes: a cursor that arrows move, and a selection that Space and Shift make. Only visible rows cost."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import EntryId
from ui.models.evidence_model import Column, EvidenceModel
from ui.presenters.evidence.board import EvidenceBoard
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.evidence.evidence_delegate import EvidenceDelegate
from ui.views.evidence.evidence_layout import COLUMNS, STATEMENTS_WITH_CATEGORY, WIDTHS, Fold, fold_of, share

_READ_AHEAD = 30
"""Rows before the end of what is loaded at which the next page is asked for."""
_Key = Qt.Key
_STEPS = frozenset({_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Home, _Key.Key_End})


class EvidenceTable(QTableView):
    """``acted`` tells ``open``, ``withdraw`` or ``leave``; ``moved`` that the cursor went to another note."""

    acted = Signal(str)
    moved = Signal()

    def __init__(self, board: EvidenceBoard, model: EvidenceModel) -> None:
        super().__init__()
        self._board = board
        self._items = model
        self._current: EntryId | None = None
        self._place = 0
        named(self, "Evidence", "evidence.table")
        prepare_rows(self)
        self.delegate = EvidenceDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(96)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        appearance().follow(self, self._fit_columns)
        # Rows come in one by one from a change set; they are measured together, once.
        self._measure = QTimer(self)
        self._measure.setSingleShot(True)
        self._measure.setInterval(0)
        self._measure.timeout.connect(self._fit_visible)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._all_new)
        model.rowsInserted.connect(self._inserted)
        model.rowsAboutToBeRemoved.connect(lambda *_: self._remember())
        model.rowsRemoved.connect(self._removed)
        model.dataChanged.connect(lambda *_: self._measure.start())
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._all_new()

    def current_row(self) -> EntryRow | None:
        """The note the cursor is on."""
        index = self.currentIndex()
        return self._items.row(index.row()) if index.isValid() else None

    def go_to(self, place: int) -> None:
        """Put the cursor on a row."""
        if 0 <= place < self._items.rowCount():
            self.setCurrentIndex(self._items.index(place, Column.NOTE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        place = self.currentIndex().row()
        if plain and key == _Key.Key_Space and place >= 0:
            self._board.toggle(place)
        elif plain and key in (_Key.Key_Return, _Key.Key_Enter):
            self.acted.emit("open")
        elif plain and key == _Key.Key_Delete:
            self.acted.emit("withdraw")
        elif plain and key == _Key.Key_Escape:
            self.acted.emit("leave")
        elif held == Qt.KeyboardModifier.ControlModifier and key == _Key.Key_A:
            self._board.choose_all()
        elif plain and key == _Key.Key_Up and place == 0:
            self.acted.emit("above")
        elif held == Qt.KeyboardModifier.ShiftModifier and key in _STEPS:
            self._extend(event)
        else:
            super().keyPressEvent(event)
            if plain and key in _STEPS:
                self._board.move(self.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        held = event.modifiers()
        super().mousePressEvent(event)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if held & Qt.KeyboardModifier.ShiftModifier:
            self._board.extend(index.row())
        elif index.column() == Column.SELECT or held & Qt.KeyboardModifier.ControlModifier:
            self._board.toggle(index.row())
        else:
            self._board.move(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != Column.SELECT:
            self.acted.emit("open")

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: Qt would ask every row for its words, 70 ms with 2,000 notes."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _extend(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        plain = QKeyEvent(event.type(), event.key(), Qt.KeyboardModifier.NoModifier)
        if not self._board.state.chosen:
            self._board.move(before)
        super().keyPressEvent(plain)
        if self.currentIndex().isValid():
            self._board.extend(self.currentIndex().row())

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        for index in (current, previous):
            if index.isValid():
                first = self.visualRect(index.siblingAtColumn(Column.SELECT))
                self.viewport().update(0, first.top(), self.viewport().width(), max(first.height(), 1))
        self._look_ahead()
        self.moved.emit()

    def _remember(self) -> None:
        row = self.current_row()
        self._current, self._place = (row.entry.id if row else None), max(self.currentIndex().row(), 0)

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Whoever has scrolled down keeps the same notes before them."""
        bar = self.verticalScrollBar()
        if bar.value() > 0 and first <= bar.value():
            bar.setValue(bar.value() + last - first + 1)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self._measure.start()

    def _removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        """The cursor stays on its note; where that left the list, on the one that took its place."""
        if self._items.rowCount() and self._board.rows.place(self._current or EntryId("")) is None:
            self.go_to(min(self._place, self._items.rowCount() - 1))
        bar = self.verticalScrollBar()
        if last < bar.value():
            bar.setValue(bar.value() - (last - first + 1))
        self._measure.start()

    def _all_new(self) -> None:
        place = self._board.rows.place(self._current) if self._current else None
        self._fit_columns()
        if self._items.rowCount():
            self.go_to(place if place is not None else 0)
            self._board.move(self.currentIndex().row())
        self.moved.emit()

    def _scrolled(self) -> None:
        self._fit_visible()
        self._look_ahead()

    def _look_ahead(self) -> None:
        lowest = self.rowAt(self.viewport().height() - 1)
        last = max(lowest, self.currentIndex().row())
        if lowest < 0 or last >= self._items.rowCount() - _READ_AHEAD:
            self._board.rows.more()

    def _fit_visible(self) -> None:
        """What is in sight, by the heights that are found: rows that shrink bring others into sight."""
        top = max(self.rowAt(0), 0)
        room, below = self.viewport().height(), 2
        for place in range(max(top - 2, 0), self._items.rowCount()):
            height = self.delegate.height(self._items.words(place))
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)
            if place >= top:
                room -= height
            if room < 0:
                below -= 1
            if below < 0:
                break

    def _fit_columns(self) -> None:
        scale = appearance().typography.percent / 100
        width = self.viewport().width()
        fold = fold_of(width, scale)
        taken = 0
        for column in Column:
            is_shown = column in COLUMNS[fold]
            self.setColumnHidden(column, not is_shown)
            if is_shown and column is not Column.NOTE:
                wanted = WIDTHS[column] * scale + share(column, width, scale)
                if column is Column.STATEMENTS and fold is Fold.MIDDLE:
                    wanted = STATEMENTS_WITH_CATEGORY * scale
                room = max(round(wanted), self.horizontalHeader().sectionSizeHint(column))
                self.setColumnWidth(column, room)
                taken += room
        self.setColumnWidth(Column.NOTE, max(width - taken, 80))
        self.horizontalHeader().setVisible(fold is not Fold.NARROW)  # one column of words needs no heading
        self.delegate.fold = fold
        self.delegate.forget()
        self._fit_visible()
