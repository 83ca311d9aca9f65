"""The interview page without a screen: consent first, one chord an answer, nobody named, nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest

from fieldkit.app.cases import CaseFacts, add_case
from fieldkit.app.consents import withdraw_consent
from fieldkit.app.export import export_assessment
from fieldkit.app.people import add_person, merge_people
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.case import Case
from fieldkit.domain.interview import Asked, Recording
from fieldkit.kernel.errors import Trouble
from tests.presenters.interviews import a_guide, agree, asking, notes_of, page_of, planned, type_into
from tests.presenters.room import SHELF, Room, failing
from ui.presenters.evidence.opening import read_board
from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import ELSEWHERE, Step


@pytest.fixture
def page(room: Room) -> Iterator[InterviewPage]:
    """The first of three questions is up."""
    made = asking(room)
    yield made
    made.close()


def test_the_page_begins_with_consent_and_the_limit_is_among_what_is_read_out(room: Room) -> None:
    page = page_of(room, planned(room))
    assert page.state.step is Step.CONSENT
    assert page.state.script[-1] == "If you tell me that someone is at risk of serious harm, I have to pass that on."
    assert page.crumbs[-1] == page.state.title == "Interview 01"
    assert room.vault.questions.records("session") == []  # looking at it begins nothing
    page.form.submit()
    assert [error.text for error in page.form.state.errors] == [
        "Select whether the person has agreed to take part", "Select whether you may use their exact words",
    ]  # fmt: skip
    agree(page)
    step: Step = page.state.step
    assert step is Step.CHOOSE
    page.close()


def test_no_is_a_page_and_keeps_nothing_of_the_person(room: Room) -> None:
    page = page_of(room, planned(room))
    page.form.put("name", "Dr Amara Obi")
    agree(page, agreed="refused", attribution="by_name")
    assert page.state.step is Step.REFUSED
    assert "Obi" not in str([row.value for row in room.vault.questions.records("consent")])
    assert room.vault.questions.drafts() == []
    page.close()


def test_an_answer_carries_its_question_and_the_questions_statements(room: Room, page: InterviewPage) -> None:
    type_into(page.asking.answer.line, '"Nobody rang back" #lc- @pe')
    page.save_and_next()
    type_into(page.asking.answer.line, "They hand over on paper")
    page.save_and_next()
    first, second = notes_of(room, page.activity)
    assert (first.entry.agenda_item, first.entry.exact, second.entry.agenda_item) == ("q1", True, "q2")
    assert [(tag.statement, tag.bearing.value) for tag in first.evidence] == [("learning-culture", "shortfall")]
    assert [tag.statement for tag in second.evidence] == ["learning-culture", "safe-systems"]
    assert {tag.category for tag in first.evidence} == {"peoples-experience"}
    assert page.state.current is not None
    assert (page.state.current.key, [row.state for row in page.state.rows]) == (
        "q3", [Asked.ANSWERED, Asked.ANSWERED, Asked.NOT_ASKED],
    )  # fmt: skip


def test_who_they_speak_for_decides_the_category(room: Room) -> None:
    page = page_of(room, planned(room))
    agree(page, band="person")
    page.start_blank()
    type_into(page.asking.free.line, "I was sent home alone #lc")
    page.asking.save_free()
    assert [tag.category for tag in notes_of(room, page.activity)[0].evidence] == ["peoples-experience"]
    page.close()


def test_enter_stays_with_the_question_and_the_question_is_read_when_it_comes(room: Room, page: InterviewPage) -> None:
    room.said.clear()
    type_into(page.asking.answer.line, "First")
    page.save()
    assert page.state.current is not None
    assert page.state.current.key == "q1"
    type_into(page.asking.answer.line, "Second")
    page.save_and_next()
    assert "Question 2. Question 2 about handover" in room.said
    assert [row.entry.text for row in notes_of(room, page.activity)] == ["First", "Second"]


def test_an_answer_that_was_begun_waits_at_its_question_and_survives_a_crash(room: Room, page: InterviewPage) -> None:
    type_into(page.asking.answer.line, "Half a sen")
    page.step(1)
    assert page.asking.answer.line.state.text == ""
    type_into(page.asking.answer.line, "Another half")
    page.step(-1)
    assert page.asking.answer.line.state.text == "Half a sen"
    room.later.pass_seconds(2)
    activity = room.vault.questions.activity(page.activity)
    room.crash_and_reopen()
    again = page_of(room, activity)
    assert (again.asking.answer.line.state.text, again.state.recovered) == (
        "Half a sen",
        "Recovered what you were typing",
    )
    again.step(1)
    assert again.asking.answer.line.state.text == "Another half"
    again.close()


def test_skipping_asks_why_afterwards_and_answering_wins_over_it(room: Room, page: InterviewPage) -> None:
    page.skip()
    assert page.state.skipped == "Question 1"
    page.say_why("No time")
    page.skip()
    page.say_why(ELSEWHERE)
    assert [(row.state, row.reason) for row in page.state.rows] == [
        (Asked.SKIPPED, "No time"), (Asked.ELSEWHERE, ""), (Asked.NOT_ASKED, ""),
    ]  # fmt: skip
    page.ask("q1")
    type_into(page.asking.answer.line, "After all")
    page.save()
    assert page.state.rows[0].state is Asked.ANSWERED


def test_jumping_takes_a_number_or_a_word(page: InterviewPage) -> None:
    assert page.jump("3")
    assert page.state.current is not None
    assert page.state.current.key == "q3"
    assert page.jump("hand")
    assert page.state.current.key == "q2"
    assert not page.jump("9")
    assert not page.jump("zebra")


def test_a_question_of_ones_own_is_asked_at_once_with_the_statements_typed_into_it(page: InterviewPage) -> None:
    page.add_question("And at night? #sp")
    assert page.state.current is not None
    assert (page.state.current.number, page.state.current.text) == (2, "And at night?")
    assert page.state.current.statements == "Safe systems, pathways and transitions"


def test_two_thousand_questions_are_walked_and_typed_into(room: Room) -> None:
    page = asking(room, count=2000)
    assert len(page.state.rows) == 2000
    assert page.jump("1999")
    type_into(page.asking.answer.line, "Nearly done")
    page.save_and_next()
    assert page.state.rows[1998].state is Asked.ANSWERED
    page.close()


def test_nobody_is_named_and_every_list_shows_the_reference(room: Room, page: InterviewPage) -> None:
    type_into(page.asking.answer.line, "Nobody rang back")
    page.save()
    (row,) = notes_of(room, page.activity)
    assert page.asking.reader.words(row).sentence.startswith("09:00. Interview 01: Nobody rang back")
    facts = read_board(room.session, room.vault.questions, room.activity.assessment)
    assert facts.sources[page.activity].who(None) == "Interview 01"
    assert [one.title for one in facts.activities if one.id == page.activity] == ["Interview 01"]
    frameworks = [SHELF.framework(pin) for pin in facts.assessment.packs]
    pieces = export_assessment(
        room.vault.questions, room.activity.assessment, frameworks, made_at=room.clock.now(), app="test"
    )
    document = json.loads("".join(pieces))
    assert "matron" not in json.dumps(document)


def test_more_protection_is_announced_and_less_asks_for_a_reason(room: Room) -> None:
    page = page_of(room, planned(room))
    agree(page, attribution="by_role", role="Nurse")
    page.start_blank()
    type_into(page.asking.free.line, "Nobody rang back #lc")
    page.asking.save_free()
    (row,) = notes_of(room, page.activity)
    assert page.asking.reader.words(row).speaker == "Nurse"
    page.change_consent()
    page.form.put("attribution", "not_attributable")
    page.form.submit()
    assert room.said[-1] == "Consent recorded. 1 note now shows Interview 01"
    assert page.asking.reader.words(row).speaker == "Interview 01"
    page.change_consent()
    page.form.put("attribution", "by_role")
    page.form.put("role", "Nurse")
    page.form.submit()
    assert [error.field for error in page.form.state.errors] == ["reason"]
    page.close()


def test_a_role_that_only_one_person_may_have_offers_a_broader_one(room: Room) -> None:
    page = page_of(room, planned(room))
    page.form.put("attribution", "by_role")
    page.form.put("role", "Chief executive")
    assert page.broader_role == "Senior leader"
    page.use_broader_role()
    assert (page.form.state.values["role"], page.broader_role) == ("Senior leader", "")
    page.form.put("role", "Nurse")
    assert page.broader_role == ""
    page.close()


def test_a_withdrawal_says_what_it_means_and_takes_no_further_note(room: Room, page: InterviewPage) -> None:
    for text in ("One", "Two"):
        type_into(page.asking.answer.line, text)
        page.save()
    page.ask_to_withdraw()
    words = "Their 2 notes will not be sent. They stay locked on this laptop until your lead decides what to do."
    assert (page.state.step, page.state.held) == (Step.WITHDRAW, words)
    problems: list[Exception] = []
    page.withdraw("31 February", "", problems.append)
    assert (len(problems), page.state.step) == (1, Step.WITHDRAW)
    page.withdraw("", "Worried", problems.append)
    assert page.state.step is Step.WITHDRAWN
    assert ("Withdrawn", "12 November 2026") in page.state.consent_lines
    assert {row.barred for row in notes_of(room, page.activity)} == {"withdrawn"}


def test_what_is_typed_stays_when_a_team_mates_withdrawal_comes_first(room: Room, page: InterviewPage) -> None:
    type_into(page.asking.answer.line, "Just now")
    room.vault.perform(lambda uow: withdraw_consent(uow, page.activity), "sync")
    page.save()
    assert notes_of(room, page.activity) == []
    assert "withdrew" in page.state.fault
    assert [note.line.text for note in page.asking.hand_over.waiting.stuck] == ["Just now"]
    room.later.pass_seconds(2)
    assert page.state.step is Step.ASKING  # the page learns of it with the next change set


def test_what_is_being_typed_when_a_team_mates_withdrawal_arrives_is_kept_said_and_there_if_they_agree_again(
    room: Room, page: InterviewPage
) -> None:
    type_into(page.asking.answer.line, "Half an ans")
    type_into(page.asking.free.line, "Seemed in a hur")
    assert page.state.unsaved == ""
    room.session.workspace.perform(lambda uow: withdraw_consent(uow, page.activity), initiator="sync")
    assert page.state.step is Step.WITHDRAWN
    kept = (
        "2 texts that were being typed are in no note. They are kept on this laptop, are sent nowhere, and stand where "
        "they were typed if the person agrees again."
    )
    assert page.state.unsaved == kept
    assert room.said[-1] == f"! The consent was withdrawn. {kept}"
    room.later.pass_seconds(2)
    assert sorted(one.text for one in room.vault.questions.drafts()) == ["Half an ans", "Seemed in a hur"]
    activity = room.vault.questions.activity(page.activity)
    room.crash_and_reopen()
    again = page_of(room, activity)
    assert (again.state.step, again.state.unsaved) == (Step.WITHDRAWN, kept)
    again.change_consent()
    agree(again, reason="They agreed again")
    assert again.state.step is Step.ASKING
    assert (again.asking.answer.line.state.text, again.asking.free.line.state.text) == (
        "Half an ans",
        "Seemed in a hur",
    )
    again.close()


def test_a_group_speaks_by_number_and_the_number_sticks(room: Room) -> None:
    page = asking(room, ActivityKind.FOCUS_GROUP)
    page.set_size(3)
    type_into(page.asking.answer.line, "2: nobody rings back")
    page.save()
    type_into(page.asking.answer.line, "and at night neither")
    page.save()
    page.asking.speak("3")
    type_into(page.asking.answer.line, "same for us")
    page.save()
    assert [row.entry.speaker for row in notes_of(room, page.activity)] == ["2", "2", "3"]
    row = notes_of(room, page.activity)[0]
    assert page.asking.reader.words(row).speaker == "Focus group 01, person 2"
    page.join()
    page.leave("1")
    assert [(one.person, one.is_present) for one in page.state.chips] == [
        ("1", False), ("2", True), ("3", True), ("4", True),
    ]  # fmt: skip
    page.withdraw_person("2")
    assert [row.barred for row in notes_of(room, page.activity)] == ["withdrawn", "withdrawn", None]
    type_into(page.asking.answer.line, "2: one thing more")
    page.save()
    assert "Person 2" in page.state.fault
    page.close()


def test_pausing_and_ending_keep_the_time_and_the_rest_is_recorded(room: Room, page: InterviewPage) -> None:
    room.later.pass_seconds(120)
    assert page.timer.state.text == "00:02"
    page.pause()
    room.later.pass_seconds(600)
    assert (page.timer.state.text, page.state.is_paused) == ("00:02", True)
    page.pause()
    room.later.pass_seconds(60)
    assert page.timer.state.words == "Interview time 3 minutes"
    page.set_recording(Recording.SUSPECTED)
    page.set_read_back(read_back=True)
    type_into(page.asking.answer.line, "Last words")
    page.end()
    assert (page.state.is_ended, page.state.recording, page.state.read_back) == (True, Recording.SUSPECTED, True)
    assert [row.entry.text for row in notes_of(room, page.activity)] == ["Last words"]


def test_a_full_disk_keeps_the_answer_on_the_screen_and_saves_it_later(room: Room, page: InterviewPage) -> None:
    mend = failing(room.vault, Trouble("disk.full"))
    type_into(page.asking.answer.line, "Do not lose me")
    page.save_and_next()
    assert page.state.fault.startswith("Not saved. This laptop is full")
    mend()
    page.asking.save_again()
    assert [row.entry.text for row in notes_of(room, page.activity)] == ["Do not lose me"]
    assert page.state.fault == ""


def test_a_guide_that_came_with_the_program_is_put_into_the_assessment_when_it_is_chosen(room: Room) -> None:
    a_guide(room)
    page = page_of(room, planned(room))
    agree(page)
    own, *built_in = page.state.offered
    assert (own.title, own.is_built_in) == ("Ward staff", False)
    page.choose_guide(built_in[0].key)
    assert page.state.step is Step.ASKING
    assert page.facts.interview.session is not None
    used = room.vault.questions.record("guide", page.facts.interview.session.guide).value
    assert used.title == built_in[0].title
    page.close()
    another = page_of(room, planned(room, title="Interview: nurse"))
    titles = [one.title for one in another.state.offered]
    assert len(titles) == len(set(titles)), "a guide that is in the assessment is offered once"
    another.close()


def test_a_case_is_named_in_an_answer_and_a_code_only_where_somebody_may_be_named(
    room: Room, page: InterviewPage
) -> None:
    workspace, facts = room.session.workspace, CaseFacts(need="Frailty")
    made: list[Case] = []
    workspace.perform(
        lambda uow: add_case(uow, room.activity.assessment, facts), initiator="cases", done=made.append
    )  # fmt: skip
    (case,) = made
    answer = page.asking.answer.line
    type_into(answer, "Waited nine days ~c")
    assert [one.choice.code for one in answer.state.suggestions.candidates] == ["C01"]
    type_into(answer, "01 ")
    page.save()
    (row,) = notes_of(room, page.activity)
    assert (row.entry.text, row.entry.about) == ("Waited nine days", case.id)
    assert "C01" in page.asking.reader.words(row).sentence
    type_into(answer, "ch")
    assert answer.state.suggestions.candidates == ()
    type_into(answer, ": said so twice")
    page.save()
    assert "‘ch’ cannot stand as the speaker" in page.state.fault
    assert len(notes_of(room, page.activity)) == 1
    page.asking.edit_stuck(page.asking.hand_over.waiting.stuck[0].place)
    assert answer.state.text == "ch: said so twice"
    page.change_consent()
    page.form.put("attribution", "by_role")
    page.form.put("role", "Nurse")
    page.form.put("reason", "They asked for it")
    page.form.submit()
    assert answer.state.captured.speaker == "ch"
    page.save()
    assert [row.entry.speaker for row in notes_of(room, page.activity)] == [None, "ch"]


def test_a_code_that_is_joined_with_another_while_it_is_being_typed_speaks_under_the_one_that_is_shown(
    room: Room, page: InterviewPage
) -> None:
    visit = room.vault.questions.visit(room.activity.visit)
    workspace = room.session.workspace
    one, other = (
        workspace.perform(partial(add_person, visit=visit, code=c, role="Nurse")).result()[0] for c in ("s1", "s2")
    )
    page.change_consent()
    for name, text in (("attribution", "by_role"), ("role", "Nurse"), ("reason", "They asked for it")):
        page.form.put(name, text)
    page.form.submit()
    room.later.pass_seconds(1)
    answer = page.asking.answer.line
    type_into(answer, "s2: said it once")
    page.save()
    type_into(answer, "s2: said it tw")
    workspace.perform(lambda uow: merge_people(uow, other.id, one.id))
    room.later.pass_seconds(1)
    type_into(answer, "ice")
    page.save()
    room.later.pass_seconds(1)
    rows = notes_of(room, page.activity)
    assert [(row.entry.text, row.entry.speaker) for row in rows] == [("said it once", "s2"), ("said it twice", "s1")]
    assert len({page.asking.reader.words(row).speaker for row in rows}) == 1, "one person, whichever code was typed"
    assert page.state.fault == ""
