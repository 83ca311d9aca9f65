"""Each seeded bug, switched on in the real stack, breaks a promise; without it the same schedule breaks none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.real.start import Start, make_start
from tests.mutants.bugs import BUGS
from tests.mutants.catching import caught_by
from tests.mutants.schedules import SCHEDULES
from tests.mutants.together import overtaken
from tests.support.postgres import postgres

__all__ = ["postgres"]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    made = make_start()
    yield made
    made.forget()


def test_every_bug_has_its_schedule() -> None:
    assert set(BUGS) == set(SCHEDULES)
    assert len(BUGS) == 13


@pytest.mark.logs("central")
@pytest.mark.parametrize("bug", list(BUGS))
def test_a_seeded_bug_on_the_real_stack_is_caught(start: Start, bug: str) -> None:
    assert caught_by(start, bug, bug)


@pytest.mark.parametrize("schedule", list(SCHEDULES))
def test_the_real_stack_passes_the_schedule_of_every_seeded_bug(start: Start, schedule: str) -> None:
    assert caught_by(start, schedule, "") == ""


def test_numbers_given_too_early_are_caught_in_two_processes_on_one_database_and_ours_are_not(postgres: str) -> None:
    """Invariant 5, with ``seq_at_insert`` in both processes and in neither."""
    assert "never finds 1 of 2" in overtaken(postgres, "seq_at_insert")
    assert overtaken(postgres, "") == ""
