"""The design holds under every schedule that we can think of or draw; each seeded bug is caught.

``make faults`` plays many more random schedules (``FIELDKIT_MODEL_EXAMPLES``).
"""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.machine import SyncMachine
from tests.model.notes import Bug
from tests.model.schedules import SCHEDULES
from tests.model.world import LAPTOPS, World

EXAMPLES = int(os.environ.get("FIELDKIT_MODEL_EXAMPLES", "150"))


def test_the_design_holds_under_random_schedules() -> None:
    long = settings(
        max_examples=EXAMPLES, stateful_step_count=40, deadline=None, database=None,
        derandomize="FIELDKIT_MODEL_EXAMPLES" not in os.environ, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(SyncMachine, settings=long)


@pytest.mark.parametrize("bug", list(Bug))
def test_each_seeded_bug_is_caught_by_its_pinned_schedule(bug: Bug) -> None:
    with pytest.raises(AssertionError):
        World(bug).play(SCHEDULES[bug])


@pytest.mark.parametrize("schedule", list(SCHEDULES.values()), ids=list(SCHEDULES))
def test_the_design_passes_the_schedule_of_every_seeded_bug(schedule: tuple[tuple[object, ...], ...]) -> None:
    World().play(schedule)


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_arrival_and_any_repetition_give_the_same_state_everywhere(seed: int) -> None:
    dice = random.Random(seed)
    world = World()
    for _ in range(12):
        world.write(dice.randrange(LAPTOPS), dice.choice("xy"), dice.randrange(3), dice.random() < 0.7)
        if dice.random() < 0.3:
            world.read_in(dice.randrange(LAPTOPS), 2)
    parcels = [[item] for laptop in world.laptops for item in laptop.outbox()]
    parcels += dice.sample(parcels, len(parcels) // 2)
    dice.shuffle(parcels)
    for parcel in parcels:
        world.office.push(parcel)
        world.check()
    world.settle()
    heads = {record: world.office.heads(record) for record in "xy"}
    again = World()
    again.born, again.ever_shared = world.born, world.ever_shared
    for parcel in sorted(parcels, key=lambda items: items[0].rev.id):
        again.office.push(parcel)
    assert {record: again.office.heads(record) for record in "xy"} == heads
    assert again.office.log.contents == world.office.log.contents
