"""A few random schedules on the real stack with every run of the tests; ``make faults`` plays two thousand."""

from __future__ import annotations

from tests.faults.real.play import campaign, play, schedule, small_parts
from tests.faults.real.start import make_start
from tests.faults.real.world import Step

ONLY_A_TEAM_MATE_HAS_IT: tuple[Step, ...] = (
    ("image", 0), ("write", 0), ("give_to_mate", 0), ("restore_image", 0),
)  # fmt: skip
"""Ada's note went to Bob on a stick, not to the office; then Ada's laptop was put back (found by seed 3746490170)."""


def test_random_schedules_on_the_real_stack_break_no_promise() -> None:
    """Invariants 1 to 14, 20 to 22 and 26 after every step and at the end: kills, sticks, images, clocks, backups."""
    report = campaign(6, seed=20)
    assert report.broken == []
    assert report.states == 6
    assert len(report.steps) > 20


def test_a_seed_is_a_schedule() -> None:
    assert schedule(7) == schedule(7) != schedule(8)


def test_what_came_from_a_team_mate_on_a_stick_reaches_the_office_though_its_writer_has_lost_it() -> None:
    """Invariants 1, 20 and 26."""
    start = make_start()
    try:
        with small_parts():
            play(start, ONLY_A_TEAM_MATE_HAS_IT)
    finally:
        start.forget()
