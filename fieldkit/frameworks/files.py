"""The files of a pack: which there are, their bytes, and the digest that pins them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fieldkit.frameworks.contents import FILES
from fieldkit.frameworks.problems import Report

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LARGEST_FILE = 256 * 1024
"""Ten times the largest file of a built-in pack; a pack is prose, not data."""


def gather(folder: Traversable, report: Report) -> dict[str, bytes] | None:
    """The bytes of every file of a pack by name, or None where the folder cannot be read.

    What is unknown, unreadable or too large is a problem; what is missing, the reader tells.
    Names that start with a dot are left out: they are the file system's and not the pack's.
    """
    try:
        entries = {entry.name: entry for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError:
        report.add(folder.name, 0, "folder.missing")
        return None
    for name in sorted(entries.keys() - set(FILES)):
        report.add(name, 0, "folder.file_unknown", known=", ".join(FILES))
    found: dict[str, bytes] = {}
    for name in FILES:
        data = _read(entries[name], report) if name in entries else None
        if data is not None:
            found[name] = data
    return found


def _read(entry: Traversable, report: Report) -> bytes | None:
    try:
        with entry.open("rb") as file:
            data: bytes = file.read(LARGEST_FILE + 1)
    except OSError:
        report.add(entry.name, 0, "folder.file_unreadable")
        return None
    if len(data) > LARGEST_FILE:
        report.add(entry.name, 0, "folder.too_large", limit=LARGEST_FILE)
        return None
    return data


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) over the sorted names and bytes of a pack's files.

    Each name and each content is preceded by its length in eight bytes, so no two sets of files can give the
    same stream by shifting bytes from one into the next.
    """
    running = hashlib.sha256(b"fieldkit framework pack 1\n")
    for name in sorted(files):
        for part in (name.encode("utf-8"), files[name]):
            running.update(len(part).to_bytes(8, "big"))
            running.update(part)
    return running.hexdigest()
