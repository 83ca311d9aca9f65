"""A long job off the screens' thread that tells how far it is and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from fieldkit.app.lanes import Lanes
from fieldkit.kernel.errors import Trouble

_OFTEN = 0.1
"""Seconds between two counts: more would only make the screen busy."""


class Stopped(Exception):
    """The person asked to stop."""


class Job:
    """``tell`` is called where the work is done; ``stop`` from the screen. After ``stop`` the next ``tell`` ends it."""

    def __init__(self, lanes: Lanes, progress: Callable[[str, int, int], None]) -> None:
        self._lanes = lanes
        self._progress = progress
        self._wanted = threading.Event()
        self._told_at = 0.0
        self._words = ""

    def stop(self) -> None:
        """End it soon; what it began is undone."""
        self._wanted.set()

    def tell(self, words: str, done: int, total: int) -> None:
        """Say how far it is. Raises ``Stopped``."""
        if self._wanted.is_set():
            raise Stopped
        now = time.monotonic()
        if words != self._words or now - self._told_at >= _OFTEN or (total and done >= total):
            self._words, self._told_at = words, now
            self._lanes.deliver(lambda: self._progress(words, done, total))

    def unless_stopped(self, failed: Callable[[Exception], None], code: str) -> Callable[[Exception], None]:
        """``failed``, with a stop told as ``Trouble(code)``."""
        return lambda problem: failed(Trouble(code) if isinstance(problem, Stopped) else problem)
