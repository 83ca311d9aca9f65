"""What the log says when the disk did not take a note, and the copy a person can keep elsewhere meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ui.presenters.wording import sentence, ui

_FULL = ("vault.disk_full", "disk.full")
_REFUSED = ("vault.read_only", "vault.disk")


def fault_words(problem: Exception) -> str:
    """What did not happen, what is safe, what to do (ux S5)."""
    code = getattr(problem, "code", "")
    if code in _FULL:
        return "Not saved. This laptop is full. Your text is still on screen. Free some space, then press Ctrl+S"
    if code in _REFUSED:
        system = "Windows" if sys.platform == "win32" else "This computer"
        return (
            f"Not saved. {system} is not letting FieldKit write to the vault. Your text is still on screen. "
            "Select Save a copy to keep it in another place"
        )
    return sentence(problem)


def write_copy(path: Path, title: str, notes: Iterable[tuple[datetime, str]]) -> None:
    """Write notes that are not in the vault to a plain file, and see that they are on its disk. Raises ``OSError``."""
    lines = [f"{title}: notes that FieldKit could not save in the vault", ""]
    lines += [f"{moment.astimezone():%Y-%m-%d} {ui.clock(moment)}  {text}" for moment, text in notes]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
