"""Pieces: the smallest part of a hand-over file that proves itself, 64 KiB each.

A file that was half copied, or spoilt in one place, loses the entries of that place and nothing else: each piece is
sealed by itself, bound to the head of its file, to its number and to where it stands in its entry.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.signing import PieceSealer
from sync.wire.frames import LARGEST_FRAME

PIECE = 64 * 1024
"""Bytes of a sealed piece on the disk; every one has as many, so that nothing is told by their length."""

_HEAD = struct.Struct(">BI")
ROOM = PIECE - PieceSealer.EXTRA - _HEAD.size
"""Bytes of an entry that one piece takes."""

LARGEST_ENTRY = LARGEST_FRAME + 2 * 2**20
"""Bytes; a piece that goes on beyond this belongs to no entry of ours."""

_FIRST, _LAST = 1, 2
_BOUND = b"fieldkit/bundle/piece/v1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One whole entry: ``kind`` is a byte of ``entries.Kind`` (or one of a later version)."""

    kind: int
    payload: bytes
    piece: int
    """The number of its first piece in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoilt:
    """Pieces ``first`` to ``last`` of a file that did not prove themselves, or ended before their entry did."""

    first: int
    last: int
    is_cut: bool = False
    """The file ends here, before its end."""


def pieces_for(size: int) -> int:
    """How many pieces an entry with a payload of ``size`` bytes takes."""
    return -(-(size + 1) // ROOM)


class PieceWriter:
    """Writes entries as pieces."""

    def __init__(self, target: IO[bytes], key: bytes, head_hash: bytes) -> None:
        self._target = target
        self._sealer = PieceSealer(key)
        self._bound = _BOUND + head_hash
        self.count = 0

    def write(self, kind: int, payload: bytes) -> None:
        """Add an entry. Raises ``OSError`` where the disk does not take it."""
        data = bytes((kind,)) + payload
        if len(data) > LARGEST_ENTRY:
            raise ValueError("an entry beyond the largest")
        for start in range(0, len(data), ROOM):
            part = data[start : start + ROOM]
            flags = (_FIRST if start == 0 else 0) | (_LAST if start + ROOM >= len(data) else 0)
            plain = (_HEAD.pack(flags, len(part)) + part).ljust(PIECE - PieceSealer.EXTRA, b"\0")
            self._target.write(self._sealer.seal(plain, _bound_to(self._bound, self.count)))
            self.count += 1


class PieceReader:
    """Reads entries from pieces, going on behind what is spoilt."""

    def __init__(self, source: IO[bytes], key: bytes, head_hash: bytes, first: int = 0) -> None:
        self._source = source
        self._sealer = PieceSealer(key)
        self._bound = _BOUND + head_hash
        self._number = first
        self._begun: bytearray | None = None
        self._began_at = first

    def entries(self) -> Iterator[Entry | Spoilt]:
        """Every entry that is whole, and what is spoilt between them; no more than one entry is in memory."""
        while sealed := self._read():
            number = self._number
            self._number += 1
            if len(sealed) < PIECE:
                yield Spoilt(first=self._forget(number), last=number, is_cut=True)
                return
            yield from self._take(number, sealed)
        if self._begun is not None:
            end, self._number = self._number, self._began_at
            yield Spoilt(first=self._forget(end), last=end, is_cut=True)

    @property
    def reached(self) -> int:
        """The piece after the last entry that was whole or given up; what was begun and not ended comes again."""
        return self._number if self._begun is None else self._began_at

    def _take(self, number: int, sealed: bytes) -> Iterator[Entry | Spoilt]:
        part, flags = self._open(number, sealed)
        if part is None:
            yield Spoilt(first=self._forget(number), last=number)
            return
        if flags & _FIRST:
            if self._begun is not None:
                yield Spoilt(first=self._forget(number), last=number - 1)
            self._begun, self._began_at = bytearray(), number
        if self._begun is None:
            return  # the rest of an entry whose beginning was spoilt, and told already
        self._begun += part
        if len(self._begun) > LARGEST_ENTRY:
            yield Spoilt(first=self._forget(number), last=number)
        elif flags & _LAST:
            data, self._begun = bytes(self._begun), None
            if data:
                yield Entry(kind=data[0], payload=data[1:], piece=self._began_at)

    def _open(self, number: int, sealed: bytes) -> tuple[bytes | None, int]:
        try:
            plain = self._sealer.unseal(sealed, _bound_to(self._bound, number))
        except Refusal:
            return None, 0
        flags, size = _HEAD.unpack_from(plain)
        if size > ROOM:
            return None, 0
        return plain[_HEAD.size : _HEAD.size + size], flags

    def _forget(self, number: int) -> int:
        """Give up the entry that was begun; where that began."""
        began, self._begun = (number if self._begun is None else self._began_at), None
        return began

    def _read(self) -> bytes:
        try:
            found = self._source.read(PIECE)
            while found and len(found) < PIECE and (more := self._source.read(PIECE - len(found))):
                found += more
        except OSError as error:
            raise Trouble("handover.stick") from error
        return found


def _bound_to(bound: bytes, number: int) -> bytes:
    return bound + number.to_bytes(8, "big")
