"""Whole files in a folder on the store's disk, each under its SHA-256: the place that needs nothing else."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from fieldkit.kernel.errors import Refusal

FOLDER = "files"
_CHUNK = 1 << 20
_TAKEN = "taken"
_NAME = re.compile(r"[0-9a-f]{64}")


class FileFolder:
    """A ``FilePlace`` in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._durable: set[Path] = set()

    def check(self) -> None:
        """A folder needs no key, and is made when the first file comes."""

    def size(self, sha256: str) -> int | None:
        path = self._whole(sha256)
        return path.stat().st_size if path.is_file() else None

    def keep(self, sha256: str, source: Path, size: int) -> None:
        if self.size(sha256) == size:
            return
        target = self._whole(sha256)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = target.with_name(f"{sha256}.{source.name}")
        fresh.unlink(missing_ok=True)
        try:
            os.link(source, fresh)  # a second name: no byte is copied, and a kill leaves the first
        except OSError:  # another disk, or one that knows no second names
            shutil.copyfile(source, fresh)
            _flush_file(fresh)
        os.replace(fresh, target)
        _flush(target.parent)
        for folder in (target.parent, target.parent.parent):
            if folder not in self._durable:  # that it is there outlives a power cut; none ever goes again
                _flush(folder.parent)
                self._durable.add(folder)

    def take(self, sha256: str, pieces: Iterable[bytes]) -> bool:
        """Write a file from another place, hashed on its way; ``False`` where it was not what its name says."""
        coming = self._folder / f"{sha256}.{_TAKEN}"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                for piece in pieces:
                    size += file.write(piece)
                    digest.update(piece)
                file.flush()
                os.fsync(file.fileno())
            if digest.hexdigest() != sha256:
                return False
            self.keep(sha256, coming, size)
            return True
        finally:
            coming.unlink(missing_ok=True)

    def read(self, sha256: str, start: int, length: int) -> Iterator[bytes]:
        try:
            file = self._whole(sha256).open("rb")
        except FileNotFoundError as error:
            raise Refusal("central.file_to_follow") from error
        with file:
            file.seek(start)
            while length > 0 and (chunk := file.read(min(_CHUNK, length))):
                length -= len(chunk)
                yield chunk

    def erase(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            self._whole(sha256).unlink()

    def listed(self) -> Iterator[tuple[str, int]]:
        for path in sorted(self._folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _NAME.fullmatch(path.name) and path.is_file():
                yield path.name, path.stat().st_size

    def path(self, sha256: str) -> Path:
        """Where a file lies, or would."""
        return self._whole(sha256)

    def _whole(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256


def _flush_file(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    if os.name == "nt":  # NTFS journals renames by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
