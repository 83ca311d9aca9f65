"""Where the bytes of what was erased are afterwards, and getting them out of the database's files.

SQLite overwrites them in the same commit (``secure_delete``; its journal is cut to nothing). PostgreSQL keeps a changed
row's former version until its place is used again; ``VACUUM FULL`` writes the table anew without it. Whoever reads
meanwhile in a transaction that began before keeps that version alive, also in the new file: PostgreSQL says how many
it had to take along, and so do we. What the database wrote elsewhere (write-ahead log, archives, replicas, backups) is
beyond a store's role of the database.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from central.database import Database


class Disk(StrEnum):
    """Where the bytes are."""

    OVERWRITTEN = "overwritten"
    """In no file of the database: it has written over them."""
    LATER = "later"
    """In the database's files until their place is used again."""
    REWRITTEN = "rewritten"
    """In no file of the table: it was written anew."""
    SEEN = "seen"
    """In the new file too: a transaction that began before may still read them."""
    BUSY = "busy"
    """Nothing was written anew: somebody kept the table for longer than a lock is waited for."""


def as_it_is(database: Database) -> Disk:
    """Where the bytes are right after an erasure."""
    return Disk.LATER if database.is_postgresql else Disk.OVERWRITTEN


def rewrite(database: Database) -> Disk:
    """Write the log anew where that is needed; nothing is taken in meanwhile. Call outside a transaction."""
    if not database.is_postgresql:
        return Disk.OVERWRITTEN
    details: list[str] = []
    with database.apart() as connection:
        driver: Any = connection.connection.driver_connection
        driver.add_notice_handler(lambda said: details.append(said.message_detail or ""))
        try:
            connection.execute(sa.text("VACUUM (FULL, VERBOSE) log"))
        except sa.exc.OperationalError:  # the lock's time-out
            return Disk.BUSY
    # "3 dead row versions cannot be removed yet." leads the details, in whatever language the server speaks.
    kept = [int(found[0]) for one in details if (found := re.search(r"\d+", one))]
    return Disk.SEEN if not kept or any(kept) else Disk.REWRITTEN
