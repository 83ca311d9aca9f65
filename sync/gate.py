"""Who has the line: what is urgent before words, words before files, at every few bytes of what is under way.

Each of the three goes on a connection of its own (a request that hangs holds up no other), so the line itself is what
they share. Before each piece of a body, sent or read, the one with less claim waits here until the others are through.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

LONGEST_PAUSE = 15.0
"""Seconds after which a paused request sends one more piece: the store gives up a body after sixty of silence."""

FILE_EVERY = 600.0
"""Seconds within which a part of a file goes although words keep coming: ten minutes (sync.md, starvation guard)."""


class Level(IntEnum):
    """The smaller goes first."""

    URGENT = 0
    WORDS = 1
    FILES = 2


class Gate:
    """One for each vault; used from every thread that sends."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._moved = threading.Condition()
        self._going = [0] * len(Level)
        self._is_open = False
        self._part_at = now()

    @contextmanager
    def going(self, level: Level) -> Iterator[None]:
        """Something of this level is under way inside the ``with`` block."""
        with self._moved:
            self._going[level] += 1
        try:
            yield
        finally:
            with self._moved:
                self._going[level] -= 1
                self._moved.notify_all()

    def let_pass(self, level: Level, longest: float = LONGEST_PAUSE) -> float:
        """Wait while something with a better claim is under way, ``longest`` seconds at most; how long that took."""
        with self._moved:
            began = self._now()
            self._moved.wait_for(lambda: not self._is_before(level), longest)
            return self._now() - began

    def must_wait(self, level: Level) -> bool:
        """Whether something with a better claim is under way."""
        with self._moved:
            return self._is_before(level)

    def part_went(self) -> None:
        """A part of a file was taken by the store: from here on words may hold the next ones up again."""
        with self._moved:
            self._part_at = self._now()

    def open_wide(self) -> None:
        """Nobody waits any more: the program ends."""
        with self._moved:
            self._is_open = True
            self._moved.notify_all()

    @property
    def owes_a_part(self) -> bool:
        """Whether words have held up files for so long that a part of one goes beside them."""
        return self._now() - self._part_at >= FILE_EVERY

    def _is_before(self, level: Level) -> bool:
        if self._is_open:
            return False
        most = Level.URGENT if level is Level.FILES and self.owes_a_part else Level(max(0, level - 1))
        return level > 0 and any(self._going[: most + 1])
