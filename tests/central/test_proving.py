"""Each revision proves itself before anybody else is given it; one signature for a run is enough only for a receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from central import admin
from central.proving import prove_all
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import new_id
from tests.central.kit import ACCEPTED, Laptop, Office


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def bob(office: Office, place: str) -> Laptop:
    """Leads the assessment."""
    bob = office.laptop("Bob")
    bob.push(bob.write(place))
    return bob


def spoilt(revision: Revision) -> Revision:
    return replace(revision, signature=bytes(64))


def test_what_only_its_run_proves_is_kept_and_handed_to_nobody(office: Office, bob: Laptop, place: str) -> None:
    ann = office.laptop("Ann", place)
    run = [bob.write(place, f"words {n}") for n in range(20)]
    sent = [*(spoilt(one) for one in run[:-1]), run[-1]]
    pushed = bob.push(*sent)
    assert pushed.outcomes(run) == [ACCEPTED] * 20
    pulled = ann.pull({place: 0})
    assert pulled.ids == [bob.held[0].envelope.id, run[-1].envelope.id]
    assert pulled.cursors == {place: 21}
    assert ann.hello(cursors=pulled.cursors).json["news"] == {}
    shown = office.read(f"/v1/assessments/{place}/entries").json
    assert (len(shown["entries"]) + shown["unreadable"], shown["sealed"]) == (2, 0)
    assert [(alarm.kind, alarm.device) for alarm in admin.show(office.settings).alarms] == [("unproved", bob.device)]
    assert bob.certificate() == (21, run[-1].hash, 21)


def test_work_that_proves_itself_is_handed_on_whole_and_checked_once(
    office: Office, bob: Laptop, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = office.laptop("Ann", place)
    run = [bob.write(place, f"words {n}") for n in range(30)]
    bob.push(*run)
    assert ann.pull({place: 0}).ids == [one.envelope.id for one in bob.held]
    monkeypatch.setattr("central.proving.signed_message", lambda _hash: pytest.fail("checked again"))
    prove_all(office.running.core)
    assert ann.pull({place: 1}).ids == [one.envelope.id for one in run]


def test_a_page_ends_where_checking_has_come_to(
    office: Office, bob: Laptop, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = office.laptop("Ann", place)
    first = ann.pull({place: 0})
    monkeypatch.setattr("central.push.prove_behind", lambda _core: None)
    late = bob.write(place)
    bob.push(late)
    with monkeypatch.context() as behind:
        behind.setattr("central.pull.prove_all", lambda _core: None)  # it came in while pages were being sent
        page = ann.pull({place: 0})
        assert (page.ids, page.cursors) == (first.ids, {place: 1})
        assert page.pages[0].witness == first.pages[0].witness
        assert ann.hello(cursors=page.cursors).json["news"] == {place: 2}
    assert ann.pull({place: 1}).ids == [late.envelope.id]


def test_nobody_spoils_the_signatures_of_others(office: Office, bob: Laptop, place: str) -> None:
    ann = office.laptop("Ann", place)
    mine = [ann.write(place, f"Ann's {n}") for n in range(3)]
    brought = bob.push(spoilt(mine[0]), spoilt(mine[1]), mine[2])
    assert brought.trailer.corrupt == [mine[0].envelope.id, mine[1].envelope.id]
    assert ann.push(*mine).outcomes(mine) == [ACCEPTED] * 3
    assert bob.pull({place: 1}).ids == [mine[2].envelope.id, mine[0].envelope.id, mine[1].envelope.id]


def test_what_a_revoked_laptop_spoilt_is_not_let_in(office: Office, bob: Laptop, place: str) -> None:
    ann = office.laptop("Ann", place)
    admin.revoke(office.settings, ann.device, office.clock)
    run = [ann.write(place, f"words {n}") for n in range(3)]
    sent = [spoilt(run[0]), run[1], run[2]]
    assert ann.push(*sent).outcomes(run) == ["quarantined(device_revoked)"] * 3
    waiting = [one.seq for one in admin.show(office.settings).waiting]
    assert len(admin.release(office.settings, waiting, office.clock)) == 2
    assert bob.pull({place: 1}).ids == [run[1].envelope.id, run[2].envelope.id]
