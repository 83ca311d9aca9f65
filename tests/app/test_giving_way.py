"""Work behind the screen lets a key pass, and is never stopped by one that is held down."""

from __future__ import annotations

import math

import pytest

from fieldkit.app.giving_way import KEY_SECONDS, TYPING_SECONDS, GivingWay

_CASES = [(0.0, KEY_SECONDS), (0.01, KEY_SECONDS - 0.01), (KEY_SECONDS, 0.0), (5.0, 0.0), (math.inf, 0.0)]


@pytest.mark.parametrize(("since", "rested"), _CASES)
def test_it_rests_until_the_last_key_is_painted_and_no_longer(since: float, rested: float) -> None:
    rests: list[float] = []
    GivingWay(lambda: since, rests.append).let_pass()
    assert sum(rests) == pytest.approx(rested)


@pytest.mark.parametrize(("since", "is_typed"), [(0.0, True), (TYPING_SECONDS - 0.1, True), (TYPING_SECONDS, False)])
def test_somebody_types_until_no_key_came_for_two_seconds(since: float, is_typed: bool) -> None:
    assert GivingWay(lambda: since).is_typed == is_typed


def test_where_there_is_no_screen_nothing_ever_rests() -> None:
    way = GivingWay(rest=lambda _: pytest.fail("rested"))
    way.let_pass()
    assert not way.is_typed
