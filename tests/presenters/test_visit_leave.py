"""Before you leave: what is left to do on a visit, counted, and "saved" said only after reading it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import pytest

from fieldkit.app.entries import add_addendum
from tests.presenters.room import Room, type_line
from ui.presenters.services import Connection, OfficeState
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import read_visit
from ui.presenters.visit.leave import Task, looked_key


@pytest.fixture
def day(room: Room) -> Iterator[VisitDay]:
    made = VisitDay(room.session, read_visit(room.session, room.vault.questions, room.activity.visit))
    made.start()
    yield made
    made.close()


def _note(room: Room, *lines: str) -> None:
    log = room.open_log()
    for line in lines:
        type_line(log, line)
        log.save()
    log.close()
    room.later.pass_seconds(2)


def _tasks(day: VisitDay) -> dict[Task, tuple[str, bool]]:
    return {row.task: (row.status, row.is_done) for row in day.leave.state.tasks}


def test_what_is_left_before_leaving_is_counted(room: Room, day: VisitDay) -> None:
    _note(room, "? Ask for the data", "Plain")
    assert day.leave.state.title == "Before you leave (2 of 6 done)"
    assert _tasks(day)[Task.FOLLOW_UPS] == ("1 left", False)
    assert _tasks(day)[Task.UNTAGGED] == ("2 left", False)
    question = next(row for row in room.rows() if row.entry.follow_up)
    room.session.workspace.perform(lambda uow: add_addendum(uow, question.entry.id, "It is 12", "Answered"))
    room.later.pass_seconds(2)
    assert _tasks(day)[Task.FOLLOW_UPS] == ("Completed", True)


def test_saved_is_said_only_after_reading_everything_back(room: Room, day: VisitDay) -> None:
    _note(room, "One")
    assert _tasks(day)[Task.SAVED] == ("Not checked since the last change", False)
    day.before_you_leave()
    status, done = _tasks(day)[Task.SAVED]
    assert done
    assert status.startswith("Completed ")
    assert status.endswith("records read back")
    day.close_panel()
    _note(room, "Two")
    assert not _tasks(day)[Task.SAVED][1]


def test_while_the_list_is_looked_at_a_change_is_read_back_by_itself(room: Room, day: VisitDay) -> None:
    day.before_you_leave()
    _note(room, "Two")
    room.later.pass_seconds(3)
    assert _tasks(day)[Task.SAVED][1]


def test_a_record_that_does_not_hold_is_never_said_to_be_saved(room: Room, day: VisitDay) -> None:
    _note(room, "One")
    (row,) = room.rows()
    room.vault._db.run("UPDATE revisions SET content = ? WHERE id = ?", (b'{"a":1}', row.entry.id))
    day.before_you_leave()
    assert _tasks(day)[Task.SAVED] == ("1 record could not be read back. Make a backup and tell IT", False)


def test_a_begun_note_is_not_saved(room: Room, day: VisitDay) -> None:
    log = room.open_log()
    type_line(log, "Half a sen")
    room.later.pass_seconds(3)
    day.before_you_leave()
    assert _tasks(day)[Task.SAVED] == ("1 note begun and not saved yet", False)
    log.close()


def test_coverage_counts_as_looked_at_until_a_note_is_tagged_since(room: Room, day: VisitDay) -> None:
    assert _tasks(day)[Task.COVERAGE] == ("Not started", False)
    at = room.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    key = looked_key(room.activity.assessment)
    room.session.workspace.perform(lambda uow: uow.set_setting(key, at))
    room.later.pass_seconds(1)
    assert _tasks(day)[Task.COVERAGE][1]
    room.later.pass_seconds(60)
    _note(room, "Tagged #lc")
    assert _tasks(day)[Task.COVERAGE] == ("1 tagged note since", False)


def test_an_enrolled_laptop_also_has_to_send(room: Room, day: VisitDay) -> None:
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    _note(room, "Tagged #lc")
    assert _tasks(day)[Task.SENT][0].endswith("waiting to send")
    assert len(day.leave.state.tasks) == 7
