"""Files of attachments on the disk of the store: parts as they come, whole files under their SHA-256.

One kind of place (a folder); whatever takes its place (an object store) has these verbs and no others.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from fieldkit.kernel.errors import Refusal

FOLDER = "files"
_COMING = "coming"
_CHUNK = 1 << 20


class FileFolder:
    """Used from many threads; two of them never write one sending at once (``central.files`` sees to that)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def add(self, upload: str, offset: int, chunks: Iterable[bytes]) -> int:
        """Write bytes of a sending from ``offset`` on and make them durable; where it then stands."""
        path = self._coming(upload)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb", buffering=0) as file:
            file.truncate(
                offset
            )  # what a power cut left beyond what was confirmed, or a hole before it: see ``settle``
            file.seek(offset)
            for chunk in chunks:
                file.write(chunk)
            os.fsync(file.fileno())
            return file.tell()

    def settle(self, upload: str, sha256: str) -> bool:
        """Hash a sending; where it is what it should be, move it to its place for good. Whether it is."""
        path, target = self._coming(upload), self._whole(sha256)
        digest = hashlib.sha256()
        try:
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
        except FileNotFoundError:
            return False
        if digest.hexdigest() != sha256:
            self.drop(upload)
            return False
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(path, target)
        for folder in (target.parent, target.parent.parent, self._folder):
            _flush(folder)
        return True

    def drop(self, upload: str) -> None:
        """Throw away what came of a sending."""
        with suppress(FileNotFoundError):
            self._coming(upload).unlink()

    def has(self, sha256: str) -> bool:
        """Whether the whole file is here."""
        return self._whole(sha256).is_file()

    def read(self, sha256: str, start: int, length: int) -> Iterator[bytes]:
        """``length`` bytes of a whole file from ``start`` on.

        Raises ``Refusal('central.file_to_follow')`` where it is gone.
        """
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
        """Destroy a file."""
        with suppress(FileNotFoundError):
            self._whole(sha256).unlink()

    def _coming(self, upload: str) -> Path:
        return self._folder / _COMING / upload

    def _whole(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256


def _flush(folder: Path) -> None:
    if os.name == "nt":  # NTFS journals renames by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
