"""How sending begins and ends with the vault, where one comes in the middle of the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.app.lanes import InlineLane, Lanes
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.clock import FixedClock
from tests.presenters.slow_lane import SlowLane
from tests.support.vaults import new_vault, quick_keys
from ui.launch.sending import SyncOffice

Begun = tuple[SyncOffice, Callable[[], None]]


@pytest.fixture
def begun(tmp_path: Path, clock: FixedClock) -> Begun:
    """Sending that is about to begin, over a vault that was closed before it came to it."""
    with quick_keys():
        vault, lane = new_vault(tmp_path / "vault", clock), SlowLane()
    home: list[Callable[[], None]] = []
    workspace = Workspace(vault, Lanes(InlineLane(), lane, home.append))
    office = SyncOffice(workspace, clock, is_enrolled=True, office="Northmoor office")
    office.start()
    vault.close()

    def go_on() -> None:
        lane.go()
        for call in home:
            call()

    return office, go_on


def test_locking_in_the_moment_after_unlocking_is_no_fault_of_sending(begun: Begun) -> None:
    office, go_on = begun
    before = office.state
    office.close()
    go_on()
    office.stop()
    assert office.state == before


def test_a_vault_that_closed_without_being_locked_is_a_fault_that_is_told(begun: Begun) -> None:
    _, go_on = begun
    with pytest.raises(Exception, match="closed database"):
        go_on()
