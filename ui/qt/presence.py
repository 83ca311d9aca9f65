"""Whether somebody is there: keys, presses and the wheel, anywhere in the program.

A filter on the application takes every event of every control through Python: with two of them left behind by hidden
pages, each page took twice as long to build. So it stands only while it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

_ACTIVITY = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class Presence(QObject):
    """Calls ``active`` at each of them while it watches."""

    def __init__(self, parent: QObject, active: Callable[[], object]) -> None:
        super().__init__(parent)
        self._active = active
        self._watches = False

    def watch(self, *, is_on: bool) -> None:
        """Begin to watch, or end; as often as wanted."""
        app = QApplication.instance()
        if app is None or is_on == self._watches:
            return
        self._watches = is_on
        app.installEventFilter(self) if is_on else app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._active()
        return False
