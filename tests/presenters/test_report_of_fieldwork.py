"""The report for whoever helps holds no word of any record of fieldwork, of any kind there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.drafts import keep_draft
from fieldkit.app.lanes import Lanes
from fieldkit.app.policies import as_settings
from fieldkit.app.replanning import change_activity
from fieldkit.app.rows import Draft
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.office_policy import OfficePolicy
from tests.presenters.room import Room
from tests.support.every_kind import WORDLESS, a_record
from ui.launch.papers import PaperWork
from ui.launch.sheets import RecoverySheets
from ui.presenters.settings.about import About

SECRET = "xylophone"


def _report(room: Room, tmp_path: Path) -> str:
    lanes = Lanes.inline()
    about = About(room.session, PaperWork(lanes), RecoverySheets(lanes, room.clock))
    about.report(str(tmp_path / "report.txt"), "The list jumped")
    return (tmp_path / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(FIELDWORK))
def test_no_word_of_a_record_is_in_a_report(room: Room, tmp_path: Path, kind: str) -> None:
    record = a_record(FIELDWORK[kind], room.activity, f"{SECRET} words")
    room.vault.perform(lambda uow: uow.append(record.id, record, assessment=room.activity.assessment))
    assert SECRET in str(record.to_content()) or kind in WORDLESS, "this kind holds words"
    assert SECRET not in _report(room, tmp_path)


def test_nothing_of_the_programme_of_drafts_or_of_policies_is_in_a_report(room: Room, tmp_path: Path) -> None:
    numbers = (PhoneNumber(title=SECRET, number="020 7946 0000"),)
    for name, value in as_settings(OfficePolicy(numbers=numbers), is_adviser=True).items():
        room.vault.perform(lambda uow, name=name, value=value: uow.set_setting(name, value))  # type: ignore[misc]
    room.vault.perform(
        lambda uow: change_activity(uow, room.activity.id, stream=SECRET, assigned=(SECRET,), place=SECRET)
    )
    a_draft = Draft(place=f"form/{SECRET}", text=SECRET, caret=0, noticed_at=None, kept_at=room.clock.now(), extra="")
    room.vault.perform(lambda uow: keep_draft(uow, a_draft))
    text = _report(room, tmp_path)
    assert SECRET not in text
    assert "020 7946" not in text
