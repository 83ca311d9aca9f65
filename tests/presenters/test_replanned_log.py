"""A log that is open while its activity is re-planned: a note names its visit for ever, so it must be right."""

from __future__ import annotations

from fieldkit.app.assessments import plan_visit
from fieldkit.app.replanning import change_activity
from tests.presenters.room import Room, type_line


def test_a_note_names_the_visit_its_activity_is_on_now(room: Room) -> None:
    log = room.open_log()
    questions = room.vault.questions
    second = room.vault.perform(lambda uow: plan_visit(uow, room.activity.assessment, "Visit 2"))[0]
    room.vault.perform(lambda uow: change_activity(uow, room.activity.id, visit=second.id))
    type_line(log, "Nobody owns the plan")
    log.save()
    log.mark()
    log.close()
    assert {row.entry.visit for row in room.rows()} == {second.id}
    assert questions.visit_counts()[second.id].notes == 2
    assert questions.visit_counts()[room.activity.visit].notes == 0
