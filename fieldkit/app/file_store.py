"""What use cases and sending need of the place where files lie: ``storage.blobs`` implements it.

A file is named by the SHA-256 of its plain bytes. Everything here may be called from any thread: what is kept never
changes, so nobody waits for anybody, least of all a note for a file of 500 MB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Protocol

from fieldkit.app.tapes import TapeStore

KEPT_FREE = 10**9
"""Bytes of the disk that no file may take: notes come first, and they need room too."""

AUTOMATIC = 5 * 10**6
"""Team-mates' files up to this many bytes come by themselves; larger ones when somebody asks for them."""

Told = Callable[[int], None]
"""Told how many bytes are done; raises ``Trouble('attach.stopped')`` where a person wants no more of it."""


class Taking(Protocol):
    """A file that is being taken in: nothing of it counts until ``keep``."""

    @property
    def done(self) -> int:
        """Bytes taken in so far."""

    def write(self, data: bytes) -> None:
        """Take more bytes. Raises ``Trouble('attach.disk_full')``."""

    def keep(self) -> str:
        """Make it durable under its SHA-256, which is returned (hex).

        Raises ``Trouble('attach.differs')`` where another one was expected; nothing is kept then.
        """

    def leave(self) -> None:
        """Give up for now: what was begun for an expected file stays to be gone on with, anything else goes."""


class FileStore(Protocol):
    """The files of one vault."""

    @property
    def tapes(self) -> TapeStore:
        """Sound that is being recorded, or was when the program ended."""

    def take(self, expected: str | None = None, size: int = 0) -> Taking:
        """Begin to take a file in; an ``expected`` one goes on where an earlier taking of it left off.

        ``size`` is what it will have, if known. Raises ``Trouble('attach.disk_full')`` and ``Trouble('vault.disk')``.
        """

    def has(self, sha256: str) -> bool:
        """Whether it lies here; its bytes are proved when they are read."""

    def erase(self, sha256: str) -> None:
        """Destroy it; nothing happens where it is not here."""

    def open(self, sha256: str) -> IO[bytes]:
        """Its plain bytes, to be read and sought in.

        Raises ``Trouble('attach.not_here')``; reading raises ``Trouble('attach.damaged')`` at the first wrong piece.
        """

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """Its plain bytes from beginning to end, some 256 kB at a time."""
