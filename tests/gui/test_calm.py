"""The interpreter while the program runs: plain imports, short turns, no looking for rubbish while somebody types."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref

import pytest

from fieldkit.kernel.clock import FixedClock
from tests.gui.stage import NOON
from tests.presenters.room import Hourglass
from ui.launch.calm import LOOK_SECONDS, SWITCH_SECONDS, TIDY_SECONDS, Calm

_IMPORTS = """
import linecache
from ui.launch.application import make_application
make_application(["x"])
import storage.vault
print(any("storage" in name for name in linecache.cache))
"""


def test_importing_a_module_does_not_keep_its_source_in_memory() -> None:
    found = subprocess.run([sys.executable, "-c", _IMPORTS], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False"]


def test_old_objects_are_looked_through_only_while_nobody_types_and_everything_is_given_back() -> None:
    later, quiet, collected = Hourglass(FixedClock(NOON)), [0.0], []

    def count(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            collected.append(1)

    before = (gc.isenabled(), sys.getswitchinterval())
    calm = Calm(later, lambda: quiet[0])
    calm.begin()
    gc.callbacks.append(count)
    try:
        assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
        litter = [[number] for number in range(200_000)]
        later.pass_seconds(LOOK_SECONDS)
        assert (len(litter), collected) == (200_000, [])
        quiet[0] = 30.0
        later.pass_seconds(LOOK_SECONDS)
        assert collected == [], "so many are kept apart without a look"
        assert gc.get_freeze_count() > 200_000
        later.pass_seconds(LOOK_SECONDS)
        assert collected == [1]
        collected.clear()
        quiet[0] = 60.0
        later.pass_seconds(LOOK_SECONDS)
        assert collected == [1]
    finally:
        gc.callbacks.remove(count)
        calm.end()
    assert (gc.isenabled(), sys.getswitchinterval()) == before
    later.pass_seconds(10 * LOOK_SECONDS)
    assert collected == [1]


def test_old_objects_are_looked_at_once_and_everything_once_nobody_is_there() -> None:
    later, quiet = Hourglass(FixedClock(NOON)), [30.0]
    calm = Calm(later, lambda: quiet[0])
    calm.begin()
    try:
        knot = _Knot()
        there = weakref.ref(knot)
        later.pass_seconds(LOOK_SECONDS)  # it is used, and is kept apart from now on
        looked = gc.get_freeze_count()
        assert looked > 1_000
        del knot
        later.pass_seconds(LOOK_SECONDS)
        assert there() is not None
        quiet[0] = 90.0
        later.pass_seconds(LOOK_SECONDS)
        assert there() is None
        young = _Knot()
        gone = weakref.ref(young)
        del young
        later.pass_seconds(LOOK_SECONDS)  # nothing can have changed since
        assert gone() is not None
        quiet[0] = 30.0
        later.pass_seconds(LOOK_SECONDS)
        assert gone() is None
    finally:
        calm.end()
    assert gc.get_freeze_count() == 0


class _Knot:
    """Rubbish that only a look finds: it holds itself, as a page does whose buttons call it."""

    def __init__(self) -> None:
        self.me = self


def test_rubbish_is_taken_apart_on_the_screens_thread_whoever_makes_the_next_objects() -> None:
    later, gone = Hourglass(FixedClock(NOON)), list[threading.Thread]()
    calm = Calm(later, lambda: 60.0)
    calm.begin()
    try:
        weakref.finalize(_Knot(), lambda: gone.append(threading.current_thread()))
        busy = threading.Thread(target=lambda: [[number] for number in range(100_000)])
        busy.start()
        busy.join()
        assert gone == []
        litter = [[number] for number in range(10_000)]
        later.pass_seconds(TIDY_SECONDS)
        assert (len(litter), gone) == (10_000, [threading.current_thread()])
    finally:
        calm.end()
