"""A store that lies, forgets, repeats or never ends: nothing is deleted, nothing shown as confirmed, all is bounded."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fieldkit.domain.receipt import (
    EMPTY_CHAIN,
    Certificate,
    Outcome,
    ReceiptLine,
    ReceiptSheet,
    Witness,
    run_chain,
    sign_certificate,
    sign_sheet,
)
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import DeviceId, RevisionId, new_id
from fieldkit.kernel.signing import SigningKey
from sync.http import CentralStore
from sync.wire.frames import FrameReader, FrameWriter, Kind, compress, frame, read_frames, sheet_payload
from sync.wire.requests import enrolled_message, hello_message, to_base64
from sync.wire.version import CONTENT_TYPE
from tests.support.chains import ChainBuilder, wire_form
from tests.support.laptop import Laptop
from tests.support.scripted_store import answer, scripted_store

KEY, OTHER = SigningKey(b"k" * 32), SigningKey(b"o" * 32)
EPOCH = "11111111-1111-4111-8111-111111111111"
ASSESSMENT = new_id()
Reply = Callable[["LyingStore", bytes], tuple[str, bytes]]


class LyingStore:
    """Holds a real key and enrols anybody; what it says besides is up to the test."""

    def __init__(self) -> None:
        self.url = ""
        self.key = KEY
        self.hello: dict[str, Any] = {}
        self.push: Reply = lambda store, body: (CONTENT_TYPE, b"")
        self.pull: Reply = lambda store, body: (CONTENT_TYPE, b"")
        self.positions: list[int] = []
        self.told: list[list[dict[str, Any]]] = []
        self.device = ""
        self.certificate: dict[str, Any] = {}

    def answer(self, line: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        path = head.split(b" ")[1].decode()
        ways = {"/v1/enrol": self._enrol, "/v1/hello": self._hello, "/v1/missing": self._missing}
        kind, reply = ways.get(path, self._frames(path))(body)
        answer("200 OK", reply, f"Content-Type: {kind}")(line, request)

    def signed_certificate(self) -> dict[str, str]:
        told = {"high": 0, "hash": "", "contents": 0, **self.certificate}
        signed = sign_certificate(
            Certificate(
                store=self.key.public.hex(), epoch=EPOCH, device=DeviceId(self.device),
                issued_at="2026-11-12T10:00:00.000Z", **told,
            ),
            self.key,
        )  # fmt: skip
        return {"certificate": to_base64(signed.data), "certificate_signature": to_base64(signed.signature)}

    def _frames(self, path: str) -> Callable[[bytes], tuple[str, bytes]]:
        say = self.pull if path == "/v1/pull" else self.push
        return lambda body: say(self, body)

    def _enrol(self, body: bytes) -> tuple[str, bytes]:
        request = json.loads(body)
        self.device = request["device"]
        reply: dict[str, Any] = {
            "office": "Office", "user": new_id(), "store": KEY.public.hex(), "epoch": EPOCH, "recovery_key": None,
            "assessments": [],
        }  # fmt: skip
        reply["proof"] = to_base64(KEY.sign(enrolled_message(request, reply)))
        return "application/json", json.dumps(reply).encode()

    def _missing(self, body: bytes) -> tuple[str, bytes]:
        reply = {"positions": self.positions, "witness": {"epoch": EPOCH, "seq": 0, "chain": ""}}
        return "application/json", json.dumps(reply).encode()

    def _hello(self, body: bytes) -> tuple[str, bytes]:
        request = json.loads(body)
        self.told.append(request["witnesses"])
        reply: dict[str, Any] = {
            "protocol_oldest": 1, "protocol": 1, "store": KEY.public.hex(), "epoch": EPOCH, "nonce": request["nonce"],
            "now": "2026-11-12T10:00:00.000Z", "status": "active", "fork": False, "news": {},
            "witness": {"epoch": EPOCH, "seq": 0, "chain": ""}, **self.signed_certificate(), **self.hello,
        }  # fmt: skip
        reply["proof"] = to_base64(self.key.sign(hello_message(reply["nonce"], reply)))
        return "application/json", json.dumps(reply).encode()


@pytest.fixture
def store() -> Iterator[LyingStore]:
    lying = LyingStore()
    with scripted_store(lying.answer) as running:
        lying.url = running.url
        yield lying


@pytest.fixture
def ada(store: LyingStore, tmp_path: Path, clock: FixedClock) -> Iterator[Laptop]:
    from sync.enrol import enrol

    laptop = Laptop(tmp_path / "ada", "Ada Lovelace", clock)
    identity = laptop.vault.perform(lambda uow: uow.identity)[0]
    enrol(store.url, "CODE", identity, laptop.call, clock=clock, app="0.1.0", connect=CentralStore)
    laptop.open_meeting()
    laptop.note("Kept whatever happens")
    yield laptop
    laptop.close()


@contextmanager
def nothing_changes(laptop: Laptop) -> Iterator[None]:
    """Whatever happens inside: the log stays, and nothing of it shows as confirmed."""
    before = laptop.log
    yield
    assert laptop.log == before
    assert laptop.standing.unreceipted == len(before)
    assert not laptop.standing.everything_is_there
    assert laptop.vault.verify() == []


def code_of(laptop: Laptop) -> str:
    with pytest.raises(FieldKitError) as caught:
        laptop.round()
    return caught.value.code


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"nonce": "00" * 32}, "send.captive_portal"),
        ({"protocol_oldest": 7, "protocol": 9}, "send.version"),
        ({"certificate": "AAAA"}, "receipt.signature"),
        ({"certificate": "not base64!"}, "wire.damaged"),
        ({"news": {"x": "many"}}, "wire.damaged"),
        ({"news": 7}, "wire.damaged"),
        ({"fork": "maybe"}, "wire.damaged"),
        ({"witness": {"epoch": EPOCH, "seq": -1, "chain": ""}}, "wire.damaged"),
        ({"epoch": "22222222-2222-4222-8222-222222222222"}, "receipt.malformed"),
    ],
)
def test_a_hello_that_does_not_add_up_changes_nothing(
    store: LyingStore, ada: Laptop, lie: dict[str, Any], code: str
) -> None:
    store.hello = lie
    with nothing_changes(ada):
        assert code_of(ada) == code


def test_a_hello_signed_by_another_key_is_not_our_office(store: LyingStore, ada: Laptop) -> None:
    store.key = OTHER
    with nothing_changes(ada):
        assert code_of(ada) == "send.not_our_office"


def test_a_certificate_about_somebody_else_s_laptop_is_refused(store: LyingStore, ada: Laptop) -> None:
    store.device = new_id()
    with nothing_changes(ada):
        assert code_of(ada) == "receipt.malformed"


def test_more_witnesses_than_one_hello_carries_are_all_put_to_the_store_before_one_is_dropped(
    store: LyingStore, ada: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.greeting.MOST_WITNESSES", 10)
    store.push = receipts(KEY)
    ada.round()
    held = len(ada.call(lambda vault: vault.state()).witnesses)
    for n in range(100, 125):
        seen = Witness(epoch=EPOCH, seq=n, chain=f"{n:064x}")
        ada.call(lambda vault, w=seen: vault.keep_witness(w))  # type: ignore[misc]
    store.told.clear()
    ada.round()
    assert [len(witnesses) for witnesses in store.told] == [10, 10, 5 + held]
    assert {w["seq"] for witnesses in store.told for w in witnesses} >= set(range(100, 125))
    assert len(ada.call(lambda vault: vault.state()).witnesses) < 10


def receipts(key: SigningKey, **wrong: Any) -> Reply:
    """A push answered with a sheet for everything in it, signed by ``key``."""

    def reply(store: LyingStore, body: bytes) -> tuple[str, bytes]:
        reader = FrameReader()
        found = [reader.revision(payload) for _, payload in read_frames([body])]
        lines = tuple(
            ReceiptLine(
                revision=RevisionId(parse(wire.envelope)["id"]), hash=wrong.get("hash", hashed), seq=n + 1,
                outcome=wrong.get("outcome", Outcome.ACCEPTED), has_content=wire.content is not None,
            )
            for n, (wire, hashed) in enumerate(found)
        )  # fmt: skip
        chain = run_chain(EMPTY_CHAIN, ((x.revision, x.hash, x.has_content) for x in lines))
        sheet = ReceiptSheet(
            store=key.public.hex(), epoch=EPOCH, device=DeviceId(store.device), before=EMPTY_CHAIN, lines=lines,
            received_at="2026-11-12T10:00:00.000Z", chain=wrong.get("chain", chain),
        )  # fmt: skip
        signed = sign_sheet(sheet, key)
        trailer = json.dumps({"corrupt": [], **store.signed_certificate()}).encode()
        frames = [frame(Kind.SHEET, sheet_payload(signed.data, signed.signature)), frame(Kind.MESSAGE, trailer)]
        return CONTENT_TYPE, b"".join(compress(frames))

    return reply


@pytest.mark.parametrize(
    ("push", "code"),
    [
        (receipts(OTHER), "receipt.signature"),
        (receipts(KEY, chain="00" * 32), "receipt.malformed"),
        (lambda store, body: (CONTENT_TYPE, b"".join(compress([]))), "wire.damaged"),
        (lambda store, body: (CONTENT_TYPE, b"".join(compress([frame(Kind.MESSAGE, b"{}")]))), "wire.damaged"),
        (lambda store, body: (CONTENT_TYPE, b"".join(compress([frame(Kind.SHEET, b"short")]))), "wire.damaged"),
        (lambda store, body: (CONTENT_TYPE, b"not frames"), "wire.damaged"),
        (lambda store, body: ("application/json", b'{"done":true}'), "send.captive_portal"),
    ],
)
def test_receipts_that_do_not_hold_confirm_nothing(store: LyingStore, ada: Laptop, push: Reply, code: str) -> None:
    store.push = push
    with nothing_changes(ada):
        assert code_of(ada) == code


def test_a_receipt_for_another_content_of_the_same_note_confirms_nothing(store: LyingStore, ada: Laptop) -> None:
    store.push = receipts(KEY, hash="ab" * 32)
    before = ada.log
    ada.round()
    assert ada.log == before
    assert ada.standing.unreceipted == len(before)
    assert {finding.code for finding in ada.vault.verify()} == {"verify.receipt_hash"}


def test_everything_receipted_but_the_certificate_disagrees_is_not_everything_at_the_office(
    store: LyingStore, ada: Laptop
) -> None:
    store.push = receipts(KEY)
    ada.round()
    assert ada.standing.unreceipted == 0
    assert not ada.standing.everything_is_there


def page(*frames: bytes, cursor: int = 1, epoch: str = EPOCH, devices: list[dict[str, str]] | None = None) -> bytes:
    end = {
        "assessment": ASSESSMENT, "cursor": cursor, "devices": devices or [], "more": False,
        "witness": {"epoch": epoch, "seq": cursor, "chain": "ab" * 32},
    }  # fmt: skip
    return b"".join([*frames, frame(Kind.PAGE_END, json.dumps(end).encode())])


def pulled(*pages: bytes) -> Reply:
    return lambda store, body: (CONTENT_TYPE, b"".join(compress(pages)))


def lure(store: LyingStore, pull: Reply) -> None:
    store.hello = {"news": {ASSESSMENT: 5}}
    store.push = receipts(KEY)
    store.pull = pull


@pytest.mark.parametrize(
    ("pull", "code"),
    [
        (pulled(page(epoch="22222222-2222-4222-8222-222222222222")), "wire.damaged"),
        (pulled(page(cursor=5), page(cursor=3)), "wire.damaged"),
        (pulled(frame(Kind.PAGE_END, b'{"assessment":"../../etc/passwd"}')), "wire.damaged"),
        (pulled(frame(Kind.REVISION, b"x")), "wire.damaged"),
        (pulled(frame(Kind.SHEET, b"x" * 80)), "receipt.signature"),
        (pulled(*[frame(Kind.REVISION, bytes([0, 0, 0, 2]) + b"{}" + bytes(2**23 - 100))] * 9), "wire.damaged"),
    ],
)
def test_a_page_that_goes_back_never_ends_or_is_no_page_is_given_up(
    store: LyingStore, ada: Laptop, pull: Reply, code: str
) -> None:
    lure(store, pull)
    before = ada.log
    assert code_of(ada) == code
    assert ada.log == before
    assert ada.texts == ["Kept whatever happens"]
    assert ada.vault.verify() == []


def test_revisions_by_a_device_that_nobody_vouches_for_are_set_aside_and_the_rest_is_kept(
    store: LyingStore, ada: Laptop
) -> None:
    good, forger = ChainBuilder(1, assessment=0), ChainBuilder(2)
    writer = FrameWriter()
    frames = [writer.revision(wire_form(r), r.hash) for r in [*good.write_many(2), *forger.write_many(2)]]
    vouched = [{"device": good.device, "author": good.author, "public": good.key.public.hex()}]
    garbage = frame(Kind.REVISION, bytes([0, 0, 0, 2]) + b"{}" + bytes(64))
    lure(store, pulled(page(*frames, garbage, devices=vouched)))
    before = len(ada.log)
    report = ada.round()
    assert report.problem is not None
    assert (report.problem.code, report.problem.details["count"]) == ("send.unreadable", 1)
    assert len(ada.log) == before + 2
    assert ada.call(lambda s: s.state()).cursors[0].seq == 1


def test_a_store_that_always_has_more_is_left_after_a_few_rounds(store: LyingStore, ada: Laptop) -> None:
    lure(store, pulled(page(cursor=1)))
    reports = [ada.round() for _ in range(4)]
    assert [report.turns for report in reports] == [3, 2, 2, 2]
    assert [report.again for report in reports] == [False, True, False, False]


@pytest.mark.parametrize("positions", [[-1], [10_000], [0, 1, 2**40]])
def test_a_store_that_lacks_what_was_never_named_is_given_up(
    store: LyingStore, ada: Laptop, positions: list[int]
) -> None:
    store.push = receipts(KEY)
    ada.round()
    store.positions = positions
    before = ada.log
    assert code_of(ada) == "wire.damaged"
    assert ada.log == before
