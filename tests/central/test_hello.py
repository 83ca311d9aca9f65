"""Hello proves the store, notices when it was rewound or a laptop was copied, and tells what is new."""

from __future__ import annotations

import base64
import sqlite3
from pathlib import Path

import pytest

from central import admin
from central.hello import MOST_EPOCHS
from central.serve import start_in_thread
from central.settings import Settings
from central.witnesses import told
from fieldkit.domain.receipt import Witness, read_sheet
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import new_id
from sync.wire.requests import hello_message
from tests.central.kit import NONCE, Laptop, Office, Reply

FAR = {"epoch": "00000000-0000-4000-8000-000000000001", "seq": 3, "chain": "ab" * 32}


@pytest.fixture
def ada(office: Office) -> Laptop:
    return office.laptop("Ada")


def _witness(reply: Reply) -> dict[str, object]:
    witness = reply.json["witness"]
    assert isinstance(witness, dict)
    return witness


def test_the_reply_is_signed_over_the_nonce_by_the_stores_own_key(office: Office, ada: Laptop) -> None:
    body = ada.hello().json
    proof = base64.b64decode(body["proof"])
    assert office.key.holds(proof, hello_message(NONCE, body))
    assert not office.key.holds(proof, hello_message("00" * 32, body))
    assert body["store"] == office.made.store


def test_witnesses_that_the_log_has_keep_the_epoch(ada: Laptop) -> None:
    start = _witness(ada.hello())
    ada.push(ada.write(new_id()))
    one = _witness(ada.hello())
    ada.push(ada.write(new_id()))
    reply = ada.hello(epoch=one["epoch"], witnesses=[start, one, _witness(ada.hello())])
    assert reply.json["epoch"] == one["epoch"]


def _told_before_a_restore(office: Office, epoch: object, seq: int, chain: str) -> dict[str, object]:
    """A witness that this store told in a state which it has lost since."""
    return told(office.running.core, Witness(epoch=str(epoch), seq=seq, chain=chain)).model_dump()


@pytest.mark.parametrize(("seq", "chain"), [(2, "ab" * 32), (1, "00" * 32), (10**15, "ab" * 32)])
def test_a_witness_that_the_log_does_not_have_begins_a_new_epoch(
    office: Office, ada: Laptop, seq: int, chain: str
) -> None:
    ada.push(ada.write(new_id()))
    known = _witness(ada.hello())
    lost = _told_before_a_restore(office, known["epoch"], seq, chain)
    reply = ada.hello(epoch=known["epoch"], witnesses=[lost])
    assert reply.json["epoch"] != known["epoch"]
    assert [alarm.kind for alarm in admin.show(office.settings).alarms] == ["rewound"]
    again = ada.hello(epoch=known["epoch"], witnesses=[lost])
    assert again.json["epoch"] == reply.json["epoch"]


def test_an_epoch_the_store_no_longer_knows_proves_once_that_it_was_rewound(office: Office, ada: Laptop) -> None:
    before = ada.epoch()
    ben = office.laptop("Ben")
    lost = _told_before_a_restore(office, FAR["epoch"], 3, "ab" * 32)
    after = ada.hello(epoch=FAR["epoch"], witnesses=[lost]).json["epoch"]
    assert after not in {before, FAR["epoch"]}
    assert ben.hello(epoch=FAR["epoch"], witnesses=[lost]).json["epoch"] == after  # the second who remembers it


@pytest.mark.parametrize("proof", [{}, {"proof": ""}, {"proof": "00" * 16}])
def test_nobody_begins_a_new_epoch_by_a_witness_that_the_store_did_not_tell(
    office: Office, ada: Laptop, proof: dict[str, str]
) -> None:
    before = ada.epoch()
    ada.push(ada.write(new_id()))
    told_truly = _witness(ada.hello())
    assert ada.hello(epoch=FAR["epoch"]).json["epoch"] == before
    for made_up in ({**FAR, **proof}, {**FAR, "epoch": before, **proof}, {**told_truly, "seq": 10**9}):
        assert ada.hello(witnesses=[made_up]).json["epoch"] == before
    assert admin.show(office.settings).alarms == ()


def test_a_revoked_laptop_begins_no_epoch_whatever_it_remembers(office: Office, ada: Laptop) -> None:
    before = ada.epoch()
    lost = _told_before_a_restore(office, before, 7, "ab" * 32)
    admin.revoke(office.settings, ada.device, office.clock)
    reply = ada.hello(epoch=before, witnesses=[lost]).json
    assert (reply["status"], reply["epoch"]) == ("revoked", before)


def test_so_many_new_epochs_in_an_hour_are_no_restores(office: Office, ada: Laptop) -> None:
    for n in range(MOST_EPOCHS // 2):
        ada.hello(witnesses=[_told_before_a_restore(office, ada.epoch(), 100 + n, "ab" * 32)])
    last = ada.epoch()
    lost = [_told_before_a_restore(office, new_id(), 5, "ab" * 32) for _ in range(MOST_EPOCHS)]
    assert ada.hello(witnesses=lost).status == 200
    assert (
        ada.hello(witnesses=[_told_before_a_restore(office, ada.epoch(), 900, "ab" * 32)]).code == "central.unavailable"
    )
    office.clock.advance(3601)
    assert ada.hello(witnesses=[_told_before_a_restore(office, ada.epoch(), 900, "ab" * 32)]).json["epoch"] != last


def test_the_witness_on_a_sheet_is_proved_like_any_other(office: Office, ada: Laptop) -> None:
    sheet = ada.push(ada.write(new_id())).read[0]
    proof = told(office.running.core, sheet.witness).proof
    assert sheet.proof == proof == _witness(ada.hello())["proof"]


def test_a_pull_from_another_epoch_is_told_to_say_hello(ada: Laptop) -> None:
    request = {"epoch": FAR["epoch"], "cursors": {}, "own_after": 0}
    assert ada.post("/v1/pull", request).code == "central.epoch"


def test_a_store_restored_from_a_backup_is_healed_by_any_laptop(tmp_path: Path, clock: FixedClock) -> None:
    settings, place = Settings(folder=tmp_path / "central", port=0), new_id()
    made = admin.init(settings, "Northmoor", clock)
    running = start_in_thread(settings, clock)
    office = Office(settings, running, made, clock)
    ada = office.laptop("Ada")
    first = ada.write(place)
    ada.push()
    ben = office.laptop("Ben", place)
    backup = tmp_path / "backup.db"
    with sqlite3.connect(tmp_path / "central" / "central.db") as source, sqlite3.connect(backup) as copy:
        source.backup(copy)
    lost = ada.write(place, "after the backup")
    ada.push()
    held = ben.pull({place: 0}).revisions
    seen = _witness(ben.hello())
    running.stop()
    backup.replace(tmp_path / "central" / "central.db")
    restored = Office(settings, start_in_thread(settings, clock), made, clock)
    ada.office = ben.office = restored
    try:
        assert ben.hello(epoch=seen["epoch"], witnesses=[seen]).json["epoch"] != seen["epoch"]
        assert ben.missing(held) == [1]
        assert ben.push(lost).outcomes([lost]) == ["accepted"]
        assert ada.certificate() == (2, lost.hash, 2)
        assert ben.missing([first, lost]) == []
    finally:
        restored.running.stop()


def test_news_is_of_others_work_beyond_the_cursor(office: Office, ada: Laptop) -> None:
    place = new_id()
    ada.push(ada.write(place))
    ben = office.laptop("Ben", place)
    assert ada.hello().json["news"] == {}
    assert ben.hello().json["news"] == {place: 1}
    assert ben.hello(cursors={place: 1}).json["news"] == {}
    ben.push(ben.write(place))
    assert ada.hello(cursors={place: 1}).json["news"] == {place: 2}


def test_a_laptop_restored_from_an_image_is_noticed(ada: Laptop) -> None:
    place = new_id()
    old = ada.write(place)
    ada.write(place)
    assert ada.hello().json["fork"] is False
    ada.push()
    assert ada.hello().json["fork"] is False
    assert ada.hello(head_seq=1, head_hash=old.hash).json["fork"] is True


def test_a_cloned_laptop_is_noticed_and_both_chains_are_kept(office: Office, ada: Laptop) -> None:
    place = new_id()
    start = ada.write(place)
    ada.push()
    clone = Laptop(office, key=ada.key, device=ada.device, author=ada.author, user=ada.user)
    clone.head = ada.head
    mine, theirs = ada.write(place, "mine"), clone.write(place, "theirs")
    assert ada.push(mine).outcomes([mine]) == ["accepted"]
    assert clone.hello().json["fork"] is True
    assert clone.push(theirs).outcomes([theirs]) == ["accepted"]
    assert ada.hello().json["fork"] is True
    assert ada.certificate() == (2, mine.hash, 2)
    assert [alarm.kind for alarm in admin.show(office.settings).alarms] == ["fork"]
    assert ada.missing([start, mine, theirs]) == []


def test_going_on_under_a_new_id_keeps_person_and_teams(office: Office, ada: Laptop) -> None:
    place = new_id()
    old = ada.write(place)
    ada.push()
    reply, after = ada.succeed()
    assert (reply.status, after.hello().json["status"], ada.hello().json["status"]) == (200, "active", "succeeded")
    new = after.write(place)
    assert after.push(new).outcomes([new]) == ["accepted"]
    assert after.pull({place: 0}).revisions == [old]
    assert ada.push(old).outcomes([old]) == ["accepted"]
    left = ada.write(place, "found later")
    assert ada.push(left).outcomes([left]) == ["accepted"]


def test_a_successor_must_prove_its_key_and_have_an_id_of_its_own(office: Office, ada: Laptop) -> None:
    eve = office.laptop("Eve")
    request = {"device": new_id(), "device_key": eve.key.public.hex(), "proof": base64.b64encode(bytes(64)).decode()}
    assert ada.post("/v1/succeed", request).code == "central.proof"
    mallory = Laptop(office, key=ada.key, device=ada.device)
    _, after = mallory.succeed()
    stolen = Laptop(office, key=eve.key, device=eve.device)
    assert _succeed_as(stolen, after).code == "central.device_taken"


def _succeed_as(laptop: Laptop, after: Laptop) -> Reply:
    from sync.wire.requests import succeed_message, to_base64

    request = {"device": after.device, "device_key": after.key.public.hex()}
    proof = to_base64(after.key.sign(succeed_message(laptop.device, request)))
    return laptop.post("/v1/succeed", {**request, "proof": proof})


def test_a_protocol_that_is_not_spoken_is_refused_in_words(ada: Laptop) -> None:
    assert ada.hello(protocol=99).code == "central.protocol"


def test_a_successor_hears_of_and_gets_what_was_let_in_for_the_device_before_it(office: Office, ada: Laptop) -> None:
    place = new_id()
    ben = office.laptop("Ben")
    ben.push(ben.write(place))
    early = ada.write(place)
    ada.push(early)
    _, after = ada.succeed()
    admin.add_member(office.settings, "Ada", place, clock=office.clock)
    assert after.hello().json["news"] == {place: 3}
    sheets = after.pull({place: 0}).sheets
    lines = [line for sheet in sheets for line in read_sheet(sheet, office.key).lines]
    assert [(line.revision, line.outcome.value) for line in lines] == [(early.envelope.id, "accepted")]
    assert after.hello(cursors={place: 3}).json["news"] == {}
    assert after.pull({place: 3}).sheets == []
