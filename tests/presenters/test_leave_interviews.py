"""Before you leave: the consent of each interview is one of the tasks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from fieldkit.app.assessments import cancel_activity, plan_activity
from fieldkit.domain.assessment import ActivityKind
from tests.presenters.interviews import agree, page_of, planned
from tests.presenters.room import Room
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import read_visit
from ui.presenters.visit.leave import BeforeYouLeave, Task


def _status(leave: BeforeYouLeave) -> tuple[str, bool]:
    return next((row.status, row.is_done) for row in leave.state.tasks if row.task is Task.CONSENT)


def test_every_interview_that_was_due_wants_its_consent_recorded(room: Room) -> None:
    first, group = planned(room), planned(room, ActivityKind.FOCUS_GROUP, "Carers")
    third = planned(room, title="Interview: chair")
    leave = BeforeYouLeave(room.session, room.vault.questions.visit(room.activity.visit))
    leave.start()
    assert (_status(leave), leave.unasked) == (("3 left", False), (first.id, group.id, third.id))
    page = page_of(room, first)
    agree(page, agreed="refused")
    page.close()
    room.session.workspace.perform(lambda uow: cancel_activity(uow, third.id))
    room.later.pass_seconds(1)
    assert _status(leave) == ("1 left", False)
    page = page_of(room, group)
    agree(page)
    page.close()
    room.later.pass_seconds(1)
    assert _status(leave) == ("Completed", True)
    leave.close()


def test_a_note_begun_from_elsewhere_never_meets_the_consent_of_an_interview_that_comes_next(room: Room) -> None:
    visit = room.vault.questions.visit(room.activity.visit)
    now = room.clock.now().astimezone()  # 09:00; the board began at 08:30 and has no end
    soon = f"{now + timedelta(minutes=30):%H:%M}"
    plan = partial(plan_activity, visit=visit, kind=ActivityKind.INTERVIEW, title="Interview: matron")
    talk = room.vault.perform(lambda uow: plan(uow, starts=soon, ends="23:00"))[0]
    day = VisitDay(room.session, read_visit(room.session, room.vault.questions, visit.id))
    day.start()
    assert day.note_in == room.activity
    room.later.pass_seconds(31 * 60)
    assert day.note_in == talk
    day.close()
