"""Whatever is thrown at the store, it answers in its own words, keeps nothing of it and goes on."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zstandard

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import new_id
from sync.wire.problems import PROBLEMS
from sync.wire.requests import request_headers
from sync.wire.version import CONTENT_TYPE
from tests.central.kit import Laptop, Office, push_body


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """SQLite only: what is refused here never reaches a database."""
    return Settings(folder=tmp_path / "central", port=0, stall_seconds=0.3, largest_body=100_000)


@pytest.fixture
def ada(office: Office) -> Laptop:
    return office.laptop("Ada")


def test_a_request_that_is_not_signed_is_refused(office: Office) -> None:
    for method, path in (("POST", "/v1/hello"), ("POST", "/v1/push"), ("GET", "/v1/certificate")):
        assert office.send(method, path, b"{}" if method == "POST" else b"").code == "central.not_signed"


@pytest.mark.parametrize("device", ["0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e", "not an id", "' OR 1=1 --", ""])
def test_an_unknown_device_is_refused(office: Office, ada: Laptop, device: str) -> None:
    headers = {**request_headers(ada.device, ada.key, "GET", "/v1/certificate", b""), "FieldKit-Device": device}
    assert office.send("GET", "/v1/certificate", headers=headers).code == "central.device_unknown"


@pytest.mark.parametrize("signature", ["", "AAAA", "!!", "A" * 88])
def test_a_signature_that_is_none_is_refused(office: Office, ada: Laptop, signature: str) -> None:
    headers = {"FieldKit-Device": ada.device, "FieldKit-Signature": signature}
    assert office.send("GET", "/v1/certificate", headers=headers).code == "central.signature"


def test_a_signature_holds_for_one_device_one_path_one_method_and_one_body(office: Office, ada: Laptop) -> None:
    eve, body = office.laptop("Eve"), push_body([ada.write(new_id())])
    signed = request_headers(ada.device, ada.key, "POST", "/v1/push", body)
    assert office.send("POST", "/v1/push", body + b"x", signed).code == "central.signature"
    assert office.send("POST", "/v1/missing", body, signed).code == "central.signature"
    assert office.send("POST", "/v1/push", body, {**signed, "FieldKit-Device": eve.device}).code == "central.signature"
    assert office.send("POST", "/v1/push", body, signed).status == 200


def test_a_replayed_push_changes_nothing(office: Office, ada: Laptop) -> None:
    body = push_body([ada.write(new_id())])
    signed = request_headers(ada.device, ada.key, "POST", "/v1/push", body)
    replies = [ada.pushed(office.send("POST", "/v1/push", body, signed)) for _ in range(3)]
    assert [reply.sheets for reply in replies] == [replies[0].sheets] * 3
    assert admin.show(office.settings).revisions == 1


def test_one_device_cannot_say_hello_for_another(office: Office, ada: Laptop) -> None:
    eve = office.laptop("Eve")
    assert eve.hello(device=ada.device).code == "central.malformed"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"protocol": "1"}',
        b'{"a":' * 2000 + b"1" + b"}" * 2000,
        b'{"x": 1e999}',
    ],
)
def test_a_body_that_is_no_message_is_refused(ada: Laptop, body: bytes) -> None:
    for path in ("/v1/hello", "/v1/pull", "/v1/missing", "/v1/succeed"):
        assert ada.ask("POST", path, body).code == "central.malformed"


@pytest.mark.parametrize(
    "change",
    [{"extra": 1}, {"head_seq": -1}, {"head_seq": True}, {"nonce": "zz"}, {"device": "x"}, {"cursors": {"a": "1"}}],
)
def test_a_message_with_a_field_that_is_wrong_is_refused(ada: Laptop, change: dict[str, object]) -> None:
    assert ada.hello(**change).code == "central.malformed"


@pytest.mark.parametrize("cursor", [-1, 2**70])
def test_a_cursor_that_no_log_has_is_refused(ada: Laptop, cursor: int) -> None:
    request = {"epoch": ada.epoch(), "cursors": {new_id(): cursor}, "own_after": 0}
    assert ada.post("/v1/pull", request).code == "central.malformed"


def test_a_body_that_is_no_stream_of_frames_is_refused(ada: Laptop) -> None:
    for body in (b"", b"{}", b"<html>", zstandard.compress(b"no frame")):
        assert ada.ask("POST", "/v1/push", body, CONTENT_TYPE).code == "central.malformed"


def test_lists_of_different_length_are_refused(ada: Laptop) -> None:
    assert ada.post("/v1/missing", {"ids": [new_id()], "contents": []}).code == "central.malformed"


def test_a_frame_that_says_it_is_huge_costs_nothing(ada: Laptop) -> None:
    for size in (9 * 2**20, 2**32 - 1):
        body = zstandard.compress(struct.pack(">BI", 2, size) + b"x")
        assert ada.ask("POST", "/v1/push", body, CONTENT_TYPE).code == "central.malformed"


def _head(laptop: Laptop, more: str) -> bytes:
    """The head of a push in the name of ``laptop``, with a signature that will not hold."""
    lines = ("POST /v1/push HTTP/1.1", "Host: x", f"FieldKit-Device: {laptop.device}", "FieldKit-Signature: x", more)
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def test_a_stranger_cannot_make_the_store_read_a_body(office: Office) -> None:
    for device in ("", "FieldKit-Device: 0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e\r\nFieldKit-Signature: x\r\n"):
        head = f"POST /v1/push HTTP/1.1\r\nHost: x\r\n{device}Content-Length: 90000\r\n\r\n"
        reply = _raw(office, head.encode())  # answered although not one byte of the body has come
        assert (b"central.device_unknown" if device else b"central.not_signed") in reply


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(office: Office, ada: Laptop) -> None:
    assert b"central.too_large" in _raw(office, _head(ada, "Content-Length: 100001"))


def test_a_body_that_grows_too_large_on_its_way_is_refused(office: Office, ada: Laptop) -> None:
    chunks = b"".join(b"4000\r\n" + bytes(0x4000) + b"\r\n" for _ in range(8))
    assert b"central.too_large" in _raw(office, _head(ada, "Transfer-Encoding: chunked") + chunks)


def test_a_body_that_stands_still_is_given_up(office: Office, ada: Laptop) -> None:
    started = time.monotonic()
    reply = _raw(office, _head(ada, "Content-Length: 50") + b"half")
    assert b"central.too_slow" in reply
    assert b"retry-after: 5" in reply.lower()
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/", "central.not_found"),
        ("GET", "/v1/nothing", "central.not_found"),
        ("GET", "/v1/hello", "central.method"),
        ("DELETE", "/v1/assessments", "central.method"),
        ("GET", "/v1/assessments/", "central.not_found"),
        ("GET", "/v1/assessments/../../etc/passwd/entries", "central.not_found"),
        ("GET", "/v1/assessments/%00/entries", "central.token"),
    ],
)
def test_other_addresses_are_refused_in_the_same_way(office: Office, method: str, path: str, code: str) -> None:
    reply = office.send(method, path, headers={"Authorization": "Bearer x"})
    assert (reply.code, reply.status) == (code, PROBLEMS[code].status)


@pytest.mark.logs("Invalid HTTP request received")
def test_what_is_not_http_is_answered_with_a_problem_too(office: Office) -> None:
    reply = _raw(office, b"\x16\x03\x01 hello\r\n\r\n")
    head, _, body = reply.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    assert json.loads(body)["code"] == "central.malformed"


@pytest.mark.parametrize("start", [b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nX: y\r\n"])
def test_a_head_that_never_ends_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr("central.connection.HEAD_SECONDS", 0.2)
    assert _raw(office, start) == b""
    answered = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    assert b'"ok":true' in _raw(office, answered)


def test_asking_for_another_protocol_is_answered_as_http(office: Office) -> None:
    asked = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    assert b'"ok":true' in _raw(office, asked)


def test_a_wrong_token_reads_nothing(office: Office) -> None:
    for token in ("", "Bearer", "Bearer x", f"bearer {office.made.token}x"):
        assert office.send("GET", "/v1/assessments", headers={"Authorization": token}).code == "central.token"


@pytest.mark.logs("a fault in the store")
def test_a_bug_is_a_problem_for_the_client_and_a_traceback_for_the_log(
    office: Office, ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("central.app.missing.missing", lambda *_: 1 // 0)
    reply = ada.missing_reply()
    assert reply.code == "central.fault"
    assert b"ZeroDivision" not in reply.body


@pytest.mark.logs("the database did not answer")
def test_a_database_that_is_gone_is_said_to_be_not_ready(office: Office, ada: Laptop) -> None:
    note = ada.write(new_id())
    with office.running.core.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE device RENAME TO elsewhere")
    assert ada.ask("POST", "/v1/push", push_body([note]), CONTENT_TYPE).code == "central.unavailable"
    assert ada.hello().headers["retry-after"] == "10"
    with office.running.core.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO device")
    assert ada.push(note).outcomes([note]) == ["accepted"]


def test_a_client_that_leaves_in_the_middle_is_forgotten(office: Office, ada: Laptop) -> None:
    place = urlsplit(office.running.url)
    with socket.create_connection((place.hostname, place.port)) as line:
        line.sendall(_head(ada, "Content-Length: 5000") + b"some")
    assert ada.hello().status == 200


@pytest.fixture
def office(settings: Settings, clock: FixedClock) -> Iterator[Office]:
    made = admin.init(settings, "Northmoor office", clock)
    running = start_in_thread(replace(settings), clock)
    try:
        yield Office(settings, running, made, clock)
    finally:
        running.stop()


def _raw(office: Office, data: bytes) -> bytes:
    """Send bytes and read until the store closes or falls silent."""
    place = urlsplit(office.running.url)
    with socket.create_connection((place.hostname, place.port), timeout=15) as line:
        line.sendall(data)
        answer = b""
        while b"}" not in answer:
            piece = line.recv(65536)
            if not piece:
                break
            answer += piece
        return answer
