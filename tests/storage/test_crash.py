"""Killed, full, read-only, opened twice: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.vault import OpenVault, open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault, note

_ROOT = Path(__file__).parents[2]


@contextmanager
def _program(name: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.storage.programs", name, str(folder)]
    with subprocess.Popen(
        command, cwd=_ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def test_killed_at_random_no_acknowledged_note_is_lost(tmp_path: Path, clock: FixedClock) -> None:
    folder, chance = tmp_path / "vault", random.Random(20261112)
    vault = new_vault(folder, clock)
    a_meeting(vault)
    vault.close()
    for _ in range(4):
        with _program("capture", folder) as running:
            assert running.stdout is not None
            acknowledged = -1
            for _ in range(chance.randint(1, 60)):
                acknowledged = int(running.stdout.readline())
            running.kill()
            rest = running.stdout.read().split()
            acknowledged = int(rest[-1]) if rest else acknowledged
        again = open_vault(folder, PASSPHRASE, clock)
        texts = [row.entry.text for row in again.questions.entries(EntryFilter(limit=10_000))]
        assert texts == [f"note {n}" for n in range(len(texts))], "no gap, no repetition, no half note"
        assert len(texts) > acknowledged
        for draft in again.questions.drafts():
            assert draft.text == f"note {len(texts)}, half"
        assert again.verify() == []
        again.close()


def test_a_second_program_is_told_that_the_vault_is_open(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    new_vault(folder, clock).close()
    with _program("hold", folder) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "open\n"
        with pytest.raises(Trouble, match=r"vault\.in_use"):
            open_vault(folder, PASSPHRASE, clock)
        running.kill()
    open_vault(folder, PASSPHRASE, clock).close()


def test_the_same_program_cannot_open_a_vault_twice_either(vault: OpenVault, clock: FixedClock) -> None:
    with pytest.raises(Trouble, match=r"vault\.in_use"):
        open_vault(vault.folder, PASSPHRASE, clock)


def test_on_a_full_disk_nothing_is_acknowledged_and_work_goes_on_after(vault: OpenVault, clock: FixedClock) -> None:
    activity = a_meeting(vault)
    typed = Draft(place="p", text="typing", caret=0, noticed_at=None, kept_at=clock.now())
    do(vault, lambda uow: uow.keep_draft(typed))
    (pages,) = vault._db.one("PRAGMA page_count") or (0,)
    vault._db.rows(f"PRAGMA max_page_count={pages + 40}")
    kept = _record_until_full(vault, activity)
    assert 0 < kept < 100
    assert vault.questions.drafts() == [typed]
    vault._db.rows("PRAGMA max_page_count=1000000")
    note(vault, activity, "after space was made")
    texts = [row.entry.text for row in vault.questions.entries(EntryFilter(limit=1000))]
    assert texts == [*(f"note {n}" for n in range(kept)), "after space was made"]
    assert vault.verify() == []


def test_a_vault_that_a_full_disk_keeps_closed_is_not_said_to_be_unsaved(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(tmp_path / "vault", clock).close()
    with monkeypatch.context() as patch:
        pages = "max_page_count=8"  # far less than the tables need, so that whatever opening writes finds no room
        patch.setattr("storage.engine._PRAGMAS", ("locking_mode=EXCLUSIVE", "journal_mode=WAL", pages))
        patch.setattr("storage.learning._FACT", "x" * 40_000)  # opening writes ten pages
        with pytest.raises(Trouble, match=r"vault\.no_room"):
            open_vault(tmp_path / "vault", PASSPHRASE, clock)
    open_vault(tmp_path / "vault", PASSPHRASE, clock).close()


def _record_until_full(vault: OpenVault, activity: Activity) -> int:
    for kept in itertools.count():
        try:
            note(vault, activity, f"note {kept}")
        except Trouble as trouble:
            assert trouble.code == "vault.disk_full"  # noqa: PT017 -- how many fitted is the point
            return kept
    return 0


def test_a_disk_that_may_only_be_read_is_told_on_opening(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(tmp_path / "vault", clock).close()
    pragmas = ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "query_only=ON")
    with monkeypatch.context() as patch:
        patch.setattr("storage.engine._PRAGMAS", pragmas)
        with pytest.raises(Trouble, match=r"vault\.read_only"):
            open_vault(tmp_path / "vault", PASSPHRASE, clock)
    open_vault(tmp_path / "vault", PASSPHRASE, clock).close()


def test_closing_twice_does_no_harm(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    vault.close()
    vault.close()
