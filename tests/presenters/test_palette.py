"""Find or do anything: every command, notes as they are typed, nothing stale, and what is said when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from tests.presenters.room import Room
from ui.presenters.commands import COMMANDS
from ui.presenters.palette.find_or_do import FindOrDo
from ui.presenters.palette.fuzzy import fit
from ui.presenters.palette.items import Item, Kind
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.shortcuts import Shortcuts

EVERYTHING = frozenset(command.id for command in COMMANDS)


@pytest.fixture
def finder(room: Room) -> Iterator[FindOrDo]:
    made = FindOrDo(room.session, Shortcuts(), lambda: EVERYTHING)
    yield made
    made.close()


def _note(room: Room, words: str) -> str:
    def write(uow: UnitOfWork) -> str:
        return record_entry(uow, room.activity, NewEntry(text=words)).id

    return room.vault.perform(write)[0]


def _find(room: Room, finder: FindOrDo, text: str, *, wait: float = 0.6) -> tuple[Item, ...]:
    finder.open(room.activity.assessment)
    for end in range(1, len(text) + 1):
        finder.typed(text[:end])
    room.later.pass_seconds(wait)
    return finder.state.items


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gap", "Go to next coverage gap"),
        ("gngap", "Go to next coverage gap"),
        ("mtm", "Mark this moment"),
        ("person add", "Add a person"),
        ("cov", "Coverage"),
        ("sndnow", "Send now"),
    ],
)
def test_letters_in_order_and_the_beginnings_of_words_find_a_command(
    room: Room, finder: FindOrDo, typed: str, words: str
) -> None:
    assert _find(room, finder, typed)[0].words == words


def test_every_command_is_found_by_its_own_words_with_its_keys(room: Room, finder: FindOrDo) -> None:
    shortcuts = Shortcuts()
    for command in COMMANDS:
        if command.id == "palette":
            continue
        found = {item.target: item for item in _find(room, finder, command.words, wait=0) if item.kind is Kind.COMMAND}
        assert command.id in found, command.words
        assert found[command.id].detail == shortcuts.shown(command.id)
        finder.dismiss()


def test_what_begins_a_word_comes_before_what_stands_inside_one() -> None:
    fits = [
        fit("gaps", words)
        for words in ("Show gaps", "Gapsize", "Great apple pie shop", "Megagaps", "Great map, please")
    ]
    assert [one[0] if one else None for one in fits] == [0, 1, 2, 3, 4]
    assert fit("zz", "Go to next gap") is None
    assert fit("gap next", "Go to next gap") is not None


def test_an_empty_query_offers_what_was_used_last_and_then_the_commonest(room: Room, finder: FindOrDo) -> None:
    finder.open(None)
    assert [item.target for item in finder.state.items[:5]] == ["note", "mark", "evidence", "coverage", "send_now"]
    for name in ("lock", "messages"):
        _find(room, finder, next(one.words for one in COMMANDS if one.id == name))
        taken = finder.take()
        assert taken is not None
        assert taken.target == name
    finder.open(None)
    assert [item.target for item in finder.state.items[:5]] == ["messages", "lock", "note", "mark", "evidence"]
    assert {item.target for item in finder.state.items} == EVERYTHING - {"palette"}


def test_a_command_of_another_screen_says_where_it_works(room: Room) -> None:
    finder = FindOrDo(room.session, Shortcuts(), lambda: EVERYTHING - {"pin"})
    item = next(item for item in _find(room, finder, "pin these tags") if item.target == "pin")
    assert item.sentence == "Pin these tags for the next notes, In the live log   Ctrl+Shift+T"
    assert not item.is_here
    finder.close()


def test_notes_are_found_as_they_are_typed_with_their_time_and_visit(room: Room, finder: FindOrDo) -> None:
    entry = _note(room, "A gap between discharge and community nursing")
    _note(room, "Something else")
    finder.open(None)
    found = [item for item in _find(room, finder, "discharge comm") if item.kind is Kind.NOTE]
    assert [item.target for item in found] == [entry]
    time = room.clock.now().astimezone().strftime("%H:%M")
    assert found[0].words == f"{time} “A gap between discharge and community nursing”"
    assert found[0].detail == "Visit 1"
    assert found[0].shown.startswith("Note ")


def test_visits_activities_people_statements_settings_and_help_are_found(room: Room, finder: FindOrDo) -> None:
    def first(text: str, kind: Kind) -> Item:
        return next(item for item in _find(room, finder, text) if item.kind is kind)

    assert first("visit 1", Kind.VISIT).words == "Northshire, Visit 1"
    assert first("icb", Kind.ACTIVITY).target == room.activity.id
    assert first("chair", Kind.PERSON).target == "ch"
    assert first("learning cul", Kind.STATEMENT).target == "lc"
    assert first("lc", Kind.STATEMENT).shown.startswith("Statement: ")
    assert first("keyboard", Kind.SETTING).target == SettingsPage.KEYBOARD.name
    assert first("forgotten passphrase", Kind.HELP).words == "I have forgotten my passphrase."


def test_what_is_added_while_the_vault_is_open_is_found_too(room: Room, finder: FindOrDo) -> None:
    from fieldkit.app.people import add_person

    _find(room, finder, "nurse")
    assert not any(item.kind is Kind.PERSON for item in finder.state.items)
    visit = room.vault.questions.visit(room.activity.visit)
    room.session.workspace.perform(lambda uow: add_person(uow, visit, "nu", "Senior nurse"))
    room.later.pass_seconds(1)
    assert any(item.words == "Senior nurse" for item in _find(room, finder, "nurse"))


def test_nothing_that_matches_is_said_once_the_notes_were_searched_too(room: Room, finder: FindOrDo) -> None:
    finder.open(None)
    finder.typed("qqxv")
    assert finder.state.empty == ""
    room.later.pass_seconds(0.3)
    assert finder.state.empty == "Nothing matches ‘qqxv’"
    assert room.said == []
    room.later.pass_seconds(0.3)
    assert room.said == ["Nothing matches ‘qqxv’"]


def test_the_count_and_the_first_line_are_said_half_a_second_after_the_last_key(room: Room, finder: FindOrDo) -> None:
    finder.open(None)
    for end in range(1, 9):
        finder.typed("mark this"[:end])
        room.later.pass_seconds(0.4)
    assert room.said == []
    room.later.pass_seconds(0.11)
    assert room.said == ["1 result. Mark this moment, Ctrl+M, 1 of 1"]


def test_an_answer_to_other_words_is_dropped(room: Room) -> None:
    answers: list[Callable[[], object]] = []
    ask = room.session.workspace.ask_then
    _note(room, "discharge letters")
    finder = FindOrDo(room.session, Shortcuts(), lambda: EVERYTHING)

    def slow(question: Any, done: Any, failed: Any = None) -> None:
        answers.append(lambda: ask(question, done, failed))

    finder.open(None)
    room.session.workspace.ask_then = slow  # type: ignore[method-assign,assignment]
    finder.typed("discharge")
    room.later.pass_seconds(0.1)
    finder.typed("lock")
    room.later.pass_seconds(0.1)
    room.session.workspace.ask_then = ask  # type: ignore[method-assign]
    for answer in answers:
        answer()
    assert len(answers) == 2
    assert not any(item.kind is Kind.NOTE for item in finder.state.items)
    assert finder.state.items[0].target == "lock"
    finder.dismiss()
    assert finder.state.items == ()
    finder.close()


def test_the_chosen_line_stays_chosen_when_notes_arrive_under_it(room: Room, finder: FindOrDo) -> None:
    _note(room, "Coverage of night shifts")
    finder.open(None)
    finder.typed("coverage")
    finder.step(1)
    chosen = finder.state.items[finder.state.at]
    room.later.pass_seconds(0.2)
    assert finder.state.items[finder.state.at] == chosen
    assert finder.state.items[-1].kind is Kind.NOTE
    finder.step(-2)
    assert finder.state.items[finder.state.at].kind is Kind.NOTE


def test_no_line_is_taken_when_nothing_matches(room: Room, finder: FindOrDo) -> None:
    _find(room, finder, "qqxv")
    assert finder.take() is None
    assert finder.state.is_open
