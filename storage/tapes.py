"""Tapes: sound as it is recorded, sealed piece by piece beside the files of the vault until one is made of it.

Form: a head with the tape's own key, sealed under the vault's and bound to its name; then pieces, each with its length
and its mark in the clear and both bound to its number, so that none can be moved, doubled or taken out. How long it
goes on is not bound to anything: a tape may end anywhere, and everything up to there is good. That is its purpose.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from fieldkit.app.tapes import Mark
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import is_id, new_id
from fieldkit.kernel.signing import PieceSealer
from storage.blob_reader import HEAD
from storage.files import flush_folder

PREFIX = ".tape-"
MAGIC = b"FieldKit tape 1\n"
_LEAD = struct.Struct("<Ic")
_LONGEST = 2**20
"""Bytes of a piece: a length beyond it is a torn or forged one."""


class _Keeper(Protocol):
    """What tapes need of the store of files (``storage.blobs``): its folder, keys and disk guard."""

    folder: Path

    def check_room(self, more: int) -> None: ...
    def new_key(self) -> bytes: ...
    def wrap_for(self, key: bytes, magic: bytes, what: bytes) -> bytes: ...
    def unwrap_for(self, head: bytes, magic: bytes, what: bytes) -> bytes: ...
    def trouble(self, error: OSError) -> Trouble: ...


class BlobTapes:
    """See ``fieldkit.app.tapes.TapeStore``. Uses the keys and the disk guard of the store of files."""

    def __init__(self, store: _Keeper) -> None:
        self._store = store
        self._running: set[str] = set()

    def begin(self) -> BlobTape:
        """Begin one, readable from its first piece on."""
        name = new_id()
        try:
            self._store.folder.mkdir(mode=0o700, exist_ok=True)
            self._store.check_room(0)
            tape = BlobTape(self._store, name, self._path(name), lambda: self._running.discard(name))
        except OSError as error:
            raise self._store.trouble(error) from error
        self._running.add(name)
        return tape

    def left(self) -> tuple[str, ...]:
        """In the order in which they were begun."""
        names = (path.name.removeprefix(PREFIX) for path in self._store.folder.glob(PREFIX + "*"))
        return tuple(sorted(name for name in names if is_id(name) and name not in self._running))

    def read(self, name: str) -> Iterator[tuple[Mark, bytes]]:
        """A piece at a time; nothing where the head is torn or another vault's."""
        with suppress(FileNotFoundError), self._path(name).open("rb") as file:
            key = self._key(file.read(HEAD), name)
            if key is not None:
                yield from _pieces(file, PieceSealer(key))

    def drop(self, name: str) -> None:
        """Take it off the disk."""
        with suppress(OSError):  # found again at the next opening
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._store.folder / (PREFIX + name)

    def _key(self, head: bytes, name: str) -> bytes | None:
        try:
            return self._store.unwrap_for(head, MAGIC, name.encode())
        except FieldKitError:
            return None


class BlobTape:
    """See ``fieldkit.app.tapes.Tape``."""

    def __init__(self, store: _Keeper, name: str, path: Path, closed: Callable[[], None]) -> None:
        self.name = name
        self.sound = 0
        self._store = store
        self._closed = closed
        self._number = 0
        key = store.new_key()
        head = store.wrap_for(key, MAGIC, name.encode())
        self._sealer = PieceSealer(key)
        self._file: IO[bytes] = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        self._file.write(head)
        self._good = self._file.tell()
        flush_folder(path.parent)

    def put(self, mark: Mark, data: bytes = b"") -> None:
        """A piece, durable when this returns: a power cut is no different from a fault of the program."""
        try:
            self._store.check_room(self.sound + len(data))  # the file that is made of it lies beside it for a moment
            sealed = self._sealer.seal(data, _bound(self._number, mark))
            self._file.write(_LEAD.pack(len(sealed), mark.encode()) + sealed)
            os.fsync(self._file.fileno())
        except OSError as error:
            self._cut_back()
            raise self._store.trouble(error) from error
        self._number += 1
        self._good = self._file.tell()
        if mark is Mark.SOUND:
            self.sound += len(data)

    def _cut_back(self) -> None:
        """Half a piece would hide all that could still be written behind it."""
        with suppress(OSError):
            self._file.truncate(self._good)
            self._file.seek(self._good)

    def close(self) -> None:
        """Also where it was closed before."""
        self._file.close()
        self._closed()


def _pieces(file: IO[bytes], sealer: PieceSealer) -> Iterator[tuple[Mark, bytes]]:
    number = 0
    while len(lead := file.read(_LEAD.size)) == _LEAD.size:
        length, letter = _LEAD.unpack(lead)
        if length > _LONGEST:
            return
        try:
            mark = Mark(letter.decode("ascii"))
            plain = sealer.unseal(file.read(length), _bound(number, mark))
        except (Refusal, ValueError):
            return
        yield mark, plain
        number += 1


def _bound(number: int, mark: Mark) -> bytes:
    return MAGIC + number.to_bytes(8, "big") + mark.encode()
