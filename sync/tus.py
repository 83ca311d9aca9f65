"""Sending a file by tus 1.0 to any server that speaks it: our store, or one that somebody else wrote.

What a resumable transport has to do is ``BlobTransport``; the standard that may follow tus would be another one of
these. Nothing here knows attachments, receipts or the vault, and nothing is believed but what the server says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Protocol
from urllib.parse import urlsplit

from fieldkit.app.ports import Identity
from fieldkit.kernel.errors import Refusal, Trouble
from sync.answers import Headers
from sync.http import CentralStore
from sync.poured import Poured, stretch
from sync.wire import files as tus
from sync.wire.routes import FILE_ADD, FILE_BEGIN, FILE_STANDS, Route

_NAME = re.compile(r"[A-Za-z0-9._~+=-]{1,200}")
_MOST_MENDINGS = 3
"""Times a part is sent again before the line is given up for now."""

_MENDED = frozenset({"central.file_offset", "central.file_checksum", "central.too_large"})
"""Refusals of one part: the next is cut as the server says where it stands, and smaller where a proxy takes less."""


class BlobTransport(Protocol):
    """A way on which a file goes in parts, and goes on where it broke off. ``place`` is where one sending stands."""

    def begin(self, size: int, metadata: str, first: bytes = b"") -> tuple[str, Headers]:
        """Begin a sending, with its ``first`` bytes where any are given; its place, and the server's answer."""

    def stands(self, place: str) -> Headers:
        """How far it came. Raises ``Refusal('central.not_found')`` where the server knows of none (any more)."""

    def add(self, place: str, offset: int, part: bytes) -> Headers:
        """Add a part; the server's answer.

        Raises ``Refusal`` with ``central.file_offset`` (it stands elsewhere), ``central.file_checksum`` (changed on the
        way) or ``central.too_large``, and ``Trouble`` for trouble of the line.
        """

    def pour(self, place: str, offset: int, body: Poured, sha256: bytes, then: Then | None = None) -> Headers:
        """Add a stream of bytes of the file that has this SHA-256; raises as ``add`` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """The file that goes after another one; ``size`` 0 where the server need not begin it (``tus.NEXT``)."""

    size: int = 0
    metadata: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pour:
    """How a file goes as a stream, to a server that says it takes one."""

    sha256: bytes
    """Of the whole file, as its record names it."""
    length: int
    """Bytes of the whole file."""
    size: Callable[[], int]
    """Bytes of the next stream."""
    then: Then | None = None
    """Another file that goes next, so that nobody has to wait for the server's disk."""
    moved: Callable[[int], None]
    """Told where it stands, after each ``tus.PART`` bytes; ends the sending by raising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tus:
    """tus 1.0 over HTTP. Without ``identity`` nothing is signed: servers of others do not ask for it."""

    far: CentralStore
    identity: Identity | None
    path: str = FILE_BEGIN.path

    def begin(self, size: int, metadata: str, first: bytes = b"") -> tuple[str, Headers]:
        headers = {tus.LENGTH: str(size), tus.METADATA: metadata}
        digest = hashlib.sha256(first).digest() if first else None
        if digest is not None:
            headers[tus.CHECKSUM] = tus.checksum(digest)
        reply = self._ask(FILE_BEGIN, self.path, headers, first, digest)
        place = self.place_of(reply.get("location", ""))
        if place is None:
            raise Trouble("wire.damaged")
        return place, {tus.OFFSET.lower(): "0", **reply}  # only a server that knew it already has to say more

    def stands(self, place: str) -> Headers:
        return self._ask(FILE_STANDS, place, {})

    def add(self, place: str, offset: int, part: bytes) -> Headers:
        digest = hashlib.sha256(part).digest()
        headers = {tus.OFFSET: str(offset), tus.CHECKSUM: tus.checksum(digest)}
        return self._ask(FILE_ADD, place, headers, part, digest)

    def pour(self, place: str, offset: int, body: Poured, sha256: bytes, then: Then | None = None) -> Headers:
        headers = {tus.OFFSET: str(offset), tus.SIGNS: tus.SIGNS_FILE}
        if then is not None:
            headers[tus.SETTLES] = tus.SETTLES_BEHIND
            if then.size:
                headers[tus.NEXT] = tus.next_file(then.size, then.metadata)
        return self._ask(FILE_ADD, place, headers, body, sha256)

    def next_begun(self, reply: Headers) -> tuple[str, Headers] | None:
        """Where the file that goes next was begun, as ``begin`` answers; ``None`` where it was not."""
        location, _, offset = reply.get(tus.NEXT.lower(), "").partition(" ")
        place = self.place_of(location)
        return None if place is None else (place, {tus.OFFSET.lower(): offset, tus.SIGNS.lower(): tus.SIGNS_FILE})

    def place_of(self, location: str) -> str | None:
        """The path of a sending at this very server, or ``None``: a reply does not send a file anywhere else."""
        parts, here = urlsplit(location), urlsplit(self.far.url)
        if location.startswith("//") or (parts.netloc and (parts.scheme, parts.netloc) != (here.scheme, here.netloc)):
            return None
        folder, _, name = parts.path.rpartition("/")
        return parts.path if folder == self.path and _NAME.fullmatch(name) and not parts.query else None

    def _ask(
        self,
        route: Route,
        path: str,
        headers: dict[str, str],
        body: bytes | Poured = b"",
        digest: bytes | None = None,
    ) -> Headers:
        return self.far.exchange(route, path, tus.TUS | headers, body, self.identity, digest)


def go_on(
    there: BlobTransport,
    begun: tuple[str, Headers],
    file: IO[bytes],
    size: int,
    part_size: Callable[[int], int],
    pour: Pour | None = None,
) -> Headers:
    """Send ``file`` from where the server stands to its end; the server's last answer.

    ``part_size`` is asked before each part with the bytes the server has, and may end the sending by raising. With
    ``pour`` it goes as a stream to a server that takes one. At most one part, or what a server that was killed had not
    counted yet of a stream, is sent again for each time something broke. An answer that ``is_behind`` is the last one.
    """
    place, reply = begun
    mendings = 0
    while (offset := _offset(reply, size)) < size:
        most = part_size(offset)
        try:
            if pour is not None and reply.get(tus.SIGNS.lower()) == tus.SIGNS_FILE:
                reply = _stream(there, place, file, offset, min(pour.size(), size - offset), pour)
                if is_behind(reply):
                    return reply
            else:
                reply = there.add(place, offset, _part(file, offset, min(most, size - offset)))
        except Refusal as refusal:
            mendings += 1
            if refusal.code not in _MENDED or mendings > _MOST_MENDINGS:
                raise
            reply = there.stands(place)
    return reply


def _part(file: IO[bytes], offset: int, length: int) -> bytes:
    file.seek(offset)
    part = file.read(length)
    if not part:
        raise Trouble("wire.damaged")
    return part


def _stream(there: BlobTransport, place: str, file: IO[bytes], offset: int, length: int, pour: Pour) -> Headers:
    with closing(stretch(file, offset, length, pour.moved, tus.PART)) as pieces:
        is_end = offset + length == pour.length
        body = Poured(length=length, pieces=pieces)
        return there.pour(place, offset, body, pour.sha256, pour.then if is_end else None)


def is_behind(reply: Headers) -> bool:
    """Whether every byte went, and the server's word of them comes with a later answer."""
    return reply.get(tus.SETTLES.lower()) == tus.SETTLES_BEHIND


def _offset(reply: Headers, size: int) -> int:
    text = reply.get(tus.OFFSET.lower(), "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15) or int(text) > size:
        raise Trouble("wire.damaged")
    return int(text)
