"""Where whole files lie: what a folder on the disk and a store of objects both promise, and nothing else.

A file is put there once, under its SHA-256, after its bytes were hashed on this machine; parts on their way lie in
``central.file_coming`` until then. Whatever takes the place of these two has the same verbs and passes the same tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class FilePlace(Protocol):
    """Used from many threads at once.

    Every method raises ``Trouble('central.files_unavailable')`` where the place does not answer and
    ``Trouble('central.files_key')`` where it does not take our key; nothing has changed then.
    """

    def check(self) -> None:
        """Ask once whether the place answers and takes our key."""

    def size(self, sha256: str) -> int | None:
        """Bytes of the file that lies there, or ``None``."""

    def keep(self, sha256: str, source: Path, size: int) -> None:
        """Put a file there for good; when this returns it is durable. ``source`` stays, and may be deleted.

        One that lies there already with the same size is left as it is: its name is the hash of its content.
        """

    def read(self, sha256: str, start: int, length: int) -> Iterator[bytes]:
        """``length`` bytes from ``start`` on, a piece at a time.

        Raises ``Refusal('central.file_to_follow')`` where it is gone.
        """

    def erase(self, sha256: str) -> None:
        """Destroy it; one that is not there is no trouble."""

    def listed(self) -> Iterator[tuple[str, int]]:
        """The SHA-256 and bytes of everything that lies there."""
