"""The end-of-day sheet: nothing stays blank, nothing of two laptops is lost, and what changes tomorrow is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.assessments import cancel_activity, plan_activity
from fieldkit.app.consents import withdraw_consent
from fieldkit.app.day_board import DayBoard, day_board
from fieldkit.app.day_page import day_page
from fieldkit.app.day_sheets import Said, add_item, change_item, finish, is_finished, state_none, take_off, take_over
from fieldkit.app.entries import NewEntry, add_addendum, record_entry
from fieldkit.app.escalation_policy import policy_here
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.replanning import change_activity
from fieldkit.app.restrictions import NewRestriction, restrict
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.day_changes import Changed
from fieldkit.domain.day_sheet import TRIPLE_A, DayItem, Section
from fieldkit.domain.escalation import Danger
from fieldkit.domain.framework import Framework
from fieldkit.domain.quality_risk import FOR_DISCUSSION, Level
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId
from fieldkit.reports.day_sheet import NOT_STATED, change_words, compose
from fieldkit.reports.plain import to_plain
from storage.vault import OpenVault
from tests.support.consents import agree
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import do, quick_keys, tag

DAY = date(2026, 11, 12)
NEXT = DAY + timedelta(days=1)


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


def _board(vault: OpenVault, visit: Visit, *packs: Framework) -> DayBoard:
    return day_board(vault.questions, visit.id, DAY, packs)


def _printed(vault: OpenVault, visit: Visit, *packs: Framework) -> str:
    at = datetime(2026, 11, 12, 18, 0, tzinfo=UTC)
    return to_plain(compose(day_page(vault.questions, visit.id, DAY, packs, at)))


def _add(vault: OpenVault, visit: Visit, section: Section, text: str, level: Level | None = None) -> DayItem:
    return do(vault, lambda uow: add_item(uow, visit.id, DAY, Said(section=section, text=text, level=level)))


def _question(vault: OpenVault, activity: Activity, text: str, *, own_view: bool = False) -> EntryId:
    new = NewEntry(text=text, follow_up=True, own_view=own_view, evidence=(tag("learning-culture"),))
    return do(vault, lambda uow: record_entry(uow, activity, new)).id


def test_a_sheet_cannot_be_finished_while_a_section_is_blank_and_prints_as_a_draft_meanwhile(
    vault: OpenVault, visit: Visit
) -> None:
    _add(vault, visit, Section.ALERT, "No cover on Ward 4", Level.INTENSIVE)
    do(vault, lambda uow: state_none(uow, visit.id, DAY, Section.ADVISE))
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: finish(uow, visit.id, DAY))
    assert (caught.value.code, caught.value.details["sections"]) == ("day.unstated", "Assure")
    draft = _printed(vault, visit)
    assert "Draft" in draft
    assert NOT_STATED in draft
    assert "None. Stated by A. Lead." in draft
    assert FOR_DISCUSSION in " ".join(draft.split())
    do(vault, lambda uow: state_none(uow, visit.id, DAY, Section.ASSURE))
    do(vault, lambda uow: finish(uow, visit.id, DAY))
    assert is_finished(_board(vault, visit))
    assert "Finished" in _printed(vault, visit)
    assert NOT_STATED not in _printed(vault, visit)


def test_whatever_changes_after_finishing_shows(vault: OpenVault, visit: Visit) -> None:
    for section in TRIPLE_A:
        _add(vault, visit, section, f"Said of {section}")
    do(vault, lambda uow: finish(uow, visit.id, DAY))
    late = _add(vault, visit, Section.ADVISE, "Seen at the door")
    assert not is_finished(_board(vault, visit))
    assert "Changed since it was finished" in _printed(vault, visit)
    do(vault, lambda uow: take_off(uow, late.id))
    assert is_finished(_board(vault, visit)), "as it was"
    do(vault, lambda uow: take_off(uow, late.id, is_off=False))
    do(vault, lambda uow: change_item(uow, late.id, Said(section=Section.ALERT, text="Seen at the door")))
    assert [one.value.text for one in _board(vault, visit).of(Section.ALERT)] == ["Said of alert", "Seen at the door"]
    assert len(vault.questions.history(late.id)) == 4


def test_none_is_not_said_beside_an_item_and_gives_way_to_one(vault: OpenVault, visit: Visit) -> None:
    first = do(vault, lambda uow: state_none(uow, visit.id, DAY, Section.ALERT))
    assert do(vault, lambda uow: state_none(uow, visit.id, DAY, Section.ALERT)) == first
    _add(vault, visit, Section.ALERT, "No cover on Ward 4")
    board = _board(vault, visit)
    assert not board.says_none(Section.ALERT)
    with pytest.raises(Mistake, match=r"day\.not_none"):
        do(vault, lambda uow: state_none(uow, visit.id, DAY, Section.ALERT))
    with pytest.raises(Mistake, match=r"day\.not_stated"):
        do(vault, lambda uow: state_none(uow, visit.id, DAY, Section.GAP))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(text="Words"), "day.no_section"), (Said(section=Section.ALERT, text="  "), "day.no_text"),
        (Said(section=Section.ASSURE, text="Good", level=Level.ROUTINE), "day.level"),
        (Said(section=Section.ALERT, text="x" * 2_001), "day.too_long"),
    ],
)  # fmt: skip
def test_what_is_missing_in_an_item_is_said(vault: OpenVault, visit: Visit, said: Said, code: str) -> None:
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: add_item(uow, visit.id, DAY, said))
    assert caught.value.code == code


def test_escalations_open_questions_and_gaps_are_proposed_once_and_taken_over_with_their_source(
    vault: OpenVault, visit: Visit, board: Activity, ics: Framework
) -> None:
    new = NewEscalation(assessment=visit.assessment, visit=visit.id, danger=Danger.NO, what="No cover", place="Ward 4")
    risk = do(vault, lambda uow: escalate(uow, new, policy_here(uow.questions, None)))
    asked = _question(vault, board, "Who owns the plan?")
    answered = _question(vault, board, "Is it funded?")
    do(vault, lambda uow: add_addendum(uow, answered, "Yes, until March", "asked the chair"))
    _question(vault, board, "My own doubt", own_view=True)
    found = _board(vault, visit, ics)
    assert [(one.section, one.text) for one in found.proposals[:2]] == [
        (Section.ALERT, "No cover, Ward 4"), (Section.LEADERS, "Who owns the plan?"),
    ]  # fmt: skip
    assert len(found.proposals) == 2 + len(ics.statements)
    learning = next(one for one in found.gaps if one.place == "ics/learning-culture")
    assert (learning.thin, "Observation" in learning.missing) == (("Observation",), False), "two notes are too little"
    for one in (*found.proposals[:2], found.proposals[2]):
        vault.perform(partial(take_over, visit=visit.id, day=DAY, proposal=one))
    after = _board(vault, visit, ics)
    assert [one.value.about for one in after.items] == [risk.id, asked, None]
    assert len(after.proposals) == len(ics.statements) - 1
    printed = _printed(vault, visit, ics)
    assert "escalation 09:30" in printed
    assert "note 09:30" in printed


def test_what_is_restricted_is_not_proposed(vault: OpenVault, visit: Visit, board: Activity) -> None:
    asked = _question(vault, board, "Who owns the plan?")
    do(vault, lambda uow: restrict(uow, asked, NewRestriction(reason="named person")))
    assert _board(vault, visit).proposals == ()


def test_an_item_that_was_taken_over_before_its_note_was_restricted_is_not_printed(
    vault: OpenVault, visit: Visit, board: Activity
) -> None:
    asked = _question(vault, board, "Who owns the recovery plan for ward four?")
    (proposal,) = _board(vault, visit).proposals
    do(vault, lambda uow: take_over(uow, visit.id, DAY, proposal))
    _add(vault, visit, Section.ADVISE, "Ask who owns the recovery plan for ward four at nine")
    _add(vault, visit, Section.ASSURE, "Falls are learnt from")
    assert "recovery plan" in _printed(vault, visit)
    do(vault, lambda uow: restrict(uow, asked, NewRestriction(reason="named person")))
    printed = _printed(vault, visit)
    assert "recovery plan" not in printed
    assert "Falls are learnt from" in printed
    assert "2 items are held, restricted" in printed


def test_an_item_is_held_with_the_note_whose_consent_was_taken_back(vault: OpenVault, visit: Visit) -> None:
    talk = do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.INTERVIEW, "Interview"))
    do(vault, lambda uow: agree(uow, talk))
    asked = _question(vault, talk, "Who told them?")
    (proposal,) = _board(vault, visit).proposals
    do(vault, lambda uow: take_over(uow, visit.id, DAY, proposal))
    linked = Said(section=Section.ADVISE, text="Told late", notes=(asked,))
    do(vault, lambda uow: add_item(uow, visit.id, DAY, linked))
    assert "Told late" in _printed(vault, visit)
    do(vault, lambda uow: withdraw_consent(uow, talk.id))
    printed = _printed(vault, visit)
    assert "Told late" not in printed
    assert "Who told them?" not in printed
    assert "2 items are held" in printed
    assert _board(vault, visit).held == 2


def test_tomorrow_names_what_today_moved_cancelled_and_added(vault: OpenVault, visit: Visit, clock: FixedClock) -> None:
    def plan(title: str, on: date, starts: str = "9:00") -> Activity:
        return do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.OBSERVATION, title, on=on, starts=starts))

    clock.jump(-86_400)
    moved, off, stays, away, early = (plan(title, NEXT) for title in ("Moved", "Off", "Stays", "Away", "Early"))
    do(vault, lambda uow: change_activity(uow, early.id, starts="10:00"))
    clock.jump(86_400)

    def change(uow: UnitOfWork) -> None:
        change_activity(uow, moved.id, starts="11:00", place="Room 4")
        change_activity(uow, stays.id, title="Stays, renamed")
        change_activity(uow, away.id, on=NEXT + timedelta(days=1))
        cancel_activity(uow, off.id)

    do(vault, change)
    plan("Added", NEXT)
    plan("Today", DAY)
    board = _board(vault, visit)
    assert board.tomorrow == NEXT
    told = {one.now.title: one.changed for one in board.changes}
    assert told == {
        "Moved": Changed.MOVED, "Off": Changed.CANCELLED, "Away": Changed.MOVED, "Added": Changed.ADDED,
    }  # fmt: skip
    words = {change_words(one) for one in board.changes}
    assert "Moved: Moved, from 09:00 to 11:00 Room 4" in words
    assert "Moved: Away, from 13 November 2026 09:00 to 14 November 2026 09:00" in words
    printed = " ".join(_printed(vault, visit).split())
    assert "Cancelled: Off, 09:00" in printed


def test_both_laptops_items_are_on_the_sheet_of_both(tmp_path: Path, clock: FixedClock) -> None:
    with quick_keys():
        two = TwoLaptops(tmp_path, clock)
        visit = two.mine.questions.visit(two.meeting.visit)
        two.here(lambda uow: state_none(uow, visit.id, DAY, Section.ASSURE))
        shared = _add(two.mine, visit, Section.ALERT, "No cover on Ward 4")
        two.meet()
        _add(two.mine, visit, Section.ALERT, "From here")
        _add(two.theirs, visit, Section.ALERT, "From there")
        _add(two.theirs, visit, Section.ASSURE, "Learning is shared")
        two.here(lambda uow: change_item(uow, shared.id, Said(section=Section.ALERT, text="No cover, Ward 4 and 5")))
        two.there(
            lambda uow: change_item(uow, shared.id, Said(section=Section.ALERT, text=shared.text, level=Level.ENHANCED))
        )
        two.meet()
        boards = [_board(vault, visit) for vault in (two.mine, two.theirs)]
        for found in boards:
            alerts = {(one.value.text, one.value.level) for one in found.of(Section.ALERT)}
            assert alerts == {
                ("No cover, Ward 4 and 5", Level.ENHANCED), ("From here", None), ("From there", None),
            }  # fmt: skip
            assert not found.says_none(Section.ASSURE)
        assert two.mine.verify() == two.theirs.verify() == []
        two.close()
