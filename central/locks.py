"""One at a time, across every server process of a store: named locks that a process which dies lets go of.

Within a process a thread lock comes first, so at most one thread of it waits in the database for each name. On
PostgreSQL the lock is an advisory one of a connection made for it: a pooled connection that only holds a lock would
be missing to whoever holds it (ten senders of files on a pool of ten would wait for each other for ever). An SQLite
store has one server process, so there the thread lock is all.

Never wait for a lock inside a transaction: whoever holds it may need what the transaction holds.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from central.database import Database

_THREADS = tuple(threading.Lock() for _ in range(64))
"""One for every sixty-fourth name: two names that share one wait for each other, and none is ever left behind."""


@contextmanager
def alone(database: Database, name: str) -> Iterator[None]:
    """Hold ``name`` while the block runs; of all threads of all processes one does.

    A database that does not give the lock within its lock time-out raises its own error: the request is answered
    with ``central.unavailable``, and the laptop comes again.
    """
    number = lock_number(name)
    with _THREADS[number % len(_THREADS)]:
        if not database.is_postgresql:
            yield
            return
        with database.apart() as connection:
            connection.execute(_TAKE, {"number": number})
            yield  # closing the connection lets go, also where the block raised and where the process died


def lock_number(name: str) -> int:
    """The lock's number in the database: 63 bits of the name's hash, so two names meet once in 10^18."""
    return int.from_bytes(hashlib.sha256(b"fieldkit/lock/" + name.encode()).digest()[:8], "big") >> 1


_TAKE = sa.text("SELECT pg_advisory_lock(:number)")
