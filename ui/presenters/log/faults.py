"""What the log says when the disk did not take a note."""

from __future__ import annotations

import sys

from ui.presenters.wording import sentence

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
