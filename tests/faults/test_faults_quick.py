"""A small round of the fault campaign with every run of the tests; ``make faults`` is the large one."""

from __future__ import annotations

import shutil

import pytest

from tests.faults import campaign, kills, powercut

needs_compiler = pytest.mark.skipif(
    not any(shutil.which(name) for name in ("cc", "gcc", "clang")), reason="recording a run needs a C compiler"
)


@needs_compiler
def test_a_power_cut_at_any_moment_loses_nothing_that_was_saved() -> None:
    report = powercut.campaign(120, notes=40, seed=11)
    assert report.states == 120
    assert report.broken == []


@needs_compiler
@pytest.mark.parametrize("plant", campaign.POWER_PLANTS)
def test_each_planted_bug_breaks_a_promise(plant: str) -> None:
    where = powercut.first_pages if plant == "salt" else powercut.anywhere
    assert powercut.campaign(60, notes=40, seed=3, plant=plant, where=where).broken


def test_kill_at_any_moment_loses_nothing_that_was_saved() -> None:
    report = kills.campaign(6, seed=5, prove_every=3)
    assert report.states == 6
    assert report.broken == []
