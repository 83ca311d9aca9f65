"""Keys pressed while a page is still being opened: kept in their order and handed over once it is there.

Whoever presses Enter on an activity and types on at once would type into the list they came from.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

LONGEST = 10.0
"""Seconds after which keys go where the focus is, whatever is still being opened."""
_WITH_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class HeldKeys:
    """Off until ``hold``. Chords are never held: Ctrl+L locks at once."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._keys: list[QKeyEvent] = []

    @property
    def is_holding(self) -> bool:
        """Whether keys are kept back now."""
        return self._since is not None and time.monotonic() - self._since < LONGEST

    def hold(self) -> None:
        """A page is being opened."""
        if self._since is None:
            self._since = time.monotonic()

    def takes(self, event: QEvent) -> bool:
        """Keep a key back, if keys are held; true = nobody else is to see it."""
        if not self.is_holding or not isinstance(event, QKeyEvent) or event.modifiers() & _WITH_CTRL:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._keys.append(event.clone())
        return True

    def drop(self) -> None:
        """It was not opened after all: nobody knows what the keys were meant for."""
        self._since = None
        self._keys.clear()

    def give(self) -> None:
        """It is open: the keys go to where the focus is, before any that come later."""
        keys = self._keys
        self._keys, self._since = [], None
        for key in keys:
            focused = QApplication.focusWidget()  # each anew: Tab moves it
            if focused is not None:
                QApplication.sendEvent(focused, key)
