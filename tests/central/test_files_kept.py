"""Files through the whole store, whatever happens at the end of a sending and whatever their place is."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from central import admin, file_keeping, file_receipts, file_s3
from central.file_coming import Coming
from central.file_keeping import FileKeeping
from central.file_settings import FileSettings
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import new_id
from sync.wire import files as tus
from sync.wire.requests import request_headers
from tests.central.kit import Laptop, Office, Reply
from tests.central.test_files import attach
from tests.support.s3 import S3, Line, s3

__all__ = ["s3"]

SMALL = hashlib.shake_128(b"a letter").digest(90_000)
LARGE = hashlib.shake_128(b"a film").digest(file_s3.PIECE + 70_000)


@pytest.fixture
def line(s3: S3) -> Iterator[Line]:
    """The store's line to the place of its files."""
    with Line(s3.port) as line:
        yield line


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest) -> FileSettings:
    """Where whole files lie."""
    if request.param == "folder":
        return FileSettings()
    return request.getfixturevalue("s3").settings(endpoint=request.getfixturevalue("line").url)  # type: ignore[no-any-return]


def _opened(tmp_path: Path, files: FileSettings, clock: FixedClock) -> Office:
    settings = Settings(folder=tmp_path / "office", port=0, files=files)
    made = admin.init(settings, "Northmoor office", clock)
    return Office(settings, start_in_thread(settings, clock), made, clock)


@pytest.fixture
def office(tmp_path: Path, place: FileSettings, clock: FixedClock) -> Iterator[Office]:
    """A store of such a kind."""
    office = _opened(tmp_path, place, clock)
    yield office
    office.running.stop()


def _restarted(office: Office) -> None:
    office.running.stop()
    office.running = start_in_thread(office.settings, office.clock)


def _ask(laptop: Laptop, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
    signed = request_headers(laptop.device, laptop.key, method, path, body)
    return laptop.office.send(method, path, body, {**tus.TUS, **signed, **(headers or {})})


def _begin(laptop: Laptop, revision: Revision, data: bytes) -> str:
    headers = {tus.LENGTH: str(len(data)), tus.METADATA: tus.revision_metadata(revision.envelope.id)}
    reply = _ask(laptop, "POST", "/v1/files", headers)
    assert reply.status == 201, reply.body
    return _of(reply, "Location")


def _add(laptop: Laptop, place: str, offset: int, data: bytes, method: str = "PATCH", **more: str) -> Reply:
    headers = {"Content-Type": tus.OFFSET_TYPE, tus.OFFSET: str(offset)}
    signed = request_headers(laptop.device, laptop.key, "PATCH", place, data)
    named = {name.replace("_", "-"): value for name, value in more.items()}
    return laptop.office.send(method, place, data, {**tus.TUS, **signed, **headers, **named})


def _of(reply: Reply, name: str) -> str:
    return {key.lower(): value for key, value in reply.headers.items()}.get(name.lower(), "")


def _read(laptop: Laptop, revision: Revision) -> bytes:
    reply = _ask(laptop, "GET", f"/v1/attachments/{revision.envelope.id}/file")
    assert reply.status == 200, reply.body
    return reply.body


@pytest.mark.parametrize("data", [SMALL, LARGE])
def test_a_file_goes_to_its_place_and_comes_back_whole_and_in_parts(office: Office, data: bytes) -> None:
    ada = office.laptop("Ada")
    revision = attach(ada, new_id(), data)
    place = _begin(ada, revision, data)
    half = len(data) // 2
    assert _add(ada, place, 0, data[:half]).status == 204
    last = _add(ada, place, half, data[half:])
    assert (last.status, _of(last, tus.OFFSET)) == (204, str(len(data)))
    assert _of(last, tus.RECEIPT)
    assert office.running.core.files.place.size(hashlib.sha256(data).hexdigest()) == len(data)
    assert not list((office.settings.folder / "files" / "coming").iterdir()), "nothing of it is left on its way"
    assert _read(ada, revision) == data
    part = _ask(ada, "GET", f"/v1/attachments/{revision.envelope.id}/file", {"Range": f"bytes={half}-{half + 9}"})
    assert (part.status, part.body) == (206, data[half : half + 10])
    admin.erase(office.settings, revision.envelope.id, "The law asks for it", office.clock)
    assert office.running.core.files.place.size(hashlib.sha256(data).hexdigest()) is None
    assert _ask(ada, "HEAD", place).status == 404


_MOMENTS: dict[str, Callable[[pytest.MonkeyPatch, Callable[[], None]], None]] = {
    "before it is hashed": lambda patch, end: _ending_at(patch, Coming, "whole", end),
    "before it is in its place": lambda patch, end: _ending_at(patch, FileKeeping, "put_away", end),
    "before it is listed": lambda patch, end: _ending_at(patch, file_receipts, "enter", end),
    "before its parts are dropped": lambda patch, end: _ending_at(patch, Coming, "drop", end),
}


def _ending_at(patch: pytest.MonkeyPatch, where: object, name: str, end: Callable[[], None]) -> None:
    def ended(*_: object, **__: object) -> None:
        end()

    patch.setattr(where, name, ended)


@pytest.mark.logs("a fault in the store")
@pytest.mark.parametrize("moment", _MOMENTS)
def test_a_store_that_ends_at_any_moment_after_the_last_byte_asks_for_none_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Invariants 9, 22 and 27: verified before it is said, and no byte that was confirmed is sent again."""
    ada = office.laptop("Ada")
    revision = attach(ada, new_id(), SMALL)
    place = _begin(ada, revision, SMALL)

    def end() -> None:
        raise RuntimeError("the plug is pulled")

    with monkeypatch.context() as patch:
        _MOMENTS[moment](patch, end)
        assert _add(ada, place, 0, SMALL).status == 500
    _restarted(office)
    stands = _ask(ada, "HEAD", place)
    assert (stands.status, _of(stands, tus.OFFSET)) == (200, str(len(SMALL)))
    assert _of(stands, tus.RECEIPT)
    assert _read(ada, revision) == SMALL
    assert not list((office.settings.folder / "files" / "coming").iterdir())


def test_a_restart_between_two_parts_changes_nothing(office: Office) -> None:
    ada = office.laptop("Ada")
    revision = attach(ada, new_id(), SMALL)
    place = _begin(ada, revision, SMALL)
    _add(ada, place, 0, SMALL[:40_000])
    _restarted(office)
    _add(ada, place, 40_000, SMALL[40_000:60_000])
    assert _of(_add(ada, place, 60_000, SMALL[60_000:]), tus.RECEIPT)
    assert _read(ada, revision) == SMALL


def test_where_the_disk_has_less_than_the_database_says_it_goes_on_from_there(office: Office) -> None:
    ada = office.laptop("Ada")
    revision = attach(ada, new_id(), SMALL)
    place = _begin(ada, revision, SMALL)
    _add(ada, place, 0, SMALL[:40_000])
    path = office.running.core.files.coming.path(place.rpartition("/")[2])
    path.write_bytes(SMALL[:15_000])
    lost = _add(ada, place, 40_000, SMALL[40_000:])
    assert (lost.status, lost.code) == (409, "central.file_offset")
    assert _of(_ask(ada, "HEAD", place), tus.OFFSET) == "15000"
    assert _of(_add(ada, place, 15_000, SMALL[15_000:]), tus.RECEIPT)
    assert _read(ada, revision) == SMALL


def test_a_part_that_is_sent_again_writes_into_no_file_that_is_in_its_place(tmp_path: Path, clock: FixedClock) -> None:
    coming, keeping = Coming(tmp_path), FileKeeping(tmp_path, FileSettings())
    upload, sha256 = new_id(), hashlib.sha256(SMALL).hexdigest()
    coming.add(upload, 0, [SMALL])
    assert keeping.put_away(upload, sha256, len(SMALL))
    coming.add(upload, 1000, [bytes(500)])
    assert b"".join(keeping.place.read(sha256, 0, len(SMALL))) == SMALL


@pytest.mark.logs("the place of files does not answer")
def test_while_the_place_is_away_words_go_and_what_arrived_waits(
    tmp_path: Path, s3: S3, line: Line, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_s3, "_DOWN_SECONDS", 0.0)
    office = _opened(tmp_path, s3.settings(endpoint=line.url), clock)
    try:
        ada, assessment = office.laptop("Ada"), new_id()
        revision = attach(ada, assessment, SMALL)
        place = _begin(ada, revision, SMALL)
        line.cut()
        refused = _add(ada, place, 0, SMALL)
        assert (refused.status, refused.code) == (503, "central.files_unavailable")
        assert _of(refused, "Retry-After")
        assert ada.push(ada.write(assessment)).lines, "words go on"
        eve = office.laptop("Eve")
        assert _begin(eve, attach(eve, new_id(), SMALL), SMALL), "nobody else waits for it, or learns from it"
        _restarted(office)
        assert _ask(ada, "HEAD", place).status == 503
        line.mend()
        stands = _ask(ada, "HEAD", place)
        assert (stands.status, _of(stands, tus.OFFSET)) == (200, str(len(SMALL)))
        assert _of(stands, tus.RECEIPT), "no byte was sent twice"
        assert _read(ada, revision) == SMALL
    finally:
        office.running.stop()


def test_a_slow_place_keeps_nobody_waiting(
    tmp_path: Path, s3: S3, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_keeping, "WAIT_SECONDS", 0.05)
    let_go = threading.Event()
    real = file_s3.S3Place.keep

    def slow(self: file_s3.S3Place, sha256: str, source: Path, size: int) -> None:
        assert let_go.wait(20)
        real(self, sha256, source, size)

    monkeypatch.setattr(file_s3.S3Place, "keep", slow)
    office = _opened(tmp_path, s3.settings(), clock)
    try:
        ada = office.laptop("Ada")
        revision = attach(ada, new_id(), SMALL)
        place = _begin(ada, revision, SMALL)
        last = _add(ada, place, 0, SMALL)
        assert (last.status, _of(last, tus.OFFSET), _of(last, tus.RECEIPT)) == (204, str(len(SMALL)), "")
        let_go.set()
        end = time.monotonic() + 10
        while not (receipt := _of(_ask(ada, "HEAD", place), tus.RECEIPT)) and time.monotonic() < end:
            time.sleep(0.02)
        assert receipt
        assert _read(ada, revision) == SMALL
    finally:
        let_go.set()
        office.running.stop()


def test_a_store_whose_key_is_refused_does_not_start_and_says_why(tmp_path: Path, s3: S3, clock: FixedClock) -> None:
    files = s3.settings(secret="another")
    settings = Settings(folder=tmp_path / "office", port=0, files=files)
    admin.init(settings, "Northmoor office", clock)
    with pytest.raises(Trouble, match=r"central\.files_key") as refused:
        start_in_thread(settings, clock)
    assert "another" not in f"{refused.value} {refused.value.details}"


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        (f"sha1 {base64.b64encode(hashlib.sha1(SMALL).digest()).decode()}", 204),
        (f"sha1 {base64.b64encode(bytes(20)).decode()}", 460), (f"sha256 {base64.b64encode(bytes(32)).decode()}", 460),
        ("md5 1B2M2Y8AsgTpgAmY7PhCfg==", 400), ("sha256", 400), ("sha256 !!", 400), ("", 400),
    ],
)  # fmt: skip
def test_checksums_of_every_server_of_tus_and_no_others(
    tmp_path: Path, clock: FixedClock, stated: str, status: int
) -> None:
    office = _opened(tmp_path, FileSettings(), clock)
    try:
        ada = office.laptop("Ada")
        place = _begin(ada, attach(ada, new_id(), SMALL), SMALL)
        assert _add(ada, place, 0, SMALL, Upload_Checksum=stated).status == status
        assert _of(_ask(ada, "HEAD", place), tus.OFFSET) == (str(len(SMALL)) if status == 204 else "0")
    finally:
        office.running.stop()


def test_another_version_of_tus_is_told_which_one_is_spoken_and_post_may_mean_patch(
    tmp_path: Path, clock: FixedClock
) -> None:
    office = _opened(tmp_path, FileSettings(), clock)
    try:
        ada = office.laptop("Ada")
        place = _begin(ada, attach(ada, new_id(), SMALL), SMALL)
        other = _add(ada, place, 0, SMALL, Tus_Resumable="2.0.0")
        assert (other.status, _of(other, "Tus-Version")) == (412, "1.0.0")
        assert _add(ada, place, 0, SMALL, method="POST").code == "central.method"
        assert _add(ada, place, 0, SMALL, method="POST", X_HTTP_Method_Override="PATCH").status == 204
        push = {"X-HTTP-Method-Override": "PATCH"}
        assert office.send("POST", "/v1/hello", b"{}", push).code == "central.not_signed", "a push stays a POST"
    finally:
        office.running.stop()
