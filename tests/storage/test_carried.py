"""A backup as one file: whole or refused, nothing left behind, and deleting for good."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.carried import pack, unpacked
from storage.erase import erase
from storage.restore import restore_vault
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note, quick_keys


@pytest.fixture
def carried(tmp_path: Path, clock: FixedClock) -> Path:
    with quick_keys():
        vault = new_vault(tmp_path / "vault", clock)
        note(vault, a_meeting(vault), "Nobody owns the plan")
        backup = Path(vault.backup())
        vault.close()
    target = tmp_path / "stick" / "mine.fkbackup"
    target.parent.mkdir()
    pack(backup, target)
    return target


def test_what_was_packed_is_restored_with_every_word(carried: Path, tmp_path: Path, clock: FixedClock) -> None:
    with quick_keys(), unpacked(carried, tmp_path / "new") as database:
        restored = restore_vault(database, tmp_path / "new", PASSPHRASE, clock)
        assert restored.vault.questions.info().entries == 1
        assert restored.vault.verify() == []
        restored.vault.close()
    assert not list(tmp_path.glob("*.unpacking"))
    assert b"Nobody owns" not in carried.read_bytes()
    assert carried.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [0.01, 0.3, 0.7, 0.999])
def test_one_changed_byte_anywhere_is_found(carried: Path, tmp_path: Path, place: float) -> None:
    data = bytearray(carried.read_bytes())
    data[max(int(len(data) * place), 30)] ^= 1
    carried.write_bytes(data)
    with pytest.raises(Trouble, match=r"vault\.backup_damaged"), unpacked(carried, tmp_path / "new"):
        raise AssertionError("a damaged backup was given")


@pytest.mark.parametrize("kept", [0, 10, 100, 5000])
def test_a_file_that_was_cut_off_is_refused(carried: Path, tmp_path: Path, kept: int) -> None:
    carried.write_bytes(carried.read_bytes()[:kept])
    with pytest.raises(Trouble, match=r"vault\.(backup_damaged|not_a_backup)"), unpacked(carried, tmp_path / "new"):
        raise AssertionError("half a backup was given")
    assert not (tmp_path / "new.unpacking").exists()


def test_a_stick_that_fills_up_leaves_nothing(
    carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    backup = next((tmp_path / "vault" / "backups").glob("*kept*.db"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("storage.carried._write", full)
    with pytest.raises(Trouble, match=r"backup\.full"):
        pack(backup, tmp_path / "stick" / "second.fkbackup")
    assert [path.name for path in carried.parent.iterdir()] == ["mine.fkbackup"]


def test_stopping_in_the_middle_leaves_nothing(carried: Path, tmp_path: Path) -> None:
    backup = next((tmp_path / "vault" / "backups").glob("*kept*.db"))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pack(backup, tmp_path / "stick" / "second.fkbackup", stop)
    assert [path.name for path in carried.parent.iterdir()] == ["mine.fkbackup"]


def test_progress_ends_at_all_of_it(carried: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with unpacked(carried, tmp_path / "new", lambda done, total: told.append((done, total))):
        pass
    assert [one[0] for one in told] == sorted(one[0] for one in told)
    assert 0.9 < told[-1][0] / told[-1][1] <= 1


def test_deleting_takes_every_copy_beside_the_vault_and_nothing_else(carried: Path, tmp_path: Path) -> None:
    moved = tmp_path / "vault-before-2026-11-12T090000"
    moved.mkdir()
    (moved / "vault.key").write_bytes(b"old")
    (tmp_path / "settings.toml").write_text("x", encoding="utf-8")
    erase(tmp_path / "vault")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["settings.toml", "stick"]
    erase(tmp_path / "vault")  # a second call finds nothing to do


def test_a_deletion_cut_short_has_burnt_the_keys_first(
    carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(
            "storage.erase.shutil.rmtree", lambda path, ignore_errors=False: cut() if not ignore_errors else None
        )
        with pytest.raises(Trouble, match=r"vault\.not_erased"):
            erase(tmp_path / "vault")
    left = tmp_path / "vault.deleting"
    assert set((left / "vault.key").read_bytes()) == {0}
    assert not (tmp_path / "vault").exists()
    erase(tmp_path / "vault")
    assert not left.exists()
