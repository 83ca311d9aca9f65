"""A round may end at any point: what was kept stays kept, and the next round goes on from there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fieldkit.domain.receipt import Witness
from storage.sync_store import VaultSyncStore
from tests.protocol.conftest import Team
from tests.protocol.test_lost_replies import try_round
from tests.support.fault_proxy import Fault, FaultProxy, in_turn
from tests.support.laptop import Laptop

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


def kill_at(point: int) -> Callable[[], None]:
    """A hook that ends the process the ``point``-th time it is passed."""
    passed = iter(range(point + 1))

    def hook() -> None:
        if next(passed, None) == point:
            raise KilledError

    return hook


def killed_round(laptop: Laptop) -> bool:
    """One round; whether it was killed."""
    try:
        laptop.round()
    except KilledError:
        return True
    finally:
        laptop.start_again()
    return False


@pytest.mark.parametrize("hook", ["before_call", "after_call"])
def test_killed_at_each_step_of_a_round_nothing_is_lost_and_nothing_doubled(team: Team, hook: str) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    point, was_killed = 0, True
    while was_killed:
        later = ada.note(f"Tagged later {point:02}", tagged=False)
        ada.settle()
        ada.tag(later)
        ada.note(f"Ada {point:02}")
        ada.note(f"Private {point:02}", tagged=False)
        bob.note(f"Bob {point:02}")
        bob.settle()
        setattr(ada, hook, kill_at(point))
        was_killed = killed_round(ada)
        ada.settle()
        bob.settle()
        assert ada.standing.everything_is_there
        assert bob.texts == [text for text in ada.texts if not text.startswith("Private")]
        point += 1
    assert point > 7
    assert len(ada.texts) == len(set(ada.texts)) == 4 * point
    assert ada.vault.verify() == []
    assert bob.vault.verify() == []


@pytest.mark.parametrize("hook", ["before_call", "after_call"])
def test_killed_at_each_step_of_the_very_first_round(team: Team, hook: str) -> None:
    point, was_killed = 0, True
    while was_killed:
        ada = team(f"Ada {point}")
        ada.open_meeting(f"Assessment {point}")
        ada.note("A point")
        setattr(ada, hook, kill_at(point))
        was_killed = killed_round(ada)
        ada.settle()
        assert ada.standing.everything_is_there
        point += 1
    assert point > 6


def test_a_page_and_its_cursor_are_kept_together_or_not_at_all(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("A point")
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.call(lambda store: store.state())
    real = VaultSyncStore._see

    def no_room(self: VaultSyncStore, witness: Witness) -> None:
        if bob.log.keys() & ada.log.keys():
            raise OSError("no space left on device")
        real(self, witness)

    monkeypatch.setattr(VaultSyncStore, "_see", no_room)
    with pytest.raises(OSError, match="no space"):
        bob.settle()
    assert not bob.log.keys() & ada.log.keys()
    assert bob.call(lambda store: store.state()).cursors == ()
    monkeypatch.setattr(VaultSyncStore, "_see", real)
    bob.settle()
    assert bob.texts == ["A point"]


def test_a_pull_that_is_cut_keeps_the_pages_that_came_whole(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note_many(1100)
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.start_again()
    seen, codes = 0, set()
    for _ in range(6):
        network.plan = in_turn(Fault.TRUNCATE_REPLY, path="/v1/pull")
        codes.add(try_round(bob))
        assert len(bob.notes) >= seen
        seen = len(bob.notes)
    assert codes <= {"", "send.cut_off", "wire.damaged", "send.captive_portal"}
    network.plan = in_turn()
    bob.settle()
    assert len(bob.notes) == 1100
    assert bob.vault.verify() == []
