"""A thread that does one thing whenever it is due, and sleeps in between; woken and ended from any thread."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

NEVER = math.inf


class Runner:
    """``once`` is called when it is due and says in how many seconds it is due again; ``NEVER`` waits for ``wake``.

    ``after`` seconds pass between a ``wake`` and what it wakes; ``ended`` is called last, on the same thread.
    """

    def __init__(self, name: str, once: Callable[[], float], ended: Callable[[], None], after: float = 0.0) -> None:
        self._once, self._ended = once, ended
        self._after = after
        self._moved = threading.Condition()
        self._due = NEVER
        self._due_woken = NEVER
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def stopping(self) -> bool:
        """Whether the end was asked for."""
        return self._stopping

    def start(self) -> None:
        """Begin to wait."""
        self._thread.start()

    def wake(self) -> None:
        """Do it at once; where it is just being done, once more."""
        with self._moved:
            self._due_woken = min(self._due_woken, time.monotonic() + self._after)
            self._moved.notify_all()

    def ask_to_stop(self) -> None:
        """End as soon as what is under way lets go."""
        with self._moved:
            self._stopping = True
            self._moved.notify_all()

    def join(self, seconds: float) -> bool:
        """Wait for the end at most so long; whether it came."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while self._wait():
                wait = self._once()
                with self._moved:
                    self._due = time.monotonic() + wait
        finally:
            self._ended()

    def _wait(self) -> bool:
        with self._moved:
            while not self._stopping:
                left = min(self._due, self._due_woken) - time.monotonic()
                if left <= 0:
                    self._due_woken = NEVER
                    return True
                self._moved.wait(None if left == NEVER else left)
        return False
