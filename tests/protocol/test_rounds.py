"""Two laptops and the office agree after a round each, in at most three turns whatever the size."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from fieldkit.app.giving_way import GivingWay
from fieldkit.app.rows import SendStatus
from sync.engine import Engine
from sync.http import CentralStore
from tests.protocol.conftest import Team
from tests.support.fault_proxy import FaultProxy


def test_what_one_laptop_sends_another_of_the_team_shows_with_its_author(team: Team) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    for n in range(5):
        ada.note(f"Point {n}", tagged=n != 3)
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert bob.texts == ["Point 0", "Point 1", "Point 2", "Point 4"]
    assert {(row.author_name, row.author_initials, row.is_mine) for row in bob.notes} == {("Ada Lovelace", "AL", False)}
    mine = {row.entry.text: row for row in ada.notes}
    for row in bob.notes:
        assert row.status is SendStatus.FROM_TEAM
        assert asdict(row.entry) == asdict(mine[row.entry.text].entry)
        assert row.evidence == mine[row.entry.text].evidence


def test_both_hold_the_same_log_after_writing_at_the_same_time(team: Team) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    for n in range(10):
        ada.note(f"Ada {n}")
        bob.note(f"Bob {n}")
    ada.settle()
    bob.settle()
    ada.settle()
    assert ada.texts == bob.texts
    assert len(ada.texts) == 20
    assert ada.vault.verify() == []
    assert bob.vault.verify() == []


def test_a_page_that_comes_while_somebody_types_is_kept_in_parts_and_ends_the_same(team: Team) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    for n in range(120):
        ada.note(f"Ada {n}")
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    rests: list[float] = []
    bob.engine = Engine(bob.call, "0.1.0", CentralStore, way=GivingWay(lambda: 0.0, rests.append))
    bob.settle()
    assert len(rests) > 120 / 20, "keys passed while it unpacked and between parts"
    assert bob.texts == ada.texts
    assert bob.vault.verify() == []


def test_everything_is_at_the_office_only_once_every_receipt_is_here(team: Team) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    entry = ada.note("The plan was agreed")
    assert not ada.standing.everything_is_there
    ada.settle()
    assert ada.standing.everything_is_there
    assert {row.status for row in ada.notes} == {SendStatus.CONFIRMED}
    ada.note("Another one")
    assert not ada.standing.everything_is_there
    assert ada.vault.questions.entry(entry.id).status is SendStatus.CONFIRMED


def test_one_turn_of_few_bytes_when_nothing_is_new(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note("A point")
    ada.settle()
    ada.round()
    network.exchanges.clear()
    report = ada.round()
    assert (report.turns, [exchange.path for exchange in network.exchanges]) == (1, ["/v1/hello"])
    assert len(network.exchanges[0].request_body) < 600


def _round_of(team: Team, up: int, down: int) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.round()
    bob = team("Bob Brown", meeting.assessment)
    bob.round()
    bob.note_many(down)
    assert bob.round().turns == 2
    ada.note_many(up)
    report = ada.round()
    assert (report.turns, report.receipts, report.again) == (3, up, False)
    assert report.received >= down
    assert ada.round().turns == 1


@pytest.mark.parametrize("size", [10, 1000])
def test_a_round_takes_at_most_three_turns_whatever_its_size(team: Team, size: int) -> None:
    _round_of(team, size, size)


@pytest.mark.slow
@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_round_of_twenty_thousand_takes_three_turns_too(team: Team) -> None:
    _round_of(team, 20_000, 10)
