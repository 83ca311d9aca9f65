"""Ctrl+Shift+E where the window's own shortcuts do not reach: over a dialog of the app and over an open list."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow

from ui.presenters.shortcuts import Shortcuts


class RiskKey(QObject):
    """Looks at the keys of whichever other window of the app has the focus; ``press`` opens the card.

    A filter on that one window: one on the application would take every event of every widget through Python.
    """

    def __init__(self, parent: QObject, shortcuts: Shortcuts, press: Callable[[], None]) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self._press = press
        self._watched: QWindow | None = None
        self._own: QWindow | None = None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._turn_to)  # a bound method: the connection goes with this object

    def belongs_to(self, own: QWindow) -> None:
        """The main window, whose shortcuts do this already."""
        self._own = own

    def takes(self, event: QEvent) -> bool:
        """Whether these are the keys; then the card is opened."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if QKeySequence(event.keyCombination()).toString() not in self._shortcuts.keys("escalate"):
            return False
        self._press()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return self.takes(event)

    def _turn_to(self, window: QWindow | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window if window is not self._own else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
