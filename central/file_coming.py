"""Parts of files on their way, on the store's own disk until the file is whole and its hash is the right one.

They lie here whatever the place of whole files is: an offset may count only when its bytes are durable, and an object
store takes no part smaller than 5 MiB and keeps none of a half-sent one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import IO, Any, NamedTuple

from central.file_folder import FOLDER

_COMING = "coming"
_CHUNK = 1 << 20
_LOCKS = 64
"""Sendings share this many locks: two that share one wait for each other, and none is ever left behind."""

_STATES = 256
"""Hashes that are kept running; of more sendings at once, the eldest is read again from the disk at its end."""


class Whole(Enum):
    """What a sending that has all its bytes turned out to be."""

    SAME = "same"
    OTHER = "other"
    GONE = "gone"


class _Running(NamedTuple):
    """A hash of everything up to ``reached``, and the file as it was left then: it counts for no other."""

    reached: int
    digest: Any
    left: tuple[int, int, int]


class Coming:
    """Used from many threads, and from several processes on one machine: ``alone`` keeps them apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER / _COMING
        self._locks = folder / FOLDER / "locks"
        self._threads = tuple(threading.Lock() for _ in range(_LOCKS))
        self._running: OrderedDict[str, _Running] = OrderedDict()

    @contextmanager
    def alone(self, upload: str) -> Iterator[None]:
        """Nobody else, in this process or another one, touches the sending meanwhile."""
        number = int(upload.replace("-", "")[-8:], 16) % _LOCKS
        with self._threads[number], _locked(self._locks / f"{number:02}"):
            yield

    def add(self, upload: str, offset: int, chunks: Iterable[bytes]) -> int:
        """Write bytes from ``offset`` on and make them durable; where the sending then stands.

        Where fewer bytes lie here than ``offset``, nothing is written and their number is returned: a hole would be
        found only when the whole file is hashed.
        """
        running = self._running.pop(upload, None)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _only_name(self.path(upload))
        with os.fdopen(os.open(self.path(upload), os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
            if (length := os.fstat(file.fileno()).st_size) < offset:
                return length
            digest = _going_on(running, offset, file)
            file.truncate(offset)  # what a power cut left beyond what was confirmed
            file.seek(offset)
            for chunk in chunks:
                file.write(chunk)
                if digest is not None:
                    digest.update(chunk)
            os.fsync(file.fileno())
            reached = file.tell()
            if digest is not None:
                self._remember(upload, _Running(reached, digest, _left(file)))
            return reached

    def whole(self, upload: str, size: int, sha256: str) -> Whole:
        """Whether all the bytes are here and are those that ``sha256`` names.

        They were hashed as they came; where the store was started again meanwhile they are read once more.
        """
        running = self._running.get(upload)
        try:
            with self.path(upload).open("rb") as file:
                digest = _going_on(running, size, file)
                if digest is None:
                    digest = _read(file)
                    self._remember(upload, _Running(size, digest, _left(file)))  # whoever lost patience asks again
        except FileNotFoundError:
            return Whole.GONE
        return Whole.SAME if digest.hexdigest() == sha256 else Whole.OTHER

    def length(self, upload: str) -> int:
        """Bytes that lie here."""
        with suppress(FileNotFoundError):
            return self.path(upload).stat().st_size
        return 0

    def drop(self, upload: str) -> None:
        """Throw away what came of a sending."""
        self._running.pop(upload, None)
        with suppress(FileNotFoundError):
            self.path(upload).unlink()

    def path(self, upload: str) -> Path:
        """Where its bytes lie."""
        return self._folder / upload

    def _remember(self, upload: str, running: _Running) -> None:
        self._running[upload] = running
        while len(self._running) > _STATES:
            self._running.popitem(last=False)


def _only_name(path: Path) -> None:
    """See that writing here changes no file in its place: one that was put away by a second name may go on after all.

    That happens where the database was restored to a time at which the sending had not reached its end.
    """
    with suppress(FileNotFoundError):
        if path.stat().st_nlink > 1:
            own = path.with_name(path.name + ".own")
            shutil.copyfile(path, own)
            own.replace(path)


def _going_on(running: _Running | None, offset: int, file: IO[bytes]) -> Any:
    """The hash of what lies before ``offset``; ``None`` where it is not at hand."""
    if running is not None and running.reached == offset and running.left == _left(file):
        return running.digest
    return hashlib.sha256() if offset == 0 else None


def _left(file: IO[bytes]) -> tuple[int, int, int]:
    found = os.fstat(file.fileno())
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read(file: IO[bytes]) -> Any:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "nt":  # one process serves there; its threads are kept apart already
        yield
        return
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # ends with the handle, and with the process
        yield
    finally:
        os.close(handle)
