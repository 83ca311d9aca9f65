"""The status line never says more than is true: saved, being saved, not saved, waiting, confirmed."""

from __future__ import annotations

from datetime import timedelta

from fieldkit.app.records import keep
from fieldkit.domain.case import Case
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import RecordId, new_id
from tests.presenters.room import Room, failing, type_line
from ui.presenters.log.live_log import LiveLog
from ui.presenters.services import Connection, OfficeState
from ui.presenters.status_line import StatusLine


def _line(room: Room) -> tuple[StatusLine, LiveLog]:
    status, log = StatusLine(room.session), room.open_log()
    log.hand_over.waiting.changed.listen(status.handing_over)
    status.start()
    return status, log


def test_a_note_that_the_disk_does_not_take_is_not_said_to_be_saved(room: Room) -> None:
    status, log = _line(room)
    type_line(log, "First")
    log.save()
    assert status.state.saved == "Saved on this laptop 09:00"
    mend = failing(room.vault, Trouble("vault.disk_full", folder="there"))
    type_line(log, "Second")
    log.save()
    assert status.state.saved == "Not saved. Your text is still on screen"
    mend()
    room.later.pass_seconds(6)
    assert status.state.saved == "Saved on this laptop 09:00"
    log.close()
    status.close()


def test_saving_is_only_told_when_it_takes_long_enough_to_wonder(room: Room) -> None:
    status, log = _line(room)
    type_line(log, "Slow")
    offer = room.session.workspace.perform
    room.session.workspace.perform = lambda *_, **__: None  # type: ignore[method-assign,assignment]
    log.save()
    room.later.pass_seconds(0.39)
    assert status.state.saved.startswith("Saved on this laptop")
    room.later.pass_seconds(0.02)
    assert status.state.saved == "Saving…"
    room.session.workspace.perform = offer  # type: ignore[method-assign]
    status.handing_over(())
    assert status.state.saved.startswith("Saved on this laptop")
    log.close()
    status.close()


def test_when_something_was_saved_last_stands_there_before_anything_is_written_today(room: Room) -> None:
    status, log = _line(room)
    type_line(log, "Yesterday's last words")
    log.save()
    for one in (log, status):
        one.close()
    room.clock.advance(86_400)
    status = StatusLine(room.session)
    status.start()
    assert status.state.saved == "Saved on this laptop 12 November 09:00"
    assert status.state.saved_short == "Saved on this laptop", "a narrow window has no room for the day"
    case = Case(id=RecordId(new_id()), assessment=room.activity.assessment, code="C01")
    room.session.workspace.perform(lambda uow: keep(uow, case))
    assert (status.state.saved, status.state.saved_short) == ("Saved on this laptop 09:00", "Saved 09:00")
    status.close()


def test_how_the_office_stands_is_told_in_the_words_of_the_glossary(room: Room) -> None:
    status = StatusLine(room.session)
    status.start()
    now = room.clock.now()
    told = []
    for state in (
        OfficeState(connection=Connection.STANDALONE),
        OfficeState(connection=Connection.UNKNOWN, office="Office"),
        OfficeState(connection=Connection.NOT_CONNECTED, office="Office"),
        OfficeState(connection=Connection.CONNECTED, office="Office"),
        OfficeState(connection=Connection.SENDING, office="Office", sent=4, total=12),
        OfficeState(connection=Connection.TROUBLE, office="Office", next_try_at=now + timedelta(minutes=5)),
        OfficeState(connection=Connection.TROUBLE, office="Office"),
    ):
        room.office.become(state)
        told.append(status.state.connection)
    assert told == [
        "Working on this laptop only",
        "Not connected",
        "Not connected",
        "Connected to central store",
        "Sending 4 of 12",
        "Could not send. Will try again at 09:05",
        "Could not send",
    ]
    status.close()


def test_a_laptop_that_was_enrolled_a_moment_ago_shows_what_waits(room: Room) -> None:
    status, log = _line(room)
    type_line(log, "Tagged #lc")
    log.save()
    room.later.pass_seconds(1)
    assert status.state.waiting == ""
    room.office.become(OfficeState(connection=Connection.UNKNOWN, office="Office"))
    assert status.state.waiting == "1 waiting to send"
    log.close()
    status.close()
