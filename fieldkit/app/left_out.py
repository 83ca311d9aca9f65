"""The vault without the assessments that were left: what screens and commands ask from the moment of leaving on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from fieldkit.app.ports import Questions
from fieldkit.app.rows import (
    ActivityRow,
    AssessmentRow,
    Draft,
    EntryFilter,
    EntryRow,
    Facet,
    FileRow,
    RecordRow,
    SearchHit,
    Tally,
    Term,
    VisitCounts,
    Walk,
)
from fieldkit.app.team_store import LEFT
from fieldkit.app.teams import left
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.coverage import Count, Place
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId


def without_left(questions: Questions) -> Questions:
    """The questions as they are, where nothing was left."""
    if not questions.setting(LEFT):
        return questions
    return cast("Questions", LeftOut(questions, frozenset(AssessmentId(one) for one in left(questions))))


class LeftOut:
    """``fieldkit.app.ports.Questions`` of what was not left; what is not named here is answered as it is."""

    def __init__(self, whole: Questions, hidden: frozenset[AssessmentId]) -> None:
        self._whole, self._hidden = whole, hidden
        self._visits = frozenset(visit.id for place in hidden for visit in whole.visits(place))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def assessments(self) -> list[AssessmentRow]:
        return [row for row in self._whole.assessments() if row.assessment.id not in self._hidden]

    def assessment(self, assessment: AssessmentId) -> Assessment:
        if assessment in self._hidden:
            raise Mistake("assessment.unknown", assessment=assessment)
        return self._whole.assessment(assessment)

    def visits(self, assessment: AssessmentId) -> list[Visit]:
        return [] if assessment in self._hidden else self._whole.visits(assessment)

    def visit_counts(self) -> dict[VisitId, VisitCounts]:
        return {visit: counts for visit, counts in self._whole.visit_counts().items() if visit not in self._visits}

    def activities(self, visit: VisitId) -> list[ActivityRow]:
        return [] if visit in self._visits else self._whole.activities(visit)

    def activity(self, activity: ActivityId) -> Activity:
        found = self._whole.activity(activity)
        if found.assessment in self._hidden:
            raise Mistake("activity.unknown", activity=activity)
        return found

    def entries(self, wanted: EntryFilter) -> list[EntryRow]:
        return self._whole.entries(self._only(wanted))

    def walk(self, wanted: EntryFilter) -> Walk:
        return self._whole.walk(self._only(wanted))

    def tally(self, wanted: EntryFilter) -> Tally:
        return self._whole.tally(self._only(wanted))

    def among(self, wanted: EntryFilter, entries: Sequence[str]) -> tuple[list[EntryRow], frozenset[str]]:
        rows, matching = self._whole.among(self._only(wanted), entries)
        return [row for row in rows if row.entry.assessment not in self._hidden], matching

    def entry(self, entry: EntryId) -> EntryRow:
        row = self._whole.entry(entry)
        if row.entry.assessment in self._hidden:
            raise Mistake("entry.unknown", entry=entry)
        return row

    def search(self, words: str, wanted: EntryFilter) -> list[SearchHit]:
        return self._whole.search(words, self._only(wanted))

    def find(self, wanted: EntryFilter) -> list[SearchHit]:
        return self._whole.find(self._only(wanted))

    def coverage(
        self,
        assessment: AssessmentId,
        pack: str,
        visit: VisitId | None = None,
        activities: frozenset[ActivityId] | None = None,
    ) -> dict[Place, Count]:
        return {} if assessment in self._hidden else self._whole.coverage(assessment, pack, visit, activities)

    def newest_evidence(
        self, assessment: AssessmentId, pack: str, activities: frozenset[ActivityId] | None = None
    ) -> dict[Place, datetime]:
        return {} if assessment in self._hidden else self._whole.newest_evidence(assessment, pack, activities)

    def records(
        self,
        kind: str,
        *,
        assessment: AssessmentId | None = None,
        visit: VisitId | None = None,
        about: str | None = None,
    ) -> list[RecordRow]:
        rows = self._whole.records(kind, assessment=assessment, visit=visit, about=about)
        return [row for row in rows if row.value.assessment not in self._hidden]

    def record(self, kind: str, record: str) -> RecordRow:
        row = self._whole.record(kind, record)
        if row.value.assessment in self._hidden:
            raise Mistake("record.unknown", record=record)
        return row

    def history(self, record: str) -> list[RecordRow]:
        return [row for row in self._whole.history(record) if row.value.assessment not in self._hidden]

    def find_records(self, words: str, assessment: AssessmentId | None = None, limit: int = 50) -> list[RecordRow]:
        rows = self._whole.find_records(words, assessment, limit)
        return [row for row in rows if row.value.assessment not in self._hidden]

    def files(self, assessment: AssessmentId | None = None) -> list[FileRow]:
        return [file for file in self._whole.files(assessment) if file.row.value.assessment not in self._hidden]

    def drafts(self) -> list[Draft]:
        return [draft for draft in self._whole.drafts() if not self._is_of_hidden(draft)]

    def revisions(self, assessment: AssessmentId | None = None) -> Iterator[Revision]:
        """Those of what was left without their content: the chain has no hole, and no word of it is there."""
        for revision in self._whole.revisions(assessment):
            yield revision.sealed() if revision.envelope.assessment in self._hidden else revision

    def _is_of_hidden(self, draft: Draft) -> bool:
        kind, _, name = draft.place.partition("/")
        if kind != "capture":
            return False
        try:
            return self._whole.activity(ActivityId(name)).assessment in self._hidden
        except Mistake:
            return False

    def _only(self, wanted: EntryFilter) -> EntryFilter:
        if not self._visits:
            return wanted
        hidden = Term(facet=Facet.VISIT, values=tuple(sorted(self._visits)), negated=True)
        return replace(wanted, terms=(*wanted.terms, hidden))
