"""A reply that got lost, a request that came twice or late: every effect once, no content sent again for nothing."""

from __future__ import annotations

import pytest

from fieldkit.kernel.errors import FieldKitError
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.fault_proxy import Fault, FaultProxy, in_turn, seeded
from tests.support.laptop import Laptop


def try_round(laptop: Laptop) -> str:
    """One round; the code of what ended it, or nothing."""
    try:
        laptop.round()
    except FieldKitError as error:
        return error.code
    return ""


def until_settled(laptop: Laptop, most: int = 60) -> None:
    """Rounds through a bad network until everything is confirmed."""
    for _ in range(most):
        if try_round(laptop) == "" and laptop.standing.everything_is_there:
            return
    raise AssertionError(f"not settled after {most} rounds: {laptop.standing}")


def test_a_lost_reply_is_healed_by_asking_for_the_receipts_and_nothing_is_sent_again(
    team: Team, network: FaultProxy
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    ada.note_many(50)
    network.plan = in_turn(Fault.LOSE_REPLY, path="/v1/push")
    assert try_round(ada) == "send.cut_off"
    assert ada.standing.unreceipted == 50
    network.exchanges.clear()
    ada.settle()
    assert [exchange.path for exchange in network.exchanges] == ["/v1/hello", "/v1/pull", "/v1/hello"]
    assert ada.standing.everything_is_there


def test_what_was_written_after_a_lost_reply_goes_out_in_the_same_round(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    ada.note("Before")
    network.plan = in_turn(Fault.LOSE_REPLY, path="/v1/push")
    try_round(ada)
    ada.note("After")
    network.exchanges.clear()
    report = ada.round()
    assert [exchange.path for exchange in network.exchanges] == ["/v1/hello", "/v1/push", "/v1/pull"]
    assert report.turns == 3
    assert ada.standing.everything_is_there


def test_a_note_tagged_after_its_reply_was_lost_still_arrives_with_its_words(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    entry = ada.note("Not yet tagged", tagged=False)
    network.plan = in_turn(Fault.LOSE_REPLY, path="/v1/push")
    try_round(ada)
    ada.tag(entry)
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert bob.texts == ["Not yet tagged"]
    assert ada.standing.everything_is_there


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.REFUSE, "send.cut_off"), (Fault.RESET, "send.cut_off"), (Fault.LOSE_REPLY, "send.cut_off"),
        (Fault.GARBAGE, "send.cut_off"), (Fault.CAPTIVE_PORTAL, "send.captive_portal"), (Fault.E429, "send.busy"),
        (Fault.E500, "send.store_fault"), (Fault.E502, "send.store_fault"), (Fault.E503, "send.busy"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/hello", "/v1/push", "/v1/pull"])
@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_each_fault_is_named_changes_no_outbox_and_is_gone_with_the_next_round(
    team: Team, network: FaultProxy, fault: Fault, code: str, path: str
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.note("From Bob", activity=meeting)
    bob.settle()
    ada.note("From Ada")
    network.plan = in_turn(*[fault] * 12, path=path)
    assert try_round(ada) == code
    network.plan = in_turn()
    ada.settle()
    assert ada.texts == ["From Ada", "From Bob"]
    assert ada.standing.everything_is_there
    assert ada.vault.verify() == []


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_stalled_store_is_given_up_and_nothing_is_lost(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note("A point")
    network.plan = in_turn(Fault.STALL, path="/v1/push")
    assert try_round(ada) in {"send.no_answer", "send.cut_off"}
    ada.settle()
    assert ada.standing.everything_is_there


def test_requests_that_come_twice_or_late_and_out_of_order_have_their_effect_once(
    team: Team, network: FaultProxy, office: Office
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    network.plan = seeded(7, share=0.7, faults=(Fault.DUPLICATE, Fault.DELAY))
    for n in range(12):
        ada.note(f"Point {n:02}")
        try_round(ada)
    network.deliver_old()
    until_settled(ada)
    network.plan = in_turn()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert network.counts[Fault.DUPLICATE] > 2
    assert network.counts[Fault.DELAY] > 2
    assert bob.texts == ada.texts == [f"Point {n:02}" for n in range(12)]
    assert ada.vault.verify() == []


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_two_laptops_come_through_a_network_that_spoils_half_of_everything(
    team: Team, network: FaultProxy, seed: int
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    network.plan = seeded(seed)
    network.stall = 0.05
    for n in range(15):
        ada.note(f"Ada {n:02}", tagged=n % 3 != 0)
        bob.note(f"Bob {n:02}", tagged=n % 4 != 0)
        try_round(ada)
        try_round(bob)
    until_settled(ada)
    until_settled(bob)
    network.plan = in_turn()
    network.deliver_old()
    for laptop in (ada, bob, ada):
        laptop.settle()
    shared = {f"Ada {n:02}" for n in range(15) if n % 3} | {f"Bob {n:02}" for n in range(15) if n % 4}
    assert {text for text in ada.texts if text.startswith("Bob")} == {t for t in shared if t.startswith("Bob")}
    assert {text for text in bob.texts if text.startswith("Ada")} == {t for t in shared if t.startswith("Ada")}
    assert len(ada.texts) == len(set(ada.texts))
    assert ada.vault.verify() == []
    assert bob.vault.verify() == []
    assert sum(network.counts[fault] for fault in network.counts if fault is not Fault.PASS) > 20
