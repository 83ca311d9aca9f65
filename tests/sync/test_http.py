"""The one door to the network: what comes from elsewhere is sorted into our own words, and nothing is followed."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest

from fieldkit.app.ports import Identity
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal, Trouble
from fieldkit.kernel.ids import AuthorId, DeviceId
from fieldkit.kernel.signing import SigningKey, VerifyKey
from sync.address import checked_address
from sync.http import CentralStore
from sync.wire.requests import request_message
from sync.wire.routes import CERTIFICATE, MISSING, PUSH
from sync.wire.version import CONTENT_TYPE
from tests.support.chains import plain_id
from tests.support.scripted_store import Script, answer, scripted_store

KEY = SigningKey(b"d" * 32)
WHO = Identity(author=AuthorId(plain_id(2)), name="Ada", initials="AD", device=DeviceId(plain_id(1)), key=KEY)
JSON = "Content-Type: application/json"
PROBLEM = "Content-Type: application/problem+json"


def asked(script: Script, *, stall: float = 5.0) -> dict[str, Any]:
    """Ask a store that answers by ``script`` for our certificate."""
    with ExitStack() as stack:
        far = CentralStore(stack.enter_context(scripted_store(script)).url, stall=stall, connect=1.0)
        stack.callback(far.close)
        return far.ask(CERTIFICATE, None, WHO)


def told(script: Script, **limits: float) -> FieldKitError:
    with pytest.raises(FieldKitError) as caught:
        asked(script, **limits)
    return caught.value


def problem(code: str, status: int) -> bytes:
    return json.dumps({"code": code, "title": "t", "detail": "d", "status": status}).encode()


def test_a_plain_answer_comes_back_as_it_was_written() -> None:
    assert asked(answer("200 OK", b'{"certificate":"x","later":[1]}', JSON)) == {"certificate": "x", "later": [1]}


def test_every_request_is_signed_by_the_device_over_method_path_and_body() -> None:
    with scripted_store(answer("200 OK", b"", f"Content-Type: {CONTENT_TYPE}")) as store:
        far = CentralStore(store.url)
        with far.frames(PUSH, b"body", CONTENT_TYPE, WHO):
            pass
        far.close()
    head, _, body = store.requests[0].partition(b"\r\n\r\n")
    headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b"signature" not in line.lower())
    signature = next(line.split(b": ")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"fieldkit-sig"))
    assert (body, headers[b"fieldkit-device"]) == (b"body", WHO.device.encode())
    message = request_message("POST", "/v1/push", hashlib.sha256(b"body").digest())
    assert VerifyKey(KEY.public).holds(base64.b64decode(signature), message)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (answer("200 OK", b"<html>Welcome to the hotel</html>", "Content-Type: text/html"), "send.captive_portal"),
        (answer("200 OK", b"<html>", JSON), "send.captive_portal"),
        (answer("200 OK", b"[]", JSON), "send.captive_portal"),
        (answer("200 OK", b"{}" + b"[" * 100_000, JSON), "send.captive_portal"),
        (answer("200 OK", b"{}", JSON, "Content-Encoding: gzip"), "send.captive_portal"),
        (answer("204 No Content"), "send.captive_portal"),
        (answer("302 Found", b"", "Location: https://login.example.org/"), "send.captive_portal"),
        (answer("307 Temporary Redirect", b"", "Location: http://127.0.0.1:1/v1/certificate"), "send.captive_portal"),
        (answer("401 Unauthorized", b"<html>", "Content-Type: text/html"), "send.other_answer"),
        (answer("404 Not Found", b"", "Content-Type: text/html"), "send.other_answer"),
        (answer("407 Proxy Authentication Required"), "send.proxy_password"),
        (answer("511 Network Authentication Required", b"<html>", "Content-Type: text/html"), "send.captive_portal"),
        (answer("500 Internal Server Error", b"oops", "Content-Type: text/plain"), "send.store_fault"),
        (answer("502 Bad Gateway", b"<html>", "Content-Type: text/html"), "send.store_fault"),
        (answer("503 Service Unavailable"), "send.busy"),
        (answer("429 Too Many Requests"), "send.busy"),
        (answer("500 x", b"not json", PROBLEM), "send.store_fault"),
    ],
)
def test_an_answer_that_is_not_our_store_s_is_trouble_to_be_tried_again(script: Script, code: str) -> None:
    error = told(script)
    assert (type(error), error.code) == (Trouble, code)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        ("401 Unauthorized", "central.device_unknown", Refusal),
        ("403 Forbidden", "central.device_revoked", Refusal),
        ("409 Conflict", "central.epoch", Refusal),
        ("408 Request Timeout", "central.too_slow", Trouble),
        ("500 Internal Server Error", "central.fault", Trouble),
        ("503 Service Unavailable", "central.unavailable", Trouble),
    ],
)
def test_a_problem_of_the_catalogue_keeps_its_code(status: str, code: str, kind: type[FieldKitError]) -> None:
    error = told(answer(status, problem(code, int(status[:3])), PROBLEM, "Retry-After: 17"))
    assert (type(error), error.code, error.details["retry_after"]) == (kind, code, 17.0)


@pytest.mark.parametrize(("text", "seconds"), [("5", 5.0), ("999999999", 3600.0), ("-3", 0.0), ("Wed, 21 Oct", 0.0)])
def test_a_wait_that_the_store_asks_for_is_kept_within_an_hour(text: str, seconds: float) -> None:
    assert told(answer("503 x", b"", f"Retry-After: {text}")).details["retry_after"] == seconds


def test_too_large_is_the_same_whoever_says_it() -> None:
    assert told(answer("413 Too Large")).code == "central.too_large"


def test_nothing_is_ever_followed_to_another_address() -> None:
    with scripted_store(answer("200 OK", b"{}", JSON)) as elsewhere:
        assert told(answer("308 x", b"", f"Location: {elsewhere.url}/v1/certificate")).code == "send.captive_portal"
        assert elsewhere.requests == []


def test_nobody_there_is_not_connected() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        far = CentralStore(f"http://127.0.0.1:{unused.getsockname()[1]}", connect=1.0)
        with pytest.raises(Trouble, match=r"send\.not_connected"):
            far.ask(CERTIFICATE, None, WHO)
        far.close()


def _close(line: socket.socket, request: bytes) -> None:
    line.close()


def _half(line: socket.socket, request: bytes) -> None:
    line.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":')


def _noise(line: socket.socket, request: bytes) -> None:
    line.sendall(bytes(range(256)) * 4)


@pytest.mark.parametrize("script", [_close, _half, _noise])
def test_a_line_that_breaks_off_or_talks_nonsense_is_cut_off(script: Script) -> None:
    assert told(script).code == "send.cut_off"


def test_silence_ends_after_the_stall_time_and_a_slow_answer_does_not() -> None:
    def silent(line: socket.socket, request: bytes) -> None:
        time.sleep(0.6)

    def slow(line: socket.socket, request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n")
        for byte in b'{"a": 1}':
            time.sleep(0.06)
            line.sendall(bytes([byte]))

    assert told(silent, stall=0.3).code == "send.no_answer"
    assert asked(slow, stall=0.3) == {"a": 1}


def test_an_endless_answer_is_given_up_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.http.LARGEST_REPLY", 2**20)
    sent = []

    def endless(line: socket.socket, request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        while True:
            line.sendall(b" " * 65536)
            sent.append(65536)

    assert told(endless).code == "wire.damaged"
    assert sum(sent) < 2**25


def test_a_blocked_read_ends_at_once_when_it_is_abandoned() -> None:
    reached, finish = threading.Event(), threading.Event()

    def silent(line: socket.socket, request: bytes) -> None:
        reached.set()
        finish.wait(5)

    with scripted_store(silent) as store:
        far = CentralStore(store.url)
        errors: list[str] = []
        thread = threading.Thread(target=lambda: errors.append(_code_of(far)))
        thread.start()
        assert reached.wait(5)
        began = time.monotonic()
        far.abandon()
        thread.join(1.0)
        assert not thread.is_alive()
        assert time.monotonic() - began < 1.0
        assert errors == ["send.cut_off"]
        assert _code_of(far) == "send.stopped"
        finish.set()
        far.close()


def _code_of(far: CentralStore) -> str:
    try:
        far.ask(CERTIFICATE, None, WHO)
    except FieldKitError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://store.example.org", "send.address_not_protected"),
        ("http://10.0.0.1:8470", "send.address_not_protected"),
        ("http://127.0.0.1.example.org", "send.address_not_protected"),
        ("ftp://store.example.org", "send.address"),
        ("store.example.org", "send.address"),
        ("https://", "send.address"),
        ("https://user:word@store.example.org", "send.address"),
        ("https://store.example.org/?a=1", "send.address"),
        ("https://store.example.org:port", "send.address"),
        ("", "send.address"),
    ],
)
def test_an_address_must_be_protected(url: str, code: str) -> None:
    with pytest.raises(Mistake) as caught:
        checked_address(url)
    assert (caught.value.code, caught.value.details["field"]) == (code, "url")


@pytest.mark.parametrize(
    "url",
    ["https://store.example.org/", "https://store.example.org/fieldkit", "http://127.0.0.1:8470", "http://[::1]:1"],
)
def test_a_protected_address_or_this_machine_is_taken(url: str) -> None:
    assert checked_address(f" {url} ") == url.rstrip("/")


def test_a_json_body_is_sent_as_json() -> None:
    from sync.wire.messages import MissingRequest

    with scripted_store(answer("200 OK", b'{"positions":[]}', JSON)) as store:
        far = CentralStore(store.url + "/office")
        far.ask(MISSING, MissingRequest(ids=[plain_id(1)], contents=[True]), WHO)
        far.close()
    head, _, body = store.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /office/v1/missing HTTP/1.1")
    assert b"content-type: application/json" in head.lower()
    assert json.loads(body) == {"ids": [plain_id(1)], "contents": [True]}


def test_the_network_library_is_not_loaded_before_it_is_needed() -> None:
    import subprocess
    import sys

    parts = "import sync.engine, sync.worker, sync.enrol, sys"
    code = f"{parts}; print([m for m in sys.modules if m in ('httpx2', 'httpcore2')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
