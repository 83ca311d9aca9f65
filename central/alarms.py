"""What the office should know: written beside what caused it, read by ``fieldkit central show``."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables

REWOUND = "rewound"
FORK = "fork"
CONTINUED = "continued"
"""A laptop went on under a new id, which the details name: it was restored from a backup, or copied."""
COPIES = "copies"
"""Copies of one vault are in use; the details are the ids under which each went on."""
HEARD_WIPED = "wiped_heard"
"""A laptop spoke whose vault was erased by its own statement: a copy of it lives on."""
COLLISION = "collision"
REVOKED_WORK = "revoked_work"
UNPROVED = "unproved"
FILLING = "mailbox_filling"
"""Much waits for one key of the sealed mailbox; its details are the beginning of that key."""
UNHEARD = "webhook_unheard"
"""A webhook was not answered for three days about one urgent item; its details are the webhook's name."""
ERASURES_LOST = "erasures_lost"
"""Laptops hold orders to erase that this store lost with a backup, and it may not erase: ``central erase`` does."""


def raise_alarm(connection: Connection, at: str, kind: str, device: str | None, details: str) -> None:
    """Note it once: the same alarm about the same device and details is not repeated.

    Two server processes may come to know of the same thing at once: of theirs one row is kept, and neither fails.
    """
    table = tables.alarm
    known = table.select().where(table.c.kind == kind, table.c.device == device, table.c.details == details)
    if connection.execute(known).first() is None:
        connection.execute(_ADD, {"at": at, "kind": kind, "device": device, "details": details})


_ADD = sa.text(
    "INSERT INTO alarm (at, kind, device, details) VALUES (:at, :kind, :device, :details) ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("device", type_=tables.Id))
