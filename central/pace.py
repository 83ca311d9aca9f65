"""How often each laptop did something of late, kept in memory under a name that nobody can turn back into the laptop.

The key of that name is made at random when the server starts and is written nowhere, and an hour later the count is
gone too: what is limited here must leave no trace of who did it.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import deque

MOST = 20
WITHIN_SECONDS = 3600.0


class Pace:
    """``allows`` counts one more, at most ``MOST`` within ``WITHIN_SECONDS``."""

    __slots__ = ("_key", "_lock", "_times")

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._lock = threading.Lock()
        self._times: dict[bytes, deque[float]] = {}

    def allows(self, device: str) -> bool:
        """Whether ``device`` may do it now; if so it is counted."""
        name = hashlib.blake2b(device.encode(), key=self._key, digest_size=16).digest()
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            times = self._times.setdefault(name, deque())
            if len(times) >= MOST:
                return False
            times.append(now)
            return True

    def _forget(self, now: float) -> None:
        for name in list(self._times):
            times = self._times[name]
            while times and now - times[0] > WITHIN_SECONDS:
                times.popleft()
            if not times:
                del self._times[name]
