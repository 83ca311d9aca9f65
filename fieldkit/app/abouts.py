"""What notes may be about beside their activity, by the names people type in a filter: cases and their events."""

from __future__ import annotations

from fieldkit.app.cases import cases_of
from fieldkit.app.ports import Questions
from fieldkit.app.touchpoints import touchpoints_of
from fieldkit.kernel.ids import AssessmentId


def abouts_of(questions: Questions, assessment: AssessmentId) -> dict[str, tuple[str, ...]]:
    """``c01`` = the case with all that is noted in its activity, ``c01/3`` = the third event of its timeline."""
    found: dict[str, tuple[str, ...]] = {}
    for case in cases_of(questions, assessment):
        code = case.code.casefold()
        if case.activity is None:
            found.setdefault(code, (case.id,))
            continue
        found.setdefault(code, (case.id, case.activity))
        for place, event in enumerate(touchpoints_of(questions, case.id), start=1):
            found.setdefault(f"{code}/{place}", (event.id,))
    return found
