"""Coverage of an assessment: counted by the store, judged by the framework pack. Called on the store lane."""

from __future__ import annotations

from fieldkit.app.coverage_parts import Part, activities_of
from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.coverage import Coverage, coverage_of
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import VisitId


def coverage(
    questions: Questions, assessment: Assessment, framework: Framework, visit: VisitId | None = None,
    part: Part | None = None,
) -> Coverage:  # fmt: skip
    """Every cell of ``framework`` for an assessment, or for one visit or part of it."""
    activities = activities_of(questions, assessment.id, part) if part is not None else None
    counts = questions.coverage(assessment.id, framework.id, visit, activities)
    return coverage_of(framework, counts, assessment.subject.value)


def enough_of_needed(
    questions: Questions, assessment: Assessment, framework: Framework, visit: VisitId | None = None
) -> tuple[int, int]:
    """How many needed cells have enough evidence, and how many are needed: "45 of 96 cells"."""
    found = coverage(questions, assessment, framework, visit)
    return found.enough, found.needed
