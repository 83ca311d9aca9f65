"""The drop-in page without a screen: two fields, the clock runs by itself, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from fieldkit.app.cases import CaseFacts, add_case
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import SpeakerKind
from fieldkit.kernel.errors import Mistake, Trouble
from tests.presenters.interviews import drop_in_of, notes_of, planned, type_into
from tests.presenters.room import Room, failing
from ui.presenters.dropin.page import DropInPage
from ui.presenters.dropin.who import Who, read_who


@pytest.fixture
def page(room: Room) -> Iterator[DropInPage]:
    """An empty drop-in."""
    made = drop_in_of(room, planned(room, ActivityKind.DROP_IN, "Staff restaurant"))
    yield made
    made.close()


def talk(page: DropInPage, who: str, words: str = "") -> None:
    """One conversation."""
    page.type_who(who)
    assert page.who_is_right()
    type_into(page.box.line, words)
    assert page.finish()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3s", Who(people=3, band=SpeakerKind.STAFF)), (" P ", Who(people=1, band=SpeakerKind.PERSON)),
        ("2c10", Who(people=2, band=SpeakerKind.CARER, minutes=10)), ("o", Who(people=1, band=None)),
        ("٣s", Who(people=3, band=SpeakerKind.STAFF)), ("1 a 5", Who(people=1, band=SpeakerKind.PARTNER, minutes=5)),
    ],
)  # fmt: skip
def test_who_is_two_or_three_keys(typed: str, meant: Who) -> None:
    assert read_who(typed) == meant


@pytest.mark.parametrize("typed", ["", "3", "x", "3ss", "s-1", "nurse", "s" * 10_000, "3s🙂"])
def test_anything_else_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(Mistake, match=r"dropin\.who"):
        read_who(typed)


def test_the_first_key_starts_the_clock_and_finishing_saves_the_minutes(room: Room, page: DropInPage) -> None:
    page.type_who("3s")
    room.later.pass_seconds(130)
    assert (page.state.clock, page.state.spoken_clock) == ("02:10", "This conversation 2 minutes")
    type_into(page.box.line, "Nobody answers the bell at night #st-")
    page.finish()
    room.later.pass_seconds(1)
    assert (page.state.clock, page.state.who) == ("", "")
    (row,) = page.state.rows
    assert (row.who, row.minutes, row.themes) == ("3 staff", "3 minutes", "Safe and effective staffing")
    (note,) = notes_of(room, page.activity)
    assert (note.entry.text, note.entry.speaker, note.entry.about) == (
        "Nobody answers the bell at night",
        None,
        row.key,
    )
    assert [tag.category for tag in note.evidence] == ["staff-and-leaders"]


def test_a_conversation_without_words_leaves_no_note_and_themes_alone_are_put_into_words(
    room: Room, page: DropInPage
) -> None:
    talk(page, "p")
    talk(page, "2c", "#sp")
    room.later.pass_seconds(1)
    (note,) = notes_of(room, page.activity)
    assert note.entry.text == "Talked about: Safe systems, pathways and transitions"
    assert [tag.category for tag in note.evidence] == ["peoples-experience"]
    totals = page.state.totals
    assert totals.words == "2 conversations with 3 people, 2 minutes"
    assert totals.bands == (("Carers and family", 2), ("People who use services", 1))
    assert totals.themes == (("Safe systems, pathways and transitions", 1),)


def test_a_mistake_is_said_beside_the_field_and_nothing_is_saved(room: Room, page: DropInPage) -> None:
    page.type_who("many")
    assert not page.who_is_right()
    assert page.state.mistake.startswith("Who must be like 3s")
    page.type_who("s900")
    assert page.finish()
    assert page.state.mistake == "Minutes must be a number from 1 to 600"
    assert (page.state.who, page.state.rows) == ("s900", ())


def test_taking_back_counts_no_more_and_undo_brings_it_back(room: Room, page: DropInPage) -> None:
    talk(page, "3s", "Nobody answers #st")
    room.later.pass_seconds(1)
    page.take_back(page.state.rows[0].key)
    room.later.pass_seconds(1)
    assert (page.state.rows, page.state.totals.people) == ((), 0)
    room.session.undo.undo()
    room.later.pass_seconds(1)
    assert (len(page.state.rows), page.state.totals.themes) == (1, (("Safe and effective staffing", 1),))


def test_what_was_typed_survives_a_crash_with_its_clock(room: Room, page: DropInPage) -> None:
    page.type_who("2s")
    type_into(page.box.line, "Half a sen")
    room.later.pass_seconds(60)
    activity = room.vault.questions.activity(page.activity)
    room.crash_and_reopen()
    again = drop_in_of(room, activity)
    assert (again.state.who, again.box.line.state.text, again.state.clock) == ("2s", "Half a sen", "01:00")
    assert again.state.recovered == "Recovered what you were typing"
    assert again.finish()
    room.later.pass_seconds(1)
    assert (again.state.rows[0].note, room.vault.questions.drafts()) == ("Half a sen", [])
    again.close()


def test_a_full_disk_puts_everything_back_where_it_stood(room: Room, page: DropInPage) -> None:
    mend = failing(room.vault, Trouble("disk.full"))
    talk(page, "3s", "Do not lose me")
    assert (page.state.who, page.box.line.state.text) == ("3s", "Do not lose me")
    assert "full" in page.state.fault
    mend()
    assert page.finish()
    room.later.pass_seconds(1)
    assert page.state.rows[0].note == "Do not lose me"


def test_conversations_that_were_not_saved_are_all_reached_and_none_is_lost(room: Room, page: DropInPage) -> None:
    begun = [("3s", "Nobody answers the bell"), ("2c", "Rings every day"), ("p", "")]
    workspace = room.session.workspace
    late: list[Callable[[], object]] = []
    perform = workspace.perform
    mend = failing(room.vault, Trouble("disk.full"))
    for who, words in begun:
        page.type_who(who)
        type_into(page.box.line, words)
        for ask in late:  # the store answers when the next conversation has begun
            ask()
        late.clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(workspace, "perform", lambda *a, **more: late.append(partial(perform, *a, **more)))
            page.finish()
    late.pop()()
    assert (page.state.who, page.state.unsaved) == ("p", ("3s Nobody answers the bell", "2c Rings every day"))
    mend()
    page.take_up()
    page.take_up()
    room.later.pass_seconds(2)
    activity = room.vault.questions.activity(page.activity)
    room.crash_and_reopen()
    again = drop_in_of(room, activity)
    assert {again.state.who, *again.state.unsaved} == {"2c", "3s Nobody answers the bell", "p"}
    assert (again.box.line.state.text, again.state.recovered) == ("Rings every day", "Recovered what you were typing")
    for _ in begun:
        assert again.finish()
        room.later.pass_seconds(1)
        again.take_up()
    assert sorted((row.who, row.note) for row in again.state.rows) == [
        ("1 person who uses services", ""), ("2 carers and family", "Rings every day"),
        ("3 staff", "Nobody answers the bell"),
    ]  # fmt: skip
    assert (again.state.unsaved, room.vault.questions.drafts()) == ((), [])
    again.close()


def test_a_conversation_may_be_about_a_case_and_a_persons_code_is_refused(room: Room, page: DropInPage) -> None:
    case = room.vault.perform(lambda uow: add_case(uow, room.activity.assessment, CaseFacts(need="Frailty")))[0]
    page.load()
    room.later.pass_seconds(1)
    talk(page, "2s", "Waited nine days ~c1 #sp")
    room.later.pass_seconds(1)
    (note,), (row,) = notes_of(room, page.activity), page.state.rows
    assert (note.entry.text, note.entry.about) == ("Waited nine days", case.id)
    assert (row.note, row.themes) == ("Waited nine days", "C01, Safe systems, pathways and transitions")
    page.take_back(row.key)
    room.later.pass_seconds(1)
    assert notes_of(room, page.activity)[0].withdrawal is not None
    again = drop_in_of(room, room.vault.questions.activity(page.activity))
    talk(again, "s", "ch: asked for it twice")
    assert "‘ch’ cannot stand as the speaker" in again.state.mistake
    assert again.box.line.state.text == "ch: asked for it twice"
    again.close()


def test_thirty_conversations_in_a_row_are_listed_and_counted(room: Room, page: DropInPage) -> None:
    for _ in range(30):
        talk(page, "s")
    room.later.pass_seconds(1)
    assert page.state.totals.conversations == len(page.state.rows) == 30


def test_what_was_pasted_into_a_conversation_is_said_on_its_note(room: Room, page: DropInPage) -> None:
    page.type_who("s")
    page.box.line.pasting("Word", "Bleep rota, week 3")
    page.box.line.typed("Bleep rota, week 3", 18)
    page.box.line.end_pasting()
    assert page.finish()
    (note,) = notes_of(room, page.activity)
    assert note.entry.origin == "Pasted from Word"
