"""Bounds of what is named and planned: told at the field, and nothing that is there already is caught by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.bounds import LONGEST_NAME
from fieldkit.app.guide_library import built_in_guides
from fieldkit.app.guides import checked
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.replanning import change_activity, change_visit
from fieldkit.domain.assessment import Activity, ActivityKind, SubjectKind
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId
from storage.vault import OpenVault
from tests.support.vaults import PIN, a_meeting, do

LONG = "n" * (LONGEST_NAME + 1)
OLD, FAR = date(1899, 12, 31), date(2100, 1, 1)

_Act = Callable[[UnitOfWork, Activity], object]
_ACTS: dict[str, tuple[_Act, str, str]] = {
    "assessment": (
        lambda uow, _: open_assessment(uow, LONG, SubjectKind.LOCAL_AUTHORITY, [PIN]), "assessment.too_long", "name",
    ),
    "visit name": (lambda uow, one: plan_visit(uow, one.assessment, LONG), "visit.too_long", "name"),
    "visit place": (lambda uow, one: plan_visit(uow, one.assessment, "V", place=LONG), "visit.too_long", "place"),
    "visit day": (lambda uow, one: plan_visit(uow, one.assessment, "V", starts_on=OLD), "visit.year", "starts_on"),
    "last day": (
        lambda uow, one: plan_visit(uow, one.assessment, "V", starts_on=date(2026, 1, 1), ends_on=FAR),
        "visit.year", "ends_on",
    ),
    "visit moved": (lambda uow, one: change_visit(uow, one.visit, ends_on=FAR), "visit.year", "ends_on"),
    "activity": (
        lambda uow, one: plan_activity(uow, uow.questions.visit(one.visit), ActivityKind.INTERVIEW, LONG),
        "activity.too_long", "title",
    ),
    "activity moved": (lambda uow, one: change_activity(uow, one.id, on=OLD), "visit.year", "on"),
    "activity named": (lambda uow, one: change_activity(uow, one.id, title=LONG), "activity.too_long", "title"),
}  # fmt: skip


@pytest.mark.parametrize("name", _ACTS)
def test_what_is_out_of_bounds_is_told_at_its_field_and_nothing_is_kept(vault: OpenVault, name: str) -> None:
    act, code, field = _ACTS[name]
    meeting = a_meeting(vault)
    before = len(list(vault.questions.revisions(meeting.assessment)))
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: act(uow, meeting))
    assert (caught.value.code, caught.value.details["field"]) == (code, field)
    assert len(list(vault.questions.revisions(meeting.assessment))) == before


def test_what_a_team_mate_planned_out_of_bounds_can_still_be_changed_otherwise(vault: OpenVault) -> None:
    meeting = a_meeting(vault)
    strange = replace(meeting, on=OLD, title=LONG)
    do(vault, lambda uow: uow.append(meeting.id, strange, assessment=meeting.assessment,
                                     parents=uow.questions.heads(meeting.id)))  # fmt: skip
    do(vault, lambda uow: change_activity(uow, meeting.id, place="Room 2"))
    assert vault.questions.activity(meeting.id).place == "Room 2"


def test_a_guide_has_a_title_that_fits_and_the_longest_that_does_is_kept(vault: OpenVault) -> None:
    guide = built_in_guides()[0].guide
    fits = replace(guide, id=RecordId("g"), assessment=AssessmentId("a"), title=LONG[:-1])
    assert checked(fits).title == LONG[:-1]
    with pytest.raises(Mistake, match=r"guide\.too_long"):
        checked(replace(fits, title="t" * 10_000))
    with pytest.raises(Mistake, match=r"guide\.too_long"):
        checked(replace(fits, audience=LONG))
