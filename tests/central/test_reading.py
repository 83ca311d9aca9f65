"""What people read of an assessment is computed by the domain's own rules from what was handed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from fieldkit.domain.assessment import Assessment, Assessor, PackPin, SubjectKind
from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.revision import Revision
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, RecordId, VisitId, new_id
from tests.central.kit import Laptop, Office

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)


class Desk:
    """An assessor at work on one assessment."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.ada: Laptop = office.laptop("Ada")
        self.place = AssessmentId(new_id())

    def write(self, value: Any, record: str, **more: Any) -> Revision:
        return self.ada.write(self.place, kind=value.KIND, record=record, body=value.to_content(), **more)

    def note(self, text: str, *tags: EvidenceItem, minute: int = 0) -> Entry:
        moment = NOON.replace(minute=minute)
        entry = Entry(
            id=EntryId(new_id()), assessment=self.place, visit=VisitId(new_id()), activity=ActivityId(new_id()),
            agenda_item=None, noticed_at=moment, entered_at=moment, zone="+00:00", text=text, speaker="ch",
            evidence=tags,
        )  # fmt: skip
        self.write(entry, entry.id)
        return entry

    def entries(self) -> list[dict[str, Any]]:
        return list(self.reply()["entries"])

    def reply(self) -> dict[str, Any]:
        self.ada.push()
        return self.ada.ask("GET", f"/v1/assessments/{self.place}/entries").json


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def _tag(statement: str) -> EvidenceItem:
    return EvidenceItem.new("ics", statement, "staff", Bearing.SHORTFALL)


def test_notes_come_oldest_first_with_author_time_and_tags(desk: Desk) -> None:
    desk.write(Assessor(author=desk.ada.author, name="Ada Byrne", initials="AB"), new_id())
    tag = _tag("Q3")
    desk.note("second", minute=5)
    desk.note("first", tag)
    first, second = desk.entries()
    assert (first["text"], first["author_name"], first["speaker"]) == ("first", "Ada Byrne", "ch")
    assert first["noticed_at"] == "2026-11-12T12:00:00.000Z"
    assert [(item["id"], item["statement"], item["bearing"]) for item in first["tags"]] == [(tag.id, "Q3", "shortfall")]
    assert (second["text"], second["tags"], second["withdrawn"]) == ("second", [], None)


def test_tags_put_on_and_taken_off_later_count(desk: Desk) -> None:
    old, new = _tag("Q1"), _tag("Q2")
    entry = desk.note("words", old)
    filing = Filing(id=RecordId(new_id()), assessment=desk.place, entry=entry.id, added=(new,), removed=(old.id,))
    desk.write(filing, filing.id)
    assert [item["statement"] for item in desk.entries()[0]["tags"]] == ["Q2"]


def test_secondary_tags_are_told_and_are_no_tags(desk: Desk) -> None:
    entry = desk.note("words", _tag("Q1"))
    kept, gone = (SecondaryTag.new("ics", "purposes", one) for one in ("productivity", "social-economic"))
    for filed in ({"secondary": (kept, gone)}, {"secondary_removed": (gone.id,)}):
        filing = Filing(id=RecordId(new_id()), assessment=desk.place, entry=entry.id, **filed)
        desk.write(filing, filing.id)
    (item,) = desk.entries()
    assert len(item["tags"]) == 1
    assert item["secondary"] == [{"id": kept.id, "pack": "ics", "set": "purposes", "tag": "productivity"}]


def test_words_added_later_stand_beside_the_note(desk: Desk) -> None:
    entry = desk.note("words")
    added = Addendum(
        id=RecordId(new_id()),
        assessment=desk.place,
        entry=entry.id,
        text="it was 14",
        reason="misheard",
        entered_at=NOON,
    )
    desk.write(added, added.id)
    (item,) = desk.entries()
    assert item["text"] == "words"
    assert item["addenda"] == [
        {
            "text": "it was 14",
            "reason": "misheard",
            "entered_at": "2026-11-12T12:00:00.000Z",
            "author": desk.ada.author,
        }
    ]


def test_a_withdrawal_stands_until_it_is_taken_back(desk: Desk) -> None:
    entry = desk.note("words")
    gone = Withdrawal(id=RecordId(new_id()), assessment=desk.place, entry=entry.id, reason="wrong visit")
    first = desk.write(gone, gone.id)
    assert desk.entries()[0]["withdrawn"] == "wrong visit"
    back = Withdrawal(id=gone.id, assessment=desk.place, entry=entry.id, reason="was right", stands=False)
    desk.write(back, gone.id, parents=[first.envelope.id])
    assert desk.entries()[0]["withdrawn"] is None


def test_of_two_open_answers_the_withdrawal_shows(desk: Desk) -> None:
    entry = desk.note("words")
    gone = Withdrawal(id=RecordId(new_id()), assessment=desk.place, entry=entry.id, reason="wrong visit")
    back = Withdrawal(id=gone.id, assessment=desk.place, entry=entry.id, reason="was right", stands=False)
    root = desk.write(gone, gone.id)
    desk.write(back, gone.id, parents=[root.envelope.id])
    desk.write(gone, gone.id, parents=[root.envelope.id])
    assert desk.entries()[0]["withdrawn"] == "wrong visit"


def test_sealed_notes_are_counted_and_later_versions_are_counted_too(desk: Desk) -> None:
    desk.note("shown")
    sealed = desk.ada.write(desk.place).sealed()
    desk.ada.push(sealed)
    desk.ada.held.pop()
    desk.ada.write(desk.place, body={"shape": "of a later version"})
    reply = desk.reply()
    assert ([item["text"] for item in reply["entries"]], reply["sealed"], reply["unreadable"]) == (["shown"], 1, 1)


def test_assessments_are_listed_with_name_team_and_counts(office: Office, desk: Desk) -> None:
    pin = PackPin(id="ics", version="1.0", digest="0" * 64)
    value = Assessment(id=desk.place, name="Northmoor", subject=SubjectKind.INTEGRATED_CARE_SYSTEM, packs=(pin,))
    first = desk.write(value, desk.place)
    renamed = Assessment(id=desk.place, name="Northmoor 2026", subject=value.subject, packs=(pin,))
    desk.write(renamed, desk.place, parents=[first.envelope.id])
    desk.note("words")
    desk.ada.push()
    office.laptop("Ben", desk.place)
    (item,) = office.read("/v1/assessments").json["assessments"]
    assert (item["name"], item["subject"], item["notes"], item["sealed"]) == (
        "Northmoor 2026",
        "integrated_care_system",
        1,
        0,
    )
    team = sorted((person["name"], person["role"]) for person in item["team"])
    assert team == [("Ada", "lead"), ("Ben", "inspector")]
    assert item["last_received_at"] == "2026-11-12T09:00:00.000Z"


def test_the_office_reads_with_its_token_what_the_team_reads(office: Office, desk: Desk) -> None:
    desk.note("words")
    mine = desk.reply()
    assert office.read(f"/v1/assessments/{desk.place}/entries").json == mine
    assert office.read(f"/v1/assessments/{new_id()}/entries").code == "central.not_found"
