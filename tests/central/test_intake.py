"""The intake inbox: nothing is refused, everything waits as it came, and a person's decision reaches its author."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from central import admin, admin_devices, intake
from central.core import open_core
from central.running_tables import retained
from fieldkit.domain.device_certificate import GRACE, RENEWED_AFTER, VALID, DeviceCertificate, read_device
from fieldkit.domain.receipt import Signed, read_sheet
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from sync.wire.devices import IntakeReply
from sync.wire.frames import Kind, read_frames
from sync.wire.requests import from_base64
from tests.central.kit import Laptop, Office, signed_of


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def ada(office: Office, place: str) -> Laptop:
    """The lead of an assessment with one note in it."""
    ada = office.laptop("Ada")
    ada.push(ada.write(place))
    return ada


def heard(laptop: Laptop, after: int = 0) -> tuple[IntakeReply, list[Signed]]:
    """What the laptop is told of decisions."""
    reply = laptop.post("/v1/intake", {"after": after})
    assert reply.status == 200, reply.body
    frames = list(read_frames([reply.body]))
    sheets = [signed_of(payload) for kind, payload in frames if kind is Kind.SHEET]
    return IntakeReply.model_validate_json(frames[-1][1]), sheets


def waiting(office: Office) -> list[intake.Waiting]:
    return list(intake.listing(office.settings, clock=office.clock))


def certificate(laptop: Laptop) -> DeviceCertificate:
    said = laptop.hello().json
    signed = Signed(data=from_base64(said["device_certificate"]), signature=from_base64(said["device_signature"]))
    return read_device(signed, laptop.office.key)


def test_a_revoked_laptops_work_waits_byte_for_byte_and_its_author_hears_of_it(
    office: Office, ada: Laptop, place: str
) -> None:
    """Invariants 12 and 16: a revocation drops nothing, and what waits is what was sent."""
    admin.revoke(office.settings, ada.device)
    unsent = ada.write(place, "written after it was stopped")
    assert ada.push(unsent).outcomes([unsent]) == ["quarantined(device_revoked)"]
    (row,) = waiting(office)
    shown = intake.show(office.settings, row.seq, office.clock)
    assert (shown.envelope, shown.content) == (unsent.envelope_bytes, unsent.content)
    assert ada.hello().json["waiting"] == 1


def test_what_a_person_accepts_reaches_the_team_and_the_revoked_laptop_gets_its_receipt(
    office: Office, ada: Laptop, place: str
) -> None:
    admin.revoke(office.settings, ada.device)
    one, two = ada.write(place), ada.write(place)
    ada.push(one, two)
    done = intake.accept(office.settings, [waiting(office)[0].seq], by="O. Office", clock=office.clock)
    assert (len(done.done), done.left) == (1, ())
    assert ada.hello().json["decided"] == 1
    reply, sheets = heard(ada)
    assert [(line.revision, line.decision, line.by) for line in reply.decisions] == [
        (one.envelope.id, "accepted", "O. Office")
    ]
    assert [line.outcome for line in read_sheet(sheets[0], office.key).lines] == ["accepted"]
    assert [row.record for row in waiting(office)] == [two.envelope.record]
    assert one in office.laptop("Ben", place).pull({place: 0}).revisions


def test_what_is_set_aside_stays_in_the_log_with_a_reason_that_its_author_reads(
    office: Office, ada: Laptop, place: str
) -> None:
    """Invariant 12: set aside, it is still byte for byte as it was sent, and may be accepted later."""
    admin.revoke(office.settings, ada.device)
    unsent = ada.write(place)
    ada.push(unsent)
    (row,) = waiting(office)
    with pytest.raises(Mistake, match=r"central\.no_reason"):
        intake.set_aside(office.settings, [row.seq], reason="  ", clock=office.clock)
    intake.set_aside(office.settings, [row.seq], by="O. Office", reason="Not of this visit", clock=office.clock)
    assert waiting(office) == []
    assert ada.hello().json["waiting"] == 0
    reply, sheets = heard(ada)
    assert ([line.reason for line in reply.decisions], sheets) == (["Not of this visit"], [])
    assert heard(ada, reply.upto)[0].decisions == []
    assert intake.show(office.settings, row.seq, office.clock).content == unsent.content
    assert intake.accept(office.settings, [row.seq], clock=office.clock).done == (row.seq,)
    assert [line.decision for line in heard(ada, reply.upto)[0].decisions] == ["accepted"]


def test_nobody_hears_of_anothers_work(office: Office, ada: Laptop, place: str) -> None:
    admin.revoke(office.settings, ada.device)
    ada.push(ada.write(place))
    intake.accept(office.settings, [waiting(office)[0].seq], clock=office.clock)
    ben = office.laptop("Ben", place)
    assert heard(ben) == (IntakeReply(decisions=[], upto=0), [])
    assert ben.hello().json["decided"] == 0


def test_a_person_lets_in_what_a_stranger_to_the_team_sent_without_making_them_a_member(
    office: Office, ada: Laptop, place: str
) -> None:
    eve = office.laptop("Eve")
    note = eve.write(place)
    assert eve.push(note).outcomes([note]) == ["quarantined(not_member)"]
    assert intake.accept(office.settings, [waiting(office)[0].seq], clock=office.clock).left == ()
    assert note in office.laptop("Ben", place).pull({place: 0}).revisions
    assert eve.pull({place: 0}).revisions == []


def test_what_names_another_person_can_only_be_set_aside(office: Office, ada: Laptop, place: str) -> None:
    posing = office.laptop("Ben", place)
    note = posing.write(place, author=ada.author)
    posing.push(note)
    (row,) = waiting(office)
    assert intake.accept(office.settings, [row.seq], clock=office.clock).left == ((row.seq, "author_foreign"),)
    assert intake.set_aside(office.settings, [row.seq], reason="Whose is it?", clock=office.clock).done == (row.seq,)


def test_work_of_a_laptop_that_is_not_enrolled_waits_until_it_is(office: Office, ada: Laptop, place: str) -> None:
    code = admin.invite(office.settings, "Cyd", [place], clock=office.clock).code
    cyd = Laptop(office)
    note = cyd.write(place)
    assert ada.push(note).outcomes([note]) == ["quarantined(device_unknown)"]
    (row,) = waiting(office)
    assert intake.accept(office.settings, [row.seq], clock=office.clock).left == ((row.seq, "device_unknown"),)
    assert cyd.enrol(code).status == 200
    assert waiting(office) == []
    assert note in office.laptop("Ben", place).pull({place: 0}).revisions


def test_a_certificate_is_renewed_by_itself_once_two_thirds_are_over(office: Office, ada: Laptop) -> None:
    first = certificate(ada)
    assert (first.device, first.key, first.name) == (ada.device, ada.key.public.hex(), "Ada")
    assert first.valid_until - first.issued_at == VALID == timedelta(days=90)
    office.clock.advance((RENEWED_AFTER - timedelta(days=1)).total_seconds())
    assert certificate(ada) == first
    office.clock.advance((timedelta(days=1)).total_seconds())
    assert certificate(ada).issued_at == office.clock.now()


def test_a_laptop_back_within_the_grace_is_renewed_and_one_back_after_it_waits_for_a_person(
    office: Office, ada: Laptop, place: str
) -> None:
    certificate(ada)
    office.clock.advance((VALID + GRACE - timedelta(minutes=1)).total_seconds())
    assert ada.hello().json["status"] == "active"
    office.clock.advance((VALID + GRACE).total_seconds())
    assert (ada.hello().json["status"], ada.hello(cursors={place: 0}).json["news"]) == ("expired", {})
    assert ada.post("/v1/pull", {}).code == "central.device_expired"
    late = ada.write(place, "written on a long leave")
    assert ada.push(late).outcomes([late]) == ["quarantined(certificate_expired)"]
    admin_devices.renew(office.settings, ada.device, clock=office.clock)
    assert ada.hello().json["status"] == "active"
    assert intake.accept(office.settings, [waiting(office)[0].seq], clock=office.clock).left == ()
    assert late in office.laptop("Ben", place).pull({place: 0}).revisions


def test_work_for_an_assessment_that_was_closed_waits(office: Office, ada: Laptop, place: str) -> None:
    close(office, place)
    late = ada.write(place)
    assert ada.push(late).outcomes([late]) == ["quarantined(case_closed)"]
    assert ada.push(late).outcomes([late]) == ["quarantined(case_closed)"]
    assert intake.accept(office.settings, [waiting(office)[0].seq], clock=office.clock).left == ()
    assert late in office.laptop("Ben", place).pull({place: 0}).revisions


def close(office: Office, place: str) -> None:
    with closing(open_core(office.settings, office.clock)) as core, core.database.write() as connection:
        row = {"assessment": place, "class": "standard", "closed_on": office.clock.now().date().isoformat()}
        connection.execute(retained.insert(), row)


def test_a_lost_laptops_sheet_tells_what_it_held_and_what_it_had_read(office: Office, ada: Laptop, place: str) -> None:
    ben = office.laptop("Ben", place)
    proof: Revision = ben.write(place, "stays on the laptop").sealed()
    ben.push(ben.write(place), proof)
    ben.pull({place: 0})
    ben.write(place)
    ben.write(place)
    ben.hello()
    facts = admin_devices.lost(
        office.settings, ben.device, lambda numbers: tuple(map(str, numbers)), by="O. Office", clock=office.clock
    )
    assert (facts.numbers_out, facts.notes_out, facts.person) == (2, 1, "Ben")
    assert [(one.high, one.told) for one in facts.chains] == [(2, 4)]
    assert [(one.kinds, one.assessment) for one in facts.read] == [((("entry", 1),), place)]
    assert ben.post("/v1/pull", {}).code == "central.device_revoked"
