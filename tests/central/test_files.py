"""Files at the central store by tus: durable before they count, hashed before they are said to be here, for a team."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from central import admin, readers
from central.file_checks import KEPT_FREE
from central.file_folder import FOLDER
from central.file_sendings import KEPT_DAYS, TOLD_DAYS
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.file_receipt import FileReceipt, read_file_receipt
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import FixedClock, from_stamp
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id
from fieldkit.kernel.signing import SigningKey, VerifyKey
from sync.wire import files as tus
from sync.wire.requests import request_headers
from tests.central.kit import Laptop, Office, Reply

DATA = hashlib.shake_128(b"a letter").digest(300_000)


@pytest.fixture
def ada(office: Office) -> Laptop:
    """A laptop that leads an assessment."""
    return office.laptop("Ada")


def attach(laptop: Laptop, assessment: str, data: bytes = DATA, *, record: str | None = None) -> Revision:
    """Hand in the record of an attachment."""
    value = Attachment(
        id=RecordId("x"), assessment=AssessmentId(assessment), about=RecordId(new_id()), exhibit="ADAB-1",
        sha256=hashlib.sha256(data).hexdigest(), size=len(data), media="text/plain", name="letter.txt",
        origin=Origin.FILE, purpose="Shows it", received_at=from_stamp("2026-11-12T09:00:00.000Z"),
    )  # fmt: skip
    revision = laptop.write(assessment, kind="attachment", body=value.to_content(), record=record)
    laptop.push(revision)
    return revision


def _ask(laptop: Laptop, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
    signed = request_headers(laptop.device, laptop.key, method, path, body)
    return laptop.office.send(method, path, body, {**tus.TUS, **signed, **(headers or {})})


def _begin(laptop: Laptop, revision: Revision, size: int = len(DATA)) -> Reply:
    headers = {tus.LENGTH: str(size), tus.METADATA: tus.revision_metadata(revision.envelope.id)}
    return _ask(laptop, "POST", "/v1/files", headers)


def _add(laptop: Laptop, place: str, offset: int, data: bytes, **changed: str) -> Reply:
    headers = {
        "Content-Type": tus.OFFSET_TYPE, tus.OFFSET: str(offset),
        tus.CHECKSUM: tus.checksum(hashlib.sha256(data).digest()),
    } | {name.replace("_", "-"): value for name, value in changed.items()}  # fmt: skip
    return _ask(laptop, "PATCH", place, headers, data)


def _header(reply: Reply, name: str) -> str:
    return {key.lower(): value for key, value in reply.headers.items()}.get(name.lower(), "")


def _receipt(reply: Reply, key: VerifyKey) -> FileReceipt:
    data, signature = (base64.b64decode(part) for part in _header(reply, tus.RECEIPT).split("."))
    return read_file_receipt(Signed(data=data, signature=signature), key)


def send(laptop: Laptop, revision: Revision, data: bytes = DATA) -> Reply:
    place = _header(_begin(laptop, revision, len(data)), "Location")
    return _add(laptop, place, 0, data)


def test_parts_come_in_order_and_the_last_one_brings_the_stores_word(office: Office, ada: Laptop) -> None:
    assessment = new_id()
    revision = attach(ada, assessment)
    begun = _begin(ada, revision)
    assert (begun.status, _header(begun, tus.OFFSET)) == (201, "0")
    assert _header(begun, tus.RECEIPT) == ""
    place = _header(begun, "Location")
    first = _add(ada, place, 0, DATA[:100_000])
    assert (first.status, _header(first, tus.OFFSET)) == (204, "100000")
    stands = _ask(ada, "HEAD", place)
    assert (_header(stands, tus.OFFSET), _header(stands, tus.LENGTH)) == ("100000", str(len(DATA)))
    assert _header(stands, "Cache-Control") == "no-store"
    assert _header(stands, tus.METADATA) == tus.revision_metadata(revision.envelope.id), "as it was told"
    last = _add(ada, place, 100_000, DATA[100_000:])
    receipt = _receipt(last, office.key)
    assert (receipt.assessment, receipt.sha256, receipt.size) == (
        assessment, hashlib.sha256(DATA).hexdigest(), len(DATA),
    )  # fmt: skip
    assert receipt.epoch == ada.epoch()
    assert _receipt(_ask(ada, "HEAD", place), office.key) == receipt, "a lost reply is asked for again"
    whole = office.settings.folder / FOLDER / receipt.sha256[:2] / receipt.sha256[2:4] / receipt.sha256
    assert whole.read_bytes() == DATA


def test_beginning_again_answers_where_it_stands(ada: Laptop) -> None:
    revision = attach(ada, new_id())
    place = _header(_begin(ada, revision), "Location")
    _add(ada, place, 0, DATA[:50_000])
    again = _begin(ada, revision)
    assert (_header(again, "Location"), _header(again, tus.OFFSET)) == (place, "50000")


@pytest.mark.parametrize(
    ("changed", "body", "status", "code"),
    [
        ({"Upload_Offset": "7"}, b"more", 409, "central.file_offset"),
        ({"Upload_Checksum": tus.checksum(bytes(32))}, b"more", 460, "central.file_checksum"),
        ({"Content_Type": "text/plain"}, b"more", 415, "central.file_type"),
        ({"Tus_Resumable": "0.2.2"}, b"more", 412, "central.tus"),
        ({"Upload_Offset": "many"}, b"more", 400, "central.malformed"),
        ({}, DATA + b"!", 413, "central.file_size"),
    ],
)  # fmt: skip
def test_a_part_that_is_not_as_it_should_be_changes_nothing(
    ada: Laptop, changed: dict[str, str], body: bytes, status: int, code: str
) -> None:
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    reply = _add(ada, place, 0, body, **changed)
    assert (reply.status, reply.code) == (status, code)
    assert _header(reply, tus.TUS_HEADER) == "1.0.0"
    assert _header(_ask(ada, "HEAD", place), tus.OFFSET) == "0"
    assert _add(ada, place, 0, DATA).status == 204


def test_a_file_that_is_not_the_one_in_the_record_is_thrown_away_and_may_be_sent_again(
    office: Office, ada: Laptop
) -> None:
    revision = attach(ada, new_id())
    place = _header(_begin(ada, revision), "Location")
    reply = _add(ada, place, 0, bytes(len(DATA)))
    assert (reply.status, reply.code) == (460, "central.file_differs")
    assert _header(_ask(ada, "HEAD", place), tus.OFFSET) == "0"
    files = [path for path in (office.settings.folder / FOLDER).rglob("*") if path.is_file()]
    assert [path for path in files if path.parent.name != "locks"] == []
    assert _add(ada, place, 0, DATA).status == 204


@pytest.mark.parametrize("size", [0, len(DATA) - 1, len(DATA) + 1, 10**14])
def test_another_size_than_the_record_says_is_not_begun(ada: Laptop, size: int) -> None:
    reply = _begin(ada, attach(ada, new_id()), size)
    assert (reply.status, reply.code) == (413, "central.file_size")


def test_the_team_reads_it_whole_or_from_where_it_broke_off(office: Office, ada: Laptop) -> None:
    assessment = new_id()
    revision = attach(ada, assessment)
    path = f"/v1/attachments/{revision.envelope.id}/file"
    assert _ask(ada, "GET", path).code == "central.file_to_follow"
    send(ada, revision)
    ben = office.laptop("Ben", assessment)
    whole = _ask(ben, "GET", path)
    assert (whole.status, whole.body) == (200, DATA)
    assert _receipt(whole, office.key).sha256 == hashlib.sha256(DATA).hexdigest()
    rest = _ask(ben, "GET", path, {"Range": "bytes=299990-"})
    assert (rest.status, rest.body) == (206, DATA[299_990:])
    assert _header(rest, "Content-Range") == f"bytes 299990-299999/{len(DATA)}"


def _not_a_member(office: Office, _: str) -> Laptop:
    return office.laptop("Eve")


def _a_reader(office: Office, assessment: str) -> Laptop:
    return office.laptop("Rita", assessment, role="reader")


@pytest.mark.parametrize(("make", "may_read"), [(_not_a_member, False), (_a_reader, True)])
def test_who_may_not_hand_in_may_not_send_a_file(
    office: Office, ada: Laptop, make: Callable[[Office, str], Laptop], may_read: bool
) -> None:
    assessment = new_id()
    revision = attach(ada, assessment)
    place = _header(_begin(ada, revision), "Location")
    other = make(office, assessment)
    assert _begin(other, revision).code == "central.not_found"
    assert _add(other, place, 0, DATA).code == "central.not_found"
    assert _ask(other, "HEAD", place).status == 404
    assert _ask(other, "DELETE", place).code == "central.not_found"
    _add(ada, place, 0, DATA)
    read = _ask(other, "GET", f"/v1/attachments/{revision.envelope.id}/file")
    assert read.status == (200 if may_read else 404)


def _with_key(office: Office, key: str, path: str, **headers: str) -> Reply:
    return office.send("GET", path, headers={"Authorization": f"Bearer {key}", **headers})


def test_a_person_of_the_office_fetches_files_of_their_own_assessments_and_it_is_on_record(
    office: Office, ada: Laptop
) -> None:
    assessment, other = new_id(), new_id()
    revision, foreign = attach(ada, assessment), attach(ada, other, b"of another team")
    send(ada, revision)
    send(ada, foreign, b"of another team")
    admin.invite(office.settings, "Rita Reader", [assessment], role="reader", clock=office.clock)
    key = readers.make_key(office.settings, "Rita Reader", office.clock)
    path, theirs = (f"/v1/attachments/{one.envelope.id}/file" for one in (revision, foreign))
    assert _with_key(office, key, path).code == "central.not_found", "an invitation is no seat on a team yet"
    admin.add_member(office.settings, "Rita Reader", assessment, "reader", office.clock)
    assert _with_key(office, key, theirs).code == "central.not_found"
    assert office.read(path).code == "central.not_found", "the office's token is nobody's in particular"
    assert readers.fetched(office.settings) == []
    whole = _with_key(office, key, path)
    assert (whole.status, whole.body) == (200, DATA)
    assert _receipt(whole, office.key).sha256 == hashlib.sha256(DATA).hexdigest()
    for asked, part in {"bytes=100-199": DATA[100:200], "bytes=299999-": DATA[-1:], "bytes=5-999999": DATA[5:]}.items():
        reply = _with_key(office, key, path, Range=asked)
        assert (reply.status, reply.body) == (206, part)
    assert _header(_with_key(office, key, path, Range="bytes=0-9"), "Content-Range") == f"bytes 0-9/{len(DATA)}"
    rows = readers.fetched(office.settings)
    assert [(one.name, one.start) for one in rows] == [
        ("Rita Reader", start) for start in (0, 5, 299_999, 100, 0)
    ]  # fmt: skip
    assert {(one.record, one.sha256) for one in rows} == {(revision.envelope.record, hashlib.sha256(DATA).hexdigest())}
    assert _with_key(office, key, f"/v1/assessments/{assessment}/records").status == 200
    assert _with_key(office, key, f"/v1/assessments/{other}/records").code == "central.not_found"
    assert [one["id"] for one in _with_key(office, key, "/v1/assessments").json["assessments"]] == [assessment]
    admin.remove_member(office.settings, "Rita Reader", assessment, office.clock)
    assert _with_key(office, key, path).code == "central.not_found"


def test_a_key_ends_when_it_is_replaced_taken_back_or_its_holder_becomes_an_adviser(
    office: Office, ada: Laptop
) -> None:
    assessment = new_id()
    send(ada, attach(ada, assessment))
    admin.invite(office.settings, "Rita Reader", clock=office.clock)
    keys = [readers.make_key(office.settings, "Rita Reader", office.clock) for _ in range(2)]
    assert [_with_key(office, key, "/v1/assessments").status for key in keys] == [401, 200]
    admin.set_role(office.settings, "Rita Reader", "adviser", clock=office.clock)
    assert _with_key(office, keys[1], "/v1/assessments").code == "central.token"
    with pytest.raises(Mistake, match=r"central\.adviser_key"):
        readers.make_key(office.settings, "Rita Reader", office.clock)
    admin.set_role(office.settings, "Rita Reader", "adviser", holds=False, clock=office.clock)
    assert _with_key(office, keys[1], "/v1/assessments").status == 200
    assert readers.end_key(office.settings, "Rita Reader")
    assert _with_key(office, keys[1], "/v1/assessments").code == "central.token"
    for route in ("/v1/sealed", "/v1/sealed/holders", "/v1/certificate"):
        assert _with_key(office, keys[1], route).code == "central.not_signed"
    with pytest.raises(Mistake, match=r"central\.person_unknown"):
        readers.make_key(office.settings, "Nobody", office.clock)


def test_naming_anothers_hash_in_an_own_record_brings_nothing(office: Office, ada: Laptop) -> None:
    send(ada, attach(ada, new_id()))
    eve = office.laptop("Eve")
    claimed = attach(eve, new_id())
    begun = _begin(eve, claimed)
    assert (_header(begun, tus.OFFSET), _header(begun, tus.RECEIPT)) == ("0", "")
    assert _ask(eve, "GET", f"/v1/attachments/{claimed.envelope.id}/file").code == "central.file_to_follow"


def test_a_stopped_laptop_hands_its_file_in_and_learns_nothing(office: Office, ada: Laptop) -> None:
    assessment = new_id()
    send(ada, attach(ada, assessment))
    ben = office.laptop("Ben", assessment)
    admin.revoke(office.settings, ben.device)
    kept_apart = attach(ben, assessment)
    begun = _begin(ben, kept_apart)
    assert (begun.status, _header(begun, tus.OFFSET), _header(begun, tus.RECEIPT)) == (201, "0", "")
    assert _add(ben, _header(begun, "Location"), 0, DATA).status == 204
    assert _ask(ben, "GET", f"/v1/attachments/{kept_apart.envelope.id}/file").code == "central.device_revoked"
    assert _ask(ada, "GET", f"/v1/attachments/{kept_apart.envelope.id}/file").code == "central.not_found"


def test_a_sending_that_is_given_up_or_forgotten_leaves_nothing(office: Office, ada: Laptop) -> None:
    coming = office.settings.folder / FOLDER / "coming"
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    _add(ada, place, 0, DATA[:1000])
    assert len(list(coming.iterdir())) == 1
    assert _ask(ada, "DELETE", place).status == 204
    assert list(coming.iterdir()) == []
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    _add(ada, place, 0, DATA[:1000])
    office.clock.advance((KEPT_DAYS + 1) * 86_400)
    _begin(ada, attach(ada, new_id()))
    assert list(coming.iterdir()) == []
    for method, body in (("HEAD", b""), ("PATCH", DATA[1000:2000]), ("DELETE", b"")):
        reply = _add(ada, place, 1000, body) if body else _ask(ada, method, place)
        assert reply.status == 410
        assert method == "HEAD" or reply.code == "central.not_found", "older laptops know what to do about this one"
    office.clock.advance((TOLD_DAYS - KEPT_DAYS) * 86_400)
    _begin(ada, attach(ada, new_id()))
    assert _ask(ada, "HEAD", place).status == 404


def test_it_says_until_when_a_sending_is_kept_and_nothing_of_one_that_is_whole(office: Office, ada: Laptop) -> None:
    revision = attach(ada, new_id())
    begun = _begin(ada, revision)
    until = parsedate_to_datetime(_header(begun, tus.EXPIRES))
    assert until == (office.clock.now() + timedelta(days=KEPT_DAYS)).replace(microsecond=0)
    office.clock.advance(86_400)
    place = _header(begun, "Location")
    part = _add(ada, place, 0, DATA[:1000])
    assert parsedate_to_datetime(_header(part, tus.EXPIRES)) == until + timedelta(days=1)
    assert _header(_ask(ada, "HEAD", place), tus.EXPIRES) == _header(part, tus.EXPIRES)
    assert _header(_add(ada, place, 1000, DATA[1000:]), tus.EXPIRES) == ""


def test_a_sending_that_expired_begins_again_at_nought_under_another_address(office: Office, ada: Laptop) -> None:
    revision = attach(ada, new_id())
    place = _header(_begin(ada, revision), "Location")
    _add(ada, place, 0, DATA[:1000])
    office.clock.advance((KEPT_DAYS + 1) * 86_400)
    again = _begin(ada, revision)
    assert (again.status, _header(again, tus.OFFSET)) == (201, "0")
    assert _header(again, "Location") != place
    assert _add(ada, _header(again, "Location"), 0, DATA).status == 204


def test_a_sending_is_forgotten_by_when_its_last_bytes_came(office: Office, ada: Laptop) -> None:
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    office.clock.advance((KEPT_DAYS - 1) * 86_400)
    _add(ada, place, 0, DATA[:1000])
    office.clock.advance(2 * 86_400)
    _begin(ada, attach(ada, new_id()))
    stands = _ask(ada, "HEAD", place)
    assert (stands.status, _header(stands, tus.OFFSET)) == (200, "1000"), "it began 31 days ago, and was heard of 2 ago"
    office.clock.advance((KEPT_DAYS - 1) * 86_400)
    _begin(ada, attach(ada, new_id()))
    assert _ask(ada, "HEAD", place).status == 410


def test_no_file_takes_the_room_that_notes_need(prepared: Settings, clock: FixedClock) -> None:
    free = [KEPT_FREE + len(DATA) - 1]
    made = admin.init(prepared, "Northmoor office", clock)
    running = start_in_thread(prepared, clock, lambda _: free[0])
    try:
        ada = Office(prepared, running, made, clock).laptop("Ada")
        revision = attach(ada, new_id())  # the record itself is taken
        refused = _begin(ada, revision)
        assert (refused.status, refused.code) == (507, "central.files_full")
        assert refused.json["detail"].startswith("1.0 GB are free and 1 GB stay free for notes")
        free[0] += 1
        place = _header(_begin(ada, revision), "Location")
        free[0] = KEPT_FREE + 999
        assert _add(ada, place, 0, DATA[:1000]).code == "central.files_full"
        assert _header(_ask(ada, "HEAD", place), tus.OFFSET) == "0"
        free[0] += len(DATA)
        assert _add(ada, place, 0, DATA).status == 204
        free[0] = 0
        assert _header(_begin(ada, revision), tus.RECEIPT), "what is here whole needs no room"
    finally:
        running.stop()


def test_the_store_tells_strangers_what_it_speaks_and_nothing_else(office: Office) -> None:
    reply = office.send("OPTIONS", "/v1/files")
    assert reply.status == 204
    assert _header(reply, "Tus-Version") == "1.0.0"
    assert _header(reply, "Tus-Extension") == "creation,creation-with-upload,checksum,expiration,termination"
    assert office.send("POST", "/v1/files", headers=dict(tus.TUS)).code == "central.not_signed"


@pytest.mark.parametrize("metadata", ["", "revision", "revision !!!", "revision bm8=", "filename YQ==", "a,b,,c"])
def test_metadata_that_names_no_attachment_is_refused(ada: Laptop, metadata: str) -> None:
    attach(ada, new_id())
    reply = _ask(ada, "POST", "/v1/files", {tus.LENGTH: "5", tus.METADATA: metadata})
    assert reply.code in {"central.not_found", "central.malformed"}


def test_a_receipt_of_another_store_is_none() -> None:
    ours, theirs = SigningKey(bytes(32)), SigningKey(bytes(range(32)))
    receipt = FileReceipt(
        store=ours.public.hex(), epoch="e", assessment=AssessmentId("a"), sha256="ab" * 32, size=1,
        received_at="2026-11-12T09:00:00.000Z",
    )  # fmt: skip
    from fieldkit.domain.file_receipt import sign_file

    signed = sign_file(receipt, ours)
    assert read_file_receipt(signed, VerifyKey(ours.public)) == receipt
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        read_file_receipt(signed, VerifyKey(theirs.public))
    with pytest.raises(Refusal, match=r"receipt\.other_store"):
        read_file_receipt(sign_file(receipt, theirs), VerifyKey(theirs.public))
