"""The conversations, the newest first: when, with whom, how long, about what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.presenters.dropin.words import TalkRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance

_KEY = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_LEAST = 150


class TalkList(QListWidget):
    """Enter opens the note, Delete takes the conversation back, Esc goes to the fields."""

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__()
        self._act = act
        self._shown: tuple[TalkRow, ...] = ()
        named(self, "Conversations", "dropin.list")
        prepare_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMinimumHeight(round(_LEAST * min(appearance().typography.percent / 100, 1.5)))

    @property
    def key(self) -> str:
        """The conversation under the cursor; empty without one."""
        index = self.currentIndex()
        return str(index.data(_KEY)) if index.isValid() else ""

    def show_rows(self, rows: tuple[TalkRow, ...]) -> None:
        """Show ``rows``; the cursor stays on its conversation."""
        if rows == self._shown:
            return
        before, self._shown = self.key, rows
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for place, row in enumerate(rows):
            if place == self.count():
                self.addItem(QListWidgetItem())
            item = self.item(place)
            words = "   ".join(part for part in (row.time, row.who, row.minutes, row.themes, row.note) if part)
            item.setText(words)
            item.setToolTip(row.sentence)
            item.setData(_KEY, row.key)
            item.setData(_SPOKEN, row.sentence)
        here = next((place for place, row in enumerate(rows) if row.key == before), None)
        if here is not None:
            self.setCurrentRow(here)
        named(self, f"Conversations, {len(rows)}")
        self.setVisible(bool(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open", Qt.Key.Key_Delete: "withdraw",
            Qt.Key.Key_Escape: "leave",
        }  # fmt: skip
        action = keys.get(Qt.Key(event.key()))
        if action is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._act(action)
        else:
            super().keyPressEvent(event)
