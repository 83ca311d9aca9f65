"""Deleting a vault for good: its keys first, so that what is left of a deletion cut short opens nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from fieldkit.kernel.errors import Trouble
from storage.backup import MOVED

GOING = ".deleting"


def erase(folder: Path) -> None:
    """Delete a closed vault and every copy of it beside it; a second call finishes what a first one did not.

    A key file is overwritten before it goes. On flash memory old blocks may outlive that; without the passphrase they
    hold nothing that can be read. Raises ``Trouble('vault.not_erased')`` where something could not be deleted.
    """
    going = folder.with_name(folder.name + GOING)
    try:
        if folder.exists():
            shutil.rmtree(going, ignore_errors=True)
            os.replace(folder, going)
        for place in (going, *folder.parent.glob(f"{folder.name}{MOVED}*")):
            _burn_keys(place)
            if place.exists():
                shutil.rmtree(place)
        for left in (".making", ".restoring", ".unpacking"):
            shutil.rmtree(folder.with_name(folder.name + left), ignore_errors=True)
    except OSError as error:
        raise Trouble("vault.not_erased", folder=str(folder.parent)) from error


def is_cut_short(folder: Path) -> bool:
    """Whether the vault that was in ``folder`` was being deleted, and the deletion did not come to its end."""
    return not folder.exists() and folder.with_name(folder.name + GOING).exists()


def _burn_keys(place: Path) -> None:
    for pattern in ("**/vault.key", "**/vault.key.1", "**/*.key"):
        for path in place.glob(pattern):
            size = path.stat().st_size
            with path.open("r+b") as file:
                file.write(bytes(size))
                file.flush()
                os.fsync(file.fileno())
