"""Things to try: each ticks itself when it was really done, is remembered, and can be begun anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldkit.app.entries import file_evidence
from fieldkit.app.quality_risks import NewRisk, change_risk, set_risk
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.quality_risk import Authority, Level
from tests.presenters.room import Room, type_line
from ui.presenters.escalation.card import EscalationCard
from ui.presenters.escalation.source import from_activity
from ui.presenters.exercises import DONE_KEY, FOR_ADVISERS, Exercise, Exercises
from ui.presenters.services import Connection, OfficeState
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.workbench import Page, Workbench


@pytest.fixture
def exercises(room: Room) -> Iterator[Exercises]:
    made = Exercises(room.session, Shortcuts())
    made.start()
    yield made
    made.close()


def _done(exercises: Exercises) -> set[Exercise]:
    return {row.exercise for row in exercises.state.rows if row.is_done}


def _note(room: Room, *lines: str) -> None:
    log = room.open_log()
    for line in lines:
        type_line(log, line)
        log.save()
    log.close()


def test_a_plain_note_ticks_nothing(room: Room, exercises: Exercises) -> None:
    _note(room, "Just words")
    assert _done(exercises) == set()
    assert exercises.state.title == "Things to try (0 of 10 done)"


@pytest.mark.parametrize(
    ("line", "ticked"),
    [("Said so #lc", {Exercise.TAGGED}), ("ch: Said so", {Exercise.SPEAKER})],
)
def test_what_was_noted_ticks_what_it_shows(room: Room, exercises: Exercises, line: str, ticked: set[Exercise]) -> None:
    _note(room, line)
    assert _done(exercises) == ticked
    assert room.said[-2:][0].startswith("Done: ") or room.said[-1].startswith("Done: ")


def test_a_marked_moment_ticks_itself(room: Room, exercises: Exercises) -> None:
    log = room.open_log()
    log.mark()
    assert _done(exercises) == {Exercise.MARK}
    log.close()


@pytest.mark.parametrize(("count", "ticked"), [(4, set()), (5, {Exercise.TAG_FIVE})])
def test_five_notes_have_to_be_tagged_at_once(
    room: Room, exercises: Exercises, count: int, ticked: set[Exercise]
) -> None:
    _note(room, *(f"Note {number}" for number in range(count)))
    rows = room.rows()
    item = EvidenceItem.new("ics", "learning-culture", "observation")
    room.session.workspace.perform(
        lambda uow: [file_evidence(uow, row.entry.id, (replace(item, id=row.entry.id),)) for row in rows]  # type: ignore[arg-type]
    )
    assert _done(exercises) == ticked


def test_sending_counts_once_everything_is_confirmed_and_looked_at(room: Room, exercises: Exercises) -> None:
    room.office.become(OfficeState(connection=Connection.CONNECTED, office="Practice office"))
    _note(room, "Said so #lc")
    exercises.moved("Live log", "Send")
    assert Exercise.SEND not in _done(exercises)


def test_what_was_done_is_remembered_and_can_be_begun_anew(room: Room, exercises: Exercises) -> None:
    exercises.hidden()
    exercises.found()
    assert room.vault.questions.setting(DONE_KEY) == "find hide"
    later = Exercises(room.session, Shortcuts())
    later.start()
    assert _done(later) == {Exercise.HIDE, Exercise.FIND}
    later.again()
    assert _done(later) == set()
    assert room.vault.questions.setting(DONE_KEY) is None
    assert later.state.next is not None
    assert later.state.next.exercise is Exercise.TAGGED
    later.close()


def test_an_exercise_of_another_version_is_left_out(room: Room) -> None:
    room.session.workspace.perform(lambda uow: uow.set_setting(DONE_KEY, "hide juggle"))
    made = Exercises(room.session, Shortcuts())
    made.start()
    assert _done(made) == {Exercise.HIDE}
    made.close()


def test_the_keys_shown_are_those_of_this_laptop(room: Room, exercises: Exercises) -> None:
    mark = next(row for row in exercises.state.rows if row.exercise is Exercise.MARK)
    assert mark.how == "Ctrl+M, while somebody speaks"


def test_in_practice_the_windows_own_acts_tick(room: Room) -> None:
    room.session.is_practice = True
    bench = Workbench(room.session)
    bench.start()
    assert bench.exercises is not None
    bench.hide()
    bench.open_visit(room.activity.visit)
    bench.show_coverage()
    bench.note()
    assert bench.state.page is Page.LOG
    assert _done(bench.exercises) == {Exercise.HIDE, Exercise.GAP}
    bench.close()


def test_an_escalation_and_a_risk_that_was_reviewed_tick_themselves(room: Room, exercises: Exercises) -> None:
    card = EscalationCard(room.session)
    card.open(from_activity(room.activity))
    card.put("danger", "no")
    card.put("what", "No cover tonight")
    assert _done(exercises) == set()
    card.save()
    assert _done(exercises) == {Exercise.ESCALATE}
    new = NewRisk(
        assessment=room.activity.assessment, concern="Waits", level=Level.ENHANCED, authority=Authority.ICB,
        reasons="Too long", review_on=room.clock.now().date(),
    )  # fmt: skip
    risk = room.session.workspace.perform(lambda uow: set_risk(uow, new)).result()[0]
    exercises.again()
    reviewed = replace(new, level=Level.ROUTINE, step_down_reason="Shorter now")
    room.session.workspace.perform(lambda uow: change_risk(uow, risk.id, reviewed))
    assert _done(exercises) == {Exercise.RISK}


def test_outside_practice_there_is_nothing_to_try(room: Room) -> None:
    bench = Workbench(room.session)
    assert bench.exercises is None
    bench.close()


def test_an_adviser_is_offered_the_five_things_of_a_day_and_hears_when_they_are_through(room: Room) -> None:
    room.session.preferences.put(adviser=True)
    tried = Exercises(room.session, Shortcuts())
    tried.start()
    assert [row.exercise for row in tried.state.rows] == list(FOR_ADVISERS)
    tried.hidden()
    assert tried.state.done == 0, "what is not offered is not counted"
    tried.moved("Send", "Hand in")
    assert tried.state.title == "Things to try (1 of 5 done)"
    room.session.preferences.put(adviser=False)
    assert len(tried.state.rows) == 10
    tried.close()
