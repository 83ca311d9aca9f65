"""Taking the place where a photo was taken out of its bytes, and leaving every other byte as it was.

A photo's position stands in an EXIF block (in JPEG, PNG, WebP, HEIC and TIFF alike a small TIFF of its own) and often a
second time in an XMP packet. Both are blanked in place, so that nothing moves and the picture is not compressed again.
EXIF: CIPA DC-008, tag 0x8825 names the block of the position. XMP: properties of the names ``exif:GPS…``.
"""

from __future__ import annotations

import re
import struct
import zlib

LARGEST = 64 * 2**20
"""Bytes of the largest picture in which the position is looked for: it is held in memory meanwhile."""

_TIFF = re.compile(rb"II\*\x00|MM\x00\*")
_XMP_VALUE = re.compile(rb"""(?:exif:GPS\w+\s*=\s*["']|<exif:GPS\w+[^>]*>)([^"'<]+)""")
_GPS = 0x8825
_TYPES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of one value by EXIF's type."""

_MOST_ENTRIES = 512
_PNG = b"\x89PNG\r\n\x1a\n"


def without_location(data: bytes) -> bytes:
    """The same picture with no position in it; the very same bytes where there was none."""
    found = bytearray(data)
    for start in [match.start() for match in _TIFF.finditer(data)]:
        _blank_exif(found, start)
    for match in _XMP_VALUE.finditer(data):
        if match[1].strip():
            found[match.start(1) : match.end(1)] = b" " * len(match[1])
    if found == data:
        return data
    if data.startswith(_PNG):
        _sum_again(found)
    return bytes(found)


def _blank_exif(data: bytearray, start: int) -> None:
    """Take the position out of the TIFF structure at ``start``, if it is one."""
    order = "<" if data[start : start + 1] == b"I" else ">"
    first = _number(data, order, "I", start + 4)
    if first is None:
        return
    directory = start + first
    count = _number(data, order, "H", directory)
    if count is None or not 0 < count <= _MOST_ENTRIES or directory + 2 + 12 * count > len(data):
        return
    for place in range(directory + 2, directory + 2 + 12 * count, 12):
        tag, kind, amount, value = struct.unpack_from(order + "HHII", data, place)
        if tag == _GPS and kind in (4, 13) and amount == 1:
            _blank_position(data, order, start, start + value)
            after = directory + 2 + 12 * count
            data[place : after - 12] = data[place + 12 : after]  # the entry goes, those after it move up …
            link = bytes(data[after : after + 4])
            data[after - 12 : after + 4] = link + bytes(12)  # … and the link to the next directory with them
            struct.pack_into(order + "H", data, directory, count - 1)
            return


def _blank_position(data: bytearray, order: str, start: int, directory: int) -> None:
    count = _number(data, order, "H", directory)
    if count is None or count > _MOST_ENTRIES:
        return
    for place in range(directory + 2, min(directory + 2 + 12 * count, len(data) - 11), 12):
        _, kind, amount, value = struct.unpack_from(order + "HHII", data, place)
        length = _TYPES.get(kind, 0) * amount
        if 4 < length <= len(data) - start - value:
            data[start + value : start + value + length] = bytes(length)
        data[place : place + 12] = bytes(12)
    struct.pack_into(order + "H", data, directory, 0)


def _number(data: bytearray, order: str, form: str, place: int) -> int | None:
    try:
        return int(struct.unpack_from(order + form, data, place)[0])
    except struct.error:
        return None


def _sum_again(data: bytearray) -> None:
    """Put the check sums of a PNG's chunks right again."""
    place = len(_PNG)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        end = place + 8 + length
        if end + 4 > len(data):
            return
        data[end : end + 4] = zlib.crc32(data[place + 4 : end]).to_bytes(4, "big")
        place = end + 4
