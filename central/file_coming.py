"""Parts of files on their way, on the store's own disk until the file is whole and its hash is the right one.

They lie here whatever the place of whole files is: an offset may count only when its bytes are durable, and an object
store takes no part smaller than 5 MiB and keeps none of a half-sent one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import IO, Any, NamedTuple

from central.file_folder import FOLDER
from fieldkit.kernel.errors import Refusal

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


class Part:
    """A part file that somebody has the turn to write into: the last who took it, whatever process that is in."""

    __slots__ = ("_file", "_turn", "_word", "at", "digest", "upload")

    def __init__(self, upload: str, file: IO[bytes], turn: Path, at: int, digest: Any) -> None:
        self.upload, self.at, self.digest = upload, at, digest
        self._file, self._turn, self._word = file, turn, secrets.token_bytes(16)
        turn.write_bytes(self._word)

    def __enter__(self) -> Part:
        return self

    def __exit__(self, *_: object) -> None:
        if self.has_turn:
            self._turn.unlink()
        self._file.close()

    @property
    def has_turn(self) -> bool:
        """Whether nobody took it since. Ask it alone."""
        with suppress(FileNotFoundError):
            return self._turn.read_bytes() == self._word
        return False

    def check_turn(self) -> None:
        """Raises ``Refusal('central.file_offset')`` where another one writes now: they ask where it stands."""
        if not self.has_turn:
            raise Refusal("central.file_offset", offset=self.at)

    def write(self, chunk: bytes) -> None:
        """Bytes that come next. Raises ``OSError`` for a full disk, too."""
        if self._file.write(chunk) != len(chunk):
            raise OSError(errno.ENOSPC, "the disk took a part of it")
        if self.digest is not None:
            self.digest.update(chunk)
        self.at += len(chunk)

    def is_whole(self, sha256: str) -> bool:
        """Whether what was written is known to be the file of this hash."""
        return self.digest is not None and self.digest.hexdigest() == sha256

    def flush(self) -> None:
        """Make durable what was written; another thread may go on writing."""
        os.fsync(self._file.fileno())

    def left(self) -> tuple[int, int, int]:
        """By what the file is known again."""
        return _left(self._file)


class Coming:
    """Used from many threads, and from several processes on one machine: ``alone`` keeps them apart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER / _COMING
        self._locks = folder / FOLDER / "locks"
        self._threads = tuple((threading.Lock(), threading.Lock()) for _ in range(_LOCKS))
        self._running: OrderedDict[str, _Running] = OrderedDict()

    @contextmanager
    def alone(self, upload: str) -> Iterator[None]:
        """Nobody else, in this process or another one, touches the sending meanwhile."""
        with self.counting(upload), self.writing(upload):
            yield

    @contextmanager
    def counting(self, upload: str) -> Iterator[None]:
        """Nobody else takes the turn or counts meanwhile; whoever has the turn goes on writing.

        A count is five flushes with SQLite, and the line stood still for each while it held up the writing too.
        """
        number = _lock_of(upload)
        with self._threads[number][0], _locked(self._locks / f"{number:02}.count"):
            yield

    @contextmanager
    def writing(self, upload: str) -> Iterator[None]:
        """Nobody else takes the turn or writes meanwhile, though somebody may count. Ask for no ``counting`` inside."""
        number = _lock_of(upload)
        with self._threads[number][1], _locked(self._locks / f"{number:02}"):
            yield

    def add(self, upload: str, offset: int, chunks: Iterable[bytes]) -> int:
        """Write bytes from ``offset`` on and make them durable; where the sending then stands. Call it alone.

        Where fewer bytes lie here than ``offset``, nothing is written and their number is returned: a hole would be
        found only when the whole file is hashed.
        """
        with self.open(upload, offset) as part:
            if part.at == offset:
                for chunk in chunks:
                    part.write(chunk)
                part.flush()
                self.keep_hash(part)
            return part.at

    def open(self, upload: str, offset: int) -> Part:
        """Take the turn to write from ``offset`` on: whoever had it before writes no more. Call it alone.

        ``at`` is less than ``offset`` where fewer bytes lie here; nothing is to be written then.
        """
        running = self._running.pop(upload, None)
        path = self.path(upload)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _only_name(path)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
        at = min(os.fstat(file.fileno()).st_size, offset)
        part = Part(upload, file, _turn(path), at, _going_on(running, offset, file) if at == offset else None)
        if at == offset:
            file.truncate(offset)  # what a power cut left beyond what was confirmed
            file.seek(offset)
        return part

    def keep_hash(self, part: Part) -> None:
        """Remember the hash of what was written, so that the end of the file costs nothing. Call it alone."""
        if part.digest is not None:
            self._remember(part.upload, _Running(part.at, part.digest, part.left()))

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
        for path in (self.path(upload), _turn(self.path(upload))):
            path.unlink(missing_ok=True)

    def path(self, upload: str) -> Path:
        """Where its bytes lie."""
        return self._folder / upload

    def _remember(self, upload: str, running: _Running) -> None:
        self._running[upload] = running
        while len(self._running) > _STATES:
            self._running.popitem(last=False)


def _lock_of(upload: str) -> int:
    return int(upload.replace("-", "")[-8:], 16) % _LOCKS


def _turn(path: Path) -> Path:
    return path.with_name(path.name + ".turn")


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
