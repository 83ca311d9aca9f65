"""Files of a vault beside its database: listed for a backup that is carried, brought along when one is put back."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from storage.blobs import FOLDER
from storage.files import flush_file, flush_folder

NAME = re.compile(r"[0-9a-f]{64}")


def files_of(folder: Path) -> list[Path]:
    """Every whole file of the vault in ``folder``, by name."""
    found = (path for place in (folder / FOLDER).glob("[0-9a-f][0-9a-f]") for path in place.iterdir())
    return sorted(path for path in found if NAME.fullmatch(path.name))


def place_of(folder: Path, name: str) -> Path:
    """Where a file of this name lies in the vault in ``folder``; its own folder is made."""
    place = folder / FOLDER / name[:2]
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place / name


def bring(source: Path, folder: Path) -> int:
    """Give the vault in ``folder`` every file of the one in ``source`` that it lacks; how many.

    Files never change, so both may hold the same one (a link) where the disk allows it.
    """
    brought = 0
    for path in files_of(source):
        target = place_of(folder, path.name)
        if target.exists():
            continue
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
            flush_file(target)
        flush_folder(target.parent)
        brought += 1
    return brought
