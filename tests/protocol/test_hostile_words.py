"""A store that holds the real key and abuses it: receipts, orders, pages, wishes and silence that mean harm.

Nothing of a laptop's own is ever lost, altered or sent further than it was; what comes is bounded, and a person can
always end it.
"""

from __future__ import annotations

import json
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fieldkit.app.rows import SendStatus
from fieldkit.domain.erasure import ErasureOrder, sign_erasure
from fieldkit.domain.receipt import Outcome
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import RevisionId, new_id
from fieldkit.kernel.signing import SigningKey
from sync.wire.frames import FrameWriter, Kind, compress, frame
from sync.wire.requests import to_base64
from sync.wire.version import CONTENT_TYPE
from tests.protocol.test_hostile_store import (
    ASSESSMENT,
    KEY,
    OTHER,
    LyingStore,
    Reply,
    ada,
    lure,
    page,
    pulled,
    receipts,
)
from tests.support.chains import ChainBuilder, wire_form
from tests.support.laptop import Laptop
from tests.support.scripted_store import answer, scripted_store

__all__ = ["ada"]

HTML = b"<!doctype html><title>Sign in</title><form action=/login>" + b"<p>Welcome.</p>" * 2000
MOST_MEMORY = 200 * 2**20
"""Bytes at the worst moment; one page that is never closed may take 64 MiB before it is given up."""


class AbusingStore(LyingStore):
    """A lying store that also answers other paths as a test says, bytes and headers and all."""

    def __init__(self) -> None:
        super().__init__()
        self.ways: dict[str, Reply] = {}
        self.raw: dict[str, Callable[[socket.socket], None]] = {}
        self.asked: list[str] = []

    def answer(self, line: socket.socket, request: bytes) -> None:
        path = request.split(b" ")[1].decode()
        self.asked.append(path)
        if path in self.raw:
            self.raw[path](line)
        elif path in self.ways:
            kind, reply = self.ways[path](self, request.partition(b"\r\n\r\n")[2])
            answer("200 OK", reply, f"Content-Type: {kind}")(line, request)
        else:
            super().answer(line, request)


@pytest.fixture
def store() -> Iterator[AbusingStore]:
    abusing = AbusingStore()
    with scripted_store(abusing.answer) as running:
        abusing.url = running.url
        yield abusing


def some_rounds(laptop: Laptop, count: int = 4) -> None:
    """Rounds, whatever comes of them; only our own kinds of trouble may."""
    for _ in range(count):
        try:
            laptop.round()
        except FieldKitError:
            laptop.start_again()


def own_work_is_whole(laptop: Laptop, before: dict[str, Any]) -> None:
    """Everything that was held is held byte for byte, is shown, and its untagged part is still meant to stay."""
    now = laptop.log
    for identity, one in before.items():
        assert now[identity] == one
    assert "Kept whatever happens" in laptop.texts
    assert all(row.status is SendStatus.STAYS for row in laptop.notes if row.entry.text.startswith("Only mine"))


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/push", "/v1/pull", "/v1/missing", "/v1/erasures", "/v1/intake"])
def test_a_page_for_people_in_the_place_of_any_answer_changes_nothing(
    store: AbusingStore, ada: Laptop, path: str
) -> None:
    before = ada.log
    lure(store, pulled(page()))
    store.hello |= {"decided": 3} if path == "/v1/intake" else {"erasures": 3, "erasures_count": 3}
    store.ways[path] = lambda far, body: ("text/html", HTML)
    some_rounds(ada)
    assert path in store.asked
    own_work_is_whole(ada, before)
    assert not ada.standing.everything_is_there


@pytest.mark.parametrize(
    "addition",
    [
        {"roles": {}},
        {"roles": {ASSESSMENT: {"role": "emperor", "widened": 2**53 - 1}}},
        {"roles": {"../../etc": {"role": "lead", "widened": -1}}},
        {"policies": {"purge_days": 0, "keep_days": 0, "lock_minutes": -1, "minutes": {"": 2**53 - 1}}},
        {"policies": {"purge_days": "all of it"}},
        {"erase": {"at": "2026-11-12T10:00:00.000Z", "by": "x" * 100_000, "reason": "\u202e at once \0"}},
        {"erase": {"at": "not a time", "by": "", "reason": ""}, "status": "active"},
        {"status": "revoked"}, {"status": "expired"}, {"status": "wiped"}, {"status": ""},
        {"erasures": 2**53 - 1, "erasures_count": 2**53 - 1},
        {"erasures": -1, "erasures_count": 7},
        {"adviser": True, "waiting": 2**53 - 1, "decided": 2**53 - 1},
        {"device_certificate": "AAAA", "device_signature": "AAAA"},
        {"sign_in": {"due": True}},
        {"something_new": {"of": ["a later", "version"]}},
    ],
)  # fmt: skip
def test_whatever_a_hello_adds_nothing_of_this_laptop_s_own_is_lost_or_hidden(
    store: AbusingStore, ada: Laptop, addition: dict[str, Any]
) -> None:
    ada.note("Only mine", tagged=False)
    before = ada.log
    store.hello = addition
    some_rounds(ada)
    own_work_is_whole(ada, before)
    assert ada.call(lambda vault: vault.state()).unreceipted == len(before)
    assert ada.vault.verify() == []


@pytest.mark.parametrize("key", [KEY, OTHER], ids=["the real key", "another key"])
def test_orders_to_erase_what_was_never_receipted_erase_nothing(
    store: AbusingStore, ada: Laptop, key: SigningKey
) -> None:
    """Invariants 14 and 17: an order waits for the receipt, whoever signs it, and a forged one is no order."""
    ada.note("Only mine", tagged=False)
    before = ada.log
    orders = [_order(identity, key, n + 1) for n, identity in enumerate(before)]
    store.push = nothing_receipted
    store.hello = {"erasures": len(orders), "erasures_count": len(orders)}
    store.ways["/v1/erasures"] = lambda far, body: _json({"orders": orders, "more": False})
    some_rounds(ada)
    assert "/v1/erasures" in store.asked
    own_work_is_whole(ada, before)


def test_a_list_of_orders_without_end_is_left_after_some(store: AbusingStore, ada: Laptop) -> None:
    before, numbers = ada.log, iter(range(1, 100_000))
    store.push = nothing_receipted
    store.hello = {"erasures": 2**40, "erasures_count": 2**40}

    def one_more(far: LyingStore, body: bytes) -> tuple[str, bytes]:
        return _json({"orders": [_order(new_id(), KEY, next(numbers))], "more": True})

    store.ways["/v1/erasures"] = one_more
    ada.engine.round()
    assert store.asked.count("/v1/erasures") < 200
    own_work_is_whole(ada, before)


@pytest.mark.parametrize("outcome", [Outcome.ERASED, Outcome.QUARANTINED, Outcome.COLLISION, Outcome.CORRUPT])
def test_no_outcome_on_a_genuine_receipt_takes_words_away(store: AbusingStore, ada: Laptop, outcome: Outcome) -> None:
    """Invariants 1, 11 and 14."""
    ada.note("Only mine", tagged=False)
    before = ada.log
    store.push = receipts(KEY, outcome=outcome)
    some_rounds(ada)
    own_work_is_whole(ada, before)
    assert not ada.standing.everything_is_there, "the certificate knows nothing of it"


def test_other_teams_records_and_news_of_them_reach_nobody_s_own_work(store: AbusingStore, ada: Laptop) -> None:
    """Records of assessments that were never asked for, by laptops that the store vouches for."""
    before = ada.log
    strangers = [ChainBuilder(n + 1, assessment=n) for n in range(3)]
    writer = FrameWriter()
    frames = [writer.revision(wire_form(r), r.hash) for one in strangers for r in one.write_many(20)]
    vouched = [{"device": one.device, "author": one.author, "public": one.key.public.hex()} for one in strangers]
    lure(store, pulled(page(*frames, devices=vouched)))
    store.hello["news"] = {ASSESSMENT: 5, **{new_id(): 2**53 - 1 for _ in range(500)}}
    some_rounds(ada)
    own_work_is_whole(ada, before)
    assert ada.vault.verify() == []
    assert not [row for row in ada.notes if row.is_mine and row.entry.text != "Kept whatever happens"]


@pytest.mark.parametrize("kind", [Kind.MESSAGE, Kind.REVISION, Kind.SHEET])
def test_a_small_answer_that_unpacks_to_a_gigabyte_is_given_up_in_bounded_memory(
    store: AbusingStore, ada: Laptop, kind: Kind
) -> None:
    before = ada.log
    filling = frame(kind, bytes(2**22))
    bomb = b"".join(compress(filling for _ in range(256)))
    assert len(bomb) < 2**20
    lure(store, lambda far, body: (CONTENT_TYPE, bomb))
    tracemalloc.start()
    try:
        with pytest.raises(FieldKitError):
            ada.round()
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    own_work_is_whole(ada, before)


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/push", "/v1/pull"])
def test_an_answer_that_drips_for_ever_ends_when_a_person_wants_it_to(
    store: AbusingStore, ada: Laptop, path: str
) -> None:
    before, kind = ada.log, "application/json" if path == "/v1/hello" else CONTENT_TYPE
    gone = threading.Event()

    def drip(line: socket.socket) -> None:
        line.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 9999999\r\n\r\n".encode())
        while not gone.wait(0.02):
            line.sendall(b" ")

    lure(store, pulled(page()))
    store.raw[path] = drip
    threading.Timer(0.4, ada.engine.abandon).start()
    began = time.monotonic()
    try:
        with pytest.raises(FieldKitError):
            ada.round()
        assert time.monotonic() - began < 5
    finally:
        gone.set()
    own_work_is_whole(ada, before)


def nothing_receipted(store: LyingStore, body: bytes) -> tuple[str, bytes]:
    """A push answered to its end without a receipt for anything."""
    trailer = json.dumps({"corrupt": [], **store.signed_certificate()}).encode()
    return CONTENT_TYPE, b"".join(compress([frame(Kind.MESSAGE, trailer)]))


def _order(revision: str, key: SigningKey, number: int) -> dict[str, Any]:
    order = ErasureOrder(
        store=KEY.public.hex(), revision=RevisionId(revision), reason="By law", at="2026-11-12T10:00:00.000Z"
    )  # fmt: skip
    signed = sign_erasure(order, key)
    return {"number": number, "data": to_base64(signed.data), "signature": to_base64(signed.signature)}


def _json(reply: dict[str, Any]) -> tuple[str, bytes]:
    return "application/json", json.dumps(reply).encode()
