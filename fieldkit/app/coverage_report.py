"""Gathers the coverage of an assessment for paper (``fieldkit.reports.coverage_report``)."""

from __future__ import annotations

from datetime import datetime

from fieldkit.app.coverage import coverage
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import lost_words, restricted_in
from fieldkit.domain.assessment import ActivityKind, Assessment
from fieldkit.domain.day_sheet import DayItem, Section
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.reports.coverage_report import CoverageReport, GapAction
from fieldkit.reports.dates import day

SPEAKERS = {
    SpeakerKind.PERSON: "people who use services", SpeakerKind.CARER: "carers and family", SpeakerKind.STAFF: "staff",
    SpeakerKind.LEADER: "leaders", SpeakerKind.PARTNER: "partners",
}  # fmt: skip
_ACTIVITIES = {
    ActivityKind.OBSERVATION: "observe a meeting or a place", ActivityKind.CASE_TRACK: "follow a case",
    ActivityKind.RECORD_REVIEW: "look at records",
}  # fmt: skip
ASK = "ask for documents or figures"


def coverage_report(questions: Questions, assessment: Assessment, framework: Framework, at: datetime) -> CoverageReport:
    """The whole assessment. Called on the store lane, or on a vault that is held still."""
    actions, left_out = _actions(questions, assessment, framework)
    return CoverageReport(
        assessment=assessment.name, framework=framework, coverage=coverage(questions, assessment, framework),
        ways={one.id: ways(framework, one.id) for one in framework.categories}, actions=actions, left_out=left_out,
        made_at=at,
    )  # fmt: skip


def ways(framework: Framework, category: str) -> str:
    """How evidence of a category is gathered, as the pack files what is said and seen."""
    speakers = [words for kind, words in SPEAKERS.items() if framework.speaker_categories.get(kind.value) == category]
    found = [f"talk with {' or '.join(speakers)}"] if speakers else []
    found += [words for kind, words in _ACTIVITIES.items() if framework.activity_categories.get(kind.value) == category]
    words = "; ".join(found) or ASK
    return words[0].upper() + words[1:]


def _actions(questions: Questions, assessment: Assessment, framework: Framework) -> tuple[tuple[GapAction, ...], int]:
    """Those of the end-of-day sheets, less what is held or repeats words that count no more."""
    rows = [
        row
        for row in questions.records(DayItem.KIND, assessment=assessment.id)
        if row.value.section is Section.GAP and not row.value.is_taken_off and not row.value.is_none
        and row.value.gap.startswith(f"{framework.id}/")
    ]  # fmt: skip
    if not rows:
        return (), 0
    walled = restricted_in(questions, assessment.id)
    lost = lost_words(questions, assessment.id, walled)
    kept = [
        row
        for row in rows
        if row.barred is None and not walled & {row.record, row.value.about or ""} and not lost.are_in(row.value.text)
    ]
    kept.sort(key=lambda row: (row.value.day, row.record))
    return tuple(
        GapAction(
            statement=row.value.gap.partition("/")[2], text=row.value.text,
            said=f"on {day(row.value.day)}, by {row.author_initials}",
        )
        for row in kept
    ), len(rows) - len(kept)  # fmt: skip
