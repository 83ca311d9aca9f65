"""A revision is proved by its bytes: chain, signature, digest, runs and heads."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.revision import Envelope, Revision, digest_holds, heads, runs, signature_holds
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RevisionId
from fieldkit.kernel.signing import SigningKey, VerifyKey
from tests.support.chains import ChainBuilder, plain_id


def test_bytes_that_were_signed_read_back_to_the_same_revision() -> None:
    made = ChainBuilder().write({"text": "Board agreed the plan"})
    assert Revision.read(made.envelope_bytes, made.signature, made.content, made.salt) == made
    assert made.envelope.to_bytes() == made.envelope_bytes


@given(st.data())
def test_no_altered_bit_of_an_envelope_goes_unnoticed(data: st.DataObject) -> None:
    builder = ChainBuilder()
    made, key = builder.write(), VerifyKey(builder.key.public)
    bit = data.draw(st.integers(0, len(made.envelope_bytes) * 8 - 1))
    altered = bytearray(made.envelope_bytes)
    altered[bit // 8] ^= 1 << bit % 8
    with suppress(Refusal):
        assert not signature_holds(Revision.read(bytes(altered), made.signature, made.content, made.salt), key)


def test_only_the_device_that_wrote_it_has_signed_it() -> None:
    builder = ChainBuilder(1)
    made = builder.write()
    assert signature_holds(made, VerifyKey(builder.key.public))
    assert not signature_holds(made, VerifyKey(SigningKey(bytes(32)).public))


def test_a_content_is_the_one_the_envelope_promised_or_is_found_out() -> None:
    made = ChainBuilder().write({"text": "The first account"})
    assert digest_holds(made)
    assert digest_holds(made.sealed())
    assert not digest_holds(replace(made, content=b'{"text":"A second account"}'))
    assert not digest_holds(replace(made, salt=bytes(16)))


def test_a_sealed_revision_keeps_its_proof_and_gives_away_no_words() -> None:
    made = ChainBuilder().write({"text": "Untagged"})
    sealed = made.sealed()
    assert (sealed.hash, sealed.signature, sealed.content, sealed.salt) == (made.hash, made.signature, None, None)
    with pytest.raises(Refusal, match=r"revision\.sealed"):
        sealed.body()


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0}, {"seq": 2}, {"seq": -1}, {"seq": "1"}, {"seq": 1.0}, {"prev": "00"}, {"prev": "g" * 64},
        {"digest": ""}, {"id": "x"}, {"id": None}, {"device": "../etc"}, {"parents": [1]}, {"parents": None},
        {"assessment": "a"},
        {"kind": 7}, {"shape": None}, {"priority": -1},
        {"seq": 2**63}, {"priority": True}, {"kind": "\ud800"}, {"app": "a\0b"}, {"boot": "x" * 201},
    ],
)  # fmt: skip
def test_an_envelope_that_is_out_of_form_is_refused(change: dict[str, Any]) -> None:
    made = ChainBuilder().write()
    raw = {**json.loads(made.envelope_bytes), **change}
    with pytest.raises(Refusal, match=r"revision\.malformed"):
        Revision.read(json.dumps(raw).encode(), made.signature)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\xfe", b'{"id":' + b"[" * 2000])
def test_bytes_that_are_no_envelope_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match=r"revision\.malformed"):
        Revision.read(data, bytes(64))


def test_a_content_without_its_salt_is_refused() -> None:
    made = ChainBuilder().write()
    with pytest.raises(Refusal, match=r"revision\.malformed"):
        Revision.read(made.envelope_bytes, made.signature, made.content)


_ODD = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False), st.sampled_from([0, 1, 2, 2**53 - 1, 2**53, -1, 10**15]),
    st.sampled_from(["", "0" * 64, "A" * 64, plain_id(1), plain_id(1).upper(), "\\", '"', "\x7f", "é", "x" * 201]),
    st.lists(st.sampled_from([plain_id(1), plain_id(2), "x"]), max_size=3), st.text(max_size=3),
)  # fmt: skip


@given(st.sampled_from(sorted(json.loads(ChainBuilder().write().envelope_bytes))), _ODD)
def test_the_quick_way_of_reading_an_envelope_agrees_with_the_slow_one(name: str, odd: object) -> None:
    raw = {**json.loads(ChainBuilder().write_many(2)[1].envelope_bytes), name: odd}
    data = json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    told: list[Envelope | None] = []
    for read in (Envelope.from_bytes, Envelope._from_json):  # canonical bytes go the quick way first
        try:
            told.append(read(data))
        except Refusal:
            told.append(None)
    assert told[0] == told[1]


def test_unknown_fields_of_a_newer_envelope_stay_in_its_bytes() -> None:
    made = ChainBuilder().write()
    newer = canonical({**json.loads(made.envelope_bytes), "colour": "blue"})
    assert Revision.read(newer, made.signature).envelope_bytes == newer


def test_an_envelope_that_says_a_thing_twice_is_no_envelope() -> None:
    made = ChainBuilder().write()
    twice = made.envelope_bytes[:-1] + b',"prev":"' + b"a" * 64 + b'"}'
    with pytest.raises(Refusal, match=r"revision\.malformed"):
        Revision.read(twice, made.signature)


def test_one_unbroken_chain_is_one_run() -> None:
    builder = ChainBuilder()
    chain = builder.write_many(5)
    assert runs(chain) == [chain]


@pytest.mark.parametrize(
    ("broken", "lengths"),
    [
        (lambda c: c[:2] + c[3:], [2, 2]),
        (lambda c: [c[1], c[0], *c[2:]], [1, 1, 3]),
        (lambda c: [*c[:3], ChainBuilder(2).write(), *c[3:]], [3, 1, 2]),
        (lambda c: c + c[-1:], [5, 1]),
    ],
)
def test_a_gap_a_swap_or_another_device_ends_a_run(
    broken: Callable[[list[Revision]], list[Revision]], lengths: list[int]
) -> None:
    revisions = broken(ChainBuilder().write_many(5))
    assert [len(run) for run in runs(revisions)] == lengths
    assert list(itertools.chain(*runs(revisions))) == revisions


def test_a_forged_revision_inside_a_run_breaks_the_run() -> None:
    mine, forger = ChainBuilder(1), ChainBuilder(1)
    chain = mine.write_many(3)
    forger.write()
    forged = forger.write({"text": "never said"})
    assert [len(run) for run in runs([chain[0], forged, chain[2]])] == [2, 1]


@st.composite
def _histories(draw: st.DrawFn) -> dict[RevisionId, tuple[RevisionId, ...]]:
    size = draw(st.integers(1, 8))
    ids = [RevisionId(plain_id(n)) for n in range(size)]
    return {
        identity: tuple(draw(st.lists(st.sampled_from(ids[:n]), unique=True, max_size=2))) if n else ()
        for n, identity in enumerate(ids)
    }


@given(_histories())
def test_heads_do_not_depend_on_the_order_of_arrival(history: dict[RevisionId, tuple[RevisionId, ...]]) -> None:
    assert heads(dict(reversed(history.items()))) == heads(history)


@given(_histories())
def test_every_revision_is_a_head_or_an_ancestor_of_one(history: dict[RevisionId, tuple[RevisionId, ...]]) -> None:
    reached: set[RevisionId] = set()
    waiting = list(heads(history))
    while waiting:
        revision = waiting.pop()
        reached.add(revision)
        waiting += [parent for parent in history[revision] if parent not in reached]
    assert reached == set(history)


def test_a_parent_that_has_not_arrived_makes_nobody_a_head_twice() -> None:
    first, absent, second = (RevisionId(plain_id(n)) for n in range(3))
    assert heads({first: (), second: (absent,)}) == {first, second}


@pytest.mark.parametrize(
    "changed",
    [
        {"record": plain_id(77)},  # a first account under somebody else's name
        {"parents": (RevisionId(plain_id(78)),)},  # a record's own name on a later revision
        {"kind": "entry", "record": plain_id(77), "parents": (RevisionId(plain_id(77)),)},  # an entry is written once
    ],
)
def test_a_record_is_named_by_its_first_revision_and_entries_have_no_other(changed: dict[str, Any]) -> None:
    envelope = ChainBuilder().write().envelope
    with pytest.raises(Refusal, match=r"revision\.malformed"):
        Envelope.from_bytes(replace(envelope, **changed).to_bytes())
