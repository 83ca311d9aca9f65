"""A few random schedules on the real stack with every run of the tests; ``make faults`` plays two thousand."""

from __future__ import annotations

from tests.faults.real.play import campaign, schedule


def test_random_schedules_on_the_real_stack_break_no_promise() -> None:
    """Invariants 1 to 14, 20 to 22 and 26 after every step and at the end: kills, sticks, images, clocks, backups."""
    report = campaign(6, seed=20)
    assert report.broken == []
    assert report.states == 6
    assert len(report.steps) > 20


def test_a_seed_is_a_schedule() -> None:
    assert schedule(7) == schedule(7) != schedule(8)
