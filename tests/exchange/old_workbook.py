"""A workbook of the form before 2007 (BIFF8 in a compound file), the least that Excel itself would open."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_SECTOR, _STREAM = 512, 8  # the stream fills eight sectors: a smaller one would need a second, smaller table
_END, _FREE, _TABLE = -2, -1, -3


def old_workbook(name: str, rows: Sequence[Sequence[object]]) -> bytes:
    """One sheet of texts, numbers and truths."""
    cells = b"".join(_cell(at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)) + cells + _record(0x000A)
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + _record(
        0x0042, struct.pack("<H", 1200)
    )
    title = name.encode("utf-16-le")
    length = len(begin) + 4 + 8 + len(title) + 4
    bound = _record(0x0085, struct.pack("<IHBB", length, 0, len(name), 1) + title)
    stream = begin + bound + _record(0x000A) + sheet
    assert len(begin) + len(bound) + 4 == length
    return _compound(stream.ljust(_SECTOR * _STREAM, b"\0"))


def _cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, bool):
        return _record(0x0205, place + struct.pack("<BB", value, 0))
    if isinstance(value, (int, float)):
        return _record(0x0203, place + struct.pack("<d", value))
    text = str(value).encode("utf-16-le")
    return _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    table = [_TABLE, _END, *range(3, 2 + _STREAM), _END]
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IiIIiIiI", 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<i", 0)
    head += struct.pack("<i", _FREE) * 108
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream)) + bytes(256)
    return head + struct.pack(f"<{len(table)}i", *table) + folder + stream


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    made = title.ljust(64, b"\0") + struct.pack("<HBBiii", len(title), kind, 1, _FREE, _FREE, child) + bytes(36)
    return made + struct.pack("<iII", first, size, 0)
