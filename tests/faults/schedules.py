"""Random schedules of the model of sync, and the same rules on real vaults: more of them than `make test` plays."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.faults.powercut import Report
from tests.model.machine import SyncMachine
from tests.protocol.test_vaults_and_store import VaultsAndStore

REAL_SHARE = 40
"""One schedule on real vaults takes as long as a hundred of the model."""

AT_ONCE = 1000
"""Hypothesis remembers each schedule of a run, about 0.1 MB; more of them are played as several runs."""


def campaign(schedules: int, seed: int = 1) -> Report:
    """``schedules`` of the model and a fortieth as many on real vaults; each sentence is a schedule that failed."""
    report = Report()
    dice = random.Random(seed)
    for machine, count, steps in ((SyncMachine, schedules, 40), (VaultsAndStore, max(1, schedules // REAL_SHARE), 14)):
        for start in range(0, count, AT_ONCE):
            batch = min(AT_ONCE, count - start)
            report.states += batch
            report.broken += _played(machine, batch, steps, dice.randrange(2**32))
    return report


def _played(machine: type[RuleBasedStateMachine], count: int, steps: int, number: int) -> list[str]:
    kind = settings(
        max_examples=count, stateful_step_count=steps, deadline=None, database=None, print_blob=False,
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )  # fmt: skip
    seeded = seed(number)(type(machine.__name__, (machine,), {}))
    try:
        run_state_machine_as_test(seeded, settings=kind)
    except AssertionError as error:
        told = "\n    ".join([str(error), *getattr(error, "__notes__", [])])
        return [f"{machine.__name__}, Hypothesis seed {number}: {told}"]
    return []
