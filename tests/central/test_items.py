"""The quick reader of envelopes decides exactly as the domain's own reader does."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from central.items import Item, genuine, read_item
from central.tables import NOWHERE
from fieldkit.domain.revision import Envelope, Revision, digest_of, hash_of
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey, VerifyKey
from sync.wire.frames import WireRevision
from tests.support.chains import ChainBuilder, plain_id, wire_form

ids = st.uuids().map(str)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
words = st.text(max_size=12) | st.sampled_from(
    ["entry", "0.1.0", 'a"b', "a\\b", "é", "Entry", "", "x" * 70, "y" * 200, "y" * 201]
)
counts = st.integers(-1, 2**60) | st.sampled_from([0, 1, 2, 2**53, True])
envelopes = st.fixed_dictionaries(
    {
        "v": st.sampled_from([1, 2]), "id": ids, "record": ids, "kind": st.sampled_from(["entry", "visit"]) | words,
        "shape": counts, "parents": st.lists(ids | words, max_size=2), "assessment": ids | st.none() | words,
        "author": ids, "device": ids, "seq": counts, "prev": hashes | st.just(""), "recorded_at": words,
        "mono_ms": counts, "boot": words, "priority": counts, "digest": hashes | words, "app": words,
    }
)  # fmt: skip
spellings = st.sampled_from(
    [{}, {"ensure_ascii": False}, {"indent": 1}, {"sort_keys": False}, {"separators": (", ", ":")}]
)


def _read(data: bytes) -> Item | None:
    try:
        return read_item(WireRevision(data, bytes(64), None, None), hash_of(data), "")
    except Refusal:
        return None


def _domain(data: bytes) -> Envelope | None:
    try:
        return Envelope.from_bytes(data)
    except Refusal:
        return None


def _encode(raw: dict[str, Any], spelling: dict[str, Any]) -> bytes:
    options = {"sort_keys": True, "separators": (",", ":"), **spelling}
    return json.dumps(raw, **options).encode("utf-8", "surrogatepass")


@given(envelopes, spellings, st.integers(0, 3))
def test_whatever_is_read_is_what_the_domain_reads(raw: dict[str, Any], spelling: dict[str, Any], odd: int) -> None:
    if odd and not raw["parents"]:
        raw = {**raw, "record": raw["id"]}  # a record is named by its first revision
    data = _encode(raw, spelling)
    item, envelope = _read(data), _domain(data)
    if item is None:
        assert envelope is None or envelope.seq > 2**53 or not envelope.kind.isascii() or not envelope.kind.islower()
        return
    assert envelope is not None
    assert (item.id, item.record, item.kind, item.author) == (
        envelope.id,
        envelope.record,
        envelope.kind,
        envelope.author,
    )
    assert (item.device, item.seq, item.prev) == (envelope.device, envelope.seq, envelope.prev)
    assert (item.parents, item.assessment) == (tuple(envelope.parents), envelope.assessment or NOWHERE)


@given(st.binary(max_size=40), st.integers(0, 600))
def test_damaged_bytes_are_read_as_the_domain_reads_them(noise: bytes, place: int) -> None:
    whole = ChainBuilder().write().envelope_bytes
    data = whole[:place] + noise + whole[place + len(noise) :]
    assert (_read(data) is None) == (_domain(data) is None)


def test_words_that_laptops_refuse_are_refused_by_the_store_too() -> None:
    whole = ChainBuilder().write().envelope_bytes
    for long, holds in (("y" * 200, True), ("y" * 201, False)):
        data = whole.replace(b'"app":"0.1.0"', f'"app":"{long}"'.encode())
        assert data != whole
        assert (_read(data) is not None, _domain(data) is not None) == (holds, holds)


def test_one_signature_proves_a_run_and_a_bad_one_only_itself() -> None:
    chain = ChainBuilder()
    items = [_item(revision) for revision in chain.write_many(6)]
    keys: dict[str, VerifyKey] = {chain.device: VerifyKey(chain.key.public)}
    assert genuine(items, keys, chain.device) == [True] * 6
    spoilt = [item._replace(signature=bytes(64)) if n in (1, 5) else item for n, item in enumerate(items)]
    assert genuine(spoilt[:5], keys, chain.device) == [True] * 5  # the last signature covers the run
    assert genuine(spoilt, keys, chain.device) == [True, False, True, True, True, False]
    assert genuine(items[::-1], keys, chain.device) == [True] * 6


def test_what_is_handed_in_for_another_laptop_is_checked_one_by_one() -> None:
    chain = ChainBuilder()
    items = [_item(revision) for revision in chain.write_many(4)]
    keys: dict[str, VerifyKey] = {chain.device: VerifyKey(chain.key.public)}
    spoilt = [item._replace(signature=bytes(64)) if n == 1 else item for n, item in enumerate(items)]
    assert genuine(spoilt, keys, plain_id(9)) == [True, False, True, True]


def test_a_run_is_of_one_device_and_of_links_that_hold() -> None:
    chain, other = ChainBuilder(), ChainBuilder(device=2)
    ours, theirs = chain.write_many(2), other.write_many(2)
    stranger = VerifyKey(SigningKey.generate().public)
    keys: dict[str, VerifyKey] = {chain.device: VerifyKey(chain.key.public), other.device: stranger}
    mixed = [_item(revision) for revision in (ours[0], theirs[0], theirs[1], ours[1])]
    assert genuine(mixed, keys, chain.device) == [True, False, False, True]


def test_an_altered_envelope_in_a_run_is_found_though_the_last_signature_holds() -> None:
    chain = ChainBuilder()
    first, second, third = (_item(revision) for revision in chain.write_many(3))
    altered = second.envelope.replace(plain_id(101).encode(), plain_id(102).encode())
    forged = read_item(WireRevision(altered, second.signature, None, None), hash_of(altered), "")
    keys: dict[str, VerifyKey] = {chain.device: VerifyKey(chain.key.public)}
    assert genuine([first, forged, third], keys, chain.device) == [True, False, True]


def _item(revision: Revision) -> Item:
    return read_item(wire_form(revision), revision.hash, digest_of(revision.salt or b"", revision.content or b""))
