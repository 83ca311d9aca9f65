"""What the office should know: written beside what caused it, read by ``fieldkit central show``."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from central import tables

REWOUND = "rewound"
FORK = "fork"
COLLISION = "collision"
REVOKED_WORK = "revoked_work"
UNPROVED = "unproved"
FILLING = "mailbox_filling"
"""Much waits for one key of the sealed mailbox; its details are the beginning of that key."""


def raise_alarm(connection: Connection, at: str, kind: str, device: str | None, details: str) -> None:
    """Note it once: the same alarm about the same device and details is not repeated."""
    table = tables.alarm
    known = table.select().where(table.c.kind == kind, table.c.device == device, table.c.details == details)
    if connection.execute(known).first() is None:
        connection.execute(table.insert().values(at=at, kind=kind, device=device, details=details))
