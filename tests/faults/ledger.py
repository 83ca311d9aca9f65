"""The ledger: what the program said was saved, kept outside the program, and the check that it spoke the truth."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import SystemClock
from storage.vault import open_vault
from tests.faults.cheap_keys import PASSPHRASE

BEGUN = "begun"
SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Line:
    """One act of the workload: ``begun`` before it is asked for, ``saved`` once the program said so."""

    state: str
    number: int
    digest: str


class Ledger:
    """Appends lines with one write each, so that a kill leaves whole lines only."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, state: str, number: int, text: str) -> None:
        """Write one line."""
        os.write(self._fd, f"{state} {number} {digest(text)}\n".encode())

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)


def digest(text: str) -> str:
    """How the ledger names a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(path: Path) -> list[Line]:
    """The lines of a ledger; none where the workload had not come that far."""
    if not path.exists():
        return []
    parts = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return [Line(state, int(number), text) for state, number, text in parts]


def faults_of(folder: Path, saved: set[str], begun: set[str], *, prove: bool = True) -> list[str]:
    """Open the vault left in ``folder`` and compare it with the ledger; each sentence is one broken promise.

    Everything saved must be there once; whatever is there must have been begun; the vault must verify.
    """
    try:
        vault = open_vault(folder, PASSPHRASE, SystemClock())
    except Exception as error:
        return [f"the vault does not open: {error!r}"] if saved else []
    try:
        rows = vault.questions.entries(EntryFilter(limit=100_000))
        found = [digest(row.entry.text) for row in rows]
        broken = [f"a saved note is lost: {text[:12]}" for text in saved - set(found)]
        broken += [f"a note nobody wrote: {text[:12]}" for text in set(found) - begun]
        broken += [f"a note is there twice: {text[:12]}" for text in set(found) if found.count(text) > 1]
        if prove:
            broken += [f"verify: {finding.sentence}" for finding in vault.verify()]
    finally:
        vault.close()
    return broken
