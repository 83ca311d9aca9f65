"""Putting a backup back touches no vault that is in use and no vault but its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal, Trouble
from storage.restore import restore_vault
from storage.vault import open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note


def _state(folder: Path) -> dict[str, bytes]:
    """Everything there, but for the write-ahead log, which is moved into the file at its time."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-wal")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_vault_that_is_open_in_a_window_is_not_taken_from_under_it(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    activity = a_meeting(vault)
    note(vault, activity, "before the backup")
    made = Path(vault.backup())
    vault.close()
    command = [sys.executable, "-m", "tests.storage.programs", "hold", str(folder)]
    window = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        before = _state(tmp_path)
        with pytest.raises(Trouble, match=r"vault\.in_use"):
            restore_vault(made, folder, PASSPHRASE, clock)
        assert _state(tmp_path) == before
    finally:
        window.communicate("")
    assert window.returncode == 0
    again = open_vault(folder, PASSPHRASE, clock)
    note(again, activity, "the window goes on")
    assert len(again.questions.entries(EntryFilter())) == 2
    again.close()


def test_this_very_program_does_not_restore_what_it_has_open(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    activity = a_meeting(vault)
    made = Path(vault.backup())
    with pytest.raises(Trouble, match=r"vault\.in_use"):
        restore_vault(made, tmp_path / "vault", PASSPHRASE, clock)
    note(vault, activity, "told as saved")
    vault.close()
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert [row.entry.text for row in again.questions.entries(EntryFilter())] == ["told as saved"]
    again.close()


@pytest.mark.parametrize("lost", [(), ("vault.key", "vault.key.1")])
def test_a_backup_of_another_vault_is_refused(tmp_path: Path, clock: FixedClock, lost: tuple[str, ...]) -> None:
    mine, other = new_vault(tmp_path / "mine", clock), new_vault(tmp_path / "other", clock)
    note(mine, a_meeting(mine), "mine")
    mine.close()
    made = Path(other.backup())
    other.close()
    for name in lost:
        (tmp_path / "mine" / name).unlink(missing_ok=True)
    before = _state(tmp_path)
    with pytest.raises(Refusal, match=r"vault\.other_vault"):
        restore_vault(made, tmp_path / "mine", PASSPHRASE, clock)
    assert _state(tmp_path) == before


def test_a_backup_may_be_restored_where_there_is_nothing(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    note(vault, a_meeting(vault), "carried over")
    made = Path(vault.backup())
    vault.close()
    restored = restore_vault(made, tmp_path / "elsewhere" / "vault", PASSPHRASE, clock)
    assert [row.entry.text for row in restored.vault.questions.entries(EntryFilter())] == ["carried over"]
    restored.vault.close()
