"""Files of the vault: each encrypted for itself, named by what it holds, written whole or not at all.

They lie outside the database (480 MB/s against 80 as values in it) in ``blobs/``, one file each: a head with the file's
own key, sealed under the vault's and bound to the SHA-256 of the plain bytes, then pieces of 256 kB, each sealed with
its number and whether it is the last. So a file that was cut, reordered, swapped or renamed opens no more. The name on
disk is a keyed hash of the SHA-256: who holds the disk cannot tell whether a known document is among them.

Order of writing: temporary name, flush, rename, flush of the folder, and only then the record that names it.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import IO

from fieldkit.app.file_store import KEPT_FREE
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import new_id
from fieldkit.kernel.signing import PieceSealer, derive, seal, unseal
from storage.blob_reader import HEAD, MAGIC, PIECE, SEALED_PIECE, BlobReader, bound
from storage.files import flush_folder
from storage.tapes import BlobTapes

FOLDER = "blobs"
UNUSED = "unused"
"""Below ``FOLDER``: files that no record named when the vault was opened. Nothing is deleted."""

_NEW, _PART = ".new-", ".part-"
_NAME = re.compile(r"[0-9a-f]{64}")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SETTLED = 3600.0
"""Seconds after which a file without a record is left over, and not one whose record is being written."""


class BlobStore:
    """See ``fieldkit.app.file_store.FileStore``. ``close`` forgets the keys."""

    def __init__(self, folder: Path, master: bytes | bytearray, *, kept_free: int = KEPT_FREE) -> None:
        self.folder = folder / FOLDER
        self.kept_free = kept_free
        self._key = bytearray(derive(bytes(master), "fieldkit/att/v1"))
        self._is_closed = False
        self.tapes = BlobTapes(self)
        self._name_key = bytearray(derive(bytes(master), "fieldkit/att-name/v1"))

    def take(self, expected: str | None = None, size: int = 0) -> BlobTaking:
        """Begin to take a file in."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.check_room(size)
            return BlobTaking(self, expected)
        except OSError as error:
            raise self.trouble(error) from error

    def has(self, sha256: str) -> bool:
        """Whether it lies here."""
        return self.path(sha256).is_file()

    def erase(self, sha256: str) -> None:
        """Destroy it, as the law asks: its key lies in it, so what is left on the disk opens no more."""
        for path in (self.path(sha256), self.part(sha256)):
            path.unlink(missing_ok=True)

    def open(self, sha256: str) -> IO[bytes]:
        """Its plain bytes, to be read and sought in."""
        return BufferedReader(self._raw(sha256), PIECE)

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """Its plain bytes piece by piece."""
        with self._raw(sha256) as raw:
            yield from raw.pieces()

    def size(self, sha256: str) -> int:
        """How many plain bytes it has. Raises ``Trouble('attach.not_here')``."""
        with self._raw(sha256) as raw:
            return raw.size

    def check(self, sha256: str) -> None:
        """Read all of it and compare. Raises ``Trouble('attach.not_here' | 'attach.damaged')``."""
        digest = hashlib.sha256()
        for piece in self.pieces(sha256):
            digest.update(piece)
        if digest.hexdigest() != sha256:
            raise Trouble("attach.damaged")

    def names(self) -> set[str]:
        """The names of all that lies here, as ``name_of`` gives them; what is being written left out."""
        return {path.name for path in self._files()}

    def name_of(self, sha256: str) -> str:
        """The name on disk of what has this hash."""
        self._assert_open()
        return hmac.new(self._name_key, bytes.fromhex(sha256), "sha256").hexdigest()

    def path(self, sha256: str) -> Path:
        """Where it lies, or would."""
        name = self.name_of(sha256)
        return self.folder / name[:2] / name

    def part(self, sha256: str) -> Path:
        """Where what is on its way here is gathered."""
        return self.folder / (_PART + self.name_of(sha256))

    def begin(self) -> Path:
        """A name for a file that is only just beginning."""
        return self.folder / (_NEW + new_id())

    def left_over(self, named: set[str]) -> list[Path]:
        """Files that no record names (``named`` holds the SHA-256s of records), those of this hour left out."""
        names = {self.name_of(sha256) for sha256 in named}
        settled = time.time() - _SETTLED
        return [path for path in self._files() if path.name not in names and path.stat().st_mtime < settled]

    def tidy(self, named: set[str]) -> None:
        """Remove what was being written when the program ended, and put aside what no record names."""
        if not self.folder.is_dir():
            return
        with suppress(OSError):  # tried again at the next opening
            for path in self.folder.glob(_NEW + "*"):
                path.unlink()
            for path in self.left_over(named):
                aside = self.folder / UNUSED
                aside.mkdir(mode=0o700, exist_ok=True)
                os.replace(path, aside / path.name)

    def check_room(self, more: int) -> None:
        """Raises ``Trouble('attach.disk_full')`` where ``more`` bytes would leave less than is kept free."""
        free = shutil.disk_usage(self.folder).free
        if free - more < self.kept_free:
            raise Trouble(
                "attach.disk_full", free=_gb(free), needed=_gb(more + self.kept_free), kept=_gb(self.kept_free)
            )

    def new_key(self) -> bytes:
        """A key for one file."""
        return os.urandom(32)

    def wrap(self, key: bytes, sha256: str) -> bytes:
        """The head of a file with this key and hash."""
        return self.wrap_for(key, MAGIC, bytes.fromhex(sha256))

    def unwrap(self, head: bytes, sha256: str) -> bytes:
        """The key in a head. Raises ``Trouble('attach.damaged')``."""
        return self.unwrap_for(head, MAGIC, bytes.fromhex(sha256))

    def wrap_for(self, key: bytes, magic: bytes, what: bytes) -> bytes:
        """A head of ``HEAD`` bytes with this key: ``magic`` (16 bytes) says of what kind, ``what`` of which one."""
        self._assert_open()
        return magic + seal(bytes(self._key), key, magic + what)

    def unwrap_for(self, head: bytes, magic: bytes, what: bytes) -> bytes:
        """The key in such a head. Raises ``Trouble('attach.damaged')``."""
        self._assert_open()
        if len(head) != HEAD or not head.startswith(magic):
            raise Trouble("attach.damaged")
        try:
            return unseal(bytes(self._key), head[len(magic) :], magic + what)
        except Refusal as error:
            raise Trouble("attach.damaged") from error

    def trouble(self, error: OSError) -> Trouble:
        """What a fault of the disk means to a person."""
        if error.errno in _FULL:
            return Trouble("attach.disk_full", free="0.0", needed=_gb(self.kept_free), kept=_gb(self.kept_free))
        return Trouble("vault.disk", folder=str(self.folder.parent))

    def close(self) -> None:
        """Forget the keys; what is still being taken in or read ends with ``Trouble('vault.closing')``."""
        self._is_closed = True
        for key in (self._key, self._name_key):
            key[:] = bytes(len(key))

    def _assert_open(self) -> None:
        if self._is_closed:  # the keys are nought now, and sealing under nought would protect nothing
            raise Trouble("vault.closing")

    def _raw(self, sha256: str) -> BlobReader:
        path = self.path(sha256)
        try:
            file = path.open("rb", buffering=0)
        except FileNotFoundError as error:
            raise Trouble("attach.not_here") from error
        except OSError as error:
            raise self.trouble(error) from error
        try:
            return BlobReader(file, self.unwrap(file.read(HEAD), sha256))
        except BaseException:
            file.close()
            raise

    def _files(self) -> Iterator[Path]:
        for place in self.folder.glob("[0-9a-f][0-9a-f]"):
            yield from (path for path in place.iterdir() if _NAME.fullmatch(path.name))


class BlobTaking:
    """See ``fieldkit.app.file_store.Taking``."""

    def __init__(self, store: BlobStore, expected: str | None) -> None:
        self._store = store
        self._expected = expected
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._number = 0
        self._unchecked = 0
        self.done = 0
        self._path = store.part(expected) if expected else store.begin()
        self._key = store.new_key()
        if not self._go_on():
            self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b", buffering=0)
            self._file.write(store.wrap(self._key, expected) if expected else bytes(HEAD))
        self._sealer = PieceSealer(self._key)

    def write(self, data: bytes) -> None:
        """Take more bytes."""
        self._digest.update(data)
        self._buffer += data
        self.done += len(data)
        try:
            while len(self._buffer) > PIECE:  # the last one is sealed as such, so one is always held back
                self._put(bytes(self._buffer[:PIECE]), is_last=False)
                del self._buffer[:PIECE]
        except OSError as error:
            self.leave()
            raise self._store.trouble(error) from error

    def keep(self) -> str:
        """Make it durable under its SHA-256."""
        found = self._digest.hexdigest()
        if self._expected not in (None, found):
            self._drop()
            raise Trouble("attach.differs")
        try:
            self._put(bytes(self._buffer), is_last=True)
            if self._expected is None:
                self._file.seek(0)
                self._file.write(self._store.wrap(self._key, found))
            os.fsync(self._file.fileno())
            self._file.close()
            self._settle(self._store.path(found))
        except OSError as error:
            self._drop()
            raise self._store.trouble(error) from error
        return found

    def leave(self) -> None:
        """Give up for now."""
        if self._expected is None:
            self._drop()
        else:
            self._file.close()

    def _settle(self, target: Path) -> None:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(self._path, target)  # one with the same hash holds the same bytes
        flush_folder(target.parent)
        flush_folder(self._store.folder)

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        self._unchecked += len(plain)
        if self._unchecked >= 64 * PIECE:
            self._store.check_room(0)
            self._unchecked = 0
        self._file.write(self._sealer.seal(plain, bound(self._number, is_last=is_last)))
        self._number += 1

    def _drop(self) -> None:
        self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _go_on(self) -> bool:
        """Take up what an earlier taking of an expected file left; whatever does not prove itself is cut off."""
        if self._expected is None or not self._path.is_file():
            return False
        self._file = os.fdopen(os.open(self._path, os.O_RDWR), "r+b", buffering=0)
        try:
            self._key = self._store.unwrap(self._file.read(HEAD), self._expected)
        except FieldKitError:
            self._file.close()
            return False
        sealer = PieceSealer(self._key)
        while len(sealed := self._file.read(SEALED_PIECE)) == SEALED_PIECE:
            try:
                plain = sealer.unseal(sealed, bound(self._number, is_last=False))
            except Refusal:
                break
            self._digest.update(plain)
            self.done += len(plain)
            self._number += 1
        self._file.truncate(HEAD + self._number * SEALED_PIECE)
        self._file.seek(0, os.SEEK_END)
        return True


def _gb(size: int) -> str:
    return f"{size / 10**9:.1f}"
