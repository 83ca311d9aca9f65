"""One engine, two databases: SQLite for one office on one machine, PostgreSQL for everybody else.

SQLite keeps a rollback journal with ``synchronous=FULL``: its WAL mode has, before 3.51.3, a race between
processes that can damage the file, and the standard library's SQLite is often older than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine

from central import bulk
from fieldkit.kernel.errors import Trouble

_BUSY_MS = 30_000
"""How long a connection waits for another's lock before it gives up (30 s, above any push group's 0.1 s)."""

POOL = 10
"""Connections that are kept; as many again are made when all are in use."""

_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}


_WORTH_A_COPY = 20
"""Rows from which a COPY (four turns with the server) beats a plain INSERT (one turn)."""


class Database:
    """Short transactions on a pool of connections; safe to use from many threads."""

    def __init__(self, url: str, pool: int = POOL, word: str = "") -> None:
        self._engine = make_engine(url, pool)
        self._word = word
        self.is_postgresql = self._engine.dialect.name == "postgresql"
        self._writing = self._engine.execution_options(fieldkit_writes=True)
        steady = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self.is_postgresql else {}
        self._reading = self._engine.execution_options(**steady)
        alone = {"isolation_level": "AUTOCOMMIT"} if self.is_postgresql else {"fieldkit_glances": True}
        self._glancing = self._engine.execution_options(**alone)
        if self.is_walled:
            self._writing = self._glancing.execution_options(fieldkit_begins="BEGIN")
            self._reading = self._glancing.execution_options(fieldkit_begins=_STEADY)
        self._apart = make_engine(url, is_pooled=False) if self.is_postgresql else self._engine

    @property
    def is_walled(self) -> bool:
        """Whether the database shows us rows only where a transaction says who asks (``central.walls``)."""
        return self.is_postgresql and bool(self._word)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may change things; commits on leaving, rolls back whole on any exception."""
        with self._asked_by(None, self._writing).begin() as connection:
            yield connection

    def allow_forgetting(self, connection: Connection) -> None:
        """Let a power cut forget this transaction, whole: its commit waits for no disk (SQLite's always does)."""
        if self.is_postgresql:
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")

    @contextmanager
    def read(self, person: str | None = None) -> Iterator[Connection]:
        """A transaction that only reads, over one unchanging state.

        For a ``person`` (a user's id) PostgreSQL shows the rows of their teams and no others.
        """
        with self._asked_by(person, self._reading).begin() as connection:
            yield connection

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For single questions, each on its own: no transaction, so no turns with the server to begin and end one."""
        if self.is_walled:  # what says who asks holds for a transaction, and for nothing longer
            with self.read() as connection:
                yield connection
            return
        with self._glancing.connect() as connection:
            yield connection

    def _asked_by(self, person: str | None, engine: Engine) -> Engine:
        return engine.execution_options(fieldkit_asker=person or self._word) if self.is_walled else engine

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """A connection of its own, beside the pool, closed at the end: for holding a lock while others are used."""
        with self._apart.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            yield connection

    @property
    def busy(self) -> int:
        """Connections of the pool that somebody is using."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, sa.pool.QueuePool) else 0

    def insert(self, connection: Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]], count: int) -> None:
        """Add ``count`` rows (values in the order of the table's columns) by the fastest road the database has."""
        if count:
            if not self.is_postgresql or count < _WORTH_A_COPY:
                bulk.execute_many(connection, table, rows)
            elif self.is_walled:  # COPY knows no row-level security
                bulk.unnest(connection, table, rows)
            else:
                bulk.copy(connection, table, rows)

    def upsert(self, connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows, or set the columns that are not part of the key where a row with that key exists."""
        if rows:
            connection.execute(sa.text(_upsert(table, tuple(rows[0]))), list(rows))

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
        self._apart.dispose()


@cache
def _upsert(table: sa.Table, names: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key]
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    columns, binds = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    clash = f"ON CONFLICT ({', '.join(keys)}) DO " + (f"UPDATE SET {changed}" if changed else "NOTHING")
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({binds}) {clash}'


def make_engine(url: str, pool: int = POOL, *, is_pooled: bool = True) -> Engine:
    """An engine for ``url``. Raises ``Trouble('central.database_url')`` for one that is not understood."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise Trouble("central.database_url") from error
    if parsed.drivername == "sqlite":
        return _sqlite(parsed)
    if parsed.drivername in _POSTGRESQL:
        return _postgresql(parsed.set(drivername="postgresql+psycopg"), pool if is_pooled else 0)
    raise Trouble("central.database_url")


def _postgresql(url: URL, pool: int) -> Engine:
    options = f"-c lock_timeout={_BUSY_MS} -c timezone=UTC"
    arguments: dict[str, Any] = {"connect_timeout": 10, "options": options}
    if not pool:
        return sa.create_engine(url, poolclass=sa.NullPool, connect_args=arguments)
    engine = sa.create_engine(url, pool_size=pool, max_overflow=pool, pool_recycle=1800, connect_args=arguments)
    event.listen(engine, "begin", _say_who_asks)
    return engine


_STEADY = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_ASKER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _say_who_asks(connection: Connection) -> None:
    """Begin the transaction and say in it who asks, in one turn; ``SET LOCAL`` ends with it, whoever is next."""
    options = connection.get_execution_options()
    asker = options.get("fieldkit_asker")
    if asker is None:
        return
    if not _ASKER.fullmatch(asker):
        raise ValueError("nobody asks by such a name")
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"{options['fieldkit_begins']}; SET LOCAL fieldkit.asker = '{asker}'")


_PRAGMAS = (
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-65536",
    "secure_delete=ON",  # what the law has erased is overwritten, not only forgotten
)


def _sqlite(url: URL) -> Engine:
    engine = sa.create_engine(url, connect_args={"timeout": _BUSY_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" below starts transactions, nothing else does
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("fieldkit_glances"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("fieldkit_writes") else "BEGIN")

    return engine
