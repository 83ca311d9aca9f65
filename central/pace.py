"""How much each person left in the sealed mailbox of late, in memory under a name that nobody can turn back into them.

The key of that name is made at random when the server starts and anew each day, and is written nowhere; with it every
count of the day is gone. So nothing is remembered for longer, or more closely, than the day that the mailbox itself
keeps of each hand-over: what is limited here must leave no trace of who did it.

A person counts, not a laptop: whoever goes on under a new device id would else begin again.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import deque

MOST = 20
"""Within ``WITHIN_SECONDS`` of one person."""

WITHIN_SECONDS = 3600.0
MOST_A_DAY = 30
"""Of one person: 400 places for all then last two weeks against somebody who only wants to fill them."""

FEW_A_DAY = 3
"""What one person may still leave where little room is left: the last places are for those who left little."""


class Pace:
    """``allows`` counts one more, as far as the three limits allow it."""

    __slots__ = ("_counts", "_day", "_key", "_lock", "_times")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin("")

    def allows(self, person: str, day: str, *, is_nearly_full: bool = False) -> bool:
        """Whether ``person`` may leave one more on ``day``; if so it is counted."""
        now = time.monotonic()
        with self._lock:
            if day != self._day:
                self._begin(day)
            name = hashlib.blake2b(person.encode(), key=self._key, digest_size=16).digest()
            times = self._times.setdefault(name, deque())
            while times and now - times[0] > WITHIN_SECONDS:
                times.popleft()
            most = FEW_A_DAY if is_nearly_full else MOST_A_DAY
            if len(times) >= MOST or self._counts.get(name, 0) >= most:
                return False
            times.append(now)
            self._counts[name] = self._counts.get(name, 0) + 1
            return True

    def _begin(self, day: str) -> None:
        self._day = day
        self._key = os.urandom(32)
        self._times: dict[bytes, deque[float]] = {}
        self._counts: dict[bytes, int] = {}
