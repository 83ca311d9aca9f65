"""Whoever works behind the screen lets keys pass: Python runs one thread at a time, and a key needs it now.

The screen's thread asks for its turn some ten times a key. Each time it waits for the thread that runs, and on a laptop
whose processors are busy with something else also until the system wakes it: keys took 80 ms (p95) and up to 220 while
10,000 notes came in. A few ms of work between two looks at this, and none while a key is on its way to the screen, cost
the exchange a third of its speed at 25 keys a second, and nothing while nobody types.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

KEY_SECONDS = 0.015
"""From the press to the painted letter, with room: 95 of 100 keys take 6 ms when nothing else runs."""
TYPING_SECONDS = 2.0
"""So long after a key the next one is expected, and work is cut into smaller steps."""


def _never() -> float:
    return math.inf


class GivingWay:
    """``since_key`` tells the seconds since a key was pressed, and may be asked from any thread."""

    def __init__(self, since_key: Callable[[], float] = _never, rest: Callable[[float], object] = time.sleep) -> None:
        self._since_key = since_key
        self._rest = rest

    @property
    def is_typed(self) -> bool:
        """Whether somebody is typing, so that the next key may come at any moment."""
        return self._since_key() < TYPING_SECONDS

    def let_pass(self) -> None:
        """Wait until the key that was pressed last is painted; at most 15 ms, so that no one who holds a key down
        stops the work. Never call it on the store lane: what the key is to save waits there.
        """
        left = KEY_SECONDS - self._since_key()
        if left > 0:
            self._rest(left)
