"""Records of fieldwork and notes that a consent bars, as people read them at the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from fieldkit.domain.assessment import Activity, ActivityKind, Assessor
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Attribution, Consent
from fieldkit.domain.entry import Addendum, Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.people import Person
from fieldkit.domain.revision import Revision
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, PersonId, RecordId, VisitId, new_id
from tests.central.kit import Laptop, Office

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)


class Desk:
    """An assessor at work on one interview."""

    def __init__(self, office: Office) -> None:
        self.ada: Laptop = office.laptop("Ada")
        self.place = AssessmentId(new_id())
        self.visit, self.interview = VisitId(new_id()), ActivityId(new_id())

    def write(self, value: Any, record: str, **more: Any) -> Revision:
        return self.ada.write(self.place, kind=value.KIND, record=record, body=value.to_content(), **more)

    def note(
        self, text: str, speaker: str = "p1", *, activity: ActivityId | None = None, about: RecordId | None = None
    ) -> Entry:
        entry = Entry(
            id=EntryId(new_id()), assessment=self.place, visit=self.visit, activity=activity or self.interview,
            agenda_item=None, noticed_at=NOON, entered_at=NOON, zone="+00:00", text=text, speaker=speaker, about=about,
            evidence=(EvidenceItem.new("ics", "Q3", "staff"),),
        )  # fmt: skip
        self.write(entry, entry.id)
        return entry

    def plan(self, kind: ActivityKind) -> None:
        value = Activity(id=self.interview, assessment=self.place, visit=self.visit, kind=kind, title="Talk")
        self.write(value, self.interview)

    def consent(
        self,
        agreed: Agreed,
        *over: Revision,
        record: str = "",
        person: str = "",
        attribution: Attribution = Attribution.NONE,
    ) -> Revision:
        record = record or (over[0].envelope.record if over else new_id())
        value = Consent(
            id=RecordId(record), assessment=self.place, about=RecordId(self.interview), agreed=agreed, person=person,
            attribution=attribution,
        )  # fmt: skip
        return self.write(value, record, parents=[one.envelope.id for one in over])

    def case(self, description: str = "") -> Case:
        value = Case(
            id=RecordId(new_id()), assessment=self.place, code="C01", activity=self.interview, description=description
        )
        self.write(value, value.id)
        return value

    def read(self, what: str) -> dict[str, Any]:
        self.ada.push()
        return self.ada.ask("GET", f"/v1/assessments/{self.place}/{what}").json

    def entries(self) -> list[dict[str, Any]]:
        return list(self.read("entries")["entries"])

    def records(self, query: str = "") -> list[dict[str, Any]]:
        return list(self.read(f"records{query}")["records"])


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_records_come_as_their_heads_with_author_title_and_content(desk: Desk) -> None:
    desk.write(Assessor(author=desk.ada.author, name="Ada Byrne", initials="AB"), new_id())
    first = desk.consent(Agreed.NOT_ASKED)
    desk.consent(Agreed.GIVEN, first)
    case = desk.case(description="Older man, three moves")
    consent, second = desk.records()
    assert (consent["kind"], consent["title"], consent["heads"]) == ("consent", "Consent: given", 1)
    assert (second["id"], second["content"], second["author_name"]) == (case.id, case.to_content(), "Ada Byrne")
    assert second["barred"] is None
    assert [one["kind"] for one in desk.records("?kind=case")] == ["case"]
    assert desk.records("?kind=photograph") == []


def test_two_accounts_are_an_open_question_and_the_one_every_laptop_shows_is_listed(desk: Desk) -> None:
    root = desk.consent(Agreed.NOT_ASKED)
    both = [desk.consent(Agreed.GIVEN, root), desk.consent(Agreed.NOT_REQUIRED, root)]
    (shown,) = desk.records()
    newest = max(both, key=lambda one: one.hash)
    assert (shown["heads"], shown["content"]["agreed"]) == (2, newest.body()["agreed"])


@pytest.mark.parametrize("is_planned", [True, False])
def test_a_code_that_a_consent_does_not_allow_any_more_is_told_to_nobody(desk: Desk, is_planned: bool) -> None:
    if is_planned:
        desk.plan(ActivityKind.INTERVIEW)
    session = InterviewSession(
        id=RecordId(new_id()), assessment=desk.place, about=RecordId(desk.interview), reference="Interview 01"
    )
    desk.write(session, session.id)
    desk.note("my own words", speaker="ZQ7")
    desk.note("one of a group", speaker="2")
    by_role = desk.consent(Agreed.GIVEN, attribution=Attribution.ROLE)
    assert sorted((one["speaker"], one["speaker_withheld"]) for one in desk.entries()) == [("2", False), ("ZQ7", False)]
    less = desk.consent(Agreed.GIVEN, by_role)
    told = {one["text"]: (one["speaker"], one["speaker_withheld"]) for one in desk.entries()}
    assert told == {"my own words": (None, True), "one of a group": ("2", False)}
    desk.consent(Agreed.GIVEN, by_role, attribution=Attribution.ROLE)
    told = {one["text"]: (one["speaker"], one["speaker_withheld"]) for one in desk.entries()}
    assert told["my own words"] == (None, True), "two accounts: the one that protects most decides"
    assert less.envelope.parents == (by_role.envelope.id,)


def test_a_role_and_a_giver_that_a_consent_does_not_allow_any_more_are_in_no_record(desk: Desk) -> None:
    desk.plan(ActivityKind.INTERVIEW)
    session = InterviewSession(
        id=RecordId(new_id()), assessment=desk.place, about=RecordId(desk.interview), reference="Interview 01",
        role="ZQ7Matron",
    )  # fmt: skip
    desk.write(session, session.id)
    note = desk.note("my own words", speaker="ZQ7")
    elsewhere = ActivityId(new_id())
    for exhibit, about in (("AL-1", desk.interview), ("AL-2", note.id), ("AL-3", elsewhere)):
        file = Attachment(
            id=RecordId(new_id()), assessment=desk.place, about=RecordId(about), exhibit=exhibit, sha256="0" * 64,
            size=1, media="text/plain", name="letter.txt", origin=Origin.FILE, purpose="Evidence", received_at=NOON,
            from_whom="ZQ7",
        )  # fmt: skip
        desk.write(file, file.id)
    by_role = desk.consent(Agreed.GIVEN, attribution=Attribution.ROLE)
    told = {one["content"].get("exhibit", one["kind"]): one["content"] for one in desk.records()}
    assert [told[one]["from_whom"] for one in ("AL-1", "AL-2", "AL-3")] == ["ZQ7"] * 3
    assert told["session"]["role"] == "ZQ7Matron"
    desk.consent(Agreed.GIVEN, by_role)
    told = {one["content"].get("exhibit", one["kind"]): one["content"] for one in desk.records()}
    assert [told[one]["from_whom"] for one in ("AL-1", "AL-2", "AL-3")] == ["", "", "ZQ7"]
    assert "role" not in told["session"]


def test_of_what_is_no_interview_codes_are_told(desk: Desk) -> None:
    desk.plan(ActivityKind.CASE_TRACK)
    desk.note("my own words", speaker="ZQ7")
    desk.consent(Agreed.GIVEN)
    assert [(one["speaker"], one["speaker_withheld"]) for one in desk.entries()] == [("ZQ7", False)]


def test_a_withdrawn_consent_takes_the_words_out_of_what_the_office_reads(desk: Desk) -> None:
    entry = desk.note("my own words")
    added = Addendum(
        id=RecordId(new_id()), assessment=desk.place, entry=entry.id, text="more words", reason="x", entered_at=NOON
    )
    desk.write(added, added.id)
    desk.case(description="told in the interview")
    given = desk.consent(Agreed.GIVEN)
    (item,) = desk.entries()
    assert (item["text"], item["barred"]) == ("my own words", None)
    withdrawn = desk.consent(Agreed.WITHDRAWN, given)
    (item,) = desk.entries()
    assert (item["text"], item["speaker"], item["tags"], item["addenda"]) == ("", None, [], [])
    assert (item["id"], item["barred"]) == (entry.id, "withdrawn")
    held = {one["kind"]: one for one in desk.records()}
    assert (held["case"]["title"], held["case"]["content"], held["case"]["barred"]) == ("", {}, "withdrawn")
    assert held["consent"]["content"]["agreed"] == "withdrawn", "that it was withdrawn is for everybody to see"
    desk.consent(Agreed.GIVEN, withdrawn)
    assert desk.entries()[0]["text"] == "my own words"


def test_the_more_protective_account_bars_and_one_person_bars_their_own_words_only(desk: Desk) -> None:
    said = {desk.note(f"by {code}", code).id: code for code in ("p1", "p2", "p3")}

    def held() -> set[str]:
        return {said[EntryId(item["id"])] for item in desk.entries() if item["barred"] == "withdrawn"}

    first, second = (
        Person(id=PersonId(new_id()), assessment=desk.place, visit=desk.visit, code=code, role="Patient")
        for code in ("p1", "p2")
    )
    desk.write(first, first.id)
    before = desk.write(second, second.id)
    root = desk.consent(Agreed.GIVEN, person="p1")
    desk.consent(Agreed.WITHDRAWN, root, person="p1")
    desk.consent(Agreed.GIVEN, root, person="p1")
    assert held() == {"p1"}
    desk.write(replace(second, merged_into=first.id), second.id, parents=[before.envelope.id])
    assert held() == {"p1", "p2"}


@pytest.mark.parametrize("is_told_first", [True, False])
def test_a_note_of_another_activity_about_an_event_of_a_case_is_held_with_the_case(
    desk: Desk, is_told_first: bool
) -> None:
    elsewhere, event = ActivityId(new_id()), RecordId(new_id())
    desk.note("of no case", activity=elsewhere)

    def tell() -> None:
        desk.note("the ward on the letter", activity=elsewhere, about=event)

    def follow() -> None:
        case = desk.case()
        value = Touchpoint(
            id=event, assessment=desk.place, case=case.id, when=When.on(NOON.date()), kind=TouchpointKind.CONTACT,
            organisation="GP", happened="Seen",
        )  # fmt: skip
        desk.write(value, event)

    withdrawn = desk.consent(Agreed.WITHDRAWN)
    for step in (tell, follow) if is_told_first else (follow, tell):
        step()
    assert {(item["text"], item["barred"]) for item in desk.entries()} == {("of no case", None), ("", "withdrawn")}
    desk.consent(Agreed.GIVEN, withdrawn)
    assert {item["text"] for item in desk.entries()} == {"of no case", "the ward on the letter"}


def test_records_of_a_later_version_are_counted_and_not_shown(desk: Desk) -> None:
    desk.case()
    desk.ada.write(desk.place, kind="hologram", record=new_id(), body={"assessment": desk.place})
    desk.ada.write(desk.place, kind="case", record=new_id(), body={"assessment": desk.place, "code": 7})
    reply = desk.read("records")
    assert ([one["kind"] for one in reply["records"]], reply["unreadable"]) == (["case"], 2)


def test_records_are_for_the_team_and_the_office_alone(office: Office, desk: Desk) -> None:
    desk.case(description="of this team")
    mine = desk.read("records")
    assert office.read(f"/v1/assessments/{desk.place}/records").json == mine
    ben, eve = office.laptop("Ben", desk.place), office.laptop("Eve")
    assert ben.ask("GET", f"/v1/assessments/{desk.place}/records").json == mine
    refused = [eve.ask("GET", f"/v1/assessments/{name}/records?kind=case") for name in (desk.place, new_id(), "x")]
    assert {reply.body for reply in refused} == {refused[0].body}
    assert refused[0].code == "central.not_found"
    unsigned = office.send("GET", f"/v1/assessments/{desk.place}/records")
    assert unsigned.code == "central.not_signed"
