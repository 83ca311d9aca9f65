"""Writing a hand-over file: entries into parts, none larger than the stick's file system takes; memory stays flat.

A part has its working name until it is whole and on the disk, so that a stick pulled out early shows no part that is
none. Only the last part says that it is the last.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Protocol

from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import new_id
from fieldkit.kernel.signing import SigningKey
from sync.wire.bundles.entries import End, Kind, Manifest, sign_manifest
from sync.wire.bundles.heads import HEAD, MOST_PARTS, Place, What, head_bytes, make_head
from sync.wire.bundles.pieces import PIECE, PieceWriter, pieces_for

FAT32 = 2**32 - 1
"""Bytes of the largest file on a FAT32 stick."""

LARGEST_PART = FAT32 - FAT32 % PIECE - 2 * PIECE
SMALLEST_PART = 16 * 2**20
"""Bytes: one entry always fits, whatever it is."""

WORKING = ".being-written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who makes the file: a laptop's device and person, or the store under its own name."""

    device: str
    author: str
    name: str
    app: str
    key: SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every part says: the kind of file, whom it is for (and their key), who made it and when."""

    what: What
    place: Place
    to: bytes
    author: Author
    made_at: str
    asked: dict[str, Any]


class Parts(Protocol):
    """Where parts go: a folder, or a line to another laptop."""

    def open(self, number: int) -> IO[bytes]: ...
    def settle(self, number: int, file: IO[bytes], *, is_only: bool) -> None: ...
    def give_up(self, number: int) -> None: ...
    @property
    def written(self) -> tuple[Path, ...]: ...


class Folder:
    """Where the parts of one file go: ``stem.fieldbundle``, or ``stem.part1.fieldbundle`` and so on."""

    def __init__(self, folder: Path, stem: str, suffix: str) -> None:
        self._folder, self._stem, self._suffix = folder, stem, suffix
        self._written: list[Path] = []

    def open(self, number: int) -> IO[bytes]:
        """A new part, under its working name."""
        return open(self._working(number), "xb")

    def settle(self, number: int, file: IO[bytes], *, is_only: bool) -> None:
        """The part is whole: make it durable and give it its name."""
        file.flush()
        os.fsync(file.fileno())
        file.close()
        label = "" if is_only else f".part{number}"
        place = self._folder / f"{self._stem}{label}{self._suffix}"
        os.replace(self._working(number), place)
        self._written.append(place)

    def give_up(self, number: int) -> None:
        """Take away what was begun: every part so far, for the file they belong to will never be whole."""
        with suppress(OSError):
            self._working(number).unlink()
        for place in self._written:
            with suppress(OSError):
                place.unlink()

    @property
    def written(self) -> tuple[Path, ...]:
        """The parts, in order."""
        return tuple(self._written)

    def _working(self, number: int) -> Path:
        return self._folder / f"{self._stem}.part{number}{self._suffix}{WORKING}"


class BundleWriter:
    """Writes one file in as many parts as it takes. Use as a context: leaving it by an exception takes all away."""

    def __init__(self, letter: Letter, folder: Parts, limit: int = LARGEST_PART, bundle: str = "") -> None:
        self.bundle = bundle or new_id()
        self._letter = letter
        self._folder = folder
        self._limit = limit
        self._number = 0
        self._file: IO[bytes] | None = None
        self._pieces: PieceWriter | None = None
        self._manifest = b""
        self._counts = [0, 0, 0]
        self.sizes: list[int] = []
        """Bytes of the parts that are whole."""

    @property
    def size(self) -> int:
        """Bytes of all parts that are whole."""
        return sum(self.sizes)

    def __enter__(self) -> BundleWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if kind is None:
            self._guarded(lambda: self._end(is_last=True))
            return
        self._drop()

    @property
    def written(self) -> tuple[Path, ...]:
        """The parts that are whole, in order."""
        return self._folder.written

    def add(self, kind: Kind, payload: bytes, revisions: int = 0) -> None:
        """Add an entry. Raises ``Trouble('handover.disk_full' | 'handover.stick')``; all parts are then taken away."""
        self._guarded(lambda: self._add(kind, payload, revisions))

    def room_for_file(self, most: int) -> int:
        """Bytes of a file that fit into one entry of a fresh part, ``most`` at most."""
        whole = (self._limit - HEAD) // PIECE - self._overhead()
        return max(PIECE // 2, min(most, (whole - 1) * (PIECE - 64)))

    def _add(self, kind: Kind, payload: bytes, revisions: int) -> None:
        needed = pieces_for(len(payload))
        if self._pieces is not None and not self._fits(self._pieces.count + needed + self._overhead()):
            self._end(is_last=False)
        if self._pieces is None:
            self._begin()
            if not self._fits(self._count() + needed + self._overhead()):
                raise Mistake("handover.limit", field="limit", least=SMALLEST_PART // 2**20)
        assert self._pieces is not None
        self._pieces.write(kind, payload)
        self._counts[0] += 1
        self._counts[1] += revisions
        self._counts[2] += kind is Kind.FILE

    def _count(self) -> int:
        return self._pieces.count if self._pieces is not None else 0

    def _fits(self, pieces: int) -> bool:
        return HEAD + pieces * PIECE <= self._limit

    def _overhead(self) -> int:
        """Pieces that the end of a part takes: the manifest once more, and the counts."""
        return 2

    def _begin(self) -> None:
        self._number += 1
        if self._number > MOST_PARTS:
            raise Mistake("handover.limit", field="limit", least=SMALLEST_PART // 2**20)
        letter, author = self._letter, self._letter.author
        head, key = make_head(self.bundle, self._number, letter.what, letter.place, letter.to)
        manifest = Manifest(
            bundle=self.bundle, part=self._number, what=letter.what, to=letter.to.hex(), device=author.device,
            author=author.author, name=author.name, made_at=letter.made_at, app=author.app,
            key=hashlib.sha256(key).hexdigest(), head=head.hash.hex(), asked=letter.asked,
        )  # fmt: skip
        self._manifest = sign_manifest(manifest, author.key)
        if pieces_for(len(self._manifest)) > 1:  # a carrier sends it with every stretch, so it is one piece, always
            self._manifest = sign_manifest(replace(manifest, asked={}), author.key)
        self._file = self._folder.open(self._number)
        self._file.write(head_bytes(head))
        self._pieces = PieceWriter(self._file, key, head.hash)
        self._pieces.write(Kind.MANIFEST, self._manifest)
        self._counts = [0, 0, 0]

    def _end(self, *, is_last: bool) -> None:
        if self._pieces is None:
            self._begin()
        assert self._pieces is not None
        assert self._file is not None
        entries, revisions, files = self._counts
        self._pieces.write(Kind.MANIFEST, self._manifest)
        end = End(entries=entries, revisions=revisions, files=files, is_last=is_last)
        self._pieces.write(Kind.END, end.to_bytes())
        self.sizes.append(HEAD + self._pieces.count * PIECE)
        self._folder.settle(self._number, self._file, is_only=is_last and self._number == 1)
        self._file = self._pieces = None

    def _guarded(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self._drop()
            full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
            raise Trouble("handover.disk_full" if full else "handover.stick") from error

    def _drop(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = self._pieces = None
        self._folder.give_up(self._number)
