"""The tour's stops at Decide: the same words changed twice, a deletion against an edit, a flood, what was combined."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.entries import add_addendum, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.replanning import change_activity
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import EntryId, RecordId, new_id
from storage.vault import OpenVault, open_vault
from tests.gui import worlds
from tests.gui.stage import NOON, PASSPHRASE, Stage
from tests.gui.tour_interview import unlock
from tests.support.two_laptops import TwoLaptops
from ui.places import Places

_Key = Qt.Key
_LONG = "Discharged on a Friday without the medicines that had been changed on the ward; " * 6


def conflicts(home: Path, *, with_flood: bool = False) -> None:
    """A person's own vault in which a team-mate changed the same things at the same time."""
    worlds.own(home, notes=12)
    clock = FixedClock(NOON)
    vault = open_vault(Places(home=home).vault, PASSPHRASE, clock)
    try:
        two = TwoLaptops(home / "other", clock, mine=vault, meeting=_meeting(vault))
        _change(two)
        two.meet()
        if with_flood:
            _flood(two)
        two.close()
    finally:
        vault.close()


def _meeting(vault: OpenVault) -> Activity:
    (row,) = vault.questions.assessments()
    return vault.questions.activities(row.visits[0].id)[0].activity


def _change(two: TwoLaptops) -> None:
    meeting = two.meeting
    case = Case(id=RecordId(new_id()), assessment=meeting.assessment, code="C01", description=f"{_LONG}She rang twice.")
    other = Case(id=RecordId(new_id()), assessment=meeting.assessment, code="C02")
    consent = Consent(id=RecordId(new_id()), assessment=meeting.assessment, about=other.id, agreed=Agreed.GIVEN)
    two.here(lambda uow: keep(uow, case))
    two.here(lambda uow: keep(uow, other))
    two.here(lambda uow: keep(uow, consent))
    two.meet()
    (note, *_) = two.mine.questions.entries(EntryFilter(assessment=meeting.assessment, limit=1))
    two.here(partial(_revised, meeting.id, {"title": "ICB board in public"}))
    two.there(partial(_revised, meeting.id, {"title": "ICB board, part one", "place": "Room 4"}))
    two.here(lambda uow: revise(uow, replace(case, description=f"{_LONG}She rang three times.", need="Heart failure")))
    two.there(lambda uow: revise(uow, replace(case, description="خرجت يوم الجمعة بدون أدوية", age_band="65-74")))
    two.here(lambda uow: revise(uow, replace(consent, agreed=Agreed.WITHDRAWN)))
    two.there(lambda uow: revise(uow, replace(consent, may_contact=True)))
    if note.entry.evidence:
        two.here(lambda uow: withdraw_entry(uow, note.entry.id, "said twice"))
        two.there(lambda uow: add_addendum(uow, note.entry.id, "She named the date: 4 March.", "asked afterwards"))


def _revised(activity: object, fields: dict[str, object], uow: UnitOfWork) -> object:
    return change_activity(uow, activity, **fields)  # type: ignore[arg-type]


def _flood(two: TwoLaptops) -> None:
    rows = two.theirs.questions.entries(EntryFilter(assessment=two.meeting.assessment))
    for row in [row for row in rows if row.withdrawal is None][:8]:
        two.there(partial(_withdrawn, row.entry.id))
    with pytest.raises(Refusal, match=r"flood\.paused"):
        two.bring(two.theirs, two.mine)


def _withdrawn(entry: EntryId, uow: UnitOfWork) -> object:
    return withdraw_entry(uow, entry, "not ours")


def deciding(visitor: object) -> None:
    """All four questions, the first decided by keys."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    take("90-home-decide")
    open_decide(stage)
    take("91-decide")
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("91b-decide-mistakes")
    stage.alt(_Key.Key_N)
    stage.settle()
    take("91c-decide-new")
    for name in ("92-decide-long", "93-decide-consent", "94-decide-deleted"):
        stage.press(_Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        stage.settle()
        take(name)
    stage.alt(_Key.Key_L)
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("95-decide-decided")


def open_decide(stage: Stage) -> None:
    """As Ctrl+K and the page's name do."""
    stage.window.commands.run("decide")
    stage.until(lambda: stage.focus.objectName().startswith("decide."))
    stage.settle()
