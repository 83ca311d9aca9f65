"""Send and the status line: what leaves, what stays, and nothing said of the office that no receipt proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.changes import change_set
from fieldkit.app.entries import NewEntry, file_evidence, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, SendPreview
from fieldkit.app.send_log import keep_round, round_of
from fieldkit.domain.case import Case
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.ids import RecordId, new_id
from tests.presenters.room import Room, type_line
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import tag
from ui.presenters.send import Send
from ui.presenters.sending import words
from ui.presenters.sending.progress import Calm, time_left
from ui.presenters.sending.rounds import LogFilter
from ui.presenters.services import Connection, OfficeState
from ui.presenters.status_line import StatusLine
from ui.presenters.wording import ui
from ui.presenters.workbench import Page, Workbench

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


def test_send_now_on_a_laptop_without_an_office_shows_what_can_be_done_instead(room: Room) -> None:
    bench = Workbench(room.session)
    pages = []
    for connection in (Connection.STANDALONE, Connection.NOT_CONNECTED):
        room.office.become(OfficeState(connection=connection, office="Office"))
        bench.go(Page.HOME)
        bench.send_now()
        pages.append(bench.state.page)
    assert pages == [Page.SEND, Page.HOME], "alone, nothing on the screen told that nothing was sent"
    bench.close()


def test_what_leaves_and_what_stays_is_said_in_words(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    _write(room, "Tagged #lc", "Bare")
    state = _send(room).state
    assert state.leaves[0] == "1 tagged note with its words, tags, times and your name"
    assert state.stays.startswith("1 untagged or withdrawn note stays on this laptop")
    assert [(row.kind, row.title, row.status) for row in state.waiting if row.kind == "Note"] == [
        ("Note", "Tagged", "Waiting to send")
    ]
    assert not state.is_all_there
    left = len(state.waiting)  # the headline and the list count the same
    assert state.headline == f"Everything is saved on this laptop. {left} items have not reached the central store."
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
        "Everything you tagged has reached the central store. 2 untagged or withdrawn notes are on this laptop only"
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


# What is said aloud: start, half and end, and nothing else (ux 2.0.5, S12-A6).


def _sending(sent: int, total: int) -> OfficeState:
    return OfficeState(connection=Connection.SENDING, office="Office", sent=sent, total=total)


def _ended(room: Room, confirmed: int, offered: int, problem: Exception | None = None) -> OfficeState:
    again = room.clock.now() + timedelta(minutes=17) if problem is not None else None
    connection = Connection.TROUBLE if problem is not None else Connection.CONNECTED
    return OfficeState(
        connection=connection, office="Office", rounds=room.office.state.rounds + 1, confirmed=confirmed,
        offered=offered, problem=problem, next_try_at=again, last_round_at=room.clock.now(),
    )  # fmt: skip


def test_start_half_and_end_are_said_and_the_end_only_with_receipts(room: Room) -> None:
    send = _send(room)
    send.watch(is_watched=True)
    for sent in (0, 3, 6, 9, 12):
        room.office.become(_sending(sent, 12))
    room.office.become(_ended(room, 12, 12))
    assert room.said == ["Sending 12 items", "6 of 12 sent"], "the vault holds no receipt, so no end is claimed"


def test_what_happens_by_itself_is_not_said_during_a_meeting(room: Room) -> None:
    _send(room)
    room.office.become(_sending(0, 4))
    room.office.become(_ended(room, 4, 4))
    assert room.said == []


def test_whoever_asked_hears_what_stands_in_the_way(room: Room) -> None:
    send = _send(room)
    send.send_now()
    room.office.become(_ended(room, 9, 12, Trouble("send.store_fault")))
    said = "9 of 12 items confirmed. 3 will be tried again at 09:17. The central store met a fault of its own."
    assert room.said == [f"{said} What is not confirmed is saved on this laptop"]
    assert send.state.problem == room.said[0]
    assert "Next try 09:17" in send.state.connection


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (
            Trouble("send.no_answer"),
            "The central store did not answer. Your work is saved on this laptop. FieldKit will try again at 09:17",
        ),
        (
            Refusal("send.version", spoken=1, oldest=2, newest=3),
            "This laptop’s FieldKit speaks version 1. The central store needs 2 to 3. Your work is safe on this laptop."
            " Ask IT to update. FieldKit will try again at 09:17",
        ),
        (
            Trouble("send.certificate", reason="expired"),
            "The central store could not prove its identity, so nothing was sent. Your work is saved on this laptop."
            " Tell IT: certificate fault. FieldKit will try again at 09:17",
        ),
    ],
)
def test_each_fault_has_its_words_and_the_time_of_the_next_try(room: Room, problem: Exception, said: str) -> None:
    send = _send(room)
    room.office.become(_ended(room, 0, 12, problem))
    assert send.state.problem == said


def test_why_gives_the_same_words_and_details_for_it(room: Room) -> None:
    send = _send(room)
    room.office.become(_ended(room, 0, 12, Trouble("send.certificate", reason="expired")))
    send.ask_why()
    why = send.state.why
    assert why is not None
    assert why.words == send.state.problem
    assert "Code: send.certificate" in why.details
    assert "reason: expired" in why.details
    send.close_why()
    assert send.state.why is None


def test_a_bar_with_stop_comes_after_ten_seconds_and_the_time_left_after_three_items(room: Room) -> None:
    send = _send(room)
    room.office.become(_sending(0, 12))
    assert (send.state.progress.words, send.state.progress.shows_bar) == ("0 of 12 sent and confirmed", False)
    room.later.pass_seconds(11)
    assert send.state.progress.shows_bar
    assert send.state.progress.time_left == ""
    room.later.pass_seconds(4)
    room.office.become(replace(_sending(3, 12), seconds_left=45.0))
    assert send.state.progress.time_left == "About 50 seconds left"
    send.stop_sending()
    assert room.office.asked[-1] == "stop"
    room.office.become(_ended(room, 12, 12))
    assert send.state.progress.words == ""


def test_time_left_in_words() -> None:
    found = [time_left(seconds) for seconds in (4, 45, 56, 95, 3300, 5400, 90_000)]
    assert found == [
        "About 10 seconds left", "About 50 seconds left", "About 1 minute left", "About 2 minutes left",
        "About 1 hour left", "About 2 hours left", "More than a day left",
    ]  # fmt: skip


def test_files_that_wait_on_a_metered_connection_are_told_and_one_word_sends_them(room: Room) -> None:
    send = _send(room)
    send.send_files_anyway()
    assert "files anyway" not in room.office.asked  # none wait
    waiting = replace(_preview(), files_leaving=2, bytes_leaving=12_000_000)
    held = replace(room.office.state, connection=Connection.CONNECTED, files_held=True)
    told = "2 files (12.0 MB) wait: this connection is metered. Notes go all the same"
    assert words.held_files(held, waiting) == told
    assert words.held_files(replace(held, files_held=False), waiting) == ""
    assert words.held_files(held, replace(waiting, files_leaving=0)) == ""


def test_a_network_that_wants_a_sign_in_leads_to_its_page_and_something_urgent_that_waits_is_told(room: Room) -> None:
    send = _send(room)
    portal = Trouble("send.captive_portal", status=200)
    room.office.become(
        replace(
            room.office.state, connection=Connection.NOT_CONNECTED, problem=portal, plain_page="http://store.test/",
            urgent_waits=True,
        )
    )  # fmt: skip
    assert send.state.sign_in_page == "http://store.test/"
    assert send.state.problem.startswith("This network wants you to sign in first")
    assert "Phone your lead" in send.state.urgent
    room.office.become(replace(room.office.state, connection=Connection.CONNECTED, problem=None, urgent_waits=False))
    assert (send.state.sign_in_page, send.state.urgent) == ("", "")


def test_the_time_left_does_not_jump_about() -> None:
    calm = Calm()
    assert [calm.words(seconds) for seconds in (None, 600, 520, 680, 610, 300)] == [
        "", *["About 10 minutes left"] * 4, "About 5 minutes left"
    ]  # fmt: skip


def test_after_sleep_it_says_that_it_paused_and_goes_on_at_once(room: Room) -> None:
    send = _send(room)
    room.office.become(_sending(1, 12))
    room.clock.jump(3600)
    room.later.pass_seconds(5)
    assert send.state.progress.notice == "Paused while the laptop was asleep"
    assert room.office.asked[-1] == "now"


def test_a_clock_that_is_wrong_is_told_with_how_much(room: Room) -> None:
    send = _send(room)
    room.office.become(replace(_ended(room, 0, 0), clock_behind=660.0))
    assert send.state.clocks == (
        "This laptop’s clock is 11 minutes behind the central store."
        " Notes keep their times and the difference is recorded"
    )
    assert words.how_long(-843_995) == "9 days 18 hours"


def test_the_log_of_rounds_is_filtered_and_says_when_it_is_tried_again(room: Room) -> None:
    at = room.clock.now()
    fault = round_of(at, Trouble("send.store_fault"), retry_at=at + timedelta(minutes=17))
    skipped = round_of(at, Trouble("send.set_aside", count=2), confirmed=3, total=5)
    done = round_of(at, None, confirmed=12, total=12, received=1)

    def keep(uow: UnitOfWork) -> None:
        for one in (done, skipped, fault):
            keep_round(uow, one)

    room.vault.perform(keep)
    send = _send(room)
    assert [row.outcome for row in send.state.log] == ["Could not send", "Skipped some", "12 items confirmed"]
    assert send.state.log[2].words == "1 record read in from your team"
    send.filter_log(LogFilter.FAULTS)
    assert [row.words.rpartition(". ")[2] for row in send.state.log] == ["Next try 09:17"]
    send.filter_log(LogFilter.SKIPPED)
    assert [row.outcome for row in send.state.log] == ["Skipped some"]


def test_untagged_notes_are_listed_as_staying(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.CONNECTED, office="Office"))
    _write(room, "Tagged #lc", "Bare")
    state = _send(room).state
    assert [(row.title, row.status) for row in state.staying] == [("Bare", "Saved on this laptop")]
    assert state.count_staying == 1


def test_a_laptop_on_its_own_is_told_how_to_share(room: Room) -> None:
    _write(room, "Bare")
    assert _send(room).state.nothing_waits.startswith("This laptop works on its own. To share your work")


def test_a_new_note_takes_back_at_once_that_everything_is_there(room: Room) -> None:
    send = _send(room)
    send.watch(is_watched=True)
    seen: list[bool] = []
    send._show(replace(send.state, is_all_there=True, headline="Everything has reached the central store."))
    send.changed.listen(lambda state: seen.append(state.is_all_there))
    _write(room, "Bare")
    assert seen[0] is False
    assert not send.state.is_all_there


def test_a_note_withdrawn_before_it_was_sent_stays_and_says_so(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.CONNECTED, office="Office"))
    _write(room, "Tagged #lc", "Bare")
    (tagged,) = [row for row in room.session.workspace.ask(lambda q: q.entries(EntryFilter())).result() if row.evidence]
    room.session.workspace.perform(partial(withdraw_entry, entry=tagged.entry.id, reason="Twice")).result()
    state = _send(room).state
    assert [(row.title, row.status) for row in state.staying] == [
        ("Bare", "Saved on this laptop"), ("Tagged", "Withdrawn"),
    ]  # fmt: skip
    assert state.stays.startswith("2 untagged or withdrawn notes stay on this laptop")


def test_tags_that_are_sent_are_called_by_their_titles(room: Room) -> None:
    room.office.become(OfficeState(connection=Connection.CONNECTED, office="Office"))
    _write(room, "Tagged #lc")
    (note,) = room.session.workspace.ask(lambda q: q.entries(EntryFilter())).result()
    (first,) = note.evidence
    later = EvidenceItem.new(first.pack, "safeguarding", first.category)
    room.session.workspace.perform(partial(file_evidence, entry=note.entry.id, added=[later])).result()
    room.session.workspace.perform(partial(file_evidence, entry=note.entry.id, removed=[first.id])).result()
    tags = {row.title for row in _send(room).state.waiting if row.kind == "Tags"}
    assert tags == {"Q6 Safeguarding", "Tags taken off"}


def test_what_came_from_the_team_since_the_last_look_is_said_on_send_and_where_there_is_room_below(
    room: Room, tmp_path: Path
) -> None:
    two = TwoLaptops(tmp_path, room.clock, mine=room.vault, meeting=room.activity)
    send, status = Send(room.session), StatusLine(room.session)
    status.start()
    send.watch(is_watched=True)
    assert send.state.from_team == "", "Ben has introduced himself, and handed nothing in"
    for text in ("First", "Second"):
        two.there(partial(record_entry, activity=room.activity, new=NewEntry(text=text, evidence=(tag(),))))
    case = Case(id=RecordId(new_id()), assessment=room.activity.assessment, code="C01")
    two.there(lambda uow: keep(uow, case))
    two.meet()
    room.session.workspace.changed.tell(change_set("sync", [("entry", "x")]))
    room.later.pass_seconds(2)
    assert send.state.from_team == "New from your team: 2 notes and 1 other record, by Ben Mate"
    assert status.state.connection_news == "Working on this laptop only. 3 new from your team"
    assert status.state.connection == "Working on this laptop only"
    room.clock.advance(60)
    send.watch(is_watched=False)
    send.watch(is_watched=True)
    assert send.state.from_team == "Nothing new from your team since 09:01"
    assert status.state.connection_news == "Working on this laptop only"
    _write(room, "My own #lc")
    two.there(lambda uow: withdraw_entry(uow, two.theirs.questions.entries(EntryFilter())[0].entry.id, "twice"))
    two.there(lambda uow: revise(uow, replace(case, need="Frailty")))
    two.meet()
    send.load()
    assert send.state.from_team == "New from your team since 09:01: 1 other record, by Ben Mate"
    for one in (send, status):
        one.close()
    two.close()
