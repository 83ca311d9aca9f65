"""The one hop back to the GUI thread: work done elsewhere delivers its result as a call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class MainThread(QObject):
    """Lives on the GUI thread; ``deliver`` may be called from any thread and never waits."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def deliver(self, call: Callable[[], None]) -> None:
        """Run ``call`` on the GUI thread, in the order delivered; after ``close`` it is dropped."""
        if self._is_open:
            self._posted.emit(call)

    def close(self) -> None:
        """Drop what is still under way: its screens are gone."""
        self._is_open = False

    def _run(self, call: Callable[[], None]) -> None:
        if self._is_open:
            call()
