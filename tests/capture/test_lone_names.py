"""Names without a title: which are found before a report leaves, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from fieldkit.capture.lone_names import lone_names
from fieldkit.capture.names import NO_NAMES, NameBook, name_sightings
from fieldkit.capture.word_list import WordList

KNOWN = WordList(resources.read_bytes("words", "british.txt"), resources.read_text("words", "care.txt").split())
BOOK = NameBook.of({}, ("Northshire Integrated Care Board", "Moor hospital"))
FIRST = (
    "Priya", "Dave", "Amina", "Tomasz", "Siân", "Oluwaseun", "Mei-Ling", "Niamh", "Callum", "Fatima", "Krzysztof",
    "Rhys", "Chidi", "Gurpreet", "Yusuf", "Margaret", "Aoife", "Svetlana", "Mohammed",
)  # fmt: skip
LAST = (
    "Sharma", "Smith", "Okafor", "Kowalski", "Jones", "O’Neill", "Smith-Jones", "Begum", "Wiśniewska", "Ap-Rhys",
    "Nwosu", "Singh", "Ali", "Thatcher", "Baptiste", "Byrne", "Ivanova", "Khan", "Llewellyn",
)  # fmt: skip


def found(text: str) -> list[str]:
    """All that may be a name, as the check before a report leaves finds it."""
    spans = [one.span for one in name_sightings(text, BOOK)] + list(lone_names(text, BOOK, KNOWN))
    return [text[one.start : one.end] for one in spans]


@pytest.mark.parametrize(
    "sentence",
    [
        "We spoke with {first} {last} about the ward", "{first} {last} told us that nobody came",
        "Her daughter {first} rang every day", "A carer called {first} was not asked", "Then Mrs {last} left",
        "the patient {first} {last} waited", "I was told by {first} that it was late", "{first} said it was late",
        "seen by {first} {last}, the nurse",
    ],
)  # fmt: skip
def test_names_of_many_origins_are_found_without_a_title(sentence: str) -> None:
    missed = [
        text
        for first, last in zip(FIRST, LAST, strict=True)
        if not found(text := sentence.format(first=first, last=last))
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "Carers said that nobody rang", "Northshire said so in May", "At Moor hospital the board waited until Monday",
        "was seen by the nurse. Source: a letter", "Records are kept in SystmOne",
        "The Polish families were asked in Polish",
        "Staff felt heard by Christmas", "Sent by the Integrated Care Board", "",
    ],
)  # fmt: skip
def test_what_has_a_capital_and_is_nobody_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet=st.sampled_from("Aa bÉé-’'. \n|9"), max_size=60))
def test_spans_are_in_order_inside_the_text_and_none_over_another(text: str) -> None:
    spans = list(lone_names(text, NO_NAMES, KNOWN))
    ends = [0, *(end for one in spans for end in (one.start, one.end)), len(text)]
    assert ends == sorted(ends)
