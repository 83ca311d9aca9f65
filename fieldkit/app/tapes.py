"""What recording needs of the place where files lie: a tape that is written as the sound comes (``storage.tapes``).

A tape is no file yet. It is sealed piece by piece, each of which is on the disk when ``put`` returns, so a program that
ends in the middle loses what it had not handed over and nothing else. ``fieldkit.app.sound_files`` makes a file of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol


class Mark(StrEnum):
    """What a piece of a tape is; the value is its letter on the disk."""

    FACTS = "F"
    """JSON: what the recording is about. The first piece, once."""
    STRETCH = "B"
    """JSON ``{"at": ms}``: sound goes on from here, after the beginning or a gap."""
    SOUND = "S"
    END = "E"
    """The recording was ended by somebody, and not by a fault."""


class Tape(Protocol):
    """A tape that is being written; used from one thread at a time."""

    @property
    def name(self) -> str: ...
    @property
    def sound(self) -> int:
        """Bytes of sound on it."""

    def put(self, mark: Mark, data: bytes = b"") -> None:
        """Seal a piece and bring it to the disk.

        Raises ``Trouble('attach.disk_full')`` where the file that is made of it would not leave 1 GB free, and
        ``Trouble('vault.disk')``.
        """

    def close(self) -> None:
        """Write no more; it stays until it is dropped."""


class TapeStore(Protocol):
    """The tapes of one vault."""

    def begin(self) -> Tape:
        """Raises ``Trouble('attach.disk_full')`` and ``Trouble('vault.disk')``."""

    def left(self) -> tuple[str, ...]:
        """The names of tapes that no recording is writing now: an earlier run of the program left them."""

    def read(self, name: str) -> Iterator[tuple[Mark, bytes]]:
        """Its pieces in order, up to the first that is torn or not as it was written."""

    def drop(self, name: str) -> None:
        """It was made a file, or holds nothing."""
