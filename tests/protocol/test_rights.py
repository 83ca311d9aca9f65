"""Work is never refused: revoked, not on the team, of a later version, or choked on by the store, it is kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from central import admin
from fieldkit.app.rows import SendStatus
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from sync.wire.frames import FrameReader, Kind, read_frames
from tests.central.kit import Laptop as BareLaptop
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.protocol.test_lost_replies import try_round
from tests.protocol.test_privacy import everything_the_office_has
from tests.support.backups import StoreBackups
from tests.support.fault_proxy import Fault, FaultProxy, Plan, in_turn
from tests.support.laptop import Laptop


def test_a_revoked_laptop_hands_in_what_it_has_and_reads_nothing_more(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    admin.revoke(office.settings, bob.call(lambda store: store.state()).identity.device, office.clock)
    entry = bob.note("Noticed before Bob knew")
    ada.note("Not for Bob any more")
    ada.settle()
    report = bob.round()
    assert report.problem is not None
    assert report.problem.code == "send.device_revoked"
    assert bob.texts == ["Noticed before Bob knew"]
    assert b"Noticed before Bob knew" in everything_the_office_has(office)
    assert bob.vault.questions.entry(entry.id).status is SendStatus.QUARANTINED
    assert bob.vault.verify() == []
    ada.settle()
    assert ada.texts == ["Not for Bob any more"]


def test_what_is_set_aside_holds_up_nothing_and_is_let_in_later(
    office: Office, team: Team, network: FaultProxy, tmp_path: Path
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = Laptop(tmp_path / "bob", "Bob Brown", ada.clock)
    try:
        bob.join(office.settings, network.url, meeting.assessment, role="reader")
        bob.settle()
        held = bob.note("From one who only reads")
        own = bob.open_meeting("Bob's own")
        free = bob.note("From its lead", activity=own)
        bob.settle()
        status = bob.vault.questions.entry
        assert (status(held.id).status, status(free.id).status) == (SendStatus.QUARANTINED, SendStatus.CONFIRMED)
        ada.settle()
        assert ada.texts == []
        admin.add_member(office.settings, "Bob Brown", meeting.assessment, "member", office.clock)
        bob.settle()
        ada.settle()
        assert ada.texts == ["From one who only reads"]
        assert status(held.id).status is SendStatus.CONFIRMED
    finally:
        bob.close()


@pytest.mark.parametrize("kind", ["entry", "weather"])
def test_a_later_version_s_records_are_kept_and_offered_again_byte_for_byte(
    office: Office, team: Team, backups: StoreBackups, kind: str
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    later: BareLaptop = office.laptop("Zed Zimmer", AssessmentId(meeting.assessment))
    backup = backups.make()
    body = {"mood": "sunny", "nested": {"of": ["later", None, 7]}}
    made = later.write(meeting.assessment, kind=kind, shape=99, body=body, app="9.0.0")
    later.push()
    ada.settle()
    held = ada.log[made.envelope.id]
    assert (held.envelope_bytes, held.content, held.salt) == (made.envelope_bytes, made.content, made.salt)
    assert ada.vault.verify() == []
    ada.vault.rebuild()
    backups.go_back_to(backup)
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    again = bob.log[made.envelope.id]
    assert (again.envelope_bytes, again.content, again.signature) == (made.envelope_bytes, made.content, made.signature)
    assert again.envelope.shape == 99


def _chokes_on(victim: str, fault: Fault, seen: Counter[str]) -> Plan:
    def plan(path: str, body: bytes) -> Fault:
        if path != "/v1/push":
            return Fault.PASS
        reader = FrameReader()
        ids = [reader.revision(payload)[0].envelope for kind, payload in read_frames([body]) if kind is Kind.REVISION]
        is_there = any(victim.encode() in envelope for envelope in ids)
        seen["with" if is_there else "without"] += 1
        return fault if is_there else Fault.PASS

    return plan


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_one_revision_that_the_store_chokes_on_holds_up_no_other(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    ada.note_many(150)
    victim = ada.note("The one that chokes the store")
    ada.note_many(150)
    seen: Counter[str] = Counter()
    network.plan = _chokes_on(victim.id, Fault.E500, seen)
    report = ada.round()
    assert report.problem is not None
    assert (report.problem.code, report.problem.details["count"]) == ("send.set_aside", 1)
    assert ada.standing.unreceipted == ada.standing.contents_missing == 1
    assert seen.total() < 40
    ada.note("Written afterwards")
    before = seen["with"]
    ada.round()
    assert ada.standing.unreceipted == 1
    assert seen["with"] - before <= 1
    network.plan = in_turn()
    for _ in range(8):
        ada.round()
    assert ada.standing.everything_is_there
    assert ada.round().problem is None


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_one_revision_that_is_always_met_by_silence_holds_up_no_other(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    ada.note_many(40)
    victim = ada.note("The one that nobody answers")
    ada.note_many(40)
    network.plan = _chokes_on(victim.id, Fault.REFUSE, Counter())
    codes = {try_round(ada) for _ in range(14)}
    assert codes <= {"", "send.cut_off", "send.no_answer"}
    assert ada.standing.unreceipted == 1
    network.plan = in_turn()
    for _ in range(70):
        if ada.round().problem is None and ada.standing.everything_is_there:
            break
    assert ada.standing.everything_is_there


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_store_that_is_broken_blames_no_revision(team: Team, network: FaultProxy) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    ada.note_many(100)
    network.plan = in_turn(*[Fault.E500] * 500, path="/v1/push")
    with pytest.raises(FieldKitError, match=r"send\.store_fault"):
        ada.round()
    assert network.counts[Fault.E500] < 20
    network.plan = in_turn()
    assert ada.round().problem is None
    ada.settle()
    assert ada.standing.everything_is_there
