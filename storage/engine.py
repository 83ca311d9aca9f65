"""The one door to SQLCipher: how an encrypted database is opened, and what its errors mean to a person.

The settings are those measured in docs/decisions/0020-vault.md: a raw key with the salt kept outside the file (a
torn first page then costs nothing), WAL with ``synchronous=FULL`` (an acknowledged note survives a power cut),
``locking_mode=EXCLUSIVE`` (no shared memory file, no second process).
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlcipher3 import dbapi2 as sqlcipher

from fieldkit.kernel.errors import FieldKitError, Trouble

if TYPE_CHECKING:
    from sqlalchemy import Connection

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a database in WAL mode (the WAL-reset bug)."""

_RAW_KEY = re.compile(rb"x'[0-9a-f]{96}'")  # anything else SQLCipher would take for a passphrase, without a word
_PLAIN_HEADER = b"SQLite format 3\0"
_LOCK_SECONDS = 1.0
_MEMORY_ONLY = (0, 2)  # temp_store: the compiled default (memory) and memory; anything else writes plain text to disk
_PRAGMAS = (
    "locking_mode=EXCLUSIVE",  # before the first access of the WAL: no -shm file, a second process is told "busy"
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "recursive_triggers=ON",
    "cache_size=-20000",  # 20 MB: the pages of some 7,000 notes stay open, and each page opened costs 10 µs
)

_READING_PRAGMAS = tuple(
    one for one in _PRAGMAS if one.partition("=")[0] in {"trusted_schema", "cell_size_check", "cache_size"}
)
Row = tuple[Any, ...]
Error = sqlcipher.Error


class Database:
    """An open encrypted database: one connection, used by one thread at a time.

    ``run``, ``rows``, ``one`` and ``many`` go straight to the driver's cache of prepared statements; SQLAlchemy's
    own execution costs about 40 µs a statement, and recording a note takes a dozen. ``connection`` is the same
    connection through SQLAlchemy, for schema work. Every driver error leaves as a ``Trouble``.

    ``is_still``: the file is only read, as it is, without its write-ahead log and without a lock; whoever asks for
    that sees to it that nothing changes the file (``storage.still``).
    """

    def __init__(self, path: Path, key: bytearray, *, is_still: bool = False) -> None:
        if _RAW_KEY.fullmatch(key) is None:
            raise ValueError("not a raw key literal")
        self.path = path
        with _told_apart(path):
            self._raw: Any = _connect_still(path, key) if is_still else _connect(path, key)
        self._schema: Connection | None = None
        self._execute: Any = self._raw.execute
        self._synchronous = self.rows("PRAGMA synchronous")[0][0]

    @property
    def connection(self) -> Connection:
        """For making and changing tables. A vault that needs neither never imports SQLAlchemy: 13 MB, 0.1 s."""
        if self._schema is None:
            from storage.schema_connection import connect

            self._schema = connect(self._raw, sqlcipher)
        return self._schema

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Execute a statement; how many rows it changed."""
        try:
            return int(self._execute(sql, values).rowcount)
        except Error as error:
            raise _meaning(error, self.path) from error

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        try:
            found: list[Row] = self._execute(sql, values).fetchall()
        except Error as error:
            raise _meaning(error, self.path) from error
        return found

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query."""
        try:
            found: Row | None = self._execute(sql, values).fetchone()
        except Error as error:
            raise _meaning(error, self.path) from error
        return found

    def many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Execute a statement once for each row of values."""
        try:
            self._raw.executemany(sql, values)
        except Error as error:
            raise _meaning(error, self.path) from error

    def stream(self, sql: str, values: Sequence[object] = ()) -> Generator[Row, None, None]:
        """Rows of a long query, one by one; close it before the tables it reads are changed."""
        try:
            yield from self._execute(sql, values)
        except Error as error:
            raise _meaning(error, self.path) from error

    def is_sound(self, check: str) -> bool:
        """Run a statement that checks something; false where SQLite calls it corrupt."""
        try:
            self._execute(check)
        except Error as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
                return False
            raise _meaning(error, self.path) from error
        return True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: commits on leaving, rolls back on any exception; durable once left.

        After a full or failing disk SQLite has rolled back by itself, so the work counts as never done.
        """
        # The driver's own words: SQLAlchemy's begin and commit take 50 µs, a tenth of what recording a note may.
        self.run("BEGIN IMMEDIATE")
        try:
            with _told_apart(self.path):
                yield
        except BaseException:
            self._end("ROLLBACK")
            raise
        self._commit()

    @contextmanager
    def lazy_transaction(self) -> Iterator[None]:
        """A transaction that a power cut may forget, whole; it becomes durable with the next flush.

        For what can be had again: a certificate, a bit of the search index. A flush takes longer than the work.
        """
        self.run("PRAGMA synchronous=NORMAL")
        try:
            with self.transaction():
                yield
        finally:
            self.run(f"PRAGMA synchronous={self._synchronous}")

    def _commit(self) -> None:
        try:
            self._end("COMMIT")
        except BaseException:
            self._end("ROLLBACK")
            raise

    def _end(self, how: str) -> None:
        if self._raw.in_transaction:
            self.run(how)
        if self._schema is not None and self._schema.in_transaction():  # it must know that its work is over
            self._schema.rollback()

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._raw.in_transaction)

    def refuse(self, why: Exception) -> None:
        """From another thread: what is being read is broken off, and what comes after is refused with ``why``."""

        def refused(*_: object) -> None:
            raise why

        self._execute = refused
        self._raw.interrupt()

    def close(self) -> None:
        """Give the connection back and end it; the last page of the log is then in the file itself."""
        if self._schema is not None:
            self._schema.close()
            self._schema.engine.dispose()
        self._raw.close()


def is_plain(path: Path) -> bool:
    """Whether the file is an unencrypted SQLite database."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER


def _connect(path: Path, key: bytearray) -> Any:
    connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None, timeout=_LOCK_SECONDS)
    return _unlocked(connection, key, _PRAGMAS)


def _connect_still(path: Path, key: bytearray) -> Any:
    posix = quote(path.as_posix())  # a network folder begins with two slashes, a drive letter with none
    address = f"file://{posix if posix.startswith('/') else '/' + posix}?immutable=1"
    connection = sqlcipher.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    return _unlocked(connection, key, _READING_PRAGMAS)


def _unlocked(connection: Any, key: bytearray, pragmas: Sequence[str]) -> Any:
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.set_key(key)  # no SQL text, so the key is in no statement cache and no log
        for pragma in pragmas:
            connection.execute("PRAGMA " + pragma)
        _assert_safe(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _assert_safe(connection: Any) -> None:
    if str(connection.execute("PRAGMA cipher_status").fetchone()[0]) != "1":
        raise Trouble("vault.not_encrypted")
    if connection.execute("PRAGMA temp_store").fetchone()[0] not in _MEMORY_ONLY:
        raise Trouble("vault.temporary_files")
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise Trouble("vault.sqlite_too_old", version=sqlcipher.sqlite_version)


@contextmanager
def _told_apart(path: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        found = error if isinstance(error, Error) else getattr(error, "orig", None)  # as SQLAlchemy wraps it
        if not isinstance(found, Error):
            raise
        raise _meaning(found, path) from error


def _meaning(error: BaseException | None, path: Path) -> Exception:
    """The world's fault as a ``Trouble``; our own (wrong SQL) as it is, for the crash sheet."""
    if isinstance(error, FieldKitError):
        return error
    name = str(getattr(error, "sqlite_errorname", ""))
    folder = str(path.parent)
    for prefix, code in _CODES.items():
        if name.startswith(prefix):
            # On a disk that may only be read the log beside the file cannot be made: to SQLite an error of the disk.
            is_read_only = code == "vault.disk" and path.exists() and not os.access(folder, os.W_OK)
            return Trouble("vault.read_only" if is_read_only else code, folder=folder)
    return error if isinstance(error, Exception) else RuntimeError(repr(error))


_CODES = {
    "SQLITE_FULL": "vault.disk_full",
    "SQLITE_IOERR": "vault.disk",
    "SQLITE_READONLY": "vault.read_only",
    "SQLITE_CANTOPEN": "vault.disk",
    "SQLITE_BUSY": "vault.in_use",
    "SQLITE_LOCKED": "vault.in_use",
    "SQLITE_CORRUPT": "vault.damaged",
    "SQLITE_NOTADB": "vault.damaged",
    "SQLITE_INTERRUPT": "vault.closing",
}
