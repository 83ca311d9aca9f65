"""How long what is typed waits for the store lane: beside the painting, the other half of "saved as you type"."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from fieldkit.app.ports import Questions
from fieldkit.app.workspace import Workspace

_EVERY_MS = 50


class LaneWaits(QObject):
    """Hands the store lane a job that does nothing, as often as a draft could be kept, and notes when it began."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.waits: list[float] = []
        """Milliseconds from handing in to beginning; appended to on the lane."""
        self._workspace = workspace
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._hand_in)

    def start(self) -> None:
        """Begin."""
        self._timer.start(_EVERY_MS)

    def stop(self) -> list[float]:
        """The waits so far."""
        self._timer.stop()
        return list(self.waits)

    def _hand_in(self) -> None:
        handed_in = time.perf_counter()

        def begun(_: Questions) -> None:
            self.waits.append((time.perf_counter() - handed_in) * 1000)

        self._workspace.ask(begun)
