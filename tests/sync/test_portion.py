"""One revision that the store chokes on is found in few requests, and a store that is broken is not hammered."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.portion import EVERYTHING, MOST_REQUESTS, MOST_SUSPECTS, Portion


def hand_in(total: int, poison: set[int]) -> tuple[set[int], frozenset[str], int]:
    """Play a round against a store that faults over any request with a poisoned revision in it."""
    portion, after, requests = Portion(), 0, 0
    kept: set[int] = set()
    while True:
        left = [n for n in range(after, total) if not portion.leaves_out(str(n))]
        batch = left[: portion.limit]
        if not batch:
            return kept, frozenset(portion.aside), requests
        requests += 1
        if poison.isdisjoint(batch):
            kept |= set(batch)
            after = batch[-1] + 1
            portion = portion.after_success()
        elif len(portion.suspects) >= MOST_SUSPECTS:
            return kept, frozenset(portion.acquitted().aside), requests
        else:
            portion = portion.after_fault([str(n) for n in batch], "central.fault")


def test_everything_goes_at_once_while_nothing_is_wrong() -> None:
    assert hand_in(20_000, set()) == (set(range(20_000)), frozenset(), 1)


@given(st.integers(2, 20_000), st.data())
def test_one_poisoned_revision_holds_up_no_other(total: int, data: st.DataObject) -> None:
    poisoned = data.draw(st.integers(0, total - 2))
    kept, aside, requests = hand_in(total, {poisoned})
    assert kept == set(range(total)) - {poisoned}
    assert aside == {str(poisoned)}
    assert requests <= MOST_REQUESTS


@given(st.sets(st.integers(0, 498), max_size=3))
def test_a_few_poisoned_revisions_hold_up_no_other(poison: set[int]) -> None:
    kept, aside, _ = hand_in(500, poison)
    assert kept == set(range(500)) - poison
    assert aside == {str(n) for n in poison}


@given(st.integers(1, 20_000))
def test_a_store_that_faults_over_everything_is_asked_a_handful_of_times_and_blames_nobody(total: int) -> None:
    kept, aside, requests = hand_in(total, set(range(total)))
    assert (kept, aside) == (set(), frozenset())
    assert requests <= math.ceil(math.log(total, 4)) + MOST_SUSPECTS + 1


def test_silence_makes_the_next_try_smaller_and_success_larger_again() -> None:
    portion = Portion().after_silence(["a"] * 1000, "send.no_answer")
    assert portion.limit == 250
    assert portion.after_success().limit == 1000
    for _ in range(40):
        portion = portion.after_success()
    assert portion.limit == EVERYTHING


def test_one_revision_alone_that_is_met_by_silence_three_times_lets_the_others_go_first() -> None:
    portion = Portion(limit=1)
    for _ in range(2):
        portion = portion.after_silence(["a"], "send.no_answer")
        assert not portion.leaves_out("a")
    portion = portion.after_silence(["a"], "send.no_answer")
    assert portion.leaves_out("a")
    assert not portion.acquitted().leaves_out("a")
    assert set(portion.after_success().aside) == {"a"}


def test_what_is_aside_is_tried_alone_ever_more_rarely_and_forgotten_once_it_went_through() -> None:
    portion = Portion(suspects={"a": "central.fault"}).after_success()
    tried_in = []
    for number in range(1, 32):
        portion = portion.next_round()
        if portion.due:
            tried_in.append(number)
            portion = portion.tried_alone("a", "central.fault")
    assert tried_in == [1, 3, 7, 15, 31]
    assert portion.leaves_out("a")
    assert not portion.tried_alone("a", "").leaves_out("a")


@pytest.mark.parametrize("tried", [1, 2, 3, 4, 5])
def test_a_portion_is_never_empty(tried: int) -> None:
    assert Portion().after_fault(["x"] * tried, "central.fault").limit >= 1
