"""Looks for words in bytes, in every shape a program might leave them in."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import zstandard

_ZSTD = b"\x28\xb5\x2f\xfd"
_ENCODED = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}|[A-Za-z0-9_-]{24,}={0,2}")
_DEEP = 3
"""Frames in base64 in JSON in a frame: more than anything of ours does."""


def found(words: Iterable[str], data: bytes) -> set[str]:
    """Which of ``words`` stand in ``data``: as text of three encodings, in hex, inside base64, inside packed frames."""
    shapes = {word: _shapes(word) for word in words}
    hits: set[str] = set()
    for layer in _layers(data, _DEEP):
        folded = layer.lower()
        hits |= {word for word, forms in shapes.items() if any(form in folded for form in forms)}
    return hits


def in_folder(words: Iterable[str], folder: Path) -> dict[str, set[str]]:
    """What stands in each file below ``folder``, and in its name."""
    words = list(words)
    hits = {}
    for path in sorted(folder.rglob("*")):
        there = found(words, str(path.relative_to(folder)).encode())
        if path.is_file():
            there |= found(words, path.read_bytes())
        if there:
            hits[str(path.relative_to(folder))] = there
    return hits


def _shapes(word: str) -> list[bytes]:
    low = word.lower()
    return [*(low.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")), low.encode().hex().encode()]


def _layers(data: bytes, deep: int) -> Iterator[bytes]:
    """The bytes themselves, then whatever can be unpacked from them."""
    yield data
    if deep == 0:
        return
    for match in _ENCODED.finditer(data):
        yield from _layers(_decoded(match[0]), deep - 1)
    for packed in (*_frames(data), *_deflated(data)):
        yield from _layers(packed, deep - 1)


def _decoded(text: bytes) -> bytes:
    plain = text.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    return base64.b64decode(plain[: len(plain) // 4 * 4] if len(plain) % 4 == 1 else plain + b"=" * (-len(plain) % 4))


def _frames(data: bytes) -> Iterator[bytes]:
    place = data.find(_ZSTD)
    while place >= 0:
        with suppress(zstandard.ZstdError):  # the four bytes stood there by chance
            yield zstandard.ZstdDecompressor().decompressobj().decompress(data[place:])
        place = data.find(_ZSTD, place + 1)


def _deflated(data: bytes) -> Iterator[bytes]:
    """Streams of zlib, as PDFs hold them, and whole gzips."""
    for mark in (b"\x78\x9c", b"\x78\xda", b"\x1f\x8b"):
        place = data.find(mark)
        while place >= 0 and len(data) < 2**22:
            with suppress(zlib.error):
                yield zlib.decompressobj(47).decompress(data[place:])
            place = data.find(mark, place + 1)
