"""Changing the passphrase rewrites one small file, and at no step can it lock anybody out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Trouble
from storage import keyfile, keys
from storage.keyfile import KeyFile
from storage.restore import restore_vault
from storage.vault import open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note


class _PowerCut(BaseException):
    """Ends a call at a chosen write, as the plug does."""


def test_power_may_go_at_any_step_of_a_change_and_one_passphrase_opens(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = "a wholly different passphrase"
    vault = new_vault(tmp_path / "vault", clock)
    note(vault, a_meeting(vault), "kept")
    vault.backup()
    vault.close()
    before = {path: path.read_bytes() for path in (tmp_path / "vault").rglob("*") if path.is_file()}
    cut, steps = 0, 1
    while cut < steps:
        for path in (tmp_path / "vault").rglob("*"):
            if path.is_file():
                path.unlink()
        for path, data in before.items():
            path.write_bytes(data)
        steps = _change_until(cut, tmp_path / "vault", new, clock, monkeypatch)
        stored = keyfile.load(tmp_path / "vault")
        opened = [word for word in (PASSPHRASE, new) if _opens(stored, word)]
        assert len(opened) == 1, f"cut at step {cut}"
        again = open_vault(tmp_path / "vault", opened[0], clock)
        assert again.verify() == []
        again._db.close()
        cut += 1
    assert steps > 8


def _change_until(cut: int, folder: Path, new: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> int:
    """Change the passphrase; the ``cut``-th durable step never happens. How many there were."""
    vault = open_vault(folder, PASSPHRASE, clock)
    count = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **kwargs: object) -> object:
            nonlocal count
            count += 1
            if count > cut:
                raise _PowerCut
            return real(*args, **kwargs)

        return step

    with monkeypatch.context() as patch:
        for name in ("replace", "fsync"):
            patch.setattr(os, name, counted(getattr(os, name)))
        try:
            vault.change_passphrase(PASSPHRASE, new)
        except _PowerCut:
            count += 1
    vault._db.close()
    return count


def _opens(stored: KeyFile, passphrase: str) -> bool:
    try:
        keys.unlock(stored, passphrase)
    except Trouble:
        return False
    return True


def test_changing_the_passphrase_asks_for_the_present_one(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        vault.change_passphrase("not the passphrase", "a wholly different passphrase")
    with pytest.raises(Mistake, match=r"passphrase\.short"):
        vault.change_passphrase(PASSPHRASE, "short")
    vault.change_passphrase(PASSPHRASE, "a wholly different passphrase")
    vault.close()
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        open_vault(tmp_path / "vault", PASSPHRASE, clock)
    for path in (tmp_path / "vault" / "backups").glob("*.key"):
        assert not _opens(KeyFile.from_bytes(path.read_bytes()), PASSPHRASE), "an old passphrase opens a backup"


def test_a_lost_or_damaged_key_file_is_made_good_by_its_second_copy(tmp_path: Path, clock: FixedClock) -> None:
    new = "a wholly different passphrase"
    vault = new_vault(tmp_path / "vault", clock)
    vault.change_passphrase(PASSPHRASE, new)
    vault.close()
    (tmp_path / "vault" / "vault.key").write_bytes(b"{ half")
    open_vault(tmp_path / "vault", new, clock).close()
    (tmp_path / "vault" / "vault.key").unlink()
    open_vault(tmp_path / "vault", new, clock).close()
    (tmp_path / "vault" / "vault.key.1").unlink()
    with pytest.raises(Trouble, match=r"vault\.not_found"):
        open_vault(tmp_path / "vault", new, clock)


def test_a_damaged_key_file_never_takes_the_place_of_the_one_that_opens(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, new = tmp_path / "vault", "a wholly different passphrase"
    vault = new_vault(folder, clock)
    vault.change_passphrase(PASSPHRASE, new)
    (folder / "vault.key").write_bytes(b"{ half")

    def cut(*_: object) -> None:
        raise _PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut)
        with pytest.raises(_PowerCut):
            vault.change_passphrase(new, "a third one, typed later")
    vault._db.close()
    open_vault(folder, new, clock).close()


def test_an_old_passphrase_opens_no_copy_of_the_vault_any_more(tmp_path: Path, clock: FixedClock) -> None:
    folder, new = tmp_path / "vault", "a wholly different passphrase"
    vault = new_vault(folder, clock)
    made = Path(vault.backup())
    vault.close()
    whole = (folder / "vault.db").read_bytes()
    (folder / "vault.db").write_bytes(bytes(4096) + whole[4096:])
    with pytest.raises(Trouble, match=r"vault\.damaged"):
        open_vault(folder, PASSPHRASE, clock)
    restored = restore_vault(made, folder, PASSPHRASE, clock)
    (folder / "set-aside-2026-11-12T090000").mkdir()
    (folder / "set-aside-2026-11-12T090000" / "vault.key").write_bytes((folder / "vault.key").read_bytes())
    restored.vault.change_passphrase(PASSPHRASE, new)
    restored.vault.close()
    files = [path for path in tmp_path.rglob("*") if ".key" in path.name]
    assert len(files) >= 6
    for path in files:
        stored = KeyFile.from_bytes(path.read_bytes())
        assert not _opens(stored, PASSPHRASE), f"the old passphrase opens {path}"
        assert _opens(stored, new)


def test_a_change_that_was_cut_off_is_finished_at_the_next_opening(tmp_path: Path, clock: FixedClock) -> None:
    folder, new = tmp_path / "vault", "a wholly different passphrase"
    vault = new_vault(folder, clock)
    stored = keyfile.load(folder)
    keyfile.save(folder, keys.with_passphrase(stored, vault._master, new, stored.cost))
    vault.close()
    open_vault(folder, new, clock).close()
    assert not _opens(KeyFile.from_bytes((folder / "vault.key.1").read_bytes()), PASSPHRASE)


def test_the_key_of_another_vault_is_never_replaced(tmp_path: Path, clock: FixedClock) -> None:
    other = new_vault(tmp_path / "other", clock)
    made = Path(other.backup())
    other.close()
    vault = new_vault(tmp_path / "vault", clock)
    strange = tmp_path / "vault" / "backups" / "vault-2026-11-01T090000.key"
    strange.write_bytes(made.with_suffix(".key").read_bytes())
    vault.change_passphrase(PASSPHRASE, "a wholly different passphrase")
    vault.close()
    assert strange.read_bytes() == made.with_suffix(".key").read_bytes()


def test_a_name_may_hold_half_a_character(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock, name="Ann \ud83d", initials="A")
    assert vault.questions.info().name == "Ann \ufffd"
    vault.close()
