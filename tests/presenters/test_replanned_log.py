"""A log that is open while its activity is re-planned: a note names its visit for ever, so it must be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fieldkit.app.assessments import plan_visit, revise_activity
from fieldkit.app.ports import Recordable, UnitOfWork
from fieldkit.app.replanning import change_activity
from tests.presenters.room import Room, type_line
from ui.presenters.log.tag_picker import TagPicker
from ui.presenters.workbench import Workbench


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


def test_a_note_whose_activity_a_team_mate_moved_to_another_visit_can_still_be_tagged(room: Room) -> None:
    """Each on a laptop of their own: one takes notes, the other re-plans what has none there."""
    log = room.open_log()
    type_line(log, "Nobody owns the plan")
    log.save()
    log.close()
    second = room.vault.perform(lambda uow: plan_visit(uow, room.activity.assessment, "Visit 2"))[0]
    room.vault.perform(lambda uow: revise_activity(uow, replace(room.activity, visit=second.id)))
    bench = Workbench(room.session)
    bench.start()
    bench.open_visit(room.activity.visit)
    assert bench.visit is not None
    assert bench.visit_panels is not None
    bench.visit_panels.tag(room.rows())
    picker = bench.visit_panels.state.panel
    assert isinstance(picker, TagPicker)
    picker.filtered("lc")
    picker.save()
    assert [tag.statement for row in room.rows() for tag in row.evidence] == ["learning-culture"]
    bench.close()


@pytest.mark.parametrize("on", [date(1899, 12, 31), date.min, date.max])
def test_a_visit_on_any_day_there_is_can_be_opened(room: Room, on: date) -> None:
    """An earlier version of a team-mate's laptop took any day, and spreadsheets write 1899 for a cell that is empty."""
    visit = replace(room.vault.questions.visit(room.activity.visit), starts_on=on, ends_on=on)
    activity = replace(room.activity, on=on, starts="23:30", ends="")

    def write(uow: UnitOfWork) -> None:
        found: tuple[tuple[str, Recordable], ...] = ((visit.id, visit), (activity.id, activity))
        for record, value in found:
            uow.append(record, value, assessment=activity.assessment, parents=uow.questions.heads(record))

    room.vault.perform(write)
    bench = Workbench(room.session)
    bench.start()
    bench.open_visit(room.activity.visit)
    assert bench.visit is not None
    assert any(line.activity == room.vault.questions.activity(room.activity.id) for line in bench.visit.state.lines)
    bench.open_log(room.activity.id)
    assert bench.log is not None
    bench.close()
