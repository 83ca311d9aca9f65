"""Small files written so that a power cut leaves the old bytes or the new, never a mixture."""

from __future__ import annotations

import os
from pathlib import Path

from fieldkit.kernel.errors import Trouble


def write_whole(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``, readable by its owner only: new file, flush, read back, rename, flush folder.

    Raises ``Trouble('vault.disk')`` when the bytes read back differ from those written.
    """
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if fresh.read_bytes() != data:
            raise Trouble("vault.disk", folder=str(path.parent))
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_file(path: Path) -> None:
    """Make the contents of a file durable."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Make names in ``folder`` durable. Windows cannot; NTFS journals renames by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
