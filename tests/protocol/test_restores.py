"""Backups put back behind everybody's back: the store's, a laptop's, a copy that lives on beside the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from central import admin, intake
from central.serve import start_in_thread
from central.settings import Settings
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.protocol.test_lost_replies import try_round
from tests.support.backups import StoreBackups
from tests.support.fault_proxy import Fault, FaultProxy, in_turn
from tests.support.laptop import Laptop


def all_agree(*laptops: Laptop) -> None:
    """After two rounds each, everybody shows the same notes and everything is at the office."""
    for _ in range(2):
        for laptop in laptops:
            laptop.settle(most=6)
    for laptop in laptops:
        laptop.settle()
        assert laptop.texts == laptops[0].texts
        assert laptop.standing.everything_is_there
        assert laptop.vault.verify() == []


def test_a_store_restored_from_a_backup_is_noticed_and_healed(team: Team, backups: StoreBackups) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Before the backup")
    ada.settle()
    epoch = ada.call(lambda store: store.state()).epoch
    backup = backups.make()
    for n in range(5):
        ada.note(f"After {n}")
    ada.settle()
    assert ada.standing.everything_is_there
    backups.go_back_to(backup)
    report = ada.round()
    assert report.turns <= 3
    assert report.receipts == 5
    assert ada.call(lambda store: store.state()).epoch != epoch
    assert ada.standing.everything_is_there
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert bob.texts == ada.texts
    assert len(bob.texts) == 6


def test_any_laptop_heals_the_office_with_what_it_holds_of_others(team: Team, backups: StoreBackups) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    backup = backups.make()
    ada.note("Only Bob has this now")
    ada.settle()
    bob.settle()
    backups.go_back_to(backup)
    bob.settle()
    carol = team("Carol Clark", meeting.assessment)
    carol.settle()
    assert carol.texts == ["Only Bob has this now"]
    assert [row.author_name for row in carol.notes] == ["Ada Lovelace"]
    all_agree(ada, bob, carol)


def test_until_the_office_has_it_again_nothing_shows_as_confirmed(
    team: Team, backups: StoreBackups, network: FaultProxy
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    backup = backups.make()
    ada.note("Confirmed once")
    ada.settle()
    backups.go_back_to(backup)
    network.plan = in_turn(Fault.RESET, path="/v1/push")
    assert try_round(ada) == "send.cut_off"
    assert not ada.standing.everything_is_there
    ada.settle()
    assert ada.standing.everything_is_there


def test_a_store_restored_twice_in_a_row_is_healed_twice(team: Team, backups: StoreBackups) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    first = backups.make()
    ada.note("One")
    ada.settle()
    backups.go_back_to(first)
    ada.settle()
    second = backups.make()
    ada.note("Two")
    ada.settle()
    backups.go_back_to(second)
    ada.settle()
    backups.go_back_to(first)
    all_agree(ada)
    assert ada.texts == ["One", "Two"]


def test_a_store_restored_between_hello_and_the_rest_is_healed_in_the_next_round(
    team: Team, backups: StoreBackups, network: FaultProxy
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    backup = backups.make()
    ada.note("One")
    ada.settle()
    ada.note("Two")
    waiting = [backup]

    def restore_before_push(path: str, body: bytes) -> Fault:
        if path == "/v1/push" and waiting:
            backups.go_back_to(waiting.pop())
        return Fault.PASS

    network.plan = restore_before_push
    assert try_round(ada) == ""
    assert not waiting
    all_agree(ada)
    assert ada.texts == ["One", "Two"]


def test_a_laptop_restored_from_an_old_image_goes_on_as_a_new_device_and_gets_its_notes_back(
    team: Team, tmp_path: Path
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note("Before the image")
    ada.settle()
    image = ada.image(tmp_path / "image")
    ada.note("After the image")
    ada.settle()
    before = ada.call(lambda store: store.state()).identity.device
    ada.go_back_to(image)
    assert ada.texts == ["Before the image"]
    ada.note("Written on the restored laptop")
    all_agree(ada)
    assert ada.texts == ["After the image", "Before the image", "Written on the restored laptop"]
    assert ada.call(lambda store: store.state()).identity.device != before
    assert {row.author_name for row in ada.notes} == {"Ada Lovelace"}


def test_a_restored_laptop_that_wrote_more_than_it_lost_gets_back_what_it_lost(team: Team, tmp_path: Path) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    image = ada.image(tmp_path / "image")
    ada.note("Lost with the disk")
    ada.settle()
    bob.note("From Bob")
    bob.settle()
    ada.go_back_to(image)
    for n in range(3):
        ada.note(f"Written afterwards {n}")
    ada.round()  # reads Bob's note, and so on past its own, before the office learns of the fork
    all_agree(ada, bob)
    assert "Lost with the disk" in ada.texts


@pytest.mark.parametrize("ahead", [0, 2])
def test_a_cloned_laptop_is_found_out_and_both_keep_everything(team: Team, tmp_path: Path, ahead: int) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note("Common")
    ada.settle()
    clone = Laptop(ada.image(tmp_path / "clone"), "Ada Lovelace", ada.clock)
    try:
        for n in range(1 + ahead):
            ada.note(f"First {n}")
        for n in range(2):
            clone.note(f"Clone {n}")
        ada.settle()
        clone.settle(most=6)
        for n in range(2):
            ada.note(f"First again {n}")
            clone.note(f"Clone again {n}")
        all_agree(ada, clone)
        assert len(ada.texts) == 1 + 1 + ahead + 2 + 4
        devices = {laptop.call(lambda store: store.state()).identity.device for laptop in (ada, clone)}
        assert len(devices) == 2
    finally:
        clone.close()


def test_laptop_and_store_both_restored_lose_nothing_that_anybody_holds(
    team: Team, backups: StoreBackups, tmp_path: Path
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    backup = backups.make()
    image = ada.image(tmp_path / "image")
    ada.note("Bob alone will have this")
    ada.settle()
    bob.settle()
    backups.go_back_to(backup)
    ada.go_back_to(image)
    ada.note("Written afterwards")
    all_agree(ada, bob)
    assert ada.texts == ["Bob alone will have this", "Written afterwards"]


def test_a_laptop_that_the_restored_store_does_not_know_joins_again_and_heals_it(
    team: Team, backups: StoreBackups, office: Office, network: FaultProxy
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    backup = backups.make()
    bob = team("Bob Brown", meeting.assessment)
    bob.note("Bob was here", activity=meeting)
    bob.settle()
    assert bob.standing.everything_is_there
    backups.go_back_to(backup)
    assert try_round(bob) == "central.device_unknown"
    assert bob.texts == ["Bob was here"]
    bob.join(office.settings, network.url, meeting.assessment)
    all_agree(bob, ada)
    assert ada.texts == ["Bob was here"]


def test_an_empty_store_in_place_of_the_office_s_makes_nobody_forget_anything(
    team: Team, office: Office, network: FaultProxy, tmp_path: Path
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note("Kept")
    ada.settle()
    before = ada.log
    settings = Settings(folder=tmp_path / "other", port=0)
    admin.init(settings, "Another office", ada.clock)
    other = start_in_thread(settings, ada.clock)
    try:
        network.upstream = other.url
        assert try_round(ada) == "central.device_unknown"
        assert ada.log == before
        assert ada.standing.everything_is_there
    finally:
        other.stop()
    network.upstream = office.running.url
    ada.settle()


def test_a_stopped_laptop_hears_again_from_a_restored_store_that_it_has_all_and_offers_it_once(
    team: Team, backups: StoreBackups, office: Office
) -> None:
    """Invariants 2, 12 and 26: it may ask for nothing, so only receipts of the new epoch can end its offering."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Before the stop")
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    admin.revoke(office.settings, ada.call(lambda store: store.state()).identity.device)
    ada.note("After the stop")
    ada.round()
    (late,) = [row.seq for row in intake.listing(office.settings, clock=ada.clock)]
    intake.accept(office.settings, [late], by="O. Office", clock=ada.clock)
    backup = backups.make()
    bob.note("Lost with the disk")
    bob.settle()
    backups.go_back_to(backup)
    bob.settle(most=6)  # the store learns from it that it was put back
    assert ada.round().receipts
    assert ada.standing.unreceipted == 0
    assert ada.round().receipts == 0
    assert ada.standing.quarantined == 0  # what was let in before the backup was put back stays let in
    assert ada.vault.verify() == []
