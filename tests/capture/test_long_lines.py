"""A pasted page does not make the line slow: no cost grows with the square of its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from fieldkit.capture.parse import parse
from fieldkit.capture.personal import personal_details
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from tests.capture.builders import TWO_PACKS


@pytest.mark.parametrize("unit", ["x y ", '"a ', "“a ", "#lx ", "#lc ", "ch: ", "! ", "a@b.c "])
def test_a_line_of_a_hundred_thousand_characters_is_read_within_a_second(unit: str) -> None:
    line = unit * (100_000 // len(unit) if unit[0] != "#" else 3_000)
    assert _seconds(lambda: parse(line, TWO_PACKS)) < 1.0


@pytest.mark.parametrize("unit", ["a", "a@", "a.", "a@a.", "0", "07 ", "943 476 ", "+44"])
def test_personal_details_are_looked_for_in_a_hundred_thousand_characters_within_a_second(unit: str) -> None:
    assert _seconds(lambda: personal_details(unit * (100_000 // len(unit)))) < 1.0


def test_an_edit_of_a_long_line_is_found_within_a_tenth_of_a_second() -> None:
    line = TypedLine(text="x y " * 100_000 + "#lc " + "x y " * 100_000).accepting(Span(400_000, 400_003))
    after = line.text[:200_000] + "z" + line.text[200_000:]
    assert line.became(after).accepted == (Span(400_001, 400_004),)
    assert _seconds(lambda: line.became(after)) < 0.1


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
