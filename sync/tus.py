"""Sending a file by tus 1.0 to any server that speaks it: our store, or one that somebody else wrote.

What a resumable transport has to do is ``BlobTransport``; the standard that may follow tus would be another one of
these. Nothing here knows attachments, receipts or the vault, and nothing is believed but what the server says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Protocol
from urllib.parse import urlsplit

from fieldkit.app.ports import Identity
from fieldkit.kernel.errors import Refusal, Trouble
from sync.http import CentralStore, Headers
from sync.wire import files as tus
from sync.wire.routes import FILE_ADD, FILE_BEGIN, FILE_STANDS, Route

_NAME = re.compile(r"[A-Za-z0-9._~+=-]{1,200}")
_MOST_MENDINGS = 3
"""Times a part is sent again before the line is given up for now."""

_MENDED = frozenset({"central.file_offset", "central.file_checksum", "central.too_large"})
"""Refusals of one part: the next is cut as the server says where it stands, and smaller where a proxy takes less."""


class BlobTransport(Protocol):
    """A way on which a file goes in parts, and goes on where it broke off. ``place`` is where one sending stands."""

    def begin(self, size: int, metadata: str) -> tuple[str, Headers]:
        """Begin a sending; its place, and the server's answer."""

    def stands(self, place: str) -> Headers:
        """How far it came. Raises ``Refusal('central.not_found')`` where the server knows of none (any more)."""

    def add(self, place: str, offset: int, part: bytes) -> Headers:
        """Add a part; the server's answer.

        Raises ``Refusal`` with ``central.file_offset`` (it stands elsewhere), ``central.file_checksum`` (changed on the
        way) or ``central.too_large``, and ``Trouble`` for trouble of the line.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Tus:
    """tus 1.0 over HTTP. Without ``identity`` nothing is signed: servers of others do not ask for it."""

    far: CentralStore
    identity: Identity | None
    path: str = FILE_BEGIN.path

    def begin(self, size: int, metadata: str) -> tuple[str, Headers]:
        reply = self._ask(FILE_BEGIN, self.path, {tus.LENGTH: str(size), tus.METADATA: metadata})
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

    def place_of(self, location: str) -> str | None:
        """The path of a sending at this very server, or ``None``: a reply does not send a file anywhere else."""
        parts, here = urlsplit(location), urlsplit(self.far.url)
        if location.startswith("//") or (parts.netloc and (parts.scheme, parts.netloc) != (here.scheme, here.netloc)):
            return None
        folder, _, name = parts.path.rpartition("/")
        return parts.path if folder == self.path and _NAME.fullmatch(name) and not parts.query else None

    def _ask(
        self, route: Route, path: str, headers: dict[str, str], body: bytes = b"", digest: bytes | None = None
    ) -> Headers:
        return self.far.exchange(route, path, tus.TUS | headers, body, self.identity, digest)


def go_on(
    there: BlobTransport,
    begun: tuple[str, Headers],
    file: IO[bytes],
    size: int,
    part_size: Callable[[int], int],
) -> Headers:
    """Send ``file`` from where the server stands to its end; the server's last answer.

    ``part_size`` is asked before each part with the bytes the server has, and may end the sending by raising. At most
    one part is sent again for each time something broke.
    """
    place, reply = begun
    mendings = 0
    while (offset := _offset(reply, size)) < size:
        most = part_size(offset)
        file.seek(offset)
        part = file.read(min(most, size - offset))
        if not part:
            raise Trouble("wire.damaged")
        try:
            reply = there.add(place, offset, part)
        except Refusal as refusal:
            mendings += 1
            if refusal.code not in _MENDED or mendings > _MOST_MENDINGS:
                raise
            reply = there.stands(place)
    return reply


def _offset(reply: Headers, size: int) -> int:
    text = reply.get(tus.OFFSET.lower(), "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15) or int(text) > size:
        raise Trouble("wire.damaged")
    return int(text)
