"""Assessments, visits, activities and people: opened, planned, revised."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from fieldkit.app.assessments import (
    cancel_activity,
    clock_time,
    open_assessment,
    plan_activity,
    plan_visit,
    read_agenda,
    revise_activity,
)
from fieldkit.app.people import add_person, revise_person
from fieldkit.domain.assessment import Activity, ActivityKind, SubjectKind, Visit
from fieldkit.kernel.errors import Mistake
from storage.vault import OpenVault

ICS = SubjectKind.INTEGRATED_CARE_SYSTEM


def test_an_assessment_needs_a_name_of_its_own_and_a_pack(vault: OpenVault, visit: Visit) -> None:
    for name, packs, code in (
        (" ", ["a pin"], "assessment.no_name"),
        ("New", [], "assessment.no_pack"),
        ("Northshire", ["a pin"], "assessment.name_taken"),
    ):
        with pytest.raises(Mistake) as caught:
            vault.perform(lambda uow, n=name, p=packs: open_assessment(uow, n, ICS, p))  # type: ignore[misc]
        assert caught.value.code == code


def test_the_author_is_introduced_once_in_each_assessment(vault: OpenVault, board: Activity) -> None:
    kinds = [one.envelope.kind for one in vault.questions.revisions(board.assessment)]
    assert kinds.count("assessor") == 1


def test_two_visits_of_one_name_on_one_day_are_a_mistake(vault: OpenVault, visit: Visit) -> None:
    with pytest.raises(Mistake, match=r"visit\.name_taken"):
        vault.perform(lambda uow: plan_visit(uow, visit.assessment, "Visit 1", starts_on=date(2026, 11, 12)))
    vault.perform(lambda uow: plan_visit(uow, visit.assessment, "Visit 1", starts_on=date(2026, 11, 13)))
    assert len(vault.questions.visits(visit.assessment)) == 2


def test_a_visit_does_not_end_before_it_starts(vault: OpenVault, visit: Visit) -> None:
    with pytest.raises(Mistake, match=r"visit\.ends_before_start"):
        vault.perform(
            lambda uow: plan_visit(
                uow, visit.assessment, "Visit 2", starts_on=date(2026, 11, 13), ends_on=date(2026, 11, 12)
            )
        )


def test_an_agenda_is_read_line_by_line() -> None:
    items = read_agenda("09:30 Welcome\n\n9.45 - Quality report\n3. Winter plan\n  Any other business ")
    assert [(item.starts, item.title) for item in items] == [
        ("09:30", "Welcome"),
        ("09:45", "Quality report"),
        ("", "Winter plan"),
        ("", "Any other business"),
    ]


@pytest.mark.parametrize(("typed", "kept"), [("9.30", "09:30"), ("09:30", "09:30"), ("", ""), ("23:59", "23:59")])
def test_times_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert clock_time(typed) == kept


@pytest.mark.parametrize("typed", ["24:00", "9", "half nine", "12:60"])
def test_other_times_are_a_mistake(typed: str) -> None:
    with pytest.raises(Mistake, match=r"activity\.time"):
        clock_time(typed)


def test_an_activity_ends_after_it_starts(vault: OpenVault, visit: Visit) -> None:
    with pytest.raises(Mistake, match=r"activity\.ends_before_start"):
        vault.perform(
            lambda uow: plan_activity(uow, visit, ActivityKind.INTERVIEW, "Matron", starts="10:00", ends="09:00")
        )


def test_a_replanned_and_a_cancelled_activity_keep_their_history(vault: OpenVault, board: Activity) -> None:
    vault.perform(lambda uow: revise_activity(uow, dataclasses.replace(board, starts="10:00")))
    vault.perform(lambda uow: cancel_activity(uow, board.id))
    now = vault.questions.activity(board.id)
    assert (now.starts, now.is_cancelled) == ("10:00", True)
    assert len([one for one in vault.questions.revisions() if str(one.envelope.record) == board.id]) == 3
    assert len(vault.questions.heads(board.id)) == 1


def test_person_codes_are_short_unique_and_never_names(vault: OpenVault, visit: Visit) -> None:
    person, _ = vault.perform(lambda uow: add_person(uow, visit, " CH ", "Chair"))
    assert person.code == "ch"
    for code, role, wrong in (
        ("ch", "Other", "person.code_taken"),
        ("Mrs Smith", "Chair", "person.code"),
        (" ", "Chair", "person.no_code"),
        ("dn", "", "person.no_role"),
    ):
        with pytest.raises(Mistake) as caught:
            vault.perform(lambda uow, c=code, r=role: add_person(uow, visit, c, r))  # type: ignore[misc]
        assert caught.value.code == wrong
    vault.perform(lambda uow: revise_person(uow, person, role="Acting chair", organisation="ICB"))
    assert [(one.code, one.role) for one in vault.questions.people(visit.id)] == [("ch", "Acting chair")]
