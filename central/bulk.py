"""Many rows at once: binary COPY on PostgreSQL, ``executemany`` on SQLite.

COPY is written by hand because psycopg's own ``write_row`` wants an object for every UUID: ten thousand revisions
take 60 ms of processor time here and 80 ms there.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.engine import Connection

_ROWS_AT_ONCE = 100
"""Rows in one write, some 200 kB: PostgreSQL works on them while the next are being made."""

_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_length = struct.Struct(">i").pack
_count = struct.Struct(">h").pack
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


def execute_many(connection: Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert ``rows`` into ``table`` by one statement, run once for each."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(table.columns))
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', list(rows))


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
