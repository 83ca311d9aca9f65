"""What a team-mate's laptop does not show, the office does not show either: one rule reads on both sides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fieldkit.domain.assessment import Activity, Assessor
from fieldkit.domain.entry import Addendum, Entry, Withdrawal
from fieldkit.domain.revision import Revision, digest_of, make_revision, new_salt
from fieldkit.kernel.ids import AuthorId, EntryId, RecordId, new_id
from tests.central.kit import Laptop as Wire
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import tag


def note(bob: Wire, meeting: Activity, words: str, **changed: Any) -> dict[str, Any]:
    """The content of a note; ``changed`` spoils it."""
    now = bob.office.clock.now()
    value = Entry(
        id=EntryId(new_id()), assessment=meeting.assessment, visit=meeting.visit, activity=meeting.id, agenda_item=None,
        noticed_at=now, entered_at=now, zone="+00:00", text=words, evidence=(tag(),),
    )  # fmt: skip
    return {**value.to_content(), **changed}


def shown_at_the_office(office: Office, place: str) -> list[dict[str, Any]]:
    """The notes as the office reads them."""
    return list(office.read(f"/v1/assessments/{place}/entries").json["entries"])


def in_bytes(bob: Wire, place: str, content: bytes) -> Revision:
    """A note whose content is exactly these bytes."""
    plain, salt = bob.write(place), new_salt()
    envelope = plain.envelope
    fields = {name: getattr(envelope, name) for name in envelope.__slots__} | {"digest": digest_of(salt, content)}
    odd = make_revision(type(envelope)(**fields), content, salt, bob.key)
    bob.held[-1], bob.head = odd, type(bob.head)(device=bob.device, seq=envelope.seq, hash=odd.hash)
    return odd


STRANGE: dict[str, dict[str, Any]] = {
    "another assessment": {"assessment": "0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e"},
    "a zone that is none": {"zone": "Z"},
    "a text that is none": {"text": ["words"]},
    "a tag that is none": {"evidence": [{"id": 5}]},
    "a time that is none": {"noticed_at": "today"},
    "a risk that is none": {"risk": "perhaps"},
}


@pytest.mark.parametrize("changed", STRANGE.values(), ids=list(STRANGE))
def test_a_strange_note_is_shown_to_nobody(team: Team, office: Office, changed: dict[str, Any]) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = office.laptop("Bob", meeting.assessment)
    bob.write(meeting.assessment, body=note(bob, meeting, "plain"))
    bob.write(meeting.assessment, body=note(bob, meeting, "strange", **changed))
    bob.write(meeting.assessment, body=note(bob, meeting, "later"), shape=2)
    bob.push()
    ada.settle()
    assert ada.texts == ["plain"]
    assert [one["text"] for one in shown_at_the_office(office, meeting.assessment)] == ["plain"]


def test_a_note_spelt_so_that_it_reads_two_ways_is_shown_to_nobody(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = office.laptop("Bob", meeting.assessment)
    body = note(bob, meeting, "plain")
    twice = b'{"text":"for the team",' + json.dumps(body).encode()[1:]
    spaced = json.dumps(body, indent=1).encode()
    bob.push(in_bytes(bob, meeting.assessment, twice), in_bytes(bob, meeting.assessment, spaced))
    ada.settle()
    assert ada.texts == []
    assert shown_at_the_office(office, meeting.assessment) == []


def test_nobody_introduces_another(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Words")
    ada.settle()
    bob = office.laptop("Bob", meeting.assessment)
    author = AuthorId(ada.call(lambda store: store.state()).identity.author)
    forged = Assessor(author=author, name="Dr Mallory", initials="DM")
    bob.push(bob.write(meeting.assessment, kind="assessor", body=forged.to_content()))
    ada.settle()
    assert {row.author_name for row in ada.notes} == {"Ada Lovelace"}
    assert {one["author_name"] for one in shown_at_the_office(office, meeting.assessment)} == {"Ada Lovelace"}


def test_of_two_withdrawals_office_and_laptops_show_the_same_reason(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    entry = ada.note("Words")
    ada.settle()
    bob = office.laptop("Bob", meeting.assessment)
    for n in range(4):
        record = new_id()
        reason = Withdrawal(id=RecordId(record), assessment=meeting.assessment, entry=entry.id, reason=f"reason {n}")
        bob.write(meeting.assessment, kind="withdrawal", record=record, body=reason.to_content())
        words = Addendum(
            id=RecordId(new_id()), assessment=meeting.assessment, entry=entry.id, text=f"words {n}", reason="later",
            entered_at=office.clock.now(),
        )  # fmt: skip
        bob.write(meeting.assessment, kind="addendum", record=words.id, body=words.to_content())
    bob.push()
    ada.settle()
    mine = next(row for row in ada.notes if row.entry.id == entry.id)
    (theirs,) = shown_at_the_office(office, meeting.assessment)
    assert mine.withdrawal is not None
    assert theirs["withdrawn"] == mine.withdrawal.reason
    assert [one["text"] for one in theirs["addenda"]] == [one.text for one in mine.addenda]
