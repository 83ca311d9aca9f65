"""Moments as people type them, read without asking for more than they know."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.when_text import read_when
from fieldkit.domain.when import When
from fieldkit.kernel.errors import Mistake

TODAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("14 March 2026", "14 March 2026"), ("14 mar", "14 March 2026"), ("14th march", "14 March 2026"),
        ("14/3", "14 March 2026"), ("14/3/2025", "14 March 2025"), ("2026-03-14", "14 March 2026"),
        ("2 mar 14.30", "2 March 2026 14:30"), ("2 march at 9:05", "2 March 2026 09:05"),
        ("20 dec", "20 December 2025"), ("about 2 april", "about 2 April 2026"), ("c. 2 apr", "about 2 April 2026"),
        ("~2 apr", "about 2 April 2026"), ("april", "about April 2026"), ("about April 2026", "about April 2026"),
        ("4/2026", "about April 2026"), ("2026-04", "about April 2026"), ("december", "about December 2025"),
        ("2 to 9 april", "about 2 to 9 April 2026"), ("between 28 march and 3 april", "about 28 March to 3 April 2026"),
        ("28 dec - 3 jan", "about 28 December 2025 to 3 January 2026"), ("today", "12 November 2026"),
        ("Yesterday", "11 November 2026"), ("29 feb", "29 February 2024"), ("sept", "about September 2026"),
    ],
)  # fmt: skip
def test_what_was_typed_is_understood(typed: str, words: str) -> None:
    found = read_when(typed, TODAY)
    assert found is not None
    assert found.words() == words


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31 april", "touchpoint.date"), ("some day", "touchpoint.date"), ("14/13/2026", "touchpoint.date"),
        ("april 10:30", "touchpoint.date"), ("about 2 april 10:30", "touchpoint.date"),
        ("9 to 2 april", "touchpoint.date"),
        ("40 mar", "touchpoint.date"), ("14 marching 2026", "touchpoint.date"),
        ("13 November 2026", "touchpoint.future"),
        ("december 2026", "touchpoint.future"), ("31 December 1899", "touchpoint.early"),
        ("0000-00-00", "touchpoint.date"),
    ],
)  # fmt: skip
def test_what_is_no_past_date_is_said_to_be_none(typed: str, code: str) -> None:
    with pytest.raises(Mistake) as found:
        read_when(typed, TODAY)
    assert (found.value.code, found.value.details["field"]) == (code, "when")


def test_nothing_typed_is_no_moment() -> None:
    assert read_when("  ", TODAY) is None


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_mistake(typed: str) -> None:
    try:
        found = read_when(typed, TODAY)
    except Mistake:
        return
    assert found is None or found.earliest <= TODAY


@given(st.dates(date(1900, 1, 1), TODAY), st.booleans())
def test_the_words_of_a_moment_are_read_back_as_the_same_moment(day: date, about: bool) -> None:
    when = When.about(day) if about else When.on(day)
    assert read_when(when.words(), TODAY) == when
