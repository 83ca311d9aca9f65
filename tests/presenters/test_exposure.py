"""What would be lost: which notes, why, and which cures can help; read only while somebody looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Exposure
from fieldkit.kernel.clock import FixedClock
from tests.presenters.room import Room
from tests.support.vaults import tag
from ui.presenters.exposure import LISTED, ExposurePage
from ui.presenters.services import Connection, OfficeState
from ui.presenters.wording import ui


@pytest.fixture
def page(room: Room) -> Iterator[ExposurePage]:
    made = ExposurePage(room.session)
    made.watch(is_watched=True)
    yield made
    made.close()


def _note(room: Room, text: str, *, tagged: bool = False) -> None:
    new = NewEntry(text=text, evidence=(tag(),) if tagged else ())
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, new))


def test_a_laptop_with_nothing_to_lose_says_so(page: ExposurePage) -> None:
    assert page.state.headline == "If this laptop were lost now, no note would be lost"
    assert page.state.rows == ()
    assert page.state.untagged == 0


def test_the_oldest_note_comes_first_with_why_it_is_only_here(room: Room, page: ExposurePage) -> None:
    room.office.become(OfficeState(connection=Connection.NOT_CONNECTED, office="Office"))
    _note(room, "Tagged", tagged=True)
    room.later.pass_seconds(90)
    _note(room, "Not tagged")
    room.later.pass_seconds(1)
    assert page.state.headline == "If this laptop were lost now: 2 minutes of notes. Oldest 09:00"
    assert [(row.when, row.words, row.why) for row in page.state.rows] == [
        ("09:00", "Tagged", "Waiting to send"),
        ("09:01", "Not tagged", "Untagged, stays here"),
    ]
    assert page.state.rows[0].sentence == "09:00. Tagged. Waiting to send"
    assert (page.state.can_send, page.state.can_enrol, page.state.untagged) == (True, False, 1)


def test_a_laptop_on_its_own_is_offered_an_office_and_a_backup(room: Room, page: ExposurePage) -> None:
    _note(room, "Tagged", tagged=True)
    room.later.pass_seconds(1)
    assert (page.state.can_send, page.state.can_enrol) == (False, True)
    assert [row.why for row in page.state.rows] == ["Only on this laptop"]
    room.office.become(OfficeState(connection=Connection.UNKNOWN, office="Office"))
    assert not page.state.can_enrol


def test_a_page_nobody_looks_at_reads_nothing(room: Room, page: ExposurePage) -> None:
    page.watch(is_watched=False)
    _note(room, "Said")
    room.later.pass_seconds(5)
    assert page.state.rows == ()
    page.watch(is_watched=True)
    assert len(page.state.rows) == 1


def test_of_very_many_notes_the_oldest_are_listed_and_the_rest_is_counted(room: Room, page: ExposurePage) -> None:
    def many(uow: UnitOfWork) -> None:
        for n in range(LISTED + 30):
            record_entry(uow, room.activity, NewEntry(text=f"Note {n}"))

    room.session.workspace.perform(many)
    room.later.pass_seconds(1)
    assert len(page.state.rows) == LISTED
    assert page.state.more == "The 200 oldest of 230 notes"


def test_the_words_have_three_lengths_and_tell_of_files_only_when_there_are_some(clock: FixedClock) -> None:
    today = clock.now().astimezone().date()
    oldest = clock.now()
    some = Exposure(entries=40, minutes=23, oldest=oldest)
    with_file = Exposure(entries=40, minutes=23, oldest=oldest, files=1)
    assert ui.exposure(some, today) == "If this laptop were lost now: 23 minutes of notes. Oldest 09:00"
    assert ui.exposure(with_file, today) == "If this laptop were lost now: 23 minutes of notes, 1 file. Oldest 09:00"
    later = date.fromordinal(today.toordinal() + 2)
    assert ui.exposure(some, later).endswith(f"Oldest {today.day} {ui.day(today).split()[1]} 09:00")
    assert ui.exposure_short(with_file) == "Only on this laptop: 23 minutes of notes, 1 file"
    assert ui.exposure_brief(some) == "23 min only here"
