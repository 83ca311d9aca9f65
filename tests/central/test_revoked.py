"""Revoking a laptop stops its reading and never discards its work."""

from __future__ import annotations

import pytest

from central import admin
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def ada(office: Office, place: str) -> Laptop:
    """Revoked after her first note."""
    ada = office.laptop("Ada")
    ada.push(ada.write(place))
    admin.revoke(office.settings, ada.device)
    return ada


@pytest.fixture
def unsent(office: Office, ada: Laptop, place: str) -> Revision:
    note = ada.write(place, "not yet sent")
    assert ada.push(note).outcomes([note]) == ["quarantined(device_revoked)"]
    return note


def test_it_may_say_hello_and_is_told(ada: Laptop, place: str) -> None:
    reply = ada.hello(cursors={place: 0}).json
    assert (reply["status"], reply["news"], reply["fork"]) == ("revoked", {}, False)
    assert ada.certificate()[0] == 1


@pytest.mark.parametrize("path", ["/v1/pull", "/v1/missing", "/v1/succeed"])
def test_it_may_not_read_or_go_on_as_another(ada: Laptop, path: str) -> None:
    assert ada.post(path, {}).code == "central.device_revoked"


def test_it_may_not_read_the_pages_for_people(ada: Laptop) -> None:
    assert ada.ask("GET", "/v1/assessments").code == "central.device_revoked"


def test_its_unsent_work_is_kept_for_a_person_and_shown_to_the_office(
    office: Office, ada: Laptop, unsent: Revision, place: str
) -> None:
    overview = admin.show(office.settings)
    assert [(item.person, item.code, item.assessment) for item in overview.waiting] == [
        ("Ada", "device_revoked", place)
    ]
    assert [(alarm.kind, alarm.device) for alarm in overview.alarms] == [("revoked_work", ada.device)]
    assert len(office.laptop("Ben", place).pull({place: 0}).revisions) == 1
    assert ada.push(unsent).sheets == ada.push(unsent).sheets


def test_a_person_may_let_it_in(office: Office, ada: Laptop, unsent: Revision, place: str) -> None:
    waiting = admin.show(office.settings).waiting
    assert admin.release(office.settings, [waiting[0].seq]) == (waiting[0].seq,)
    assert admin.release(office.settings, [waiting[0].seq]) == ()
    assert office.laptop("Ben", place).pull({place: 0}).revisions[1:] == [unsent]
    assert admin.show(office.settings).waiting == ()
    assert ada.certificate() == (2, unsent.hash, 2)


def test_a_team_mate_who_carries_it_does_not_let_it_in(
    office: Office, ada: Laptop, unsent: Revision, place: str
) -> None:
    ben = office.laptop("Ben", place)
    assert ben.push(unsent).outcomes([unsent]) == ["quarantined(device_revoked)"]


def test_what_cannot_be_overruled_waits_on(office: Office, place: str) -> None:
    ada, eve = office.laptop("Ada"), office.laptop("Eve")
    ada.push(ada.write(place))
    posing, outside = eve.write(place, author=ada.author), eve.write(place)
    eve.push(posing, outside)
    numbers = [item.seq for item in admin.show(office.settings).waiting]
    assert len(numbers) == 2
    assert admin.release(office.settings, numbers) == ()
    assert [item.seq for item in admin.show(office.settings).waiting] == numbers


def test_revoking_a_laptop_that_is_not_enrolled_is_a_mistake(office: Office) -> None:
    for name in (new_id(), "laptop 7"):
        with pytest.raises(Mistake, match=r"central\.device"):
            admin.revoke(office.settings, name)
