"""Answers: notes with everything added to them, filtered, paged, counted; drafts and settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit, revise_activity
from fieldkit.app.changes import ChangeSet
from fieldkit.app.deciding import decide
from fieldkit.app.entries import (
    NewEntry,
    add_addendum,
    file_evidence,
    record_entry,
    restore_entry,
    take_back_filing,
    withdraw_entry,
)
from fieldkit.app.open_questions import open_question
from fieldkit.app.people import add_person, revise_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft, EntryFilter, Facet, SendStatus, Term
from fieldkit.domain.assessment import ActivityKind, AgendaItem, Assessor, SubjectKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId
from storage.engine import Row
from storage.vault import OpenVault
from tests.storage.team import Teammate, a_tag, an_id
from tests.storage.waiting import pull
from tests.support.vaults import PIN, a_meeting, do, note, tag


def _texts(vault: OpenVault, **wanted: object) -> list[str]:
    return [row.entry.text for row in vault.questions.entries(EntryFilter(**wanted))]  # type: ignore[arg-type]


def test_what_was_planned_is_answered_in_the_order_it_was_planned(vault: OpenVault) -> None:
    assessment = do(vault, lambda uow: open_assessment(uow, "North", SubjectKind.LOCAL_AUTHORITY, [PIN]))
    first = do(vault, lambda uow: plan_visit(uow, assessment.id, "Visit 1"))
    second = do(vault, lambda uow: plan_visit(uow, assessment.id, "Visit 2"))
    items = (AgendaItem(id="a1", title="Welcome"), AgendaItem(id="a2", title="Quality"))
    activity = do(vault, lambda uow: plan_activity(uow, first, ActivityKind.OBSERVATION, "Board", items=items))
    person = do(vault, lambda uow: add_person(uow, first, "ch", "Chair"))
    do(vault, lambda uow: revise_person(uow, person, role="Chair of the board", organisation="ICB"))
    for item, count in (("a1", 2), ("a2", 1), (None, 1)):
        for _ in range(count):
            do(vault, lambda uow, item=item: record_entry(uow, activity, NewEntry(text="x", agenda_item=item)))  # type: ignore[misc]
    questions = vault.questions
    (row,) = questions.assessments()
    assert (row.assessment, row.visits, row.entries, row.waiting) == (assessment, (first, second), 4, 0)
    (shown,) = questions.activities(first.id)
    assert (shown.activity, shown.entries, shown.by_item) == (activity, 4, {"": 1, "a1": 2, "a2": 1})
    assert [one.role for one in questions.people(first.id)] == ["Chair of the board"]
    assert questions.activities(second.id) == []
    assert questions.assessment(assessment.id) == assessment
    assert questions.visit(second.id) == second
    assert questions.activity(activity.id) == activity


def test_revising_leaves_one_head_and_two_laptops_at_once_an_open_question(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    (first,) = vault.questions.heads(activity.id)
    do(vault, lambda uow: revise_activity(uow, activity))
    assert len(vault.questions.heads(activity.id)) == 1
    assert vault.questions.assessments()[0].open_questions == 0
    do(vault, lambda uow: uow.append(activity.id, activity, assessment=activity.assessment, parents=[first]))
    assert len(vault.questions.heads(activity.id)) == 2
    assert vault.questions.assessments()[0].open_questions == 0, "both say the same"
    do(vault, lambda uow: revise_activity(uow, replace(activity, title="Mine")))
    assert len(vault.questions.heads(activity.id)) == 1, "an edit goes over all that say what it was made of"
    theirs = replace(activity, title="Theirs")
    do(vault, lambda uow: uow.append(activity.id, theirs, assessment=activity.assessment, parents=[first]))
    assert vault.questions.assessments()[0].open_questions == 1
    do(vault, lambda uow: revise_activity(uow, replace(uow.questions.activity(activity.id), place="Room 4")))
    assert vault.questions.assessments()[0].open_questions == 1, "an edit decides nothing"
    (part,) = open_question(vault.questions, activity.id).asked
    do(vault, lambda uow: decide(uow, activity.id, {part.name: {"title": "Ours"}}, "agreed by telephone"))
    assert vault.questions.assessments()[0].open_questions == 0
    assert (vault.questions.activity(activity.id).title, len(vault.questions.heads(activity.id))) == ("Ours", 1)


def test_a_note_comes_with_everything_that_was_added_to_it(vault: OpenVault, clock: FixedClock) -> None:
    first, second = tag(), tag("safe_systems")
    entry = note(vault, a_meeting(vault), "said", first)
    do(vault, lambda uow: add_addendum(uow, entry.id, "more", "remembered"))
    clock.advance(60)
    do(vault, lambda uow: add_addendum(uow, entry.id, "still more", "asked"))
    filing = do(vault, lambda uow: file_evidence(uow, entry.id, added=[second], removed=[first.id]))
    row = vault.questions.entry(entry.id)
    assert (row.entry, row.evidence, row.withdrawal) == (entry, (second,), None)
    assert [one.text for one in row.addenda] == ["more", "still more"]
    assert (row.author_name, row.author_initials, row.is_mine) == ("Ann Other", "AO", True)
    assert vault.questions.all_evidence(entry.id) == (first, second)
    assert filing is not None
    do(vault, lambda uow: take_back_filing(uow, filing))
    assert [one.statement for one in vault.questions.entry(entry.id).evidence] == ["learning_culture"]


def test_a_withdrawal_stands_until_it_is_taken_back(vault: OpenVault) -> None:
    entry = note(vault, a_meeting(vault), "said", tag())
    withdrawal = do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert vault.questions.entry(entry.id).withdrawal == withdrawal
    standing = Term(facet=Facet.MARK, values=("withdrawn",), negated=True)
    assert _texts(vault, terms=(standing,)) == []
    do(vault, lambda uow: restore_entry(uow, entry.id))
    assert vault.questions.entry(entry.id).withdrawal is None
    assert _texts(vault, terms=(standing,)) == ["said"]


def test_pages_go_back_in_time_without_a_gap(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    for n in range(25):
        note(vault, activity, f"{n}")
    seen: list[str] = []
    before = None
    while page := vault.questions.entries(EntryFilter(activity=activity.id, limit=10, before=before)):
        seen = [row.entry.text for row in page] + seen
        before = page[0].n
    assert seen == [str(n) for n in range(25)]


def test_a_page_takes_as_many_statements_as_a_single_note(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = a_meeting(vault)
    for n in range(60):
        entry = note(vault, activity, f"{n}", tag())
        do(vault, lambda uow, entry=entry: add_addendum(uow, entry.id, "more", "asked"))  # type: ignore[misc]
    asked: list[str] = []
    rows = vault._db.rows

    def counted(sql: str, values: Sequence[object] = ()) -> list[Row]:
        asked.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(vault._db, "rows", counted)
    vault.questions.entries(EntryFilter(limit=1))
    one = len(asked)
    vault.questions.entries(EntryFilter(limit=50))
    assert len(asked) == 2 * one


@pytest.mark.parametrize("backwards", [False, True])
def test_an_author_bears_the_same_name_on_every_laptop_and_only_their_own(vault: OpenVault, backwards: bool) -> None:
    ann, mallory = Teammate("ann"), Teammate("mallory")
    twice = Assessor(author=ann.author, name="Ann from her second laptop", initials="A2")
    false = Assessor(author=ann.author, name="Dr Mallory", initials="DM")
    said = [*ann.sets_out(), ann.say(an_id("again"), twice), ann.note("one", "hers", a_tag("1"))]
    forged = mallory.say(an_id("forged"), false)
    for page, mate in reversed([(said, ann), ([forged], mallory)]) if backwards else [(said, ann), ([forged], mallory)]:
        pull(vault, mate, *(reversed(page) if backwards else page))
    own = max((said[3], said[4]), key=lambda one: one.hash)
    assert [row.author_name for row in vault.questions.entries(EntryFilter())] == [own.body()["name"]]


def test_what_is_not_here_is_said_to_be_unknown(vault: OpenVault) -> None:
    nowhere = "0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e"
    questions = vault.questions
    for ask, code in (
        (lambda: questions.entry(EntryId(nowhere)), "entry.unknown"),
        (lambda: questions.visit(VisitId(nowhere)), "visit.unknown"),
        (lambda: questions.activity(ActivityId(nowhere)), "activity.unknown"),
        (lambda: questions.assessment(AssessmentId(nowhere)), "assessment.unknown"),
    ):
        with pytest.raises(Mistake) as caught:
            ask()
        assert caught.value.code == code


def test_a_draft_is_kept_replaced_and_dropped(vault: OpenVault, clock: FixedClock) -> None:
    typed = Draft(place="capture/1", text="Who ow", caret=6, noticed_at=clock.now(), kept_at=clock.now(), extra="{}")
    _, changes = vault.perform(lambda uow: uow.keep_draft(typed), "log")
    assert changes == ChangeSet(origin="log", records={"draft": frozenset({"capture/1"})})
    assert vault.questions.draft("capture/1") == typed
    do(vault, lambda uow: uow.drop_draft("capture/1"))
    assert vault.questions.draft("capture/1") is None
    assert vault.perform(lambda uow: uow.drop_draft("capture/1"))[1].is_empty


def test_a_note_and_its_draft_change_places_in_one_transaction(vault: OpenVault, clock: FixedClock) -> None:
    activity = a_meeting(vault)
    typed = Draft(place="p", text="Who owns it?", caret=0, noticed_at=None, kept_at=clock.now())
    do(vault, lambda uow: uow.keep_draft(typed))

    def half(uow: UnitOfWork) -> None:
        record_entry(uow, activity, NewEntry(text="x"), draft="p")
        raise Mistake("entry.empty")

    with pytest.raises(Mistake):
        do(vault, half)
    assert vault.questions.drafts() == [typed]
    assert _texts(vault) == []
    entry, changes = vault.perform(lambda uow: record_entry(uow, activity, NewEntry(text="x"), draft="p"))
    assert vault.questions.drafts() == []
    assert changes.ids("entry") == frozenset({str(entry.id)})
    assert changes.ids("draft") == frozenset({"p"})


def test_settings_are_kept_and_forgotten(vault: OpenVault) -> None:
    assert vault.questions.setting("pins") is None
    do(vault, lambda uow: uow.set_setting("pins", "lc"))
    assert vault.questions.setting("pins") == "lc"
    assert not vault.questions.info().recovery_stored
    do(vault, lambda uow: uow.set_setting("recovery_stored", "yes"))
    assert vault.questions.info().recovery_stored
    do(vault, lambda uow: uow.set_setting("pins", None))
    assert vault.questions.setting("pins") is None


def test_exposure_counts_minutes_of_noticing_and_what_would_never_leave(vault: OpenVault, clock: FixedClock) -> None:
    activity = a_meeting(vault)
    assert vault.questions.exposure().oldest is None
    start = clock.now()
    for minute in (0, 0, 1, 5):
        do(
            vault,
            lambda uow, minute=minute: record_entry(  # type: ignore[misc]
                uow, activity, NewEntry(text="x", noticed_at=start - timedelta(minutes=minute))
            ),
        )
    note(vault, activity, "tagged", tag())
    found = vault.questions.exposure()
    assert (found.entries, found.minutes, found.staying) == (5, 3, 4)
    assert found.oldest == start - timedelta(minutes=5)
    (oldest, *_) = vault.questions.exposed(10)
    do(vault, lambda uow: withdraw_entry(uow, oldest.entry.id, "Not said"))
    found = vault.questions.exposure()
    assert (found.entries, found.minutes, found.staying) == (4, 2, 3), "who withdraws a note that never left lets it go"
    assert oldest.entry.id not in {row.entry.id for row in vault.questions.exposed(10)}
    do(vault, lambda uow: restore_entry(uow, oldest.entry.id))
    assert vault.questions.exposure().entries == 5


def test_the_preview_says_what_leaves_and_what_stays(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    note(vault, activity, "leaves", tag())
    entry = note(vault, activity, "leaves too", tag())
    note(vault, activity, "stays")
    do(vault, lambda uow: add_addendum(uow, entry.id, "more", "asked"))
    found = vault.questions.send_preview()
    assert (found.entries_leaving, found.entries_staying, found.confirmed_entries) == (2, 1, 0)
    assert found.other_leaving == len(("assessment", "visit", "activity", "assessor", "addendum"))
    assert found.revisions == vault.questions.info().revisions
    items = vault.questions.send_items()
    assert [(item.kind, item.title) for item in items if item.kind in {"entry", "addendum"}] == [
        ("entry", "leaves"), ("entry", "leaves too"), ("addendum", "more"),
    ]  # fmt: skip
    assert {item.status for item in items} == {SendStatus.WAITING}
    assert len(vault.questions.send_items(limit=2)) == 2


def test_revisions_come_in_order_of_arrival_for_one_assessment_or_all(vault: OpenVault) -> None:
    here, there = a_meeting(vault), a_meeting(vault, name="South")
    note(vault, here, "here")
    note(vault, there, "there")
    everything = list(vault.questions.revisions())
    assert [one.envelope.seq for one in everything] == list(range(1, len(everything) + 1))
    only = list(vault.questions.revisions(there.assessment))
    assert {one.envelope.assessment for one in only} == {there.assessment}
    assert [one.envelope.kind for one in only] == ["assessment", "visit", "activity", "assessor", "entry"]
