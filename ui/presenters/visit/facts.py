"""What the screen of a visit starts from, read at once on the store lane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.app.ports import Questions
from fieldkit.app.rows import ActivityRow
from fieldkit.app.sources import read_sources
from fieldkit.domain.assessment import ActivityKind, Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId, VisitId
from ui.presenters.services import Session

KINDS = {
    ActivityKind.OBSERVATION: "Observation of a meeting",
    ActivityKind.INTERVIEW: "Interview",
    ActivityKind.FOCUS_GROUP: "Focus group",
    ActivityKind.CASE_TRACK: "Case track",
    ActivityKind.DROP_IN: "Drop-in",
    ActivityKind.RECORD_REVIEW: "Record review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """``visits`` are all of the assessment: an activity may be moved to another."""

    visit: Visit
    assessment: Assessment
    frameworks: tuple[Framework, ...]
    people: tuple[Person, ...]
    activities: tuple[ActivityRow, ...]
    visits: tuple[Visit, ...]
    sources: Mapping[ActivityId, Source] = field(default_factory=dict)


def read_visit(session: Session, questions: Questions, visit_id: VisitId) -> VisitFacts:
    """Called on the store lane."""
    visit = questions.visit(visit_id)
    assessment = questions.assessment(visit.assessment)
    activities = tuple(questions.activities(visit_id))
    return VisitFacts(
        visit=visit,
        assessment=assessment,
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
        people=tuple(questions.people(visit_id)),
        activities=activities,
        visits=tuple(questions.visits(visit.assessment)),
        sources=read_sources(questions, visit.assessment, [row.activity for row in activities]),
    )
