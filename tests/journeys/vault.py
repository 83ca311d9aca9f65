"""The vault of a journey seen from outside, after the window has let go of it: opened with the real keys."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.kernel.clock import SystemClock
from storage.vault import OpenVault, open_vault
from tests.journeys.driver import ROOT
from tests.journeys.ways import PASSPHRASE


@contextmanager
def opened(home: Path, passphrase: str = PASSPHRASE) -> Iterator[OpenVault]:
    """The vault itself; no window may have it open."""
    vault = open_vault(home / "vault", passphrase, SystemClock())
    try:
        yield vault
    finally:
        vault.close()


@contextmanager
def opened_copy(home: Path, place: Path) -> Iterator[OpenVault]:
    """A copy of the disk as it is: opening it mends nothing in the vault that the next window will find."""
    shutil.copytree(home, place)
    with opened(place) as vault:
        yield vault


def notes(vault: OpenVault) -> list[EntryRow]:
    """Every note, oldest first."""
    return sorted(vault.questions.entries(EntryFilter(limit=10_000)), key=lambda row: row.n)


def command(home: Path, *words: str, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[str]:
    """``fieldkit WORDS`` on the vault, as a shell would run it."""
    file = home.parent / "passphrase"
    file.write_text(passphrase, encoding="utf-8")
    given = ["--vault", str(home / "vault"), "--passphrase-file", str(file)]
    return subprocess.run(
        [sys.executable, "-m", "ui", *words, *given], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
