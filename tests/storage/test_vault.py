"""The vault end to end: create, record, close, open again."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, SendStatus
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from storage.vault import OpenVault, create_vault, open_vault, recover_vault
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note, tag


def test_a_note_recorded_is_there_after_closing_and_opening(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    activity = a_meeting(vault)
    entry = note(vault, activity, "Chair: who owns the recovery plan?", tag())
    vault.close()
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    (row,) = again.questions.entries(EntryFilter(activity=activity.id))
    assert row.entry == entry
    assert row.status is SendStatus.WAITING
    assert row.author_name == "Ann Other"
    assert again.verify() == []
    again.close()


def test_a_vault_is_never_made_over_something_else(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "letter.txt").write_text("mine")
    with pytest.raises(Refusal, match=r"vault\.exists"):
        new_vault(tmp_path / "vault", clock)
    assert (tmp_path / "vault" / "letter.txt").read_text() == "mine"


def test_a_half_made_vault_never_has_the_name(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_goes() -> None:
        raise OSError("no power")

    with monkeypatch.context() as patch:
        patch.setattr("storage.vault.schema.create", lambda db: power_goes())
        with pytest.raises(Trouble, match=r"vault\.disk"):
            new_vault(tmp_path / "vault", clock)
    assert not (tmp_path / "vault").exists()
    new_vault(tmp_path / "vault", clock).close()


def test_a_short_passphrase_is_refused_before_anything_is_made(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(Mistake, match=r"passphrase\.short"):
        create_vault(tmp_path / "vault", "thirteen char", name="A", initials="A", clock=clock)
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_key_opens_and_sets_a_new_passphrase(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    key = vault.new_recovery_key or ""
    note(vault, a_meeting(vault), "kept")
    vault.close()
    typed = key.lower().replace("-", " ").replace("0", "o")
    recover_vault(tmp_path / "vault", typed, "another long passphrase", clock).close()
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        open_vault(tmp_path / "vault", PASSPHRASE, clock)
    again = open_vault(tmp_path / "vault", "another long passphrase", clock)
    assert [row.entry.text for row in again.questions.entries(EntryFilter())] == ["kept"]
    assert again.new_recovery_key is None
    again.close()


def test_another_vaults_recovery_key_does_not_open(tmp_path: Path, clock: FixedClock) -> None:
    new_vault(tmp_path / "vault", clock).close()
    other = new_vault(tmp_path / "other", clock)
    key = other.new_recovery_key or ""
    other.close()
    with pytest.raises(Trouble, match=r"vault\.recovery_key_wrong"):
        recover_vault(tmp_path / "vault", key, "another long passphrase", clock)
    with pytest.raises(Mistake, match=r"vault\.recovery_key_length"):
        recover_vault(tmp_path / "vault", key[:-1], "another long passphrase", clock)


def test_what_an_action_did_is_rolled_back_whole_when_it_raises(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    before = vault.questions.info().revisions

    def half(uow: UnitOfWork) -> None:
        record_entry(uow, activity, NewEntry(text="first"))
        raise Mistake("entry.empty")

    with pytest.raises(Mistake):
        vault.perform(half)
    assert vault.questions.info().revisions == before
    note(vault, activity, "second")
    assert vault.verify() == []
