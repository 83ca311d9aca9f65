"""Many rows at once: binary COPY on PostgreSQL (arrays behind row-level security), ``executemany`` on SQLite.

COPY is written by hand because psycopg's own ``write_row`` wants an object for every UUID: ten thousand revisions
take 60 ms of processor time here and 80 ms there.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.engine import Connection

_ROWS_AT_ONCE = 100
"""Rows in one write, some 200 kB: PostgreSQL works on them while the next are being made."""

_ROWS_IN_AN_ARRAY = 50
"""Rows in one statement, some 100 kB: the same, since statements are sent without waiting for the one before."""

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_length = struct.Struct(">i").pack
_count = struct.Struct(">h").pack
_head = struct.Struct(">iiIii").pack
_int8 = struct.Struct(">iq").pack
_int4 = struct.Struct(">ii").pack

Encoder = Callable[[Any], bytes]


def copy(connection: Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Stream ``rows`` into ``table`` on PostgreSQL, which stores the first while the next are being made."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN (FORMAT BINARY)') as stream:
        stream.write(_HEADER)
        for part in _encoded(table, rows):
            stream.write(part)
        stream.write(_TRAILER)


def _encoded(table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    encoders = [_encoder(column) for column in table.columns]
    count = _count(len(encoders))
    parts: list[bytes] = []
    for number, row in enumerate(rows, 1):
        parts.append(count)
        parts += [_NULL if value is None else encode(value) for value, encode in zip(row, encoders, strict=True)]
        if number % _ROWS_AT_ONCE == 0:
            yield b"".join(parts)
            parts.clear()
    yield b"".join(parts)


def unnest(connection: Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert ``rows`` by statements with an array for each column, where COPY may not be used.

    An element of a binary array is written as a field of COPY is, so this costs us what that does. The database lays
    unpacked arrays down in memory first: small ones stay within its 4 MB, 2,500 rows went to the disk and took twice
    as long. It works on one statement while the rows of the next are being made, as COPY does.
    """
    columns = list(table.columns)
    encoders = [_encoder(column) for column in columns]
    kinds = [_array_of(column) for column in columns]
    names = ", ".join(f'"{column.name}"' for column in columns)
    places = ", ".join(f"%b::{kind.name}" for kind in kinds)
    statement = f'INSERT INTO "{table.name}" ({names}) SELECT * FROM unnest({places})'
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.pipeline(), driver.cursor() as cursor:
        for kind in set(kinds):
            cursor.adapters.register_dumper(kind.values, kind.dumper)
        left = iter(rows)
        while some := list(islice(left, _ROWS_IN_AN_ARRAY)):
            parts = [
                [_NULL if value is None else encode(value) for value in column]
                for encode, column in zip(encoders, zip(*some, strict=True), strict=True)
            ]
            cursor.execute(
                statement,
                [kind.values(_array(kind.element, part)) for kind, part in zip(kinds, parts, strict=True)],
            )


def _array(element: int, values: list[bytes]) -> bytes:
    """The binary form of an array: dimensions, whether NULLs are in it, its elements' type, how many from which."""
    return _head(1, _NULL in values, element, len(values), 1) + b"".join(values)


def execute_many(connection: Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert ``rows`` into ``table`` by one statement, run once for each."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(table.columns))
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', list(rows))


class _Kind(NamedTuple):
    """A type of PostgreSQL's for an array: its name, the number of its elements' type, and the values' class."""

    name: str
    element: int
    values: type[bytes]
    dumper: type[Any]


@cache
def _kind(name: str, element: int, array: int) -> _Kind:
    from psycopg.adapt import Dumper
    from psycopg.pq import Format

    class Values(bytes):
        """An array in its binary form already."""

    class AsTheyAre(Dumper):
        """How psycopg sends them."""

        format, oid = Format.BINARY, array

        def dump(self, obj: Any) -> bytes:
            return cast("bytes", obj)

    return _Kind(f"{name}[]", element, Values, AsTheyAre)


def _array_of(column: sa.Column[Any]) -> _Kind:
    actual = column.type.dialect_impl(_POSTGRESQL)
    if isinstance(actual, UUID):
        return _kind("uuid", 2950, 2951)
    if isinstance(actual, sa.BigInteger):
        return _kind("int8", 20, 1016)
    if isinstance(actual, sa.Boolean):
        return _kind("bool", 16, 1000)
    if isinstance(actual, sa.Integer):
        return _kind("int4", 23, 1007)
    if isinstance(actual, sa.LargeBinary):
        return _kind("bytea", 17, 1001)
    return _kind("text", 25, 1009)


def _encoder(column: sa.Column[Any]) -> Encoder:
    actual = column.type.dialect_impl(_POSTGRESQL)
    repeats = column.info.get("repeats", False)  # the same few values in many rows: encoded once
    if isinstance(actual, UUID):
        return _repeated_uuid if repeats else _uuid
    if isinstance(actual, sa.BigInteger):
        return _big
    if isinstance(actual, sa.Boolean):
        return _flag
    if isinstance(actual, sa.Integer):
        return _small
    if isinstance(actual, sa.LargeBinary):
        return _bytes
    return _repeated_text if repeats else _text


@lru_cache(4096)
def _repeated_uuid(value: str) -> bytes:
    return _uuid(value)


@lru_cache(4096)
def _repeated_text(value: str) -> bytes:
    return _text(value)


def _uuid(value: str) -> bytes:
    return b"\0\0\0\x10" + bytes.fromhex(value.replace("-", ""))


def _big(value: int) -> bytes:
    return _int8(8, value)


def _small(value: int) -> bytes:
    return _int4(4, value)


def _flag(value: bool) -> bytes:
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _bytes(value: bytes) -> bytes:
    return _length(len(value)) + value


def _text(value: str) -> bytes:
    return _bytes(value.encode("utf-8"))


_POSTGRESQL = sa.dialects.postgresql.dialect()  # type: ignore[no-untyped-call]
