"""Looking at a record: every answer is asked for, and no note of a record review stands without its entry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.drafts import keep_draft
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.record_access import (
    LookAnswers,
    access_log,
    close_record,
    open_record,
    placed_notes,
    reopen_record,
    take_back_consent,
)
from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.consent import Agreed
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.record_access import Basis, Capacity, RecordAccess, Told
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId
from storage.vault import OpenVault
from ui.presenters.wording import catalogue

WHOLE = LookAnswers(
    whose="c03", what="Care plan", why="To see who agreed the discharge", basis=Basis.POWER,
    allowed_by="Section 63", capacity=Capacity.YES, capacity_how="Their nurse was asked", told=Told.AFTER,
    copied=False,
)  # fmt: skip


@pytest.fixture
def review(vault: OpenVault, visit: Visit) -> Activity:
    return vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.RECORD_REVIEW, "Records"))[0]


def _open(vault: OpenVault, review: Activity, answers: LookAnswers = WHOLE) -> RecordAccess:
    return vault.perform(lambda uow: open_record(uow, review, answers))[0]


def _note(vault: OpenVault, activity: Activity, text: str, about: RecordId | None = None) -> str | None:
    made, _ = vault.perform(lambda uow: record_entry(uow, activity, NewEntry(text=text, about=about)))
    return made.about


_REFUSED = (
    ({"whose": " "}, "whose", "whose"), ({"whose": "Mrs Okafor"}, "whose_code", "whose"),
    ({"whose": "Okafor"}, "whose_code", "whose"), ({"what": ""}, "what", "what"), ({"why": "\n"}, "why", "why"),
    ({"basis": None}, "basis", "basis"), ({"allowed_by": ""}, "power", "power"),
    ({"basis": Basis.CONSENT, "allowed_by": ""}, "consent", "consent"),
    ({"capacity": None}, "capacity", "capacity"), ({"capacity_how": ""}, "capacity_how", "capacity_how"),
    ({"told": None}, "told", "told"), ({"told": Told.NOT}, "told_why", "told_why"),
    ({"copied": None}, "copied", "copied"), ({"copied": True}, "copied_what", "copied_what"),
    ({"covers": "x" * 5_000_000}, "too_long", "covers"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "code", "field"), _REFUSED)
def test_each_answer_that_is_missing_is_refused_by_itself(
    vault: OpenVault, review: Activity, change: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Mistake) as refused:
        _open(vault, review, replace(WHOLE, **change))  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.details["field"]) == (f"access.{code}", field)
    assert refused.value.code in catalogue()
    assert access_log(vault.questions) == ()


def test_a_note_of_a_record_review_needs_a_record_and_stays_a_draft_without(
    vault: OpenVault, review: Activity, clock: FixedClock
) -> None:
    typed = Draft(place="capture/x", text="Signed by nobody", caret=0, noticed_at=None, kept_at=clock.now())
    vault.perform(lambda uow: keep_draft(uow, typed))
    with pytest.raises(Mistake, match=r"access\.needed"):
        vault.perform(lambda uow: record_entry(uow, review, NewEntry(text=typed.text), draft=typed.place))
    kept = vault.questions.draft(typed.place)
    assert kept is not None
    assert kept.text == typed.text
    made = _open(vault, review)
    assert _note(vault, review, typed.text) == made.id
    assert list(placed_notes(vault.questions, review.id).values()) == [made.id]


def test_a_note_about_what_is_no_record_of_this_review_is_refused(
    vault: OpenVault, review: Activity, visit: Visit
) -> None:
    other, _ = vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.RECORD_REVIEW, "Others"))
    theirs = _open(vault, other)
    with pytest.raises(Mistake, match=r"access\.needed"):
        _note(vault, review, "x", theirs.id)
    mine = _open(vault, review)
    with pytest.raises(Mistake, match=r"access\.other"):
        _note(vault, review, "x", theirs.id)
    assert _note(vault, review, "x", mine.id) == mine.id


def test_the_next_record_closes_the_one_before_and_its_notes_may_still_be_written_up(
    vault: OpenVault, review: Activity, clock: FixedClock
) -> None:
    first = _open(vault, review)
    clock.advance(600)
    second = _open(vault, review, replace(WHOLE, whose="P2"))
    assert [(one.access.reference, one.access.whose, one.access.is_open) for one in access_log(vault.questions)] == [
        ("A-AL-1", "C03", False), ("A-AL-2", "P2", True),
    ]  # fmt: skip
    assert _note(vault, review, "first seen") == second.id
    assert _note(vault, review, "written up", first.id) == first.id
    vault.perform(lambda uow: close_record(uow, second.id))
    with pytest.raises(Mistake, match=r"access\.closed"):
        vault.perform(lambda uow: close_record(uow, second.id))
    with pytest.raises(Mistake, match=r"access\.needed"):
        _note(vault, review, "no record is open")
    vault.perform(lambda uow: reopen_record(uow, first.id))
    assert _note(vault, review, "open again") == first.id
    assert vault.verify() == []


def test_consent_taken_back_holds_every_note_of_that_record_and_no_other(vault: OpenVault, review: Activity) -> None:
    consented = replace(WHOLE, basis=Basis.CONSENT, allowed_by="Spoken, to the nurse")
    first = _open(vault, review, consented)
    _note(vault, review, "theirs")
    second = _open(vault, review)
    _note(vault, review, "another's")
    vault.perform(lambda uow: take_back_consent(uow, first.id, "Changed their mind"))
    rows = {row.entry.text: row.barred for row in vault.questions.entries(EntryFilter(activity=review.id))}
    assert rows == {"theirs": Agreed.WITHDRAWN, "another's": None}
    assert [one.is_held for one in access_log(vault.questions)] == [True, False]
    assert access_log(vault.questions)[0].row.barred is None  # that somebody looked stays on record
    with pytest.raises(Mistake, match=r"access\.no_consent"):
        vault.perform(lambda uow: take_back_consent(uow, second.id))


def test_what_is_not_of_its_form_is_refused() -> None:
    good = {
        "assessment": "a", "about": "b", "reference": "A-AL-1", "whose": "P1", "what": "x", "system": "", "covers": "",
        "why": "y", "basis": "power", "allowed_by": "s63", "capacity": "yes", "capacity_how": "", "told": "after",
        "told_why": "", "copied": False, "copied_what": "", "place": "", "opened_at": "2026-11-12T09:30:00.000Z",
        "closed_at": None,
    }  # fmt: skip
    kind = FIELDWORK["access"]
    assert kind.from_content("r", good).to_content() == good
    for change in ({"basis": "hunch"}, {"told": 1}, {"opened_at": "yesterday"}, {"closed_at": ""}, {"capacity": None}):
        with pytest.raises((KeyError, ValueError, TypeError)):
            kind.from_content("r", {**good, **change})
