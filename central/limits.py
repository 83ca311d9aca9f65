"""How much one asker may ask in a minute, counted by all server processes together.

Two counts: by network address before anything is read, which stops a flood, and by laptop once its signature is
proved, which stops one that has gone wrong; nobody can use up another's count by naming them. Hello, notes and files
have a count of their own above the rest, so an urgent note never waits because of what a laptop reads.

A process counts in memory. Who nears a limit is also counted in the database, in portions of a tenth of the limit, so
a quiet laptop costs no write and a busy one ten a minute; several processes exceed a limit by a tenth each at most.
Addresses and laptops stand there under a keyed hash for five minutes.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from dataclasses import dataclass, field

import sqlalchemy as sa

from central.database import Database
from central.running_settings import RunningSettings
from central.running_tables import pace_count
from fieldkit.kernel.errors import Refusal
from sync.wire.routes import Asker, Route

_WINDOW = 60
_PORTION = 10
_KEPT_WINDOWS = 5
_FORGOTTEN_AFTER = 10_000
"""Askers remembered in one window: beyond it strangers share one count rather than filling the memory."""


@dataclass(slots=True)
class _Count:
    """``told``: what the database said of all processes last; ``fresh``: what it has not been told yet."""

    told: int = 0
    fresh: int = 0


@dataclass(slots=True)
class Limits:
    """One for each process. ``key`` hides who is counted; the same in all processes of a store."""

    running: RunningSettings
    key: bytes = field(repr=False)
    _counts: dict[tuple[str, int], _Count] = field(default_factory=dict)
    _due: set[tuple[str, int, int]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow_address(self, address: str) -> None:
        """One more request from a network address. Raises ``Refusal('central.too_many')``."""
        self._hit("a" + address, self.running.address_a_minute)

    def allow_laptop(self, route: Route, device: str) -> None:
        """One more request that a laptop has signed. Raises ``Refusal('central.too_many')``."""
        if route.asker is Asker.SENDER or route.is_tus:
            self._hit("h" + device, self.running.hand_in_a_minute)
        else:
            self._hit("l" + device, self.running.laptop_a_minute)

    def level(self, database: Database) -> None:
        """Tell the database of who nears a limit, and hear what others counted; call from a thread that may wait."""
        if not self._due:
            return
        with self._lock:
            due, self._due = self._due, set()
            fresh = {one: self._counts[one[:2]].fresh for one in due if one[:2] in self._counts}
        if not database.is_postgresql:
            return
        for (name, window, _), count in fresh.items():
            with database.write() as connection:
                known = {"key": name, "window": window, "count": count}
                total = connection.execute(_ADD, known).scalar_one()
                if random.random() < 0.05:
                    connection.execute(_FORGET, {"before": window - _KEPT_WINDOWS})
            with self._lock:
                held = self._counts.get((name, window))
                if held is not None:
                    held.told, held.fresh = total, held.fresh - count

    def _hit(self, who: str, most: int) -> None:
        if not most:
            return
        now = time.time()
        window = int(now // _WINDOW)
        name = hashlib.blake2b(who.encode(), key=self.key, digest_size=16).hexdigest()
        with self._lock:
            if len(self._counts) > _FORGOTTEN_AFTER:
                self._counts = {at: count for at, count in self._counts.items() if at[1] == window}
                name = name if (name, window) in self._counts or len(self._counts) < _FORGOTTEN_AFTER else "others"
            count = self._counts.setdefault((name, window), _Count())
            if count.told + count.fresh >= most:
                # Not all at the same second: who was refused comes back spread over five.
                raise Refusal("central.too_many", retry_after=int(_WINDOW - now % _WINDOW) + random.randint(1, 5))
            count.fresh += 1
            if count.fresh >= max(1, most // _PORTION):
                self._due.add((name, window, most))


_ADD = sa.text(
    'INSERT INTO pace_count (key, "window", count) VALUES (:key, :window, :count)'
    ' ON CONFLICT (key, "window") DO UPDATE SET count = pace_count.count + excluded.count RETURNING count'
)
_FORGET = sa.delete(pace_count).where(pace_count.c.window < sa.bindparam("before"))
