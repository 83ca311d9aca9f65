"""Send and the status line: what leaves, what stays, and nothing said of the office that no receipt proves."""

from __future__ import annotations

from datetime import date

from fieldkit.app.rows import SendPreview
from fieldkit.kernel.errors import Trouble
from tests.presenters.room import Room, type_line
from ui.presenters.send import Send
from ui.presenters.sending import words
from ui.presenters.services import Connection, OfficeState
from ui.presenters.status_line import StatusLine
from ui.presenters.wording import ui

TODAY = date(2026, 11, 12)


def _preview(leaving_: int = 0, staying_: int = 0, others: int = 0) -> SendPreview:
    return SendPreview(
        entries_leaving=leaving_, entries_staying=staying_, other_leaving=others, revisions=0, confirmed_entries=0
    )


def _write(room: Room, *lines: str) -> None:
    log = room.open_log()
    for line in lines:
        type_line(log, line)
        log.save()
    log.close()


def _send(room: Room) -> Send:
    send = Send(room.session)
    send.load()
    return send


def test_alone_nothing_leaves_and_nothing_waits(room: Room) -> None:
    _write(room, "Tagged #lc", "Bare")
    state = _send(room).state
    assert state.is_standalone
    assert state.headline == "Everything is saved on this laptop."
    assert state.leaves == ()
    assert state.stays.startswith("Everything stays on this laptop")


def test_what_leaves_and_what_stays_is_said_in_words(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    _write(room, "Tagged #lc", "Bare")
    state = _send(room).state
    assert state.leaves[0] == "1 tagged note with its words, tags, times and your name"
    assert state.stays.startswith("1 untagged note stays on this laptop")
    assert [(row.kind, row.title, row.status) for row in state.waiting if row.kind == "Note"] == [
        ("Note", "Tagged", "Waiting to send")
    ]
    assert not state.is_all_there
    assert state.headline == "Everything is saved on this laptop. 8 items have not reached the central store."
    assert state.problem == "Not connected. Your work is saved on this laptop and will be sent when you connect"


def test_connected_alone_proves_nothing(room: Room) -> None:
    _write(room, "Tagged #lc")
    room.office.become(OfficeState(connection=Connection.CONNECTED, office="Office"))
    state = _send(room).state
    assert not state.is_all_there
    assert ui.ALL_THERE not in state.headline
    assert state.confirmed == ()


def test_untagged_notes_are_never_said_to_be_at_the_office() -> None:
    assert ui.all_there(0) == "Everything has reached the central store"
    assert ui.all_there(2) == (
        "Everything you tagged has reached the central store. 2 untagged notes are on this laptop only"
    )


def test_words_of_what_leaves_count_right() -> None:
    assert words.leaving(_preview()) == ()
    assert words.leaving(_preview(12))[0] == "12 tagged notes with their words, tags, times and your name"
    assert words.staying(_preview(), alone=False) == "Nothing stays behind: every note is tagged"


def test_a_fault_says_what_when_and_that_work_is_safe(room: Room) -> None:
    at = room.clock.now()
    office = OfficeState(
        connection=Connection.TROUBLE, office="Office", problem=Trouble("send.bug", kind="KeyError"), next_try_at=at
    )
    assert words.problem(office, TODAY).endswith("FieldKit will try again at 09:00")
    assert words.connection(OfficeState(), TODAY) == "Working on this laptop only"


def test_send_now_asks_the_office(room: Room) -> None:
    _send(room).send_now()
    assert room.office.asked == ["now"]


def test_the_status_line_counts_what_waits_and_what_a_loss_would_cost(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.CONNECTED, office="Office"))
    status = StatusLine(room.session)
    status.start()
    _write(room, "Tagged #lc")
    room.later.pass_seconds(1)
    assert status.state.saved == "Saved on this laptop 09:00"
    assert status.state.waiting == "1 waiting to send"
    assert status.state.exposure == "If this laptop were lost now: 1 minute of notes. Oldest 09:00"
    assert status.state.exposure_brief == "1 min only here"
    assert status.state.connection == "Connected to central store"
    assert status.state.clock == "09:00:01"
    room.office.become(OfficeState(connection=Connection.SENDING, office="Office", sent=4, total=12))
    assert status.state.connection == "Sending 4 of 12"
    status.close()


def test_a_kept_draft_counts_as_saved(room: Room) -> None:
    status = StatusLine(room.session)
    status.start()
    log = room.open_log()
    type_line(log, "Half a sen")
    room.later.pass_seconds(0.5)
    assert status.state.saved == "Saved on this laptop 09:00"
    status.close()
