"""A small round of bad networks and kills with every run of the tests; ``make faults`` is the large one."""

from __future__ import annotations

import pytest

from tests.faults.network import run_network_round


@pytest.mark.slow
def test_a_bad_network_and_kills_in_the_middle_of_sending_lose_nothing_and_double_nothing() -> None:
    report = run_network_round(seed=4, notes=30, kills=1)
    assert report.broken == []
    assert report.laptop_kills > 0
    assert report.spoilt > 10
