"""Who did or looked at what: a list that is only ever added to, each line bound to the one before by its hash.

What goes on it: acts of the office (codes, teams, roles, erasures, holds, releases, webhooks, keys), what people read
without a laptop (notes, records, files), and views of what is restricted. Lines name people by their id in the store
or, for who works on the server itself, by what they give as their name; they never hold words of a note.

The database refuses to change or delete a line, the hashes show it where somebody did it past the database, and the
head that ``central report`` prints shows where lines were cut off the end.
"""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.core import Core, open_core
from central.locks import lock_number
from central.running_tables import audit as table
from central.settings import Settings
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.clock import Clock

OFFICE_TOKEN = "office token"
"""The actor where the office's token was shown: it is nobody's in particular."""

_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; ``hash`` covers it and every line before it."""

    number: int
    at: str
    actor: str
    act: str
    about: str
    details: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the list ends: how many lines there are and the hash of the last (empty where there is none)."""

    number: int
    hash: str


def note(core: Core, connection: Connection, act: str, about: str = "", *, actor: str = "", **details: Any) -> None:
    """Add a line in the caller's transaction, so that it stands exactly if the act does.

    ``actor`` empty = who works on the server. Call it last in the transaction: lines are written one at a time, and
    whoever writes one keeps the others waiting until the commit.
    """
    if core.database.is_postgresql:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    before = head(connection)
    row = {
        "number": before.number + 1, "at": core.stamp(), "actor": actor or at_the_server(), "act": act,
        "about": about, "details": canonical(details).decode(),
    }  # fmt: skip
    connection.execute(table.insert(), {**row, "hash": bytes.fromhex(_hash(before.hash, row))})


def note_alone(core: Core, act: str, about: str = "", *, actor: str = "", **details: Any) -> None:
    """``note`` in a transaction of its own: before something is shown that changes nothing."""
    with core.database.write() as connection:
        note(core, connection, act, about, actor=actor, **details)


def at_the_server() -> str:
    """Who works on the server itself, as the system knows them."""
    try:
        return f"server: {getpass.getuser()}"
    except (OSError, KeyError):  # a container's user without a name
        return "server"


def head(connection: Connection) -> Head:
    """Where the list ends now."""
    row = connection.execute(_LAST).first()
    return Head(number=row.number, hash=row.hash.hex()) if row is not None else Head(number=0, hash="")


def lines(connection: Connection, after: int = 0) -> Iterator[Line]:
    """The lines after number ``after``, in order."""
    while rows := connection.execute(_ROWS, {"after": after}).all():
        for row in rows:
            yield Line(
                number=row.number, at=row.at, actor=row.actor, act=row.act, about=row.about,
                details=json.loads(row.details), hash=row.hash.hex(),
            )  # fmt: skip
        after = rows[-1].number


def broken(connection: Connection) -> int | None:
    """The number of the first line that does not follow from those before it; ``None`` where all do."""
    before = ""
    for number, line in enumerate(lines(connection), 1):
        if line.number != number or line.hash != hash_of(before, line):
            return number
        before = line.hash
    return None


def hash_of(before: str, line: Line) -> str:
    """The hash that a line has to have after one with the hash ``before``; who has an export can check it alone."""
    return _hash(
        before,
        {
            "number": line.number, "at": line.at, "actor": line.actor, "act": line.act, "about": line.about,
            "details": canonical(line.details).decode(),
        },
    )  # fmt: skip


def listed(settings: Settings, after: int = 0, clock: Clock | None = None) -> list[Line]:
    """The lines of a store. Raises ``Trouble('central.no_store')``."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        return list(lines(connection, after))


def checked(settings: Settings, clock: Clock | None = None) -> tuple[Head, int | None]:
    """Where the list ends, and the first line that is wrong."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        return head(connection), broken(connection)


def exported(settings: Settings, clock: Clock | None = None) -> Iterator[str]:
    """The list as lines of JSON, closed by one with its head, signed by the store. That it was exported is on it."""
    with closing(open_core(settings, clock)) as core:
        note_alone(core, "audit.exported")
        with core.database.read() as connection:
            for line in lines(connection):
                yield json.dumps(
                    {
                        "number": line.number, "at": line.at, "actor": line.actor, "act": line.act,
                        "about": line.about, "details": line.details, "hash": line.hash,
                    },
                    ensure_ascii=False,
                )  # fmt: skip
            end = head(connection)
        told = {"store": core.store, "number": end.number, "hash": end.hash, "at": core.stamp()}
        signature = core.key.sign(b"fieldkit/audit/v1\0" + canonical(told)).hex()
        yield json.dumps({"head": told, "signature": signature}, ensure_ascii=False)


def _hash(before: str, row: dict[str, Any]) -> str:
    return hashlib.sha256(before.encode("ascii") + canonical(row)).hexdigest()


_LOCK = lock_number("audit")
_LAST = sa.select(table.c.number, table.c.hash).order_by(table.c.number.desc()).limit(1)
_ROWS = sa.select(table).where(table.c.number > sa.bindparam("after")).order_by(table.c.number).limit(_PAGE)
