"""Which roles of an assessment may tell who somebody is: read from the vault for lists, forms and whatever leaves."""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.app.people import people_of
from fieldkit.app.ports import Questions
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.domain.small_numbers import SmallNumber, small_numbers
from fieldkit.kernel.ids import AssessmentId, VisitId


def posts_of(frameworks: Iterable[Framework]) -> frozenset[str]:
    """Roles that one person holds, in lower case: those of leaders, as the packs say."""
    roles = (role for pack in frameworks for role in pack.roles)
    return frozenset(role.title.casefold() for role in roles if role.speaker is SpeakerKind.LEADER)


def places_of(questions: Questions, assessment: AssessmentId) -> dict[VisitId, str]:
    """Where each visit of an assessment is; a person is where their visit is."""
    return {visit.id: visit.place for visit in questions.visits(assessment)}


def small_of(
    questions: Questions, assessment: AssessmentId, frameworks: Iterable[Framework] = ()
) -> tuple[SmallNumber, ...]:
    """Each small combination of role, organisation and place among everybody coded, the smallest first."""
    return small_numbers(
        people_of(questions, assessment), places_of(questions, assessment), posts_of(frameworks)
    )  # fmt: skip
