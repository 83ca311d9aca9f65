"""Nobody writes another first account under a record's name, whatever they know of its envelope."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from central import admin
from fieldkit.domain.revision import Revision, hash_of, signed_message
from fieldkit.kernel.ids import RevisionId, new_id
from tests.central.kit import ACCEPTED, Laptop, Office


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def ann(office: Office, place: str) -> Laptop:
    """Leads the assessment; her first note is untagged, so the team has its envelope only."""
    ann = office.laptop("Ann")
    ann.push(ann.write(place, "Ann's words").sealed())
    return ann


@pytest.fixture
def bob(office: Office, ann: Laptop, place: str) -> Laptop:
    return office.laptop("Bob", place)


def test_a_second_account_under_the_same_id_is_a_collision_that_nobody_is_given(
    office: Office, ann: Laptop, bob: Laptop, place: str
) -> None:
    known = bob.pull({place: 0}).revisions[0]
    forged = bob.write(place, "Bob says", record=known.envelope.record)
    assert bob.push(forged).outcomes([forged]) == ["collision"]
    assert ann.pull({place: 1}).ids == []
    assert office.laptop("Carol", place).pull({place: 0}).revisions == [known]
    assert [alarm.kind for alarm in admin.show(office.settings).alarms] == ["collision"]
    disclosed = ann.held[0]  # tagged later: Ann's own words come through as if nothing had been
    assert ann.push(disclosed).outcomes([disclosed]) == [ACCEPTED]
    assert [r.content for r in bob.pull({place: 0}).revisions] == [None, disclosed.content]


@pytest.mark.parametrize("kind", ["entry", "addendum", "filing", "assessor"])
@pytest.mark.parametrize("with_parent", [False, True])
def test_another_revision_of_what_is_written_once_is_no_revision(
    ann: Laptop, bob: Laptop, place: str, kind: str, with_parent: bool
) -> None:
    known = bob.pull({place: 0}).revisions[0].envelope
    changed: dict[str, Any] = {"parents": (known.id,)} if with_parent else {"id": RevisionId(new_id())}
    forged = bob.write(place, "Bob says", kind=kind, record=known.record, **changed)
    good = bob.write(place)
    pushed = bob.push(forged, good)
    assert pushed.outcomes([forged, good]) == ["-", ACCEPTED]
    assert pushed.trailer.corrupt == ["#1"]
    assert ann.pull({place: 1}).ids == [good.envelope.id]


def test_an_envelope_that_reads_two_ways_is_no_envelope(ann: Laptop, bob: Laptop, place: str) -> None:
    plain = bob.write(place)
    twice = b'{"kind":"visit",' + plain.envelope_bytes[1:]
    odd = replace(plain, envelope_bytes=twice, hash=hash_of(twice), signature=_signed(bob, twice))
    pushed = bob.push(odd)
    assert (pushed.lines, pushed.trailer.corrupt) == ({}, ["#1"])
    assert ann.pull({place: 1}).ids == []


def _signed(laptop: Laptop, envelope: bytes) -> bytes:
    return laptop.key.sign(signed_message(hash_of(envelope)))


def test_a_push_of_both_accounts_at_once_keeps_the_first_and_names_the_other(
    office: Office, bob: Laptop, place: str
) -> None:
    one = bob.write(place, "first")
    head = bob.head
    other: Revision = bob.write(place, "second", record=one.envelope.record)
    assert bob.head != head
    assert sorted(bob.push(one, other).read[0].lines, key=lambda line: line.seq)[0].outcome.value == ACCEPTED
    carol = office.laptop("Carol", place)
    assert carol.pull({place: 1}).revisions == [one]
