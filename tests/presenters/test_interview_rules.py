"""The rules of a guide in the interview window: what does not apply says so, is passed by and may be asked anyway."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fieldkit.app.entries import withdraw_entry
from fieldkit.domain.interview import Asked
from tests.presenters.interviews import agree, asking, notes_of, page_of, planned, ruled_guide, type_into
from tests.presenters.room import Room
from ui.presenters.interview.page import InterviewPage


@pytest.fixture
def page(room: Room) -> Iterator[InterviewPage]:
    """The first question of a guide with rules is up."""
    guide = ruled_guide(room)
    made = page_of(room, planned(room))
    agree(made)
    made.choose_guide(guide.id)
    yield made
    made.close()


def waits(page: InterviewPage) -> dict[str, str]:
    return {row.key: row.waits for row in page.state.rows if row.waits}


def answer(page: InterviewPage, question: str, text: str) -> None:
    page.ask(question)
    type_into(page.asking.answer.line, text)
    page.save()


def test_a_question_that_does_not_apply_is_there_and_says_when_it_would(page: InterviewPage) -> None:
    assert [row.key for row in page.state.rows] == ["q1", "q2", "q3", "q4", "q6", "q5"]
    assert waits(page) == {"q3": "‘is_carer’ (worked out from question 2) is 1", "q4": "question 2 is ‘Yes, always’"}
    row = page.state.rows[3]
    assert row.word == "Only if question 2 is ‘Yes, always’"
    assert row.sentence == "Question 4, Since when?, does not apply, only if question 2 is ‘Yes, always’"


def test_what_applies_is_worked_out_again_with_every_answer_and_correction(room: Room, page: InterviewPage) -> None:
    answer(page, "q2", "yes, always")
    assert waits(page) == {}
    answer(page, "q2", "Only at weekends")  # a remark beside the answer changes nothing
    assert waits(page) == {}
    answer(page, "q2", "No")
    assert set(waits(page)) == {"q3", "q4"}
    last = next(row for row in notes_of(room, page.activity) if row.entry.text == "No")
    room.session.workspace.perform(lambda uow: withdraw_entry(uow, last.entry.id, "slip"), initiator="log")
    room.later.pass_seconds(1)
    assert waits(page) == {}


def test_ctrl_enter_passes_by_what_does_not_apply_and_says_so(room: Room, page: InterviewPage) -> None:
    page.save_and_next()
    type_into(page.asking.answer.line, "No")
    room.said.clear()
    page.save_and_next()
    assert page.asking.question == "q6"
    assert "2 questions passed by: they do not apply" in room.said
    page.step(-1)
    current = page.state.current
    assert current is not None
    assert (current.key, current.waits) == (
        "q4", "Does not apply: only if question 2 is ‘Yes, always’. It can be asked all the same.",
    )  # fmt: skip
    assert room.said[-1] == f"Question 4. Since when? {current.waits}"
    answer(page, "q4", "Since May")
    assert (page.state.rows[3].state, page.state.rows[3].waits) == (Asked.ANSWERED, "")


def test_choices_are_narrowed_down_and_the_authors_remark_is_shown(page: InterviewPage) -> None:
    answer(page, "q6", "South")
    page.ask("q5")
    assert page.state.current is not None
    assert page.state.current.choices == "Answers to choose from: Beeford"
    answer(page, "q5", "A very long name for any town in the south")
    assert page.state.remark == "A town has a short name"


def test_a_guide_without_rules_is_asked_straight_on(room: Room) -> None:
    page = asking(room)
    assert waits(page) == {}
    page.save_and_next()
    assert page.asking.question == "q2"
    page.close()
