"""A short walk of the monkey in every run of the tests; ``make monkey`` lets it have 20,000 inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui import worlds
from tests.monkey.monkey import let_loose
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_EVENTS = 600
_FREEZE = 0.5
"""Seconds: ten times what ``make monkey`` allows, because tests run beside others on two cores."""


@pytest.mark.slow
@pytest.mark.logs("")
@pytest.mark.parametrize("seed", [11])
def test_nothing_a_monkey_does_is_an_error_or_the_end(
    look: Appearance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)
    with quick_keys():
        worlds.practice(tmp_path / "laptop")
        worlds.own(tmp_path / "laptop", 200)
        outcome = let_loose(tmp_path / "laptop", seed, events=_EVENTS)
    assert not outcome.faults, "\n".join(outcome.faults)
    assert outcome.events == _EVENTS
    frozen = [str(stall) for stall in outcome.stalls if stall.seconds > _FREEZE]
    assert not frozen, "\n".join(frozen)
