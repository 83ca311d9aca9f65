"""Joining an office: the code once, both keys proved and shown, and nothing kept unless all of it held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal
from fieldkit.kernel.signing import fingerprint
from sync.enrol import Enrolled, ask, enrol, keep
from sync.http import CentralStore
from tests.central.kit import Office
from tests.support.fault_proxy import Fault, FaultProxy, in_turn
from tests.support.laptop import APP, Laptop
from tests.support.scripted_store import answer, scripted_store

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


@pytest.fixture
def ada(tmp_path: Path, clock: FixedClock) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "ada", "Ada Lovelace", clock)
    yield made
    made.close()


def join(laptop: Laptop, url: str, code: str) -> Enrolled:
    identity = laptop.vault.perform(lambda uow: uow.identity)[0]
    return enrol(
        url, code, identity, laptop.call, clock=laptop.clock, app=APP,
        connect=lambda address: CentralStore(address, stall=5.0, connect=1.0),
    )  # fmt: skip


def is_on_its_own(laptop: Laptop) -> bool:
    try:
        laptop.call(lambda store: store.state())
    except Refusal as refusal:
        return refusal.code == "send.not_enrolled"
    return False


def test_both_sides_can_read_the_same_words_to_each_other(ada: Laptop, office: Office, network: FaultProxy) -> None:
    assert is_on_its_own(ada)
    done = ada.join(office.settings, network.url)
    key = ada.vault.perform(lambda uow: uow.identity)[0].key.public
    assert done.store_numbers == office.made.fingerprint
    assert done.laptop_numbers == fingerprint(key)
    assert (done.enrolment.office, done.enrolment.store_key.hex()) == ("Northmoor office", office.made.store)
    assert not is_on_its_own(ada)


def test_a_lost_reply_is_asked_for_again_with_the_same_code(ada: Laptop, office: Office, network: FaultProxy) -> None:
    code = admin.invite(office.settings, "Ada Lovelace", clock=office.clock).code
    network.plan = in_turn(Fault.LOSE_REPLY)
    with pytest.raises(FieldKitError, match=r"send\.cut_off"):
        join(ada, network.url, code)
    assert is_on_its_own(ada)
    join(ada, network.url, code)
    ada.open_meeting()
    ada.settle()
    assert ada.standing.everything_is_there


@pytest.mark.parametrize(
    ("code", "expected"),
    [("", "send.code"), ("abc", "send.code"), ("x" * 65, "send.code"), ("AAAA-BBBB-CCCC", "central.code_wrong")],
)  # fmt: skip
def test_a_code_that_is_not_known_joins_nobody(ada: Laptop, office: Office, code: str, expected: str) -> None:
    with pytest.raises((Mistake, Refusal)) as caught:
        join(ada, office.running.url, code)
    assert caught.value.code == expected
    assert is_on_its_own(ada)


def test_a_code_is_good_for_one_laptop(ada: Laptop, office: Office, tmp_path: Path) -> None:
    code = admin.invite(office.settings, "Ada Lovelace", clock=office.clock).code
    join(ada, office.running.url, code)
    eve = Laptop(tmp_path / "eve", "Eve Evans", office.clock)
    try:
        with pytest.raises(Refusal, match=r"central\.code_used"):
            join(eve, office.running.url, code)
    finally:
        eve.close()


def test_an_address_without_protection_is_not_even_tried(ada: Laptop, office: Office) -> None:
    with pytest.raises(Mistake, match=r"send\.address_not_protected"):
        join(ada, "http://store.example.org", "AAAA-BBBB-CCCC")


def test_a_store_that_names_a_key_it_does_not_hold_is_no_office(ada: Laptop, office: Office) -> None:
    reply: dict[str, object] = {
        "office": "Northmoor office", "user": "u", "store": office.made.store, "epoch": "e", "recovery_key": None,
        "assessments": [], "proof": "AA" * 42 + "AA==",
    }  # fmt: skip
    script = answer("200 OK", json.dumps(reply).encode(), "Content-Type: application/json")
    with scripted_store(script) as impostor, pytest.raises(Refusal, match=r"send\.not_our_office"):
        join(ada, impostor.url, "AAAA-BBBB-CCCC")
    assert is_on_its_own(ada)


def test_a_recording_of_another_enrolment_does_not_pass(
    ada: Laptop, office: Office, network: FaultProxy, tmp_path: Path
) -> None:
    bob = Laptop(tmp_path / "bob", "Bob Brown", office.clock)
    bob.join(office.settings, network.url)
    bob.close()
    recorded = network.exchanges[-1].reply.partition(b"\r\n\r\n")[2]
    script = answer("200 OK", recorded, "Content-Type: application/json")
    with scripted_store(script) as impostor, pytest.raises(Refusal, match=r"send\.not_our_office"):
        join(ada, impostor.url, "AAAA-BBBB-CCCC")


def test_a_vault_whose_work_an_office_has_confirmed_stays_with_that_office(
    ada: Laptop, office: Office, tmp_path: Path
) -> None:
    ada.join(office.settings, office.running.url)
    ada.settle()
    settings = Settings(folder=tmp_path / "other", port=0)
    admin.init(settings, "Another office", office.clock)
    other = start_in_thread(settings, office.clock)
    try:
        with pytest.raises(Refusal, match=r"vault\.enrolled_elsewhere"):
            ada.join(settings, other.url)
    finally:
        other.stop()


def test_until_the_words_are_compared_the_vault_knows_no_office(office: Office, ada: Laptop) -> None:
    code = admin.invite(office.settings, "Ada Lovelace", clock=ada.clock).code
    identity = ada.vault.perform(lambda uow: uow.identity)[0]
    granted = ask(office.running.url, code, identity, clock=ada.clock, app=APP, connect=CentralStore)
    assert granted.store_numbers == office.made.fingerprint
    assert ada.vault.questions.enrolment() is None
    again = ask(
        office.running.url, code, identity, clock=ada.clock, app=APP, connect=CentralStore
    )  # as after a crash in between
    keep(again, ada.call)
    assert ada.vault.questions.enrolment() == again.enrolment == granted.enrolment
    ada.open_meeting()
    ada.settle()
    assert ada.standing.everything_is_there
