"""A backup as one file, to be carried away on a memory stick: ``.fkbackup``.

The file is a line that says what it is, the length of the key file, the key file, the length of the encrypted
database, the database, each attached file (its name in the vault, its length, its encrypted bytes), and the SHA-256 of
all that. Nothing in it is in clear that was not in clear in the vault's own folder. The sum finds a copy that was cut
off or a stick that forgot; against a forger the seals of database and files stand. Backups of the first form, which
had no files and no length of the database, are read too.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from fieldkit.kernel.errors import Trouble
from storage.blob_copies import NAME, files_of, place_of

SUFFIX = ".fkbackup"
_MAGIC = b"FieldKit backup 2\n"
_FIRST_MAGIC = b"FieldKit backup 1\n"
_LENGTH = 4
_LONG_LENGTH = 8
_NAME = 64
_SUM = 32
_LARGEST_KEY = 4096
_CHUNK = 1 << 20

Report = Callable[[int, int], None]
"""Bytes done, bytes in all; may raise to stop."""


def pack(database: Path, target: Path, report: Report | None = None) -> int:
    """Write the backup ``database``, its key file and the vault's files as one file, and prove it by reading it back.

    How many bytes it has. Raises ``Trouble('backup.full')`` and ``Trouble('backup.not_written')``; nothing is left
    then, as where ``report`` raises.
    """
    fresh = target.with_name(f".{target.name}.new")
    key = database.with_suffix(".key").read_bytes()
    parts = [database, *files_of(database.parent.parent)]
    size = len(_MAGIC) + _LENGTH + len(key) + sum(_NAME + _LONG_LENGTH + one.stat().st_size for one in parts)
    size += _SUM - _NAME
    tell = report or (lambda done, total: None)
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _write(out, key, parts, lambda done: tell(done, 2 * size))
            out.flush()
            os.fsync(out.fileno())
        if not _is_whole(fresh, lambda done: tell(size + done, 2 * size)):
            raise Trouble("backup.not_written", place=str(target.parent))
        os.replace(fresh, target)
    except OSError as error:
        code = "backup.full" if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else "backup.not_written"
        raise Trouble(code, place=str(target.parent)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return size


@contextmanager
def unpacked(file: Path, beside: Path, report: Report | None = None) -> Iterator[Path]:
    """The database of a backup that was carried, its key file beside it, in a folder that goes again afterwards.

    A ``.db`` of a backups folder is given as it is. Raises ``Trouble('vault.not_a_backup')``,
    ``Trouble('vault.backup_damaged')`` and ``Trouble('vault.disk')``.
    """
    if file.suffix.casefold() != SUFFIX:
        yield file
        return
    folder = beside.with_name(beside.name + ".unpacking")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        try:
            folder.mkdir(mode=0o700, parents=True)
            database = _unpack(file, folder, report or (lambda done, total: None))
        except FileNotFoundError as error:
            raise Trouble("vault.not_a_backup", file=str(file)) from error
        except OSError as error:
            raise Trouble("vault.disk", folder=str(beside.parent)) from error
        yield database
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(out: IO[bytes], key: bytes, parts: list[Path], report: Callable[[int], None]) -> None:
    digest = hashlib.sha256()
    done = 0

    def put(data: bytes) -> None:
        nonlocal done
        out.write(data)
        digest.update(data)
        done += len(data)

    put(_MAGIC + len(key).to_bytes(_LENGTH, "big") + key)
    for number, part in enumerate(parts):
        with part.open("rb") as source:
            name = part.name.encode("ascii") if number else b""
            put(name + os.fstat(source.fileno()).st_size.to_bytes(_LONG_LENGTH, "big"))
            while chunk := source.read(_CHUNK):
                put(chunk)
                report(done)
    out.write(digest.digest())


def _is_whole(file: Path, report: Callable[[int], None]) -> bool:
    digest, left = hashlib.sha256(), file.stat().st_size - _SUM
    done = 0
    with file.open("rb") as source:
        while left > 0 and (chunk := source.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
            done += len(chunk)
            report(done)
        return left == 0 and source.read() == digest.digest()


def _unpack(file: Path, folder: Path, report: Report) -> Path:
    size = file.stat().st_size
    with file.open("rb") as source:
        magic = source.read(len(_MAGIC))
        if magic not in (_MAGIC, _FIRST_MAGIC):
            raise Trouble("vault.not_a_backup", file=str(file))
    if not _is_whole(file, lambda done: report(done, 2 * size)):
        raise Trouble("vault.backup_damaged", file=str(file))
    database = folder / "carried.db"
    with file.open("rb") as source:
        source.seek(len(_MAGIC))
        length = int.from_bytes(source.read(_LENGTH), "big")
        if length > _LARGEST_KEY:
            raise Trouble("vault.backup_damaged", file=str(file))
        _private(database.with_suffix(".key"), source, length, lambda done: None)
        has_files = magic == _MAGIC
        left = _long(source) if has_files else size - source.tell() - _SUM
        _private(database, source, left, lambda done: report(size + done, 2 * size))
        while has_files and source.tell() < size - _SUM:
            name = source.read(_NAME).decode("ascii", "replace")
            if NAME.fullmatch(name) is None:
                raise Trouble("vault.backup_damaged", file=str(file))
            _private(place_of(folder, name), source, _long(source), lambda done: None)
            report(size + source.tell(), 2 * size)
    return database


def _long(source: IO[bytes]) -> int:
    return int.from_bytes(source.read(_LONG_LENGTH), "big")


def _private(path: Path, source: IO[bytes], length: int, report: Callable[[int], None]) -> None:
    done = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        while done < length and (chunk := source.read(min(_CHUNK, length - done))):
            out.write(chunk)
            done += len(chunk)
            report(done)
