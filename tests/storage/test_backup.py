"""Backups are whole and encrypted, damage is found and set aside, and going back gives nothing up."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage import backup
from storage.restore import restore_vault
from storage.vault import OpenVault, create_vault, open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault, note, tag


def _texts(vault: OpenVault) -> list[str]:
    return [row.entry.text for row in vault.questions.entries(EntryFilter(limit=1000))]


def _flip(path: Path, position: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[position] ^= 1 << bit
    path.write_bytes(data)


def test_closing_after_a_change_leaves_one_dated_backup(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    note(vault, a_meeting(vault), "in the backup")
    vault.close()
    clock.advance(60)
    open_vault(tmp_path / "vault", PASSPHRASE, clock).close()
    (made,) = backup.dated(tmp_path / "vault" / "backups")
    assert made.name == "vault-2026-11-12T090000.db"
    assert b"in the backup" not in made.read_bytes()
    assert made.with_suffix(".key").read_bytes() == (tmp_path / "vault" / "vault.key").read_bytes()


def test_a_backup_that_was_asked_for_is_never_thinned_out(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    asked = Path(vault.backup())
    vault.close()
    assert backup.dated(tmp_path / "vault" / "backups") == [], "nothing changed after it"
    for _ in range(4):
        clock.advance(3600)
        again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
        a_meeting(again, name=str(clock.now()))
        again.close()
    assert asked.exists()
    assert asked.with_suffix(".key").exists()
    assert len(backup.dated(tmp_path / "vault" / "backups")) == 2
    assert backup.newest(tmp_path / "vault") == backup.dated(tmp_path / "vault" / "backups")[-1]


def test_old_backups_go_and_one_of_each_recent_day_stays(tmp_path: Path) -> None:
    for day in range(1, 9):
        for hour in (9, 17):
            (tmp_path / f"vault-2026-11-{day:02d}T{hour:02d}0000.db").touch()
    (tmp_path / "vault-2026-01-01T090000-before-0002.db").touch()
    backup.thin_out(tmp_path)
    assert sorted(path.name[6:19] for path in tmp_path.iterdir()) == [
        "2026-01-01T09", "2026-11-04T17", "2026-11-05T17", "2026-11-06T17", "2026-11-07T17", "2026-11-08T09",
        "2026-11-08T17",
    ]  # fmt: skip


def test_a_backup_that_is_not_whole_is_not_kept(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    a_meeting(vault)
    run = vault._db.run

    def disk_lies(sql: str, values: tuple[object, ...] = ()) -> int:
        done = run(sql, values)
        if sql.startswith("VACUUM"):
            _flip(Path(str(values[0])), 5000)
        return done

    monkeypatch.setattr(vault._db, "run", disk_lies)
    with pytest.raises(Trouble, match=r"vault\.(backup_not_whole|damaged)"):
        vault.backup()
    monkeypatch.undo()
    assert list((vault.folder / "backups").glob("*.db*")) == []


def test_restoring_brings_back_the_backup_and_what_was_written_after_it(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    activity = a_meeting(vault)
    note(vault, activity, "before", tag())
    made = Path(vault.backup())
    note(vault, activity, "after", tag())
    do(
        vault,
        lambda uow: uow.keep_draft(Draft(place="p", text="typing", caret=6, noticed_at=None, kept_at=clock.now())),
    )
    vault.close()
    restored = restore_vault(made, folder, PASSPHRASE, clock)
    assert _texts(restored.vault) == ["before", "after"]
    assert (restored.saved, restored.unreadable) == (1, 0)
    assert [draft.text for draft in restored.vault.questions.drafts()] == ["typing"]
    note(restored.vault, activity, "goes on", tag())
    assert restored.vault.verify() == []
    restored.vault.close()
    assert restored.moved_to is not None
    assert (restored.moved_to / "vault.db").exists()


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9])
def test_a_damaged_page_costs_only_what_lies_on_it(tmp_path: Path, clock: FixedClock, part: float) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    activity = a_meeting(vault)
    note(vault, activity, "in the backup", tag())
    made = Path(vault.backup())
    texts = [f"point {n} " + "of the discussion " * 60 for n in range(40)]
    for text in texts:
        note(vault, activity, text, tag())
    vault.close()
    page = int((folder / "vault.db").stat().st_size * part) // 4096
    _flip(folder / "vault.db", page * 4096 + 100)
    restored = restore_vault(made, folder, PASSPHRASE, clock)
    kept = _texts(restored.vault)
    assert len(kept) >= len(texts) - 4
    assert set(kept) <= {"in the backup", *texts}
    assert (len(kept) == 1 + len(texts)) == (restored.unreadable == 0)
    found = {finding.code for finding in restored.vault.verify()}
    assert found == (set() if restored.unreadable == 0 else {"verify.gap"})
    restored.vault.close()


def test_a_backup_without_its_key_or_of_another_kind_moves_nothing(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    made = Path(vault.backup())
    vault.close()
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        restore_vault(made, folder, "not the passphrase", clock)
    made.with_suffix(".key").unlink()
    with pytest.raises(Trouble, match=r"vault\.backup_key_missing"):
        restore_vault(made, folder, PASSPHRASE, clock)
    letter = tmp_path / "letter.db"
    letter.write_bytes(b"SQLite format 3\0 and so on")
    with pytest.raises(Trouble, match=r"vault\.not_a_backup"):
        restore_vault(letter, folder, PASSPHRASE, clock)
    letter.unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_is_found_and_a_copy_set_aside(
    tmp_path_factory: pytest.TempPathFactory, clock: FixedClock, seed: int, damaged_vault: Path
) -> None:
    chance = random.Random(seed)
    folder = tmp_path_factory.mktemp("flip") / "vault"
    shutil.copytree(damaged_vault, folder)
    size = (folder / "vault.db").stat().st_size
    _flip(folder / "vault.db", chance.randrange(size), chance.randrange(8))
    with pytest.raises(Trouble, match=r"vault\.damaged") as caught:
        open_vault(folder, PASSPHRASE, clock)
    copy = Path(str(caught.value.details["copy"]))
    assert (copy / "vault.db").read_bytes() == (folder / "vault.db").read_bytes()
    with pytest.raises(Trouble):
        open_vault(folder, PASSPHRASE, clock)
    assert len(list(folder.glob("set-aside-*"))) == 1


@pytest.fixture(scope="session")
def damaged_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault whose program ended without closing it, all of it in the file: the next opening checks every page."""
    from datetime import UTC, datetime

    from storage.keyfile import FLOOR
    from tests.support.vaults import quick_keys

    folder = tmp_path_factory.mktemp("crashed") / "vault"
    at = FixedClock(datetime(2026, 11, 12, 9, 0, tzinfo=UTC))
    with quick_keys():
        vault = create_vault(folder, PASSPHRASE, name="A", initials="A", clock=at, cost=FLOOR)
        activity = a_meeting(vault)
        for n in range(100):
            note(vault, activity, f"point {n} of the discussion", tag())
        vault._health.checkpoint()
        vault._db.close()
    assert os.listdir(folder)
    return folder
