"""The bar that offers to take the last action back. It stays until the next one: nothing here runs on a timer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.presenters.wording.toolkit import UNDO, UNDO_KEYS
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel, RoleLabel


class UndoBar(QFrame):
    """Hidden until something can be undone."""

    def __init__(self, identifier: str = "undo", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("undoBar", "true")
        self._undo: Callable[[], None] | None = None
        self._words = RoleLabel()
        self._button = button(UNDO, f"{identifier}.button", icon_name="undo-2")
        self._button.clicked.connect(self.take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.addWidget(self._words)
        row.addWidget(self._button)
        self._keys = HintLabel(UNDO_KEYS)
        row.addWidget(self._keys)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def words(self) -> str:
        """What can be undone, empty when nothing can."""
        return self._words.text()

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done ("Note withdrawn.") and offer to run ``undo``, in place of any offer before."""
        self._words.setText(words)
        self._undo = undo
        named(self._button, f"{UNDO}, {words}")
        appearance().freshen(self)
        self.show()

    def show_keys(self, keys: str) -> None:
        """Which keys do the same; empty when there are none."""
        self._keys.setText(keys)
        self._keys.setVisible(bool(keys))

    def withdraw(self) -> None:
        """Offer nothing any more."""
        self._words.clear()
        self._undo = None
        self.hide()

    def take_back(self) -> None:
        """Run the offered undo once; nothing happens when none is offered."""
        undo, self._undo = self._undo, None
        self.withdraw()
        if undo is not None:
            undo()
