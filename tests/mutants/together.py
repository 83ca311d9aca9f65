"""A schedule for two server processes on one PostgreSQL database: one is held up while the other goes on.

What is in this process cannot hold up another one, so the database does: a row that is not committed yet stands where
the slow process is about to write its own.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import admin
from central.database import make_engine
from central.settings import Settings
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office, Pulled
from tests.central.serving import served
from tests.support.postgres import fresh_database

PROGRAM = "tests.mutants.serving"
TOGETHER = frozenset({"seq_at_insert"})
"""Bugs that several processes can have although one alone has none."""
_MOST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server runs that this process did not start as a thread."""

    url: str


def overtaken(server: str, bug: str) -> str:
    """The promise that was broken where a push through one process overtook one through the other; empty for none.

    ``server`` is a PostgreSQL server's address; ``bug`` empty: the code as it is.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-two-")))
        url = stack.enter_context(fresh_database(server))
        settings = Settings(folder=folder / "one", database_url=url)
        made = admin.init(settings, "Northmoor office")
        beside = replace(settings, folder=folder / "other")
        beside.folder.mkdir()
        one, other = (stack.enter_context(served(each, PROGRAM, *[bug] * bool(bug)))[0] for each in (settings, beside))
        offices = [Office(settings, Place(each), made, SystemClock()) for each in (one, other)]  # type: ignore[arg-type]
        return _played(url, *offices)


def _played(url: str, one: Office, other: Office) -> str:
    place, slow = new_id(), one.laptop("Slow")
    slow.push(slow.write(place))
    quick, reader = other.laptop("Quick", place), other.laptop("Onlooker", place)
    first, second = slow.write(place, "said slowly"), quick.write(place, "said quickly")
    engine = make_engine(url, is_pooled=False)
    pushes = [threading.Thread(target=laptop.push, args=(note,)) for laptop, note in ((slow, first), (quick, second))]
    try:
        with engine.connect() as connection, engine.connect() as looking:
            _stand_in_the_way(connection)
            pushes[0].start()
            _until(lambda: _waiting(looking) >= 1)
            pushes[1].start()
            _until(lambda: not pushes[1].is_alive() or _waiting(looking) >= 2)
            before = reader.pull({place: 0})
            connection.rollback()
        for push in pushes:
            push.join(_MOST_SECONDS)
        return _missed(reader, before, [first.envelope.id, second.envelope.id])
    finally:
        engine.dispose()


def _missed(reader: Laptop, before: Pulled, wanted: list[str]) -> str:
    seen = {*before.ids, *reader.pull(before.cursors).ids}
    lost = [one for one in wanted if one not in seen]
    return f"who had read on never finds {len(lost)} of {len(wanted)} notes handed in (invariant 5)" if lost else ""


def _stand_in_the_way(connection: Connection) -> None:
    """Write a row under the next number of the log, and leave it uncommitted: who writes there waits for us."""
    columns = [row.name for row in connection.execute(_COLUMNS) if row.name != "seq"]
    names = ", ".join(columns)
    connection.execute(sa.text(f"INSERT INTO log (seq, {names}) SELECT seq + 1, {names} FROM log ORDER BY seq LIMIT 1"))


def _waiting(connection: Connection) -> int:
    """How many wait for a lock in this database."""
    count = int(connection.execute(_WAIT).scalar_one())
    connection.rollback()
    return count


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _MOST_SECONDS
    while not is_so():
        assert time.monotonic() < end, "nobody waits for anybody"
        time.sleep(0.01)


_COLUMNS = sa.text("SELECT attname AS name FROM pg_attribute WHERE attrelid = 'log'::regclass AND attnum > 0")
_WAIT = sa.text(
    "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN"
    " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
)
