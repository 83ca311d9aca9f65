"""Records as they may be shown: without the names, roles and codes that a consent does not allow (any more).

The log keeps every account as it was signed; what is listed, printed, copied or exported goes through here. Notes have
a rule of their own (``fieldkit.domain.sources``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fieldkit.app.blind_scores import unseen
from fieldkit.app.export_files import unattributable
from fieldkit.app.ports import Questions
from fieldkit.app.rows import FileRow, RecordRow
from fieldkit.app.sources import read_sources
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Consent
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.sources import standing_consent
from fieldkit.domain.telling import withheld
from fieldkit.kernel.folding import folded
from fieldkit.kernel.ids import ActivityId, AssessmentId

_BLANK: Mapping[str, Any] = {
    "text": "", "value": None, "insufficient": False, "relied_on": (), "against": (), "confidence": None,
    "carried_from": None,
}  # fmt: skip
"""What of a judgement a blind round hides: all that somebody thought of the statement."""


def told(questions: Questions, rows: Iterable[RecordRow]) -> list[RecordRow]:
    """The rows, present accounts or earlier ones, each as it may be told today."""
    rows = list(rows)
    silent = _silent_files(questions, rows)
    standing: dict[str, Consent | None] = {}

    def consent(about: str) -> Consent | None:
        if about not in standing:
            found = questions.records(Consent.KIND, about=about)
            standing[about] = standing_consent(one.value for one in found)
        return standing[about]

    return [_row(row, silent, consent) for row in rows]


def shown(questions: Questions, rows: Iterable[RecordRow]) -> list[RecordRow]:
    """The rows as lists and pages show them: told, and without what others scored in a blind round."""
    rows = list(rows)
    hidden = unseen(questions, rows)
    return [_hidden(row) if row.record in hidden else row for row in told(questions, rows)]


def found_records(
    questions: Questions, words: str, assessment: AssessmentId | None = None, limit: int = 50
) -> list[RecordRow]:
    """What a search for ``words`` finds, told; a record that only what is left out would have found is not found."""
    asked = [f" {word}" for word in folded(words).split()]
    rows = questions.find_records(words, assessment, limit)
    hidden = unseen(questions, rows)
    rows = [row for row in rows if row.record not in hidden]
    return [
        now
        for row, now in zip(rows, told(questions, rows), strict=True)
        if now is row or all(word in folded(now.value.words) for word in asked)
    ]


def told_files(questions: Questions, rows: Sequence[FileRow]) -> list[FileRow]:
    """The same for attached files."""
    return [replace(file, row=row) for file, row in zip(rows, told(questions, [one.row for one in rows]), strict=True)]


def silent_activities(questions: Questions, assessment: AssessmentId) -> tuple[ActivityId, ...]:
    """The interviews and focus groups whose speakers' codes may not be told."""
    activities = [row.activity for visit in questions.visits(assessment) for row in questions.activities(visit.id)]
    found = read_sources(questions, assessment, activities)
    return tuple(one for one, source in found.items() if not source.shows_speaker)


def _row(row: RecordRow, silent: frozenset[str], consent: Callable[[str], Consent | None]) -> RecordRow:
    value = row.value
    if not isinstance(value, Consent | InterviewSession | Attachment):
        return row
    standing = None if isinstance(value, Attachment) else consent(value.about)
    return _without(row, withheld(value, standing, is_silent=row.record in silent))


def _without(row: RecordRow, blank: Mapping[str, Any]) -> RecordRow:
    if not blank:
        return row
    return replace(row, value=replace(row.value, **blank), content={**row.content, **blank})


def _hidden(row: RecordRow) -> RecordRow:
    blank = _without(row, _BLANK)
    return replace(blank, content={**blank.content, "hidden": "A blind round, until your own is saved"})


def _silent_files(questions: Questions, rows: Sequence[RecordRow]) -> frozenset[str]:
    by_assessment: dict[AssessmentId, list[Attachment]] = {}
    for row in rows:
        if isinstance(row.value, Attachment) and row.value.from_whom:
            by_assessment.setdefault(row.value.assessment, []).append(row.value)
    return frozenset(
        one for assessment, values in by_assessment.items() for one in unattributable(questions, assessment, values)
    )
