"""Keyboard: every command with its keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.presenters.services import Say
from ui.presenters.settings.keyboard import Keyboard, KeyboardState
from ui.presenters.shortcuts import ShortcutRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.views.settings.key_field import KeyField
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import ActionButton, button
from ui.widgets.fields import Field
from ui.widgets.labels import RoleLabel
from ui.widgets.texts import PassText

_COLUMNS = ("Command", "Keys", "Where")
_ID = Qt.ItemDataRole.UserRole
_ROWS = 9


class KeyboardPage(Page):
    """A row is chosen with the arrows; the buttons under the table are about it."""

    def __init__(self, keyboard: Keyboard, say: Say) -> None:
        super().__init__("keyboard", "Keyboard")
        self._keyboard = keyboard
        self.column.be_wide()
        self.column.say("Every command can have other keys, or none. Single letters are never used.")
        self.filter = PassText()
        self.column.field("filter", Field("Find a command", self.filter, "keyboard.filter"))
        self.model = QStandardItemModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterKeyColumn(-1)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter.textChanged.connect(self._proxy.setFilterFixedString)
        self.table = named(QTableView(), "Commands and their keys", "keyboard.table")
        self._prepare()
        self.column.add(self.table)
        self._press = {
            "change": self._about_row("Change", lambda name: keyboard.begin(name)),
            "remove": self._about_row("Remove", keyboard.remove),
            "reset": self._about_row("Reset", keyboard.reset),
        }
        self.reset_all = button("Reset all", "keyboard.reset_all")
        self.reset_all.clicked.connect(lambda: keyboard.reset_all())
        self.numbers = button("Turn off all Alt+number keys", "keyboard.numbers")
        self.numbers.clicked.connect(lambda: keyboard.alt_numbers(are_on=not keyboard.state.alt_numbers))
        self.column.add(_across(*self._press.values(), self.reset_all))
        self._box(keyboard)
        self.column.add(_across(self.numbers))
        self._notice = Notice(say)
        self.column.add(self._notice)
        self.column.end()
        self._rows: tuple[ShortcutRow, ...] = ()
        self._changing = ""
        self.follow(keyboard, self._render)

    def first(self) -> QWidget:
        return self.filter

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._changing:
            self._keyboard.leave()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> str:
        """The id of the command whose row is chosen."""
        return str(self.table.currentIndex().siblingAtColumn(0).data(_ID) or "")

    def _about_row(self, words: str, act: Callable[[str], None]) -> ActionButton:
        press = button(words, f"keyboard.{words.lower()}")

        def pressed() -> None:
            if name := self.chosen():
                act(name)

        press.clicked.connect(pressed)
        return press

    def _box(self, keyboard: Keyboard) -> None:
        self.box = QFrame()
        self.box.setProperty("card", "true")
        self._asks = RoleLabel()
        self._asks.setWordWrap(True)
        self.keys = KeyField()
        field = Field(
            "New keys", self.keys, "keyboard.keys", hint="Press them together, or type their names: Ctrl+Shift+M"
        )
        self.column.know("keys", field)
        self.keep = button("Use these keys", "keyboard.keep", kind="primary")
        self.leave = button("Keep the old keys", "keyboard.leave")
        self.keep.clicked.connect(lambda: keyboard.change(self.keys.text()))
        self.leave.clicked.connect(lambda: keyboard.leave())
        self.keys.returnPressed.connect(lambda: keyboard.change(self.keys.text()))
        rows = QVBoxLayout(self.box)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.addWidget(self._asks)
        rows.addWidget(field)
        rows.addLayout(_across(self.keep, self.leave))
        self.box.hide()
        self.column.add(self.box)

    def _prepare(self) -> None:
        prepare_rows(self.table)
        self.table.setModel(self._proxy)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.activated.connect(lambda index: self._keyboard.begin(str(index.siblingAtColumn(0).data(_ID))))
        self.table.setFixedHeight(row_height(self.table) * _ROWS)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _render(self, state: KeyboardState) -> None:
        self._fill(state.rows)
        words = "Turn off all Alt+number keys" if state.alt_numbers else "Turn on Alt+number keys"
        named(self.numbers, words).setText(words)
        self._notice.show_words(state.notice)
        self.column.show_errors(state.errors, summary=False)
        if state.errors:
            self.keys.setFocus(Qt.FocusReason.OtherFocusReason)
            self.keys.selectAll()
        if state.changing != self._changing:
            self._changing = state.changing
            self.box.setVisible(bool(state.changing))
            self._asks.setText(f"Keys for: {self._keyboard.words(state.changing)}")
            self.keys.clear()
            target: QWidget = self.keys if state.changing else self.table
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, rows: tuple[ShortcutRow, ...]) -> None:
        if rows == self._rows:
            return
        at = self.chosen()
        if len(rows) != self.model.rowCount():
            self.model.clear()
            self.model.setHorizontalHeaderLabels(list(_COLUMNS))
            for row in rows:
                self.model.appendRow([_item(words, row) for words in _cells(row)])
        else:
            for place, row in enumerate(rows):
                for column, words in enumerate(_cells(row)):
                    item = self.model.item(place, column)
                    item.setText(words)
                    item.setData(_sentence(row), Qt.ItemDataRole.AccessibleTextRole)
        self._rows = rows
        place = next((n for n, row in enumerate(rows) if row.command.id == at), 0)
        index = self._proxy.mapFromSource(self.model.index(place, 0))
        if index.isValid():
            self.table.setCurrentIndex(index)


def _cells(row: ShortcutRow) -> tuple[str, str, str]:
    changed = " (changed)" if row.is_changed else ""
    return (row.command.words, f"{row.shown_keys or 'No keys'}{changed}", row.scope)


def _sentence(row: ShortcutRow) -> str:
    words, keys, scope = _cells(row)
    return f"{words}. {keys}. {scope}"


def _item(words: str, row: ShortcutRow) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(row.command.id, _ID)
    item.setData(_sentence(row), Qt.ItemDataRole.AccessibleTextRole)
    return item


def _across(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    for one in widgets:
        line.addWidget(one)
    line.addStretch(1)
    return line
