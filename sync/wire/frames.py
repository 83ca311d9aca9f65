"""Frames: the body of push and pull, exact bytes in length-prefixed frames, compressed as one zstd stream.

A frame is one type byte, a 32-bit big-endian length and a payload. A revision's frame carries its envelope,
signature, salt and content verbatim. What the receiver computes anyway does not travel: the ``prev`` of an
envelope that follows its predecessor in the stream, and the ``digest`` of one whose content is beside it.
The receiver fills both in and the device's signature over the envelope's hash proves the result.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

import zstandard

from fieldkit.kernel.errors import Trouble

LEVEL = 2
"""zstd level, on 10,000 notes: 3 takes twice as long for 1 % less, 1 saves a tenth of the time for 3 % more."""

LARGEST_FRAME = 8 * 2**20
"""No revision or sheet is larger; a length beyond it is damage or an attack, refused before allocation."""

_STEP = 512
"""Compressed bytes taken at a time: a zstd block of 4 bytes may stand for 128 KiB, so 512 bytes for 16 MiB at most."""

_WINDOW = 8 * 2**20
"""No stream of ours looks back further (level 2: 1 MiB); a header asking for more is refused before allocation."""

_HEAD = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
_CHUNK = 256 * 1024
_SALT = 16
_SIGNATURE = 64


class Kind(IntEnum):
    """What a frame holds."""

    MESSAGE = 1
    REVISION = 2
    SHEET = 3
    PAGE_END = 4


_KIND = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class WireRevision:
    """A revision's exact bytes. ``salt`` and ``content`` are both present or both ``None``."""

    envelope: bytes
    signature: bytes
    salt: bytes | None
    content: bytes | None


class FrameWriter:
    """Builds one stream; keeps the last envelope's hash so that the next need not name it."""

    def __init__(self) -> None:
        self._last = ""

    def revision(self, value: WireRevision, envelope_hash: str) -> bytes:
        """The frame of a revision whose envelope hashes to ``envelope_hash`` (hex)."""
        envelope = value.envelope
        if self._last:
            envelope = envelope.replace(b'"prev":"' + self._last.encode() + b'"', b'"prev":"~"', 1)
        body = b""
        if value.content is not None and value.salt is not None:
            digest = hashlib.sha256(value.salt + value.content).hexdigest().encode()
            envelope = envelope.replace(b'"digest":"' + digest + b'"', b'"digest":"~"', 1)
            body = value.salt + value.content
        self._last = envelope_hash
        payload = b"".join((_LENGTH.pack(len(envelope)), envelope, value.signature, body))
        return frame(Kind.REVISION, payload)


class FrameReader:
    """Reads revisions' frames of one stream in order, filling in what did not travel."""

    def __init__(self) -> None:
        self._last = ""
        self.digest = ""
        """SHA-256 (hex) of salt and content of the last revision read; empty where they did not travel."""

    def revision(self, payload: bytes) -> tuple[WireRevision, str]:
        """The revision and its envelope's hash (hex). Raises ``Trouble('wire.damaged')``."""
        if len(payload) < _LENGTH.size:
            raise Trouble("wire.damaged")
        (size,) = _LENGTH.unpack_from(payload)
        start = _LENGTH.size + size
        rest = payload[start + _SIGNATURE :]
        if len(payload) < start + _SIGNATURE or 0 < len(rest) < _SALT:
            raise Trouble("wire.damaged")
        envelope = payload[_LENGTH.size : start]
        salt, content = (rest[:_SALT], rest[_SALT:]) if rest else (None, None)
        if self._last:
            envelope = envelope.replace(b'"prev":"~"', b'"prev":"' + self._last.encode() + b'"', 1)
        self.digest = ""
        if rest:
            self.digest = hashlib.sha256(rest).hexdigest()
            envelope = envelope.replace(b'"digest":"~"', b'"digest":"' + self.digest.encode() + b'"', 1)
        self._last = hashlib.sha256(envelope).hexdigest()
        return WireRevision(envelope, payload[start : start + _SIGNATURE], salt, content), self._last


def frame(kind: Kind, payload: bytes) -> bytes:
    """One frame, not yet compressed."""
    return _HEAD.pack(kind, len(payload)) + payload


def sheet_payload(data: bytes, signature: bytes) -> bytes:
    """The payload of a signed sheet or certificate: signature first, exact bytes after."""
    return signature + data


def read_sheet_payload(payload: bytes) -> tuple[bytes, bytes]:
    """``(data, signature)`` of a sheet's payload. Raises ``Trouble('wire.damaged')``."""
    if len(payload) <= _SIGNATURE:
        raise Trouble("wire.damaged")
    return payload[_SIGNATURE:], payload[:_SIGNATURE]


def compress(frames: Iterable[bytes]) -> Iterator[bytes]:
    """One zstd stream over all frames, in pieces as they become ready.

    With a checksum at its end (4 bytes; every reader of zstd looks at it): a bit that turned over on a line without TLS
    otherwise made one note look forged, which is set aside and not asked for again.
    """
    machine = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compressobj()
    waiting: list[bytes] = []
    size = 0
    for part in frames:
        waiting.append(part)
        size += len(part)
        if size >= _CHUNK:
            yield machine.compress(b"".join(waiting))
            waiting, size = [], 0
    yield machine.compress(b"".join(waiting)) + machine.flush()


def read_frames(chunks: Iterable[bytes]) -> Iterator[tuple[Kind, bytes]]:
    """The frames of a compressed stream, as they arrive; memory stays below three times the largest frame.

    Raises ``Trouble('wire.damaged')`` for a stream that is not ours, is cut short, goes on after its end or
    names a frame beyond ``LARGEST_FRAME``; frames yielded before the damage are whole.
    """
    buffer = bytearray()
    for plain in _decompress(chunks):
        buffer += plain
        yield from _take(buffer)
    if buffer:
        raise Trouble("wire.damaged")


def _decompress(chunks: Iterable[bytes]) -> Iterator[bytes]:
    machine = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        for start in range(0, len(chunk), _STEP):
            try:
                plain = machine.decompress(chunk[start : start + _STEP])  # also refuses what comes after the end
            except zstandard.ZstdError as error:
                yield b"".join(waiting)
                raise Trouble("wire.damaged") from error
            waiting.append(plain)
            size += len(plain)
            if size >= _CHUNK:
                yield b"".join(waiting)
                waiting, size = [], 0
        yield b"".join(waiting)
        waiting, size = [], 0
    if not machine.eof or machine.unused_data:
        raise Trouble("wire.damaged")


def _take(buffer: bytearray) -> Iterator[tuple[Kind, bytes]]:
    place = 0
    try:
        while len(buffer) - place >= _HEAD.size:
            kind, size = _HEAD.unpack_from(buffer, place)
            if kind not in _KIND or size > LARGEST_FRAME:
                raise Trouble("wire.damaged")
            start = place + _HEAD.size
            if len(buffer) < start + size:
                break
            place = start + size
            yield _KIND[kind], bytes(buffer[start:place])
    finally:
        del buffer[:place]
