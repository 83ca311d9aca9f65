"""The sealed mailbox: only who holds the role takes anything away, and nobody learns who brought it."""

from __future__ import annotations

import base64
import hashlib
from contextlib import closing

import pytest
import sqlalchemy as sa

from central import admin, pace, sealed, tables
from central.core import open_core
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.signing import new_box_keys
from sync.wire.sealed import LARGEST_SEALED, holders_message, taken_message
from tests.central.kit import Laptop, Office

SEALED = bytes(range(256)) * 64


@pytest.fixture
def guardian(office: Office) -> Laptop:
    made = office.laptop("G. Guardian")
    admin.set_role(office.settings, "G. Guardian", "speaking_up")
    return made


@pytest.fixture
def public(guardian: Laptop) -> str:
    key = new_box_keys()[1].hex()
    assert guardian.post("/v1/sealed/key", {"public": key}).json == {"done": True}
    return key


def _seal(laptop: Laptop, public: str, data: bytes = SEALED) -> object:
    return laptop.post("/v1/sealed", {"to": public, "sealed": base64.b64encode(data).decode()})


def test_it_goes_from_a_laptop_to_the_holder_with_a_receipt_and_is_gone_once_taken(
    office: Office, guardian: Laptop, public: str
) -> None:
    ada = office.laptop("Ada")
    listed = ada.ask("GET", "/v1/sealed/holders").json
    assert listed["holders"] == [{"name": "G. Guardian", "public": public}]
    assert listed["device"] == ada.device
    assert office.key.holds(base64.b64decode(listed["proof"]), holders_message(listed))
    taken = ada.post("/v1/sealed", {"to": public, "sealed": base64.b64encode(SEALED).decode()}).json
    assert taken["digest"] == hashlib.sha256(SEALED).hexdigest()
    assert office.key.holds(base64.b64decode(taken["proof"]), taken_message(taken))
    again = ada.post("/v1/sealed", {"to": public, "sealed": base64.b64encode(SEALED).decode()}).json
    assert again == taken, "a lost receipt is given again and nothing is stored twice"
    (item,) = guardian.ask("GET", "/v1/sealed").json["items"]
    assert base64.b64decode(item["sealed"]) == SEALED
    assert guardian.ask("DELETE", f"/v1/sealed/{item['id']}").json == {"done": True}
    assert guardian.ask("GET", "/v1/sealed").json["items"] == []
    assert guardian.ask("DELETE", f"/v1/sealed/{item['id']}").code == "central.not_found"


def test_the_store_keeps_ciphertext_a_key_and_a_day_and_nothing_else(
    office: Office, guardian: Laptop, public: str
) -> None:
    ada = office.laptop("Ada")
    before = _rows(office)
    assert _seal(ada, public).status == 200  # type: ignore[attr-defined]
    after = _rows(office)
    assert {name for name in after if before[name] != after[name]} == {"sealed"}
    (row,) = after["sealed"]
    assert set(row) == {"id", "public", "day", "digest", "data"}
    assert row["day"] == office.clock.now().date().isoformat()
    assert not any(one.encode() in repr(row).encode() for one in (ada.device, ada.user, ada.author))


def test_nobody_else_reads_takes_away_or_puts_their_key_in_its_place(
    office: Office, guardian: Laptop, public: str
) -> None:
    lead = office.laptop("Ada", role="member")
    lead.push(lead.write(None))
    _seal(lead, public)
    (item,) = guardian.ask("GET", "/v1/sealed").json["items"]
    assert lead.ask("GET", "/v1/sealed").code == "central.not_holder"
    assert lead.ask("DELETE", f"/v1/sealed/{item['id']}").code == "central.not_holder"
    assert lead.post("/v1/sealed/key", {"public": public}).code == "central.not_holder"
    assert office.read("/v1/sealed").code == "central.not_signed"
    assert office.read("/v1/sealed/holders").code == "central.not_signed"
    second = office.laptop("H. Other")
    admin.set_role(office.settings, "H. Other", "speaking_up")
    assert second.post("/v1/sealed/key", {"public": public}).code == "central.not_holder"
    assert second.ask("GET", "/v1/sealed").json["items"] == []
    assert second.ask("DELETE", f"/v1/sealed/{item['id']}").code == "central.not_found"


def test_a_role_that_ends_takes_its_key_with_it(office: Office, guardian: Laptop, public: str) -> None:
    ada = office.laptop("Ada")
    admin.set_role(office.settings, "G. Guardian", "speaking_up", holds=False)
    assert ada.ask("GET", "/v1/sealed/holders").json["holders"] == []
    assert _seal(ada, public).code == "central.no_such_holder"  # type: ignore[attr-defined]
    assert guardian.ask("GET", "/v1/sealed").code == "central.not_holder"


def test_a_flood_is_stopped_without_a_word_of_who_it_was(
    office: Office, public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", 2)
    ada, ben = office.laptop("Ada"), office.laptop("Ben")
    replies = [_seal(ada, public, bytes([n]) * 100) for n in range(3)]
    assert [one.status for one in replies] == [200, 200, 429]  # type: ignore[attr-defined]
    assert _seal(ben, public, b"of another").status == 200  # type: ignore[attr-defined]


def test_one_person_fills_the_mailbox_for_nobody_else_whatever_laptops_they_take(
    office: Office, guardian: Laptop, public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "MOST_WAITING", 9)
    monkeypatch.setattr(sealed, "KEPT_FOR_THE_REST", 4)
    monkeypatch.setattr(pace, "MOST_A_DAY", 4)
    eve, ben = office.laptop("Eve"), office.laptop("Ben")
    told = []
    for number in range(8):
        told.append(_seal(eve, public, f"rubbish {number}".encode()).status)  # type: ignore[attr-defined]
        if number == 2:
            reply, eve = eve.succeed()
            assert reply.status == 200
    assert told == [200] * 4 + [429] * 4, "a new device id begins nothing anew"
    office.clock.advance(86_400)
    assert [_seal(eve, public, bytes([n])).status for n in range(4)] == [200, 200, 200, 429]  # type: ignore[attr-defined]
    assert _seal(ben, public, b"what Ben was told").status == 200  # type: ignore[attr-defined]
    waiting = [base64.b64decode(one["sealed"]) for one in guardian.ask("GET", "/v1/sealed").json["items"]]
    assert b"what Ben was told" in waiting
    (alarm,) = (one for one in admin.show(office.settings).alarms if one.kind != "continued")
    assert (alarm.kind, alarm.details, alarm.at[10:]) == ("mailbox_filling", public[:16], "T00:00:00.000Z")
    assert eve.device not in repr(alarm)


@pytest.mark.parametrize(
    "body", [{"to": "5a" * 32, "sealed": "===="}, {"to": "x", "sealed": "AAAA"}, {"to": "5a" * 32}, {"sealed": "AAAA"}]
)
def test_what_does_not_read_is_refused(office: Office, body: dict[str, str]) -> None:
    assert office.laptop("Ada").post("/v1/sealed", body).code in {"central.malformed", "central.no_such_holder"}


def test_long_rubbish_does_not_stand_before_what_somebody_handed_over(
    office: Office, guardian: Laptop, public: str
) -> None:
    for number in range(2):
        rubbish = bytes([number]) * LARGEST_SEALED
        assert _seal(office.laptop(f"M{number}"), public, rubbish).status == 200  # type: ignore[attr-defined]
    office.clock.advance(86_400)
    _seal(office.laptop("Ada"), public)
    told = guardian.ask("GET", "/v1/sealed").json
    assert base64.b64decode(told["items"][0]["sealed"]) == SEALED
    assert told["more"]


def test_a_role_needs_a_person_and_a_name(office: Office) -> None:
    with pytest.raises(Mistake, match=r"central\.person_unknown"):
        admin.set_role(office.settings, "Nobody", "speaking_up")
    with pytest.raises(Mistake, match=r"central\.role"):
        admin.set_role(office.settings, "Nobody", "king")


def _rows(office: Office) -> dict[str, list[dict[str, object]]]:
    with closing(open_core(office.settings)) as core, core.database.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in tables.metadata.sorted_tables
        }
