"""Who the notes of an assessment's interviews are shown as coming from, read for a whole list of activities at once."""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Activity
from fieldkit.domain.consent import Consent
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.sources import CONSENTED, Source, sources_of
from fieldkit.kernel.ids import ActivityId, AssessmentId

ABOUT_SOURCES = (InterviewSession.KIND, Consent.KIND)
"""The kinds of record that decide it: a change of one of them may re-label notes."""


def read_sources(
    questions: Questions, assessment: AssessmentId, activities: Iterable[Activity]
) -> dict[ActivityId, Source]:
    """The source of each interview and focus group among ``activities``; any other shows its speakers' codes."""
    kinds = {one.id: one.kind for one in activities if one.kind in CONSENTED}
    if not kinds:
        return {}
    sessions = (row.value for row in questions.records(InterviewSession.KIND, assessment=assessment))
    consents = (row.value for row in questions.records(Consent.KIND, assessment=assessment))
    return sources_of(kinds, sessions, consents)
