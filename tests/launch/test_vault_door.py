"""The way into and out of a vault where the disk or the copies of it are not as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.assessments import open_assessment
from fieldkit.app.lanes import Lanes
from fieldkit.domain.assessment import SubjectKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from tests.presenters.room import Hourglass
from tests.support.vaults import PASSPHRASE, PIN, a_meeting, new_vault, note, quick_keys
from ui.launch.last_good import open_or_go_back
from ui.launch.shelf import Shelf
from ui.launch.vault_door import LocalVault, Surroundings
from ui.presenters.preferences import Preferences
from ui.presenters.services import Session


def _refused(problem: Exception) -> None:
    raise problem


def test_a_disk_that_is_full_when_the_vault_closes_is_told_and_nothing_breaks(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    around = Surroundings(
        lanes=Lanes.inline(), clock=clock, later=Hourglass(clock), say=lambda words, urgent=False: said.append(words),
        shelf=Shelf(), preferences=Preferences(),
    )  # fmt: skip
    door = LocalVault(tmp_path / "vault", around)
    opened: list[Session] = []
    with quick_keys():
        vault = new_vault(tmp_path / "vault", clock)
        note(vault, a_meeting(vault), "Nobody owns the plan")
        vault.close()
        door.open(PASSPHRASE, opened.append, _refused)
        opened[0].workspace.perform(lambda uow: open_assessment(uow, "N", SubjectKind.LOCAL_AUTHORITY, [PIN]))
        with monkeypatch.context() as patch:

            def full(*_: object) -> None:
                raise Trouble("vault.disk_full", folder=str(tmp_path))

            patch.setattr("storage.backup.make", full)
            closed: list[bool] = []
            door.close(opened[0], lambda: closed.append(True))
        assert closed == [True]
        words = "No backup was made when the vault was closed last. Your notes are saved on this laptop"
        assert words in said[-1]
        door.open(PASSPHRASE, opened.append, _refused)
        assert words in opened[1].notice
        door.close(opened[1], lambda: None)


def test_a_backup_that_is_damaged_too_is_passed_over_for_the_one_before(tmp_path: Path, clock: FixedClock) -> None:
    with quick_keys():
        vault = new_vault(tmp_path / "vault", clock)
        meeting = a_meeting(vault)
        note(vault, meeting, "Before both")
        first = Path(vault.backup())
        clock.advance(60)
        note(vault, meeting, "Between them")
        second = Path(vault.backup())
        vault.close()
        assert first.name < second.name
        for file in (tmp_path / "vault" / "vault.db", second):
            data = bytearray(file.read_bytes())
            data[:8192] = b"\1" * 8192
            file.write_bytes(data)
        opened, notice = open_or_go_back(tmp_path / "vault", PASSPHRASE, clock)
        assert notice.startswith("The vault did not open cleanly")
        assert opened.questions.info().entries >= 1
        opened.close()
