"""Tries grow rarer, never knock together, and follow what the store asks for."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.pace import CAP, STEP_SECONDS, URGENT_CAP, Pace, Part
from sync.triggers import MOST_AT_ONCE, Pauses, Triggers


@given(st.integers(1, 200), st.booleans(), st.floats(0, 0.999))
def test_a_wait_lies_between_nothing_and_the_cap(tries: int, urgent: bool, chance: float) -> None:
    wait = Pace(tries=tries).wait(lambda: chance, urgent=urgent)
    assert 0 <= wait <= min(URGENT_CAP if urgent else CAP, 2.0 * 2 ** min(tries - 1, 30))


def test_the_longest_waits_double_from_two_seconds_to_five_minutes() -> None:
    waits = [Pace(tries=n).wait(lambda: 1.0) for n in range(1, 11)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_what_is_urgent_never_waits_longer_than_half_a_minute() -> None:
    assert max(Pace(tries=n).wait(lambda: 1.0, urgent=True) for n in range(1, 50)) == URGENT_CAP


def test_a_wait_that_the_store_asks_for_is_never_cut_short() -> None:
    assert Pace(tries=1).wait(lambda: 0.0, told=60.0) == 60.0


def test_two_hundred_laptops_do_not_knock_at_the_same_moment() -> None:
    chance = random.Random(5)
    waits = [Pace(tries=9).wait(chance.random) for _ in range(200)]
    assert len({round(wait) for wait in waits}) > 90


def triggers(chance: float = 1.0) -> Triggers:
    made = Triggers(Pauses(settle=5, longest_settle=20, watch=60), lambda: chance, now=0.0)
    made.begin()
    made.went_through(0.0, again=False)
    return made


def test_the_first_try_is_made_at_once() -> None:
    assert Triggers(Pauses(), lambda: 1.0, now=7.0).due == 7.0


def test_a_connected_laptop_looks_for_news_every_minute() -> None:
    assert triggers().due == 60.0


def test_a_save_waits_for_the_next_one_but_not_for_ever() -> None:
    t = triggers()
    due = []
    for second in (1, 4, 7, 10, 13, 16, 19):
        t.nudge(float(second))
        due.append(t.due)
    assert due == [6, 9, 12, 15, 18, 21, 21]


def test_a_save_during_a_round_is_not_forgotten_when_the_round_ends() -> None:
    t = triggers()
    t.begin()
    t.nudge(1.0)
    t.went_through(2.0, again=False)
    assert t.due == 6.0


def test_a_save_does_not_shorten_the_wait_after_trouble() -> None:
    t = triggers()
    t.begin()
    assert t.did_not(0.0, urgent=False, told=30.0) == 30.0
    t.nudge(1.0)
    assert t.due == 30.0


@pytest.mark.parametrize("ask", [lambda t: t.hurry(3.0), lambda t: t.nudge(3.0, urgent=True)])
def test_a_person_who_asks_and_an_urgent_note_do_not_wait(ask: Callable[[Triggers], None]) -> None:
    t = triggers()
    t.did_not(0.0, urgent=False, told=300.0)
    ask(t)
    assert t.due == 3.0


def test_asking_during_a_round_that_does_not_go_through_tries_again_at_once() -> None:
    t = triggers()
    t.begin()
    t.hurry(1.0)
    assert t.did_not(2.0, urgent=False, told=300.0) == 0.0


def test_waits_grow_with_each_trouble_and_start_over_after_a_success() -> None:
    t = triggers()
    waits = []
    for _ in range(3):
        t.begin()
        waits.append(t.did_not(0.0, urgent=False, told=0.0))
    t.begin()
    t.went_through(0.0, again=False)
    t.begin()
    waits.append(t.did_not(0.0, urgent=False, told=0.0))
    assert waits == [2, 4, 8, 2]


def test_rounds_that_always_have_more_to_do_come_to_rest() -> None:
    t = triggers()
    due = []
    for _ in range(MOST_AT_ONCE + 1):
        t.begin()
        t.went_through(0.0, again=True)
        due.append(t.due)
    assert due == [0.0] * MOST_AT_ONCE + [60.0]


@given(st.lists(st.floats(0, 10), max_size=30))
def test_a_part_of_a_page_is_never_too_small_to_get_on_nor_too_large_to_wait_for(times: list[float]) -> None:
    part = Part()
    for seconds in times:
        before, part = part, part.after(seconds)
        assert 10 <= part.size <= 100
        assert part.size <= before.size or seconds < STEP_SECONDS
        assert part.size < before.size or seconds <= 2 * STEP_SECONDS or before.size == 10
