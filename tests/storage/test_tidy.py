"""Housekeeping happens in bits behind everything else, and nothing waits for it."""

from __future__ import annotations

from pathlib import Path

from fieldkit.app.lanes import Lanes
from fieldkit.app.rows import EntryFilter
from fieldkit.app.workspace import Workspace
from fieldkit.domain.receipt import Cursor, Witness
from fieldkit.kernel.clock import FixedClock
from storage.vault import OpenVault, open_vault
from tests.storage.office import Office
from tests.storage.team import ASSESSMENT, Teammate, a_tag
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note

_SEEN = Witness(epoch="e", seq=1, chain="c" * 64)


def _pull(vault: OpenVault, count: int) -> None:
    mate = Teammate("ann")
    page = [*mate.sets_out(), *(mate.note(f"{n}", f"pulled words {n}", a_tag(f"{n}")) for n in range(count))]
    vault.sync_store.apply_page(page, [mate.device_key], Cursor(assessment=ASSESSMENT, epoch="e", seq=1), _SEEN)


def _waiting(vault: OpenVault) -> int:
    return len(vault._db.rows("SELECT n FROM unindexed"))


def test_pulled_notes_are_indexed_bit_by_bit(vault: OpenVault) -> None:
    _pull(vault, 150)
    assert _waiting(vault) == 150
    assert vault.tidy()
    assert 0 < _waiting(vault) < 150
    while vault.tidy():
        pass
    assert _waiting(vault) == 0
    assert vault.verify() == []


def test_a_search_finds_what_was_pulled_a_moment_ago(vault: OpenVault) -> None:
    _pull(vault, 150)
    assert len(vault.questions.search("pulled words", EntryFilter(limit=500))) == 150


def test_the_workspace_tidies_behind_what_it_was_asked(vault: OpenVault) -> None:
    workspace = Workspace(vault, Lanes.inline())
    Office().enrol(vault)
    workspace.sync_call(lambda store: _pull(vault, 300))
    assert _waiting(vault) == 0


def test_the_write_ahead_log_is_moved_when_it_has_grown(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    log = tmp_path / "vault" / "vault.db-wal"
    activity = a_meeting(vault)
    note(vault, activity, "short")
    assert not vault.tidy()
    assert log.stat().st_size > 0, "a small log is left alone"
    for n in range(12):
        note(vault, activity, f"{n} " * 200_000)
    assert log.stat().st_size > 4_000_000
    assert vault.tidy()
    assert log.stat().st_size == 0
    vault.close()
    assert not vault.tidy(), "a closed vault has nothing to do"
    open_vault(tmp_path / "vault", PASSPHRASE, clock).close()
