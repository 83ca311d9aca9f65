"""The interpreter set so that no thread holds up the screen's: whose turn it is, and when rubbish is collected.

Python runs one thread at a time. A thread that wants to run waits until the other gives way, by default 5 ms, and the
screen's thread has to ask some ten times for one key: during a big exchange keys took 80 ms. And Python stops every
thread to look through all objects for rubbish: 80 to 260 ms with a log of 10,000 notes open.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

from ui.presenters.timing import Countdown, Later

SWITCH_SECONDS = 0.0001
"""How long one thread may keep the others waiting: a big exchange takes as long as before, keys wait a fifth."""
LOOK_SECONDS = 20.0
"""How often to see whether old objects may be looked through …"""
QUIET_SECONDS = 5.0
"""… which is when nobody has touched a key or the mouse for so long."""
_NEVER = 1_000_000


class Calm:
    """From ``begin`` to ``end`` old objects are looked through only while nobody types (``quiet`` tells seconds)."""

    def __init__(self, later: Later, quiet: Callable[[], float]) -> None:
        self._quiet = quiet
        self._next = Countdown(later, self._look)
        self._was = (gc.get_threshold(), sys.getswitchinterval())

    def begin(self) -> None:
        """Set the interpreter for a program with a screen."""
        young, middle, _ = self._was[0]
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(young, middle, _NEVER)
        self._next.start(LOOK_SECONDS)

    def settle(self) -> None:
        """What is there now (modules, Qt's classes) stays until the end: never look through it again.

        It takes no time, and leaves 20 to 30 ms of looking where it was 80 and more.
        """
        gc.freeze()

    def end(self) -> None:
        """As it was: tests start the program more than once in one process."""
        self._next.drop()
        gc.unfreeze()
        thresholds, interval = self._was
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(interval)

    def _look(self) -> None:
        if self._quiet() >= QUIET_SECONDS:
            gc.collect()
        self._next.start(LOOK_SECONDS)
