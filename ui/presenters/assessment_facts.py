"""What the screens over a whole assessment start from: its frameworks and its visits."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.services import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFacts:
    """One assessment; ``frameworks[0]`` is its main one."""

    assessment: Assessment
    frameworks: tuple[Framework, ...]
    visits: tuple[Visit, ...]


def read_assessment(session: Session, questions: Questions, assessment: AssessmentId) -> AssessmentFacts:
    """Called on the store lane."""
    found = questions.assessment(assessment)
    return AssessmentFacts(
        assessment=found,
        frameworks=tuple(session.packs.framework(pin) for pin in found.packs),
        visits=tuple(questions.visits(assessment)),
    )
