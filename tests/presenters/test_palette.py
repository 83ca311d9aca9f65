"""Find or do anything: every command, notes as they are typed, nothing stale, and what is said when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from fieldkit.app.consents import withdraw_consent
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.kernel.ids import RecordId, new_id
from tests.presenters.interviews import planned
from tests.presenters.room import Room
from tests.support.consents import agree, agree_by_name
from ui.presenters.commands import COMMANDS
from ui.presenters.page import Page
from ui.presenters.palette.find_or_do import FindOrDo
from ui.presenters.palette.fuzzy import fit
from ui.presenters.palette.items import Item, Kind
from ui.presenters.palette.record_ways import found_records, record_item
from ui.presenters.record_pages import LISTS, OF_ASSESSMENT, OF_RECORD
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


def _records(room: Room, *values: Any) -> None:
    for value in values:
        room.vault.perform(partial(keep, value=value))


def _letter(room: Room, about: RecordId) -> Attachment:
    return Attachment(
        id=RecordId(new_id()), assessment=room.activity.assessment, about=about, exhibit="NS-001", sha256="0" * 64,
        size=1, media="application/pdf", name="Pathway letter.pdf", origin=Origin.FILE, purpose="Evidence",
        received_at=room.clock.now(),
    )  # fmt: skip


def test_records_are_found_by_their_words_and_lead_to_the_activity_they_belong_to(room: Room, finder: FindOrDo) -> None:
    of, activity = room.activity.assessment, room.activity.id
    case = Case(id=RecordId(new_id()), assessment=of, code="C01", description="Stroke pathway", activity=activity)
    event = _letter(room, about=case.id)
    _records(room, case, event)
    found = {item.words: item for item in _find(room, finder, "pathway") if item.kind is Kind.RECORD}
    assert set(found) == {"Case C01, Stroke pathway", "NS-001: Pathway letter.pdf"}
    assert found["Case C01, Stroke pathway"].shown == "Record: Case C01, Stroke pathway"
    assert (found["Case C01, Stroke pathway"].page, found["Case C01, Stroke pathway"].target) == ("", activity)


def test_a_record_leads_to_the_page_of_its_kind_once_there_is_one_and_else_is_not_offered(room: Room) -> None:
    of = room.activity.assessment
    listed = Case(id=RecordId(new_id()), assessment=of, code="C02", description="Dementia pathway")
    event = _letter(room, about=listed.id)
    _records(room, listed, event)
    found = {one.row.kind: one for one in found_records(room.vault.questions, "pathway", 9)}
    assert [record_item(found[kind], ()) for kind in ("case", "attachment")] == [None, None]
    items = [record_item(found[kind], (Page.CASES, Page.FILES)) for kind in ("case", "attachment")]
    assert [(item.page, item.target) for item in items if item] == [("Cases", of), ("Files", of)]


def test_a_held_record_says_so_where_it_is_found(room: Room, finder: FindOrDo) -> None:
    of, activity = room.activity.assessment, room.activity.id
    case = Case(id=RecordId(new_id()), assessment=of, code="C01", description="Stroke", activity=activity)
    consent = Consent(id=RecordId(new_id()), assessment=of, about=RecordId(activity), agreed=Agreed.WITHDRAWN)
    _records(room, case, consent)
    (item,) = [item for item in _find(room, finder, "stroke") if item.kind is Kind.RECORD]
    assert item.detail == "Consent withdrawn"


def test_a_held_note_says_so_and_a_giver_or_a_speaker_who_is_not_named_finds_nothing(
    room: Room, finder: FindOrDo
) -> None:
    talk = planned(room)
    by_name = room.vault.perform(lambda uow: agree_by_name(uow, talk))[0]
    room.vault.perform(lambda uow: record_entry(uow, by_name, NewEntry(text="Pathway is slow", speaker="zq7")))
    letter = replace(_letter(room, about=RecordId(talk.id)), from_whom="zq7")
    _records(room, letter)
    assert {item.kind for item in _find(room, finder, "zq7") if item.kind in (Kind.RECORD, Kind.NOTE)} == {Kind.RECORD}
    room.vault.perform(lambda uow: agree(uow, talk))
    assert [item for item in _find(room, finder, "zq7") if item.kind in (Kind.RECORD, Kind.NOTE)] == []
    room.vault.perform(lambda uow: withdraw_consent(uow, talk.id))
    found = {item.kind: item for item in _find(room, finder, "pathway") if item.kind in (Kind.RECORD, Kind.NOTE)}
    assert found[Kind.NOTE].detail.startswith("Consent withdrawn. ")
    assert found[Kind.RECORD].detail == "Consent withdrawn"
    assert "zq7" not in str(found)


def test_every_kind_with_a_page_of_its_own_is_a_kind(room: Room) -> None:
    assert {*OF_RECORD, *LISTS} <= set(FIELDWORK)
    assert {*OF_ASSESSMENT} - set(FIELDWORK) <= {"request"}


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
    assert first("high contrast", Kind.SETTING).target == SettingsPage.DISPLAY.name
    assert first("keyboard", Kind.SETTING).target == SettingsPage.KEYBOARD.name
    assert first("forgotten passphrase", Kind.HELP).words == "I have forgotten my passphrase."


def test_letters_scattered_over_a_question_of_help_are_chance(room: Room, finder: FindOrDo) -> None:
    found = _find(room, finder, "winter")  # What happens to INTERviews? stood above every note about the winter
    assert not [item.words for item in found if item.kind is Kind.HELP]
    assert any(item.kind is Kind.HELP for item in _find(room, finder, "interviews"))


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
