"""Conflicts on the real stack: laptops that changed one record at once, around a real store."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from fieldkit.app.account_rows import By
from fieldkit.app.changes import ChangeSet
from fieldkit.app.deciding import decide, decide_note, take_back
from fieldkit.app.entries import add_addendum, file_evidence, withdraw_entry
from fieldkit.app.floods import allow, flood_of
from fieldkit.app.open_questions import Question, open_questions
from fieldkit.app.ports import SyncStore, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.replanning import change_activity
from fieldkit.domain.assessment import Activity
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId, new_id
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop
from tests.support.vaults import tag

ONE_STORE = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


def _pair(team: Team) -> tuple[Laptop, Laptop, Activity]:
    ann = team("Ann Lead")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Mate", meeting.assessment)
    ben.settle()
    ben.note("I was there too", activity=meeting)
    return ann, ben, meeting


def _meet(*laptops: Laptop) -> None:
    for _ in range(3):
        for laptop in laptops:
            laptop.settle()


def _change(laptop: Laptop, meeting: Activity, **fields: object) -> None:
    laptop.vault.perform(lambda uow: change_activity(uow, meeting.id, **fields))


def _asked(laptop: Laptop) -> list[Question]:
    return open_questions(laptop.vault.questions)


def _heads(*laptops: Laptop, record: str) -> set[tuple[str, ...]]:
    return {laptop.vault.questions.heads(record) for laptop in laptops}


def _of(laptop: Laptop, record: str) -> list[Revision]:
    return [one for one in laptop.vault.questions.revisions() if str(one.envelope.record) == record]


def _take_in(revisions: list[Revision], store: SyncStore) -> ChangeSet:
    return store.hand_over.take_in(revisions, [])


def _read(office: Office, meeting: Activity, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.read(f"/v1/assessments/{meeting.assessment}/{what}").json[what]
    return found


def test_different_fields_changed_on_two_laptops_are_combined_everywhere(team: Team, office: Office) -> None:
    """Invariants 7 and 20: both changes stand on both laptops, under one head, and no laptop goes on combining."""
    ann, ben, meeting = _pair(team)
    _change(ann, meeting, title="Board in public")
    _change(ben, meeting, place="Room 4")
    _meet(ann, ben)
    for laptop in (ann, ben):
        now = laptop.vault.questions.activity(meeting.id)
        assert (now.title, now.place) == ("Board in public", "Room 4")
        assert _asked(laptop) == []
        assert laptop.vault.verify() == []
    ((head,),) = _heads(ann, ben, record=meeting.id)
    (row,) = [one for one in ann.vault.questions.accounts(meeting.id) if one.revision == head]
    assert row.decision is not None
    assert row.decision.by is By.SYSTEM
    before = [laptop.vault.questions.info().revisions for laptop in (ann, ben)]
    _meet(ann, ben)
    assert [laptop.vault.questions.info().revisions for laptop in (ann, ben)] == before


@ONE_STORE
def test_two_laptops_that_combine_at_once_come_to_one_end(team: Team, office: Office) -> None:
    """Invariant 20: each saw both changes before it saw the other's combination."""
    ann, ben, meeting = _pair(team)
    _meet(ann, ben)
    accounts = [laptop.vault.questions.heads(meeting.id) for laptop in (ann, ben)]
    assert accounts[0] == accounts[1]
    _change(ann, meeting, title="Board in public")
    _change(ben, meeting, place="Room 4")
    mine, theirs = (_of(laptop, meeting.id) for laptop in (ann, ben))
    for laptop, brought in ((ann, theirs), (ben, mine)):  # as by cable, while neither meets the office
        laptop.call(partial(_take_in, brought))
    assert len(_heads(ann, ben, record=meeting.id)) == 2, "each has combined by itself"
    _meet(ann, ben)
    (heads,) = _heads(ann, ben, record=meeting.id)
    assert len(heads) == 1
    for laptop in (ann, ben):
        now = laptop.vault.questions.activity(meeting.id)
        assert (now.title, now.place) == ("Board in public", "Room 4")


def test_the_same_words_changed_twice_are_asked_about_and_decided_with_a_reason(team: Team, office: Office) -> None:
    """Invariant 7: neither goes before a person has decided; the decision names both and can be taken back."""
    ann, ben, meeting = _pair(team)
    _change(ann, meeting, title="Board in public")
    _change(ben, meeting, title="Open board", place="Room 4")
    _meet(ann, ben)
    (mine,), (theirs,) = _asked(ann), _asked(ben)
    assert mine.merge == theirs.merge
    assert [part.name for part in mine.asked] == ["title"]
    assert [part.name for part in mine.merge.combined] == ["place"]
    assert mine.asked[0].base == {"title": meeting.title}
    assert [row.is_here for row in mine.rows] == [True, False]
    _change(ann, meeting, organisation="Northshire ICB")  # an edit is no decision
    _meet(ann, ben)
    assert len(_asked(ben)) == 1
    told = _read(office, meeting, "questions")
    assert [(one["record"], one["kind"], len(one["accounts"])) for one in told] == [(meeting.id, "activity", 2)]
    with pytest.raises(Mistake, match=r"question\.no_reason"):
        ann.vault.perform(lambda uow: decide(uow, meeting.id, {"title": {"title": "x"}}, " "))
    ours = {"title": {"title": "Board in public"}}
    ann.vault.perform(lambda uow: decide(uow, meeting.id, ours, "the agenda says so"))
    _meet(ann, ben)
    for laptop in (ann, ben):
        now = laptop.vault.questions.activity(meeting.id)
        assert (now.title, now.place, now.organisation) == ("Board in public", "Room 4", "Northshire ICB")
        assert _asked(laptop) == []
        assert {row.body.get("title") for row in laptop.vault.questions.accounts(meeting.id)} >= {"Open board"}
    assert _read(office, meeting, "questions") == []
    ben.vault.perform(lambda uow: take_back(uow, meeting.id, "the agenda was an old one"))
    _meet(ann, ben)
    assert [part.name for part in _asked(ann)[0].asked] == ["title"]


@ONE_STORE
def test_two_people_who_decide_at_once_and_differently_leave_a_new_question(team: Team, office: Office) -> None:
    """Invariant 7 again: a decision does not overwrite a decision."""
    ann, ben, meeting = _pair(team)
    _change(ann, meeting, title="A")
    _change(ben, meeting, title="B")
    _meet(ann, ben)
    for laptop, title in ((ann, "A"), (ben, "B")):
        laptop.vault.perform(partial(_decided, meeting, title))
    _meet(ann, ben)
    for laptop in (ann, ben):
        (question,) = _asked(laptop)
        assert {row.body["title"] for row in question.rows} == {"A", "B"}
        assert {row.decision.reason for row in question.rows if row.decision} == {"I say A", "I say B"}
    ann.vault.perform(partial(_decided, meeting, "C"))
    _meet(ann, ben)
    assert _asked(ann) == _asked(ben) == []
    assert ben.vault.questions.activity(meeting.id).title == "C"


def _decided(meeting: Activity, title: str, uow: UnitOfWork) -> object:
    return decide(uow, meeting.id, {"title": {"title": title}}, f"I say {title}")


@ONE_STORE
def test_a_decision_about_what_has_changed_meanwhile_is_not_taken(team: Team, office: Office) -> None:
    ann, ben, meeting = _pair(team)
    _change(ann, meeting, title="A")
    _change(ben, meeting, title="B")
    _meet(ann, ben)
    (seen,) = _asked(ann)
    _change(ben, meeting, title="B2")
    _meet(ann, ben)
    with pytest.raises(Mistake, match=r"question\.changed"):
        ann.vault.perform(lambda uow: decide(uow, meeting.id, {"title": {"title": "A"}}, "mine", seen=seen.merge.heads))


@ONE_STORE
def test_three_laptops_at_once_are_one_question_with_three_accounts(team: Team, office: Office) -> None:
    ann, ben, meeting = _pair(team)
    cat = team("Cat Third", meeting.assessment)
    cat.settle()
    for laptop, title in ((ann, "A"), (ben, "B"), (cat, "ج")):
        _change(laptop, meeting, title=title)
    _meet(ann, ben, cat)
    assert {len(_asked(laptop)[0].rows) for laptop in (ann, ben, cat)} == {3}
    cat.vault.perform(partial(_decided, meeting, "ج"))
    _meet(ann, ben, cat)
    assert {laptop.vault.questions.activity(meeting.id).title for laptop in (ann, ben, cat)} == {"ج"}


@ONE_STORE
def test_consents_are_never_combined_and_the_more_protective_one_holds_meanwhile(team: Team, office: Office) -> None:
    ann, ben, meeting = _pair(team)
    given = Consent(
        id=RecordId(new_id()), assessment=meeting.assessment, about=RecordId(meeting.id), agreed=Agreed.GIVEN
    )
    ann.vault.perform(lambda uow: keep(uow, given))
    _meet(ann, ben)
    ann.vault.perform(lambda uow: revise(uow, replace(given, agreed=Agreed.WITHDRAWN)))
    ben.vault.perform(lambda uow: revise(uow, replace(given, may_contact=True)))
    _meet(ann, ben)
    for laptop in (ann, ben):
        (question,) = [one for one in _asked(laptop) if one.kind == "consent"]
        assert {part.name for part in question.asked} == {"agreed", "may_contact"}
        assert laptop.vault.questions.record("consent", given.id).value.agreed is Agreed.WITHDRAWN


def test_a_note_withdrawn_by_one_and_gone_on_with_by_another_stays_until_somebody_decides(
    team: Team, office: Office
) -> None:
    """The work survives; both are shown; nobody's part is lost whichever way it is decided."""
    ann, ben, meeting = _pair(team)
    one, two = ann.note("Who owns the plan?"), ann.note("Nobody answered")
    _meet(ann, ben)
    for note in (one, two):
        ann.vault.perform(partial(_withdrawn, note.id))
    ben.vault.perform(lambda uow: add_addendum(uow, one.id, "She does.", "asked afterwards"))
    ben.vault.perform(lambda uow: file_evidence(uow, two.id, [tag("safe_systems")]))
    _meet(ann, ben)
    for laptop in (ann, ben):
        assert {row.withdrawal for row in laptop.notes} == {None}
        found = _asked(laptop)
        assert {str(question.record) for question in found} == {one.id, two.id}
        assert {row.author_name for question in found for row in question.rows} == {"Ann Lead"}
        assert {edit.author_name for question in found for edit in question.edits} == {"Ben Mate"}
    assert {note["withdrawn"] for note in _read(office, meeting, "entries")} == {None}
    assert len(_read(office, meeting, "questions")) == 2
    ben.vault.perform(lambda uow: decide_note(uow, one.id, keep=True, reason="it answers the question"))
    ann.vault.perform(lambda uow: decide_note(uow, two.id, keep=False, reason="it was another meeting"))
    _meet(ann, ben)
    for laptop in (ann, ben):
        assert _asked(laptop) == []
        stands = {row.entry.id: row.withdrawal.reason if row.withdrawal else None for row in laptop.notes}
        assert (stands[one.id], stands[two.id]) == (None, "it was another meeting")
        assert laptop.vault.verify() == []


def _withdrawn(entry: object, uow: UnitOfWork) -> object:
    return withdraw_entry(uow, entry, "said twice")  # type: ignore[arg-type]


@ONE_STORE
def test_a_flood_of_withdrawals_waits_for_a_person_and_nothing_else_waits_for_it(team: Team, office: Office) -> None:
    """Invariant 19, for a pull."""
    ann, ben, meeting = _pair(team)
    notes = [ann.note(f"note {n}") for n in range(12)]
    _meet(ann, ben)
    for note in notes[:3]:
        ann.vault.perform(partial(_withdrawn, note.id))
    ann.settle()
    late = ben.note("mine goes out all the same")
    ben.settle()
    assert [row.withdrawal for row in ben.notes if row.withdrawal] == [], "nothing was let in"
    assert late.id in {one["id"] for one in _read(office, meeting, "entries")}
    flood = flood_of(ben.vault.questions, meeting.assessment)
    assert flood is not None
    assert (flood.count, flood.authors) == (3, ("Ann Lead",))
    with pytest.raises(Mistake, match=r"flood\.changed"):
        ben.vault.perform(lambda uow: allow(uow, meeting.assessment, 2))
    ben.vault.perform(lambda uow: allow(uow, meeting.assessment, flood.count))
    ben.settle()
    assert len([row for row in ben.notes if row.withdrawal]) == 3
    assert flood_of(ben.vault.questions, meeting.assessment) is None
    assert ben.vault.verify() == []
    late_comer = team("Cat Third", meeting.assessment)
    late_comer.settle()
    assert len([row for row in late_comer.notes if row.withdrawal]) == 3, "the first reading brings what is past"
