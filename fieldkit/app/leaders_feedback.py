"""Gathers the feedback to leaders (``fieldkit.reports.leaders_feedback``): day sheets and findings, else tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from fieldkit.app.day_board import DayBoard, day_board, sheet_days
from fieldkit.app.evidence_rows import EvidenceRows
from fieldkit.app.finding_board import LOST, FindingView, finding_board
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import restricted_in
from fieldkit.app.rows import EntryFilter, RecordRow
from fieldkit.app.sources import read_sources
from fieldkit.app.tellable import Tellable
from fieldkit.domain.assessment import ActivityKind, Assessment, Visit
from fieldkit.domain.day_sheet import Section
from fieldkit.domain.disclosure import Pointer
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import State
from fieldkit.domain.framework import Framework
from fieldkit.domain.small_numbers import SMALL
from fieldkit.domain.triangulation import EvidenceRow, triangulate
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, EntryId, VisitId
from fieldkit.reports.leaders_feedback import LeadersFeedback

_DID = {
    ActivityKind.OBSERVATION: ("observation", "observations"), ActivityKind.INTERVIEW: ("interview", "interviews"),
    ActivityKind.FOCUS_GROUP: ("focus group", "focus groups"), ActivityKind.CASE_TRACK: ("case", "cases"),
    ActivityKind.DROP_IN: ("drop-in", "drop-ins"), ActivityKind.RECORD_REVIEW: ("record review", "record reviews"),
}  # fmt: skip
_IN_PUBLIC = frozenset({ActivityKind.OBSERVATION})
"""What everybody saw the team do, so that a small number of it tells nothing."""


def leaders_feedback(
    questions: Questions, assessment: Assessment, framework: Framework, frameworks: Sequence[Framework],
    visit: VisitId, at: datetime,
) -> LeadersFeedback:  # fmt: skip
    """What may be told of a visit. Called on the store lane, or on a vault that is held still."""
    return _Gathering(questions, assessment, framework, frameworks, questions.visit(visit)).feedback(at)


class _Gathering:
    """What is read once, and which sentences pass."""

    def __init__(
        self, questions: Questions, assessment: Assessment, framework: Framework, frameworks: Sequence[Framework],
        visit: Visit,
    ) -> None:  # fmt: skip
        self._questions, self._assessment, self._framework, self._visit = questions, assessment, framework, visit
        pointers = (row.record for row in questions.records(Pointer.KIND, assessment=assessment.id))
        self._walled = restricted_in(questions, assessment.id) | {str(one) for one in pointers}
        self._tellable = Tellable(questions, assessment.id, frameworks, self._walled)
        rows = [row for one in questions.visits(assessment.id) for row in questions.activities(one.id)]
        sources = read_sources(questions, assessment.id, [row.activity for row in rows])
        self._silent = frozenset(one for one, source in sources.items() if not source.shows_speaker)
        self._left_out = 0

    def feedback(self, at: datetime) -> LeadersFeedback:
        days = sheet_days(self._questions, self._visit, self._visit.starts_on or at.date())
        boards = [day_board(self._questions, self._visit.id, one) for one in days]
        findings = finding_board(self._questions, self._assessment.id, self._framework).findings
        ready = [one for one in findings if one.value.state is State.READY]
        strengths = (*self._items(boards, Section.ASSURE), *self._findings(ready, Bearing.STRENGTH))
        to_check = self._items(boards, Section.LEADERS)
        developing = self._findings(ready, Bearing.SHORTFALL, Bearing.MIXED)
        is_said = bool(strengths or to_check or developing or self._left_out)
        if not is_said:
            strengths, developing = self._from_tags()
        return LeadersFeedback(
            assessment=self._assessment.name, visit=self._visit.name, starts_on=self._visit.starts_on,
            ends_on=self._visit.ends_on, did=tuple(self._did()), strengths=strengths, to_check=to_check,
            developing=developing, from_tags=not is_said and bool(strengths or developing),
            left_out=self._left_out + sum(one.held for one in boards), made_at=at,
        )  # fmt: skip

    def _did(self) -> Iterator[str]:
        rows = self._questions.activities(self._visit.id)
        count = Counter(row.activity.kind for row in rows if row.entries and not row.activity.is_cancelled)
        for kind, (one, many) in _DID.items():
            number = count[kind]
            if number and (kind in _IN_PUBLIC or number >= SMALL):
                yield f"{number:,} {one if number == 1 else many}"
            elif number:
                yield f"Fewer than {SMALL} {many}"

    def _items(self, boards: Sequence[DayBoard], section: Section) -> tuple[str, ...]:
        rows = [row for board in boards for row in board.of(section)]
        return self._told([(row.value.text, self._may_item(row)) for row in rows])

    def _findings(self, ready: Sequence[FindingView], *bearings: Bearing) -> tuple[str, ...]:
        found = [one for one in ready if one.value.bearing in bearings]
        return self._told([(one.value.sentence, self._may_finding(one)) for one in found])

    def _told(self, sentences: Sequence[tuple[str, bool]]) -> tuple[str, ...]:
        kept = [text for text, may in sentences if may and self._tellable.may_tell(text)]
        self._left_out += len(sentences) - len(kept)
        return tuple(dict.fromkeys(kept))

    def _may_item(self, row: RecordRow) -> bool:
        """Not of what is restricted, and not of one conversation that was not attributable."""
        notes = {*row.value.notes, *([EntryId(row.value.about)] if row.value.about else [])}
        if self._walled & {row.record, *notes}:
            return False
        return self._is_of_many({found for one in notes if (found := self._activity(one)) is not None})

    def _may_finding(self, one: FindingView) -> bool:
        if one.is_open or one.triangulation.is_single_source or any(each.standing in LOST for each in one.cited):
            return False
        rows = [each.row for each in one.cited if each.row is not None]
        if any(self._walled & {row.entry.id, row.entry.activity, row.entry.about or ""} for row in rows):
            return False
        return self._is_of_many({row.entry.activity for row in rows})

    def _is_of_many(self, activities: set[ActivityId]) -> bool:
        return len(activities) != 1 or not activities & self._silent

    def _activity(self, note: EntryId) -> ActivityId | None:
        try:
            entry = self._questions.entry(note).entry
        except Mistake:  # it is made of an escalation, which names nobody
            return None
        return entry.activity

    def _from_tags(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Statements that five notes or more from several sources point one way on; nothing of what they say."""
        evidence = EvidenceRows(self._questions, self._assessment.id)
        rows: dict[str, list[EvidenceRow]] = {}
        for note in every_note(self._questions, EntryFilter(visit=self._visit.id)):
            if self._walled & {note.entry.id, note.entry.activity, note.entry.about or ""}:
                continue
            for statement in {one.statement for one in note.evidence if one.pack == self._framework.id}:
                rows.setdefault(statement, []).extend(evidence.of_statement([note], self._framework.id, statement))
        strengths, shortfalls = [], []
        for one in self._framework.statements:
            found = triangulate(rows.get(one.id, ()), self._framework.triangulation)
            if found.items < SMALL or found.is_single_source:
                continue
            if found.strengths > found.shortfalls:
                strengths.append(one.title)
            elif found.shortfalls > found.strengths:
                shortfalls.append(one.title)
        return tuple(strengths), tuple(shortfalls)
