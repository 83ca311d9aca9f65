"""Putting what is taken out where it was asked for: private (0600, 0700), whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from fieldkit.app.file_store import FileStore
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.reports.save import assert_ordinary


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A file beside ``target``, moved into its place once the block ends well; an older one there is replaced.

    Raises ``Mistake('export.is_folder')`` where a folder has that name, ``Mistake('report.is_special')``,
    ``Trouble('export.not_written')``.
    """
    assert_ordinary(target)
    if target.is_dir():
        raise Mistake("export.is_folder", field="out", file=target.name)
    fresh = target.with_name(f".{target.name[:100]}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        raise Trouble("export.not_written", folder=str(target.parent)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder beside ``target``, moved into its place once the block ends well.

    Raises ``Mistake('export.exists')`` for one that is there: nothing is ever written into somebody's folder;
    ``Trouble('export.not_written')``.
    """
    if target.exists():
        raise Mistake("export.exists", field="out", file=target.name)
    fresh = target.with_name(f".{target.name[:100]}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        yield fresh
        fresh.rename(target)
    except OSError as error:
        raise Trouble("export.not_written", folder=str(target.parent)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write_text(path: Path, pieces: Iterable[str]) -> int:
    """Write the pieces as UTF-8 into a new private file; how many bytes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "replace"))
        return file.tell()


def copy_file(files: FileStore, sha256: str, path: Path) -> None:
    """A file of the vault in clear. Raises ``Trouble('attach.damaged' | 'attach.not_here')``; nothing stays then."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for piece in files.pieces(sha256):
                file.write(piece)
    except Trouble:
        path.unlink(missing_ok=True)
        raise


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files in a folder."""
    return (
        path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    )
