"""Sendings that were begun and have no byte yet, where one process serves: in memory, for a flush is dearer than they.

SQLite flushes four times for a row. A store that ends forgets these: whoever sends is told so and begins again, which
every client of tus can. With the first bytes that are durable the sending becomes a row like every other.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

MOST = 1_000
"""Beyond these the eldest is forgotten: a megabyte of memory, and more than a team begins in an hour."""


class WithoutBytes(NamedTuple):
    """A row of ``central.tables.upload`` that is none yet: nothing of it has been reached."""

    id: str
    user: str
    assessment: str
    sha256: str
    size: int
    heard_at: str
    metadata: str

    @property
    def file(self) -> tuple[str, str, str]:
        """Whose it is, for which assessment, and of which file: there is one for each."""
        return self.user, self.assessment, self.sha256


class Begun:
    """Used from many threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: OrderedDict[str, WithoutBytes] = OrderedDict()
        self._ids: dict[tuple[str, str, str], str] = {}

    def get(self, name: str) -> WithoutBytes | None:
        """The sending of this name."""
        return self._all.get(name)

    def find(self, user: str, assessment: str, sha256: str) -> WithoutBytes | None:
        """Somebody's sending of a file."""
        name = self._ids.get((user, assessment, sha256))
        return None if name is None else self._all.get(name)

    def keep(self, sending: WithoutBytes) -> WithoutBytes:
        """Remember it; the one that was quicker, where somebody began the same meanwhile."""
        with self._lock:
            found = self.find(*sending.file)
            if found is not None:
                return found
            self._all[sending.id] = sending
            self._ids[sending.file] = sending.id
            while len(self._all) > MOST:
                self._forget(next(iter(self._all)))
        return sending

    def forget(self, name: str) -> None:
        """It became a row, or it is given up."""
        if name in self._all:
            with self._lock:
                self._forget(name)

    def clear(self, before: str) -> None:
        """Forget those that nothing was heard of since this stamp."""
        with self._lock:
            for name in [one.id for one in self._all.values() if one.heard_at < before]:
                self._forget(name)

    def _forget(self, name: str) -> None:
        found = self._all.pop(name, None)
        if found is not None:
            self._ids.pop(found.file, None)
