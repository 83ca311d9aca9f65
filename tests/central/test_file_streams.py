"""A file as one stream: proved before a byte of it, written as it comes, counted while it comes and when it breaks."""

from __future__ import annotations

import errno
import hashlib
import http.client
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from central import admin, file_pouring, pouring_endpoint
from central.connection import Connection
from central.file_coming import Part
from central.file_folder import FOLDER
from fieldkit.domain.file_receipt import read_file_receipt
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import new_id
from sync.wire import files as tus
from sync.wire.requests import request_headers
from tests.central.kit import Laptop, Office, Reply
from tests.central.test_files import DATA, attach

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
"""What is counted is one row, whose kind of database other tests see to."""

OTHER = bytes(len(DATA))
HALF = len(DATA) // 2


@pytest.fixture
def ada(office: Office) -> Laptop:
    """A laptop that leads an assessment."""
    return office.laptop("Ada")


def _ask(laptop: Laptop, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Reply:
    signed = request_headers(laptop.device, laptop.key, method, path, body)
    return laptop.office.send(method, path, body, {**tus.TUS, **signed, **headers})


def _header(reply: Reply, name: str) -> str:
    return {key.lower(): value for key, value in reply.headers.items()}.get(name.lower(), "")


def _begin(laptop: Laptop, revision: Revision, body: bytes = b"", **more: str) -> Reply:
    headers = {tus.LENGTH: str(len(DATA)), tus.METADATA: tus.revision_metadata(revision.envelope.id)}
    if body:
        headers["Content-Type"] = tus.OFFSET_TYPE
    return _ask(laptop, "POST", "/v1/files", headers | {n.replace("_", "-"): v for n, v in more.items()}, body)


def _stands(laptop: Laptop, place: str) -> int:
    return int(_header(_ask(laptop, "HEAD", place, {}), tus.OFFSET))


def stream_head(laptop: Laptop, place: str, offset: int, whole: bytes = DATA) -> dict[str, str]:
    """The head of a stream; the signature covers the hash of ``whole``."""
    who = request_headers(laptop.device, laptop.key, "PATCH", place, b"", hashlib.sha256(whole).digest())
    told = {"Content-Type": tus.OFFSET_TYPE, tus.OFFSET: str(offset), tus.SIGNS: tus.SIGNS_FILE}
    return {**tus.TUS, **who, **told}


def _stream(laptop: Laptop, place: str, offset: int, body: bytes, whole: bytes = DATA) -> Reply:
    return laptop.office.send("PATCH", place, body, stream_head(laptop, place, offset, whole))


class Slowly:
    """A stream whose bytes are handed over when the test says so."""

    def __init__(self, url: str, place: str, head: dict[str, str], length: int) -> None:
        self.line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        self.line.putrequest("PATCH", place)
        for name, value in {**head, "Content-Length": str(length)}.items():
            self.line.putheader(name, value)
        self.line.endheaders()

    def status(self) -> int:
        """What it is answered."""
        return self.line.getresponse().status


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_stream_is_proved_by_the_files_own_hash_and_brings_the_stores_word(office: Office, ada: Laptop) -> None:
    begun = _begin(ada, attach(ada, new_id()))
    assert _header(begun, tus.SIGNS) == tus.SIGNS_FILE, "so a laptop knows that this store takes one"
    place = _header(begun, "Location")
    done = _stream(ada, place, 0, DATA)
    assert (done.status, _header(done, tus.OFFSET), bool(_header(done, tus.RECEIPT))) == (204, str(len(DATA)), True)
    sha256 = hashlib.sha256(DATA).hexdigest()
    assert (office.settings.folder / FOLDER / sha256[:2] / sha256[2:4] / sha256).read_bytes() == DATA
    assert not list((office.settings.folder / FOLDER / "coming").iterdir())


def test_who_cannot_prove_it_is_refused_before_a_byte_has_come(office: Office, ada: Laptop) -> None:
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    eve = office.laptop("Eve")
    for head, status in (
        (stream_head(ada, place, 0, OTHER), 401), (stream_head(eve, place, 0), 404), (stream_head(ada, place, 5), 409),
    ):  # fmt: skip
        stream = Slowly(office.running.url, place, head, len(DATA))
        assert stream.status() == status
        stream.line.close()
    too_long = Slowly(office.running.url, place, stream_head(ada, place, 0), len(DATA) + 1)
    assert too_long.status() == 413
    too_long.line.close()
    assert _stands(ada, place) == 0


def test_a_line_that_breaks_loses_nothing_of_what_was_read(
    office: Office, ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pouring_endpoint, "_BATCH", 1)
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    stream = Slowly(office.running.url, place, stream_head(ada, place, 0), len(DATA))
    stream.line.send(DATA[:HALF])
    part = office.running.core.files.coming.path(place.rpartition("/")[2])
    _until(lambda: part.exists() and part.stat().st_size == HALF)
    stream.line.close()
    _until(lambda: _stands(ada, place) == HALF)
    assert _header(_stream(ada, place, HALF, DATA[HALF:]), tus.RECEIPT)


def test_what_comes_is_counted_meanwhile_and_whoever_comes_later_goes_on(
    office: Office, ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_pouring, "COUNTED_EVERY", 32_768)
    monkeypatch.setattr(pouring_endpoint, "_BATCH", 16_384)
    monkeypatch.setattr(pouring_endpoint, "_TICK", 0.01)
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    stuck = Slowly(office.running.url, place, stream_head(ada, place, 0), len(OTHER))
    stuck.line.send(DATA[:100_000])
    _until(lambda: _stands(ada, place) >= 32_768)
    stands = _stands(ada, place)
    assert _header(_stream(ada, place, stands, DATA[stands:HALF]), tus.OFFSET) == str(HALF)
    stuck.line.send(OTHER[100_000:])
    assert stuck.status() == 409
    stuck.line.close()
    assert _stands(ada, place) == HALF
    assert _header(_stream(ada, place, HALF, DATA[HALF:]), tus.RECEIPT)


def test_a_stream_that_is_another_file_is_thrown_away(ada: Laptop) -> None:
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    reply = _stream(ada, place, 0, OTHER)
    assert (reply.status, reply.code) == (460, "central.file_differs")
    assert _stands(ada, place) == 0
    assert _stream(ada, place, 0, DATA).status == 204


def test_the_first_bytes_come_with_the_request_that_begins(ada: Laptop) -> None:
    whole = _begin(ada, attach(ada, new_id()), DATA)
    assert (whole.status, _header(whole, tus.OFFSET)) == (201, str(len(DATA)))
    assert _header(whole, tus.RECEIPT)
    revision = attach(ada, new_id())
    first = _begin(ada, revision, DATA[:HALF], Upload_Checksum=tus.checksum(hashlib.sha256(DATA[:HALF]).digest()))
    assert (first.status, _header(first, tus.OFFSET)) == (201, str(HALF))
    again = _begin(ada, revision, DATA[:HALF])
    assert (_header(again, "Location"), _header(again, tus.OFFSET)) == (_header(first, "Location"), str(HALF))
    assert _header(_stream(ada, _header(first, "Location"), HALF, DATA[HALF:]), tus.RECEIPT)


@pytest.mark.parametrize(
    ("changed", "body", "code"),
    [
        ({"Upload_Checksum": tus.checksum(bytes(32))}, DATA, "central.file_checksum"),
        ({"Content_Type": "text/plain"}, DATA, "central.file_type"),
        ({}, OTHER, "central.file_differs"),
        ({}, DATA + b"!", "central.file_size"),
    ],
)  # fmt: skip
def test_first_bytes_that_are_not_as_they_should_be_are_not_kept(
    ada: Laptop, changed: dict[str, str], body: bytes, code: str
) -> None:
    revision = attach(ada, new_id())
    assert _begin(ada, revision, body, **changed).code == code
    assert _header(_begin(ada, revision), tus.OFFSET) == "0"


def test_the_middle_of_a_body_reaches_the_store_without_h11_between(
    ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[int] = []
    plain = Connection._pass_on

    def counted(self: Connection, data: bytes) -> None:
        passed.append(len(data))
        plain(self, data)

    monkeypatch.setattr(Connection, "_pass_on", counted)
    place = _header(_begin(ada, attach(ada, new_id())), "Location")
    stream = Slowly(ada.office.running.url, place, stream_head(ada, place, 0), len(DATA))
    time.sleep(0.1)  # its head is read
    stream.line.send(DATA)
    assert stream.status() == 204
    stream.line.close()
    assert sum(passed) > len(DATA) // 4, "h11 keeps its counts under other names now: central.connection"


def test_a_file_may_be_settled_behind_and_nothing_is_said_of_it_before(
    office: Office, ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 9: an offset, a receipt and the list speak only of what the disk has."""
    assessment = new_id()
    second, third = b"another letter" * 900, b"the last one" * 900
    first, follows, last = (attach(ada, assessment, one) for one in (DATA, second, third))
    may_flush, flush = threading.Event(), Part.flush
    monkeypatch.setattr(Part, "flush", lambda self: (may_flush.wait(10), flush(self)))
    place = _header(_begin(ada, first), "Location")
    told = _behind(ada, place, DATA, follows, second)
    assert (told.status, _header(told, tus.OFFSET), _header(told, tus.RECEIPT)) == (204, "0", "")
    assert _header(told, tus.SETTLES) == tus.SETTLES_BEHIND
    assert office.read(f"/v1/attachments/{first.envelope.id}/file").status != 200
    begun, _, offset = _header(told, tus.NEXT).partition(" ")
    assert offset == "0"
    told = _behind(ada, begun, second, last, third)
    assert (_header(told, tus.SETTLES), tus.read_earlier(_lower(told))) == (tus.SETTLES_BEHIND, [])
    threading.Timer(0.1, may_flush.set).start()
    assert _stands(ada, place) == len(DATA), "who asks meanwhile is answered when it is settled"
    done = _stream(ada, _header(told, tus.NEXT).partition(" ")[0], 0, third, third)
    words = [*tus.read_earlier(_lower(done)), tus.read_receipt(_lower(done))]
    found = {read_file_receipt(Signed(data=one[0], signature=one[1]), office.key).sha256 for one in words if one}
    assert found == {hashlib.sha256(one).hexdigest() for one in (DATA, second, third)}
    assert not list((office.settings.folder / FOLDER / "coming").iterdir())
    place = _header(_begin(ada, attach(ada, assessment, OTHER)), "Location")
    assert _header(_behind(ada, place, OTHER, first, DATA), tus.NEXT) == "", (
        "one that is here is asked about by itself, and costs no byte"
    )


@pytest.mark.logs("a file was not settled")
def test_what_could_not_be_settled_behind_stands_where_it_stood(ada: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = attach(ada, new_id())
    place = _header(_begin(ada, revision), "Location")
    with monkeypatch.context() as patch:
        patch.setattr(Part, "flush", _full_disk)
        assert _header(_behind(ada, place, DATA, revision, DATA), tus.SETTLES) == tus.SETTLES_BEHIND
        again = _begin(ada, revision)
    assert (_header(again, "Location"), _header(again, tus.OFFSET)) == (place, "0")
    assert _header(_stream(ada, place, 0, DATA), tus.RECEIPT)


def test_what_was_only_begun_may_be_forgotten_and_never_outlives_its_record(office: Office, ada: Laptop) -> None:
    """A flush is dearer than a sending without a byte; who is told that there is none begins again."""
    revision = attach(ada, new_id())
    place = _header(_begin(ada, revision), "Location")
    assert _header(_begin(ada, revision), "Location") == place
    admin.erase(
        office.settings, revision.envelope.id, "request of 12 November", office.clock
    )  # as another process does
    assert _stream(ada, place, 0, DATA).code == "central.not_found"
    office.running.core.files.begun.forget(place.rpartition("/")[2])
    assert _stream(ada, place, 0, DATA).code == "central.not_found"


def _full_disk(_: Part) -> None:
    raise OSError(errno.ENOSPC, "full")


def _behind(laptop: Laptop, place: str, data: bytes, then: Revision, following: bytes) -> Reply:
    """A stream whose sender goes on with another file."""
    metadata = tus.revision_metadata(then.envelope.id)
    more = {tus.SETTLES: tus.SETTLES_BEHIND, tus.NEXT: tus.next_file(len(following), metadata)}
    return laptop.office.send("PATCH", place, data, stream_head(laptop, place, 0, data) | more)


def _lower(reply: Reply) -> dict[str, str]:
    return {name.lower(): value for name, value in reply.headers.items()}
