"""``~C01`` in a line: the case a note is about, and every other use of the sign left as it was."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.capture.captured import HintKind
from fieldkit.capture.completer import Completer, take
from fieldkit.capture.parse import parse
from fieldkit.capture.render import render
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from tests.capture.builders import ICS, PERSONS


@dataclass(frozen=True)
class Tracked:
    id: str
    code: str
    description: str = ""
    noun: str = "Case"


CASES = (Tracked("one", "C01", "Woman, 80s, fall at home"), Tracked("two", "C02"), Tracked("ten", "C10"))
KNOWN = Vocabulary(frameworks=(ICS,), people=PERSONS, cases=CASES)


@pytest.mark.parametrize(
    ("line", "text", "case"),
    [
        ("The letter came late ~C01", "The letter came late", "one"), ("Late ~c1 #lc-", "Late", "one"),
        ("~C01 the letter came late", "the letter came late", "one"), ("~C10, late #lc", "late", "ten"),
        ("ch: ~c02 was never told", "was never told", "two"), ("Late #lc ~C02.", "Late", "two"),
    ],
)  # fmt: skip
def test_a_case_is_named_before_or_behind_the_words(line: str, text: str, case: str) -> None:
    found = parse(line, KNOWN)
    assert (found.text, found.case.record if found.case else None) == (text, case)
    assert not found.own_view


@pytest.mark.parametrize(
    "line",
    ["~can see why", "~ C01 looks thin to me", "~C03 is unknown", "about ~30 people", "see ~/home", "waits ~C1 up"],
)
def test_any_other_use_of_the_sign_is_left_alone(line: str) -> None:
    known, bare = parse(line, KNOWN), parse(line, Vocabulary(frameworks=(ICS,), people=PERSONS))
    assert known.meaning() == bare.meaning()
    assert known.case is None


def test_of_two_cases_the_last_counts_and_the_other_stays_a_word() -> None:
    found = parse("Same letter ~C01 ~C02", KNOWN)
    assert (found.text, found.case.code if found.case else "") == ("Same letter ~C01", "C02")
    assert [hint.kind for hint in found.hints] == [HintKind.CASE_TWICE]


def test_a_case_left_as_words_stays_a_word() -> None:
    line = TypedLine(text="Late ~C01").leaving(Span(5, 9))
    found = parse(line, KNOWN)
    assert (found.text, found.case) == ("Late ~C01", None)


def test_the_list_offers_cases_by_their_number_and_puts_one_anywhere_in_the_line() -> None:
    completer = Completer(KNOWN)
    line = TypedLine(text="The ~1 letter came late")
    found = completer.suggest(line, 6)
    assert [one.choice.code for one in found.candidates] == ["C01", "C10"]
    taken = take(line, found, found.candidates[0])
    assert taken.line.text == "The ~C01 letter came late"
    assert parse(taken.line, KNOWN).text == "The letter came late"
    assert completer.suggest(TypedLine(text="~can"), 4).candidates == ()


@given(st.lists(st.sampled_from(("~C01", "~c2", "~", "~x", "#lc", "@ob", "ch:", "late", "!", "?", '"so"')), max_size=7))
def test_a_line_that_is_written_back_says_the_same(words: list[str]) -> None:
    found = parse(" ".join(words), KNOWN)
    assert parse(render(found, KNOWN), KNOWN).meaning() == found.meaning()
