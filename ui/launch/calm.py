"""The interpreter set so that no thread holds up the screen's: whose turn it is, and who collects rubbish, and when.

Python runs one thread at a time. A thread that wants to run waits until the other gives way, by default 5 ms, and the
screen's thread has to ask some ten times for one key: during a big exchange keys took 80 ms. And Python stops every
thread to look through all objects for rubbish: 80 to 260 ms with a log of 10,000 notes open.

Left to itself it does so on whatever thread happens to make the next object, and rubbish may be a view of a page that
was closed: its last parts were then taken apart on the store lane while Qt worked on the screen's (of 20 runs of the
random monkey two ended in a segmentation fault). So rubbish is collected here, on the screen's thread, and only here.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

from ui.presenters.timing import Countdown, Later

SWITCH_SECONDS = 0.0001
"""How long one thread may keep the others waiting: a big exchange takes as long as before, keys wait a fifth."""
TIDY_SECONDS = 0.25
"""How often young objects are looked through: 1 to 3 ms when another thread has just read 10,000 rows."""
LOOK_SECONDS = 20.0
"""How often to see whether old objects may be looked through …"""
QUIET_SECONDS = 5.0
"""… which is when nobody has touched a key or the mouse for so long."""
MANY = 60_000
"""Objects made since the last look that would take more than 35 ms: these wait until everything is looked through."""
AWAY_SECONDS = 60.0
"""After so long everything is looked through, once: pages that were closed since go, with the notes they held."""


class Calm:
    """From ``begin`` to ``end`` rubbish is collected on this thread alone (``quiet``: seconds since a key or click)."""

    def __init__(self, later: Later, quiet: Callable[[], float]) -> None:
        self._quiet = quiet
        self._next = Countdown(later, self._tidy)
        self._oldest = Countdown(later, self._look)
        self._was = sys.getswitchinterval()
        self._was_away = False
        self._made = 0

    def begin(self) -> None:
        """Set the interpreter for a program with a screen."""
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.disable()
        self._next.start(TIDY_SECONDS)
        self._oldest.start(LOOK_SECONDS)

    def settle(self) -> None:
        """What is there now (modules, Qt's classes) stays until the end: never look through it again.

        It takes no time, and leaves 20 to 30 ms of looking where it was 80 and more.
        """
        gc.freeze()

    def end(self) -> None:
        """As it was: tests start the program more than once in one process."""
        self._next.drop()
        self._oldest.drop()
        gc.unfreeze()
        gc.enable()
        sys.setswitchinterval(self._was)

    def _tidy(self) -> None:
        """What was made since the last look. Who outlives it is old at once, and is looked at when nobody types.

        Kept apart for ten rounds, as the interpreter does, they would be looked through together: 40 to 60 ms.
        """
        young = gc.get_count()[0]
        if young > gc.get_threshold()[0]:
            self._made += young
            gc.collect(1)
        self._next.start(TIDY_SECONDS)

    def _look(self) -> None:
        """Who outlives a look is not looked at again before everything is: with 20,000 notes that takes 250 ms."""
        quiet = self._quiet()
        is_away = quiet >= AWAY_SECONDS
        if is_away and not self._was_away:
            gc.unfreeze()
            self._made = 0
        if quiet >= QUIET_SECONDS and not (is_away and self._was_away):
            if self._made < MANY:
                gc.collect()
            gc.freeze()
            self._made = 0
        self._was_away = is_away
        self._oldest.start(LOOK_SECONDS)
