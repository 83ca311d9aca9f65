"""Who is named in a line: what is found, what is left alone, that no prose is ever lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.capture.names import NO_NAMES, NameBook, NameKind, name_sightings, put_code

BOOK = NameBook.of(
    {"p1": "Amara Okafor", "s2": "Jo Smith-Jones", "m1": "Li Wu"}, ("Northshire Integrated Care Board", "Moor Rovers")
)


def seen(text: str, book: NameBook = NO_NAMES) -> list[tuple[str, str]]:
    """What is found, each with its kind."""
    return [(one.kind.name, text[one.span.start : one.span.end]) for one in name_sightings(text, book)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Mrs Okafor came in", [("NAME", "Mrs Okafor")]),
        ("dr. Patel said no", [("NAME", "dr. Patel")]),
        ("We met Amara Okafor at ten", [("NAME", "Amara Okafor")]),
        ("We met Zoë O’Neill-Brown.", [("NAME", "Zoë O’Neill-Brown")]),
        ("Her postcode is SW1A 1AA now", [("POSTCODE", "SW1A 1AA")]),
        ("dob 3/4/1941, seen twice", [("BORN", "dob 3/4/1941")]),
        ("Born on 3 April 1941 in Hull", [("BORN", "Born on 3 April 1941")]),
        ("ring 0113 496 0999 or a@b.org", [("DETAIL", "0113 496 0999"), ("DETAIL", "a@b.org")]),
        ("Room Twelve was cold", []),
        ("The Care Quality Commission came", []),
        ("said on Monday November the third", []),
        ("Mrs said so", []),
        ("the NHS Trust and the ICB", []),
        ("She works for Acute Hospitals there", []),
        ("No. Good Morning", [("NAME", "x")][:0]),
        ("", []),
    ],
)
def test_what_looks_like_a_name_is_found_and_the_rest_is_not(text: str, found: list[tuple[str, str]]) -> None:
    assert seen(text) == found


def test_the_open_key_knows_names_whole_and_in_part_with_their_titles() -> None:
    text = "mrs Okafor told Jo Smith-Jones; AMARA OKAFOR and li wu agreed, okafor did not. Moor Rovers too"
    found = name_sightings(text, BOOK)
    assert [(one.code, text[one.span.start : one.span.end]) for one in found] == [
        ("p1", "mrs Okafor"), ("s2", "Jo Smith-Jones"), ("p1", "AMARA OKAFOR"), ("m1", "li wu"),
    ]  # fmt: skip
    assert {one.kind for one in found} == {NameKind.KNOWN}


_PIECES = st.sampled_from(
    [
        "Mrs",
        "Okafor",
        "Amara",
        "the",
        " ",
        "  ",
        ". ",
        "\n",
        "“",
        "SW1A 1AA",
        "dob 1/2/34",
        "a@b.org",
        "مريم",
        "🙂",
        "é",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=6))).map(" ".join)


@given(text=_TEXTS)
def test_no_prose_is_lost_by_a_replacement(text: str) -> None:
    found = name_sightings(text, BOOK)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    for one in found:
        changed = put_code(text, one, "P9")
        assert changed == text[: one.span.start] + "P9" + text[one.span.end :]
        assert len(changed) == len(text) - (one.span.end - one.span.start) + 2


def test_a_thousand_characters_take_under_a_millisecond() -> None:
    text = ("Then Mrs Okafor met Jo Smith at the Moor office and “nobody rang back” said the nurse. " * 12)[:1000]
    best = min(_seconds(text) for _ in range(30))
    assert best < 0.003  # 1 ms on a quiet machine; three where eight people share two cores
    assert len(seen("Ab " * 200_000)) <= 1


def _seconds(text: str) -> float:
    start = time.perf_counter()
    name_sightings(text, BOOK)
    return time.perf_counter() - start
