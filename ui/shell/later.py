"""Calls something later on the GUI thread: what presenters know as ``Later``."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.presenters.timing import Cancel


class QtLater(QObject):
    """One single-shot timer per pending call; closing drops them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timers: set[QTimer] = set()

    def __call__(self, seconds: float, action: Callable[[], None]) -> Cancel:
        timer = QTimer(self)
        timer.setSingleShot(True)
        self._timers.add(timer)

        def forget() -> None:
            if timer in self._timers:
                self._timers.discard(timer)
                timer.stop()
                timer.deleteLater()

        def fire() -> None:
            forget()
            action()

        timer.timeout.connect(fire)
        timer.start(max(0, round(seconds * 1000)))
        return forget

    def close(self) -> None:
        """Drop every call that is still pending."""
        for timer in tuple(self._timers):
            timer.stop()
            timer.deleteLater()
        self._timers.clear()
