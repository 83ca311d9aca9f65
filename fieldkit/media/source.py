"""A file that somebody points at: opened once, read once, and told apart from what is no file or changes meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fieldkit.kernel.errors import Mistake, Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An open file to be taken in. ``size`` is what it had when it was opened."""

    file: IO[bytes]
    name: str
    size: int
    changed_at: int

    def assert_unchanged(self, read: int) -> None:
        """Raises ``Trouble('attach.changed')`` where it is not what it was when it was opened."""
        now = os.fstat(self.file.fileno())
        if read != self.size or now.st_size != self.size or now.st_mtime_ns != self.changed_at:
            raise Trouble("attach.changed", name=self.name)

    def pieces(self, size: int = 1 << 20) -> Iterator[bytes]:
        """Its bytes from the beginning. Raises ``Trouble('attach.unreadable')``."""
        try:
            self.file.seek(0)
            while piece := self.file.read(size):
                yield piece
        except OSError as error:
            raise Trouble("attach.unreadable", name=self.name) from error


@contextmanager
def source_of(path: Path) -> Iterator[Source]:
    """Open a file to take it in.

    Raises ``Mistake`` with ``attach.not_found``, ``attach.folder``, ``attach.not_a_file`` (a device, a pipe) or
    ``attach.empty``, and ``Trouble('attach.unreadable')``.
    """
    name = path.name[:80]
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            raise Mistake("attach.folder", field="file", name=name)
        if not stat.S_ISREG(before.st_mode):
            raise Mistake("attach.not_a_file", field="file", name=name)
        if before.st_size == 0:
            raise Mistake("attach.empty", field="file", name=name)
        with path.open("rb", buffering=0) as file:
            facts = os.fstat(file.fileno())
            yield Source(file=file, name=name, size=facts.st_size, changed_at=facts.st_mtime_ns)
    except FileNotFoundError as error:
        raise Mistake("attach.not_found", field="file", name=name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise Trouble("attach.unreadable", name=name) from error
