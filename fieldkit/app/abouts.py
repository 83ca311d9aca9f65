"""What notes may be about beside their activity, by the names people type: cases with their events, and files."""

from __future__ import annotations

from fieldkit.app.cases import cases_of
from fieldkit.app.ports import Questions
from fieldkit.app.touchpoints import touchpoints_of
from fieldkit.capture.vocabulary import Tracked
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.ids import AssessmentId


def tracked_of(questions: Questions, assessment: AssessmentId) -> tuple[Tracked, ...]:
    """What ``~`` and a reference in a line may name: ``~C01`` a case, ``~AL7K-3`` a file."""
    files = (row.value for row in questions.records(Attachment.KIND, assessment=assessment))
    return (*cases_of(questions, assessment), *files)


def abouts_of(questions: Questions, assessment: AssessmentId) -> dict[str, tuple[str, ...]]:
    """``c01`` = the case with all that is noted in its activity or anywhere about its events, ``c01/3`` = the third of
    these.

    ``al7k-3`` = the file with this number.
    """
    found: dict[str, tuple[str, ...]] = {}
    for case in cases_of(questions, assessment):
        code = case.code.casefold()
        if case.activity is None:
            found.setdefault(code, (case.id,))
            continue
        events = touchpoints_of(questions, case.id)
        found.setdefault(code, (case.id, case.activity, *(event.id for event in events)))
        for place, event in enumerate(events, start=1):
            found.setdefault(f"{code}/{place}", (event.id,))
    for row in questions.records(Attachment.KIND, assessment=assessment):
        found.setdefault(row.value.exhibit.casefold(), (row.record,))
    return found
