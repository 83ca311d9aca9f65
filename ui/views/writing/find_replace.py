"""Find and replace on the screen (Ctrl+H): a card at the upper right, over the page that is being written on.

It stays while one goes back to the page and types on; Esc in it closes it and gives the caret back.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.writing.replacing import FindReplace, FindReplaceState, Hit
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.evidence.flow import FlowLayout
from ui.views.log.capture_edit import CaptureEdit
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.writing.hit_delegate import HIT, HitDelegate
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.checks import WrappingCheck
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import PassText

_LETTERS = 52
"""About as many as the card is wide."""
_ROWS = 5
_EDGE, _GAP, _FRAME, _BAR = 12, 4, 4, 18
"""Pixels; reckoned with a scroll bar, or words that wrap because of it would need it."""
_LOW = 520
"""Pixels of height at 100 % text that the card and the bar above it take."""
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINT = "Enter replaces it, Ctrl+Enter all. Enter on a hit goes there"


class _Line(PassText):
    """Ctrl+Enter in it is the card's main action, Enter its own."""

    def __init__(self, main_action: Callable[[], None]) -> None:
        super().__init__()
        self._main_action = main_action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._main_action()
        else:
            super().keyPressEvent(event)


class FindReplaceCard(View):
    """``over`` is what it lies on, ``below`` what it leaves in sight where there is room for both, ``foot`` always.

    ``left`` is called when it is closed and nothing had the focus before.
    """

    def __init__(
        self, over: QWidget, below: QWidget, foot: QWidget, finder: FindReplace, left: Callable[[], None]
    ) -> None:
        super().__init__(over)
        self._over = over
        self._below, self._foot = below, foot
        foot.installEventFilter(self)  # the status line takes a second row when it has more to say
        self._finder = finder
        self._left = left
        self._before: QWidget | None = None
        self._edition = finder.state.edition
        self._shown: tuple[Hit, ...] = ()
        named(self, "Find and replace", "replace")
        self.field, self.instead = _Line(finder.replace_all), _Line(finder.replace_all)
        named(self.field, "Find", "replace.find")
        named(self.instead, "Replace with", "replace.instead")
        self.case = WrappingCheck("Same capitals", "replace.case")
        self.whole = WrappingCheck("Whole words", "replace.whole")
        self.summary = RoleLabel()
        self.summary.setWordWrap(True)
        self.fault = Banner("replace.fault")
        self.list = QListView()
        self._items = QStandardItemModel(0, 1, self)
        self.one = button("Replace", "replace.one")
        self.all = button("Replace all", "replace.all", kind="primary")
        self.shut = button("Close", "replace.close")
        self._hint = HintLabel(_HINT)
        self._prepare_list()
        self._lay_out()
        self._connect()
        self.hide()
        self.follow(finder, self._render)

    @property
    def finder(self) -> FindReplace:
        """What it shows."""
        return self._finder

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self) -> None:
        """Ctrl+H: with the words that are selected; pressed again in it, back in its first field."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._before = focused
            if isinstance(focused, CaptureEdit):
                focused.close_list()
            self._finder.open(_selected(focused))
        else:
            self._finder.open()

    def dismiss(self) -> None:
        """Away with it; the focus goes its own way."""
        self._before = None
        self._finder.dismiss()

    def place(self) -> None:
        """At the upper right, as wide as a line of words and as high as there is room for."""
        width = min(self.fontMetrics().averageCharWidth() * _LETTERS, self._over.width() - 2 * _EDGE)
        is_low = self._over.height() < _LOW * appearance().typography.percent / 100
        top = _GAP if is_low else self._below.height() + _GAP
        room = self._over.height() - self._foot.height() - top - _GAP
        row, rows = self.list.sizeHintForRow(0) if self._shown else 0, min(len(self._shown), _ROWS)
        self.list.setVisible(bool(self._shown))
        self._hint.setVisible(not is_low)
        wanted = self._height(width, rows, row)
        while wanted > room and rows > 2:
            rows -= 1
            wanted = self._height(width, rows, row)
        self.setFixedSize(width, min(wanted, room))
        self.move(self._over.width() - width - _EDGE, top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, has_ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in _ENTER and has_ctrl:
            self._finder.replace_all()
        elif key in _ENTER and self.list.hasFocus():
            self._finder.go()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._finder.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _height(self, width: int, rows: int, row: int) -> int:
        """What all of it takes with so many rows of hits."""
        self.list.setFixedHeight(max(rows, 1) * row + 4)
        layout = self._inside.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(width - _BAR) + _FRAME

    def _prepare_list(self) -> None:
        self.list.setModel(self._items)
        named(self.list, "Hits", "replace.hits")
        prepare_rows(self.list)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        card = QFrame()
        card.setProperty("card", "true")
        card.setAutoFillBackground(True)
        self._inside = QWidget()
        rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Find and replace", level=2), 1)
        head.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(head)
        for words, field in (("Find, in what is not saved yet", self.field), ("Replace with", self.instead)):
            label = RoleLabel(words)
            label.setBuddy(field)
            rows.addWidget(label)
            rows.addWidget(field)
        ticks = QHBoxLayout()
        ticks.setSpacing(12)
        ticks.addWidget(self.case, 1)
        ticks.addWidget(self.whole, 1)
        rows.addLayout(ticks)
        for part in (self.fault, self.summary, self.list):
            rows.addWidget(part)
        presses = FlowLayout()
        for press in (self.one, self.all):
            presses.addWidget(press)
        rows.addLayout(presses)
        rows.addWidget(self._hint)
        rows.addStretch(1)
        scrolled(self._inside, card)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)
        first: QWidget = self.field
        for nxt in (self.instead, self.case.box, self.whole.box, self.list, self.one, self.all, self.shut):
            QWidget.setTabOrder(first, nxt)
            first = nxt

    def _connect(self) -> None:
        finder = self._finder
        self.field.textChanged.connect(lambda: self._look())
        self.case.box.toggled.connect(lambda: self._look())
        self.whole.box.toggled.connect(lambda: self._look())
        self.instead.textChanged.connect(finder.put)
        self.field.returnPressed.connect(lambda: finder.step(1))
        self.instead.returnPressed.connect(finder.replace_one)
        self.one.clicked.connect(lambda: finder.replace_one())
        self.all.clicked.connect(lambda: finder.replace_all())
        self.shut.clicked.connect(lambda: self._close())
        self.list.selectionModel().currentChanged.connect(lambda now, _: finder.choose(now.row()))
        self.list.doubleClicked.connect(lambda _: finder.go())

    def _look(self) -> None:
        same, whole = self.case.box.isChecked(), self.whole.box.isChecked()
        self._finder.look(self.field.text(), same_case=same, whole_words=whole)

    def _render(self, state: FindReplaceState) -> None:
        if not state.is_open:
            self.hide()
            self._shown = ()
            self._items.setRowCount(0)
            return
        if state.hits != self._shown:
            self._shown = state.hits
            self._fill()
        if state.hit is not None and self.list.currentIndex().row() != state.at:
            with QSignalBlocker(self.list.selectionModel()):
                self.list.setCurrentIndex(self._items.index(state.at, 0))
            self.list.viewport().update()
        self.list.scrollTo(self.list.currentIndex())
        if state.summary != self.summary.text():
            self.summary.setText(state.summary)
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger")
        for press in (self.one, self.all):
            press.setEnabled(bool(state.hits))
        if not self.isVisible():
            appearance().freshen(self)
            self.show()
            self.raise_()
        self.place()
        if state.edition != self._edition:
            self._edition = state.edition
            self._begin(state)

    def _begin(self, state: FindReplaceState) -> None:
        with QSignalBlocker(self.field):
            self.field.setText(state.words)
        self.field.selectAll()
        self.take_focus()

    def _fill(self) -> None:
        with QSignalBlocker(self.list.selectionModel()):
            self._items.setRowCount(0)
            for hit in self._shown:
                row = QStandardItem()
                row.setData(hit, HIT)
                row.setData(hit.sentence, _SPOKEN)
                self._items.appendRow(row)
        named(self.list, f"Hits, {len(self._shown)}")

    def _close(self) -> None:
        before, self._before = self._before, None
        self._finder.dismiss()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._left()


def _selected(field: QWidget | None) -> str:
    """The words that are selected where the caret is; a page of them is nothing to look for."""
    found = ""
    if isinstance(field, QPlainTextEdit):
        found = field.textCursor().selectedText()
    elif isinstance(field, QLineEdit) and field.echoMode() == QLineEdit.EchoMode.Normal:
        found = field.selectedText()
    return found if len(found) <= 100 and "\u2029" not in found else ""
