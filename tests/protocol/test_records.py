"""Records of fieldwork between two laptops and the office: the same everywhere, and a consent bars on every copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fieldkit.app.entries import NewEntry, add_addendum, record_entry
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import RecordRow, SendStatus
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.fieldwork import FieldRecord
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.kernel.ids import RecordId, new_id
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop, tag


def _consent(meeting: Activity, agreed: Agreed, person: str = "") -> Consent:
    return Consent(
        id=RecordId(new_id()), assessment=meeting.assessment, about=RecordId(meeting.id), agreed=agreed, person=person
    )


def _keep(laptop: Laptop, value: FieldRecord) -> None:
    laptop.vault.perform(lambda uow: keep(uow, value, priority=0))


def _revise(laptop: Laptop, value: FieldRecord) -> None:
    laptop.vault.perform(lambda uow: revise(uow, value, priority=0))


def _read(office: Office, meeting: Activity, what: str) -> list[dict[str, Any]]:
    return list(office.read(f"/v1/assessments/{meeting.assessment}/{what}").json[what])


def _rows(laptop: Laptop) -> list[RecordRow]:
    return [row for kind in FIELDWORK for row in laptop.vault.questions.records(kind)]


def _told(rows: list[RecordRow]) -> dict[str, tuple[object, ...]]:
    return {
        row.record: (row.kind, {} if row.barred else dict(row.content), row.heads, row.author, row.barred)
        for row in rows
    }  # fmt: skip


def _at_office(office: Office, meeting: Activity) -> dict[str, tuple[object, ...]]:
    found = _read(office, meeting, "records")
    return {one["id"]: (one["kind"], one["content"], one["heads"], one["author"], one["barred"]) for one in found}


def _two(team: Team) -> tuple[Laptop, Laptop, Activity]:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    return ada, bob, meeting


def _settle(*laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.settle()


def test_a_consent_withdrawn_on_one_laptop_bars_on_the_other_and_at_the_office(team: Team, office: Office) -> None:
    ada, bob, meeting = _two(team)
    given = _consent(meeting, Agreed.GIVEN)
    _keep(ada, given)
    sent, stays = ada.note("their own words"), ada.note("never tagged", tagged=False)
    _settle(ada, bob)
    assert {row.entry.text for row in bob.notes} == {"their own words"}
    _revise(bob, replace(given, agreed=Agreed.WITHDRAWN))
    _settle(bob, ada)
    for laptop in (ada, bob):
        assert {row.barred for row in laptop.notes} == {Agreed.WITHDRAWN}
        assert laptop.vault.questions.coverage(meeting.assessment, "ics") == {}
    (shown,) = _read(office, meeting, "entries")
    assert (shown["id"], shown["text"], shown["tags"], shown["barred"]) == (sent.id, "", [], "withdrawn")
    late = ada.note("noted before it was known", activity=meeting)
    ada.tag(stays)
    ada.vault.perform(lambda uow: add_addendum(uow, sent.id, "and more of them", "remembered"))
    _settle(ada, bob)
    status = {row.entry.id: row.status for row in ada.notes}
    assert (status[late.id], status[stays.id]) == (SendStatus.STAYS, SendStatus.STAYS)
    assert [row.addenda for row in bob.notes] == [()]
    assert len(_read(office, meeting, "entries")) == 1
    _revise(ada, replace(given, agreed=Agreed.GIVEN))
    _settle(ada, bob)
    assert {row.entry.text for row in bob.notes} == {"their own words", "never tagged", "noted before it was known"}
    assert {one["barred"] for one in _read(office, meeting, "entries")} == {None}
    assert [laptop.vault.verify() for laptop in (ada, bob)] == [[], []]


def test_two_who_decide_at_once_protect_more_until_somebody_saw_both(team: Team, office: Office) -> None:
    ada, bob, meeting = _two(team)
    new = NewEntry(text="one of the group", speaker="2", evidence=(tag(),))
    ada.vault.perform(lambda uow: record_entry(uow, meeting, new))
    given = _consent(meeting, Agreed.GIVEN, person="2")
    _keep(ada, given)
    _settle(ada, bob)
    _revise(ada, replace(given, agreed=Agreed.NOT_REQUIRED, power="s.64"))
    _revise(bob, replace(given, agreed=Agreed.WITHDRAWN))
    _settle(ada, bob)
    for laptop in (ada, bob):
        assert [row.barred for row in laptop.notes] == [Agreed.WITHDRAWN]
        assert laptop.vault.questions.record("consent", given.id).heads == 2
    assert _read(office, meeting, "entries")[0]["barred"] == "withdrawn"
    assert _told(_rows(ada)) == _told(_rows(bob)) == _at_office(office, meeting)
    _revise(ada, replace(given, agreed=Agreed.GIVEN))
    _settle(ada, bob)
    assert [row.barred for row in bob.notes] == [None]
    assert _read(office, meeting, "entries")[0]["barred"] is None


def test_records_are_equal_item_by_item_on_both_laptops_and_at_the_office(team: Team, office: Office) -> None:
    ada, bob, meeting = _two(team)
    cases = [Case(id=RecordId(new_id()), assessment=meeting.assessment, code=f"C{n:02d}") for n in range(1, 8)]
    for n, case in enumerate(cases):
        _keep((ada, bob)[n % 2], replace(case, activity=meeting.id if n < 3 else None))
    _settle(ada, bob)
    _revise(ada, replace(cases[5], description="said here"))
    _revise(bob, replace(cases[5], description="said there"))
    _keep(bob, _consent(meeting, Agreed.REFUSED))
    _settle(ada, bob)
    told = _told(_rows(ada))
    assert told == _told(_rows(bob)) == _at_office(office, meeting)
    assert len(told) == len(cases) + 1
    assert told[cases[5].id][2] == 2
    assert sum(one[4] is not None for one in told.values()) == 3, "the cases of the meeting are held with it"
    statuses = {row.status for laptop in (ada, bob) for row in _rows(laptop)}
    assert statuses <= {SendStatus.CONFIRMED, SendStatus.FROM_TEAM}


def test_a_kind_of_a_later_version_is_kept_and_said_to_be_one(team: Team, office: Office) -> None:
    ada, bob, meeting = _two(team)
    later = office.laptop("Cleo", meeting.assessment)
    made: Callable[..., Any] = later.write
    made(meeting.assessment, kind="hologram", record=new_id(), body={"assessment": meeting.assessment, "of": "a ward"})
    later.push()
    _settle(ada, bob)
    for laptop in (ada, bob):
        (row,) = laptop.vault.questions.assessments()
        assert row.made_later == 1
        kinds = [one.envelope.kind for one in laptop.vault.questions.revisions(meeting.assessment)]
        assert kinds.count("hologram") == 1
        assert laptop.vault.verify() == []
    reply = office.read(f"/v1/assessments/{meeting.assessment}/records").json
    assert (reply["records"], reply["unreadable"]) == ([], 1)
