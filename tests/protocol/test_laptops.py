"""Laptops as the office knows them, on real vaults: stopped, copied, away for long, asked to be erased."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from central import admin, admin_devices, intake
from fieldkit.app import laptop as word
from fieldkit.app.rows import SendStatus
from fieldkit.domain.device_certificate import GRACE, SOON, VALID, Validity
from fieldkit.domain.invitation import invitation_text
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey
from sync.enrol import enrol
from sync.http import CentralStore
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import APP, Laptop

DAY = 86_400.0


def days(clock: FixedClock, count: float) -> None:
    clock.advance(count * DAY)


def test_a_stopped_laptop_hands_in_hears_what_became_of_it_and_goes_on_writing(
    team: Team, office: Office, clock: FixedClock
) -> None:
    """Invariants 12 and 16: what it held when it was stopped is at the office, and its author knows where it stands."""
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    admin.revoke(office.settings, ada.call(lambda store: store.state()).identity.device)
    ada.note("First after the stop")
    ada.note("Second after the stop")
    assert getattr(ada.round().problem, "code", "") == "send.device_revoked"
    waits = [row.seq for row in intake.listing(office.settings, clock=clock)]
    assert len(waits) >= 2
    ada.round()
    assert word.waiting(ada.vault.questions) == len(waits)
    intake.set_aside(office.settings, waits[:1], by="O. Office", reason="Not of this visit", clock=clock)
    intake.accept(office.settings, waits[1:], by="O. Office", clock=clock)
    ada.round()
    assert word.waiting(ada.vault.questions) == 0
    aside = [item for item in ada.vault.questions.send_items() if item.status is SendStatus.QUARANTINED]
    assert [(item.decided_by, item.decided_why) for item in aside] == [("O. Office", "Not of this visit")]
    assert ada.standing.quarantined == 1
    ada.note("Still writing")
    assert ada.vault.verify() == []


def test_two_copies_of_one_vault_both_go_on_nothing_is_lost_and_the_office_is_told_which_two(
    team: Team, office: Office, tmp_path: Path, clock: FixedClock
) -> None:
    """Invariants 1 and 13: a real vault's folder, copied; both copies write and send."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Before the copy")
    ada.settle()
    before = ada.call(lambda store: store.state()).identity.device
    copy = ada.image(tmp_path / "copy")
    twin = Laptop(copy, "Ada Lovelace", clock)
    try:
        for n in range(3):
            ada.note(f"On the first {n}")
            twin.note(f"On the second {n}")
        for _ in range(4):
            ada.round()
            twin.round()
        ada.settle(most=6)
        twin.settle(most=6)
        bob = team("Bob Brown", meeting.assessment)
        bob.settle()
        written = [f"On the {which} {n}" for which in ("first", "second") for n in range(3)]
        assert bob.texts == sorted(["Before the copy", *written]) == ada.texts == twin.texts
        after = {one.call(lambda store: store.state()).identity.device for one in (ada, twin)}
        laptops = {one.device: one for one in admin_devices.laptops(office.settings, clock)}
        told = [alarm.details for alarm in admin.show(office.settings).alarms if alarm.kind == "copies"]
        assert set(told[-1].split()) == set(laptops[before].goes_on) == after
        assert len(after) == 2
        assert ada.vault.verify() == twin.vault.verify() == []
    finally:
        twin.close()


def test_a_certificate_warns_and_never_stops_writing_or_sending(team: Team, office: Office, clock: FixedClock) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    asked = ada.vault.questions
    found = word.certificate(asked)
    assert found is not None
    assert found.name == "Ada Lovelace"
    days(clock, VALID.days - SOON.days)
    assert word.validity(asked, clock.now()) is Validity.SOON
    ada.round()
    assert word.validity(asked, clock.now()) is Validity.GOOD
    days(clock, VALID.days + GRACE.days)
    assert word.validity(asked, clock.now()) is Validity.OVER
    ada.note("Written on a long leave")
    assert getattr(ada.round().problem, "code", "") == "send.device_expired"
    assert [row.code for row in intake.listing(office.settings, clock=clock)][-1] == "certificate_expired"
    assert ada.call(lambda store: store.state()).unreceipted == 0
    admin_devices.renew(office.settings, found.device, clock=clock)
    assert ada.round().problem is None
    assert word.validity(asked, clock.now()) is Validity.GOOD


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_an_invitation_is_redeemed_only_at_the_store_whose_key_it_names(
    office: Office, tmp_path: Path, clock: FixedClock
) -> None:
    ada = Laptop(tmp_path / "ada", "Ada Lovelace", clock)
    try:
        code = admin.invite(office.settings, "Ada Lovelace", clock=clock).code
        identity = ada.vault.perform(lambda uow: uow.identity)[0]

        def join(key: bytes) -> None:
            address = invitation_text(office.running.url, code, key).split()[1]
            enrol(address, code, identity, ada.call, clock=clock, app=APP, connect=CentralStore)

        with pytest.raises(Refusal, match=r"enrol\.other_key"):
            join(SigningKey.generate().public)
        assert ada.vault.questions.enrolment() is None
        join(bytes.fromhex(office.made.store))
        assert ada.vault.questions.enrolment() is not None
    finally:
        ada.close()


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_two_peoples_vaults_on_one_laptop_stay_apart_and_locking_loses_nothing(
    team: Team, office: Office, tmp_path: Path, clock: FixedClock
) -> None:
    """Invariant 14: leaving (closing the vault) with unsent work keeps all of it, and the next person sees none."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    ada.note("Not sent when Ada left")
    ada.close()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert bob.texts == []
    bob.note("Bob's, on the same laptop")
    bob.settle()
    again = Laptop(ada.folder, "Ada Lovelace", clock)
    try:
        assert again.call(lambda store: store.state()).unreceipted == 1
        again.settle()
        assert again.texts == ["Bob's, on the same laptop", "Not sent when Ada left"]
        assert again.standing.everything_is_there
    finally:
        again.close()
    shutil.rmtree(tmp_path / "Ada-Lovelace")
    bob.settle()
    assert bob.texts == ["Bob's, on the same laptop", "Not sent when Ada left"]
