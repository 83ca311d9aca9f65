"""Random schedules, each from a seed of its own: the same seed, the same steps (``--replay SEED`` plays it again)."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

from sync.wire import files as tus
from tests.faults.powercut import Report
from tests.faults.real.checks import check, settle
from tests.faults.real.start import Start, make_start
from tests.faults.real.world import PATHS, Step, World
from tests.support.fault_proxy import EVERY_FAULT, Fault

STEPS = 14
PART = 64 * 1024
_TEARS = (Fault.RESET, Fault.LOSE_REPLY, Fault.DUPLICATE, Fault.TRUNCATE_REPLY, Fault.E503, Fault.DELAY)
Draw = Callable[[random.Random], Step]


def _who(dice: random.Random) -> int:
    return dice.randrange(2)


DRAWS: tuple[tuple[int, Draw], ...] = (
    (5, lambda d: ("write", _who(d), d.random() < 0.7)),
    (1, lambda d: ("tag_later", _who(d), d.randrange(10))),
    (1, lambda d: ("withdraw", _who(d), d.randrange(10))),
    (1, lambda d: ("urgent", _who(d))),
    (2, lambda d: ("retitle", _who(d))),
    (2, lambda d: ("attach", _who(d), d.choice((1, 9_000, 150_000, 300_000)))),
    (2, lambda d: ("clock_jump", d.randrange(3), d.choice((-1, 1)) * 10 ** d.randrange(1, 9))),
    (2, lambda d: ("round", _who(d))),
    (6, lambda d: ("round", _who(d), d.choice(EVERY_FAULT).value, d.choice(PATHS), d.randrange(2))),
    (3, lambda d: ("torn_upload", _who(d), d.choice(_TEARS).value, d.randrange(1, 6))),
    (1, lambda d: ("deliver_late",)),
    (3, lambda d: ("kill_laptop", _who(d), d.randrange(14), d.random() < 0.5)),
    (1, lambda d: ("kill_in_page", _who(d))),
    (1, lambda d: ("kill_store", _who(d), d.random() < 0.5)),
    (1, lambda d: ("restart_store",)),
    (2, lambda d: ("export", _who(d))),
    (2, lambda d: ("take_bundle", d.randrange(6), d.choice((0, 0, d.randrange(1, 1000))), d.random() < 0.7)),
    (1, lambda d: ("bring_receipts", d.randrange(6))),
    (1, lambda d: ("give_to_mate", _who(d))),
    (1, lambda d: ("image", _who(d))),
    (1, lambda d: ("restore_image", d.randrange(4))),
    (1, lambda d: ("backup",)),
    (1, lambda d: ("restore_backup", d.randrange(4))),
)
_REVOKES = 0.1
"""Share of schedules in which the office stops a laptop in the middle of a push: afterwards it reads no more."""


@dataclass(slots=True)
class Played(Report):
    """What was played: schedules (``states``), steps by kind, seconds."""

    steps: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def schedule(seed: int, steps: int = STEPS) -> list[Step]:
    """The schedule of a seed."""
    dice = random.Random(seed)
    weights = [weight for weight, _ in DRAWS]
    found = [draw(dice) for draw in dice.choices([draw for _, draw in DRAWS], weights, k=steps)]
    if dice.random() < _REVOKES:
        found.insert(dice.randrange(steps), ("revoke_in_push", _who(dice)))
    return found


def play(start: Start, steps: Sequence[Step]) -> Counter[str]:
    """Play a schedule, looking after every step, and let the storm pass. Raises ``AssertionError``."""
    world = World(start)
    try:
        for name, *arguments in steps:
            getattr(world, name)(*arguments)
            check(world)
            world.network.exchanges.clear()
        settle(world)
        told = Counter(_kind(step) for step in steps) + world.done
        return told + Counter(
            {"requests spoilt": sum(n for f, n in world.network.counts.items() if f is not Fault.PASS)}
        )
    finally:
        world.close()


def _kind(step: Step) -> str:
    if step[0] == "take_bundle":
        return "take_bundle (torn)" if any(step[2:3]) else "take_bundle"
    return f"{step[0]} ({step[2]})" if step[0] == "round" and len(step) > 2 else str(step[0])


@contextmanager
def small_parts() -> Iterator[None]:
    """Parts of 64 KiB, so that a file of 300 kB takes several."""
    with (
        mock.patch.object(tus, "PART", PART), mock.patch.object(tus, "MOST_AT_ONCE", PART),
        mock.patch("sync.flow.FIRST_PART", PART), mock.patch.object(tus, "LONGEST_STREAM", PART),
    ):  # fmt: skip
        yield


def campaign(count: int, seed: int = 1, most_seconds: float = 1e9) -> Played:
    """``count`` schedules, or as many as ``most_seconds`` allow."""
    report, began = Played(), time.monotonic()
    dice = random.Random(seed)
    start = make_start()
    try:
        with small_parts():
            while report.states < count and time.monotonic() - began < most_seconds:
                one = dice.randrange(2**32)
                report.states += 1
                try:
                    report.steps += play(start, schedule(one))
                except Exception as error:  # whatever it is, it is told with the seed that brings it back
                    report.broken.append(_told(one, error))
    finally:
        start.forget()
    report.seconds = time.monotonic() - began
    return report


def _told(seed: int, error: Exception) -> str:
    steps = "\n".join(f"      {step!r}," for step in schedule(seed))
    return f"{type(error).__name__}: {error}\n    again: make faults ARGS='--replay {seed}'\n{steps}"


def show(report: Played) -> None:
    """Figures of a campaign, kind by kind."""
    pace = report.states / max(report.seconds, 0.001)
    print(f"  {report.states} schedules in {report.seconds:.0f} s ({pace:.2f} a second); steps and faults:", flush=True)
    for kind, count in sorted(report.steps.items()):
        print(f"    {count:7,} {kind}", flush=True)


def replay(seed: int) -> None:
    """One schedule again, with its whole traceback."""
    start = make_start()
    try:
        with small_parts():
            for step in schedule(seed):
                print(f"  {step!r}", flush=True)
            play(start, schedule(seed))
    finally:
        start.forget()
    print("every promise held")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--seconds", type=float, default=1e9)
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    played = campaign(wanted.count, wanted.seed, wanted.seconds)
    show(played)
    for sentence in played.broken:
        print(sentence, flush=True)
    print(f"{len(played.broken)} broken", flush=True)
    raise SystemExit(bool(played.broken))
