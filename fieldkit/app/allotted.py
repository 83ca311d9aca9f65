"""What a specialist adviser sees: the activities allotted to them, what they made themselves, and nothing else.

A visit's programme says who goes where; an adviser who comes for two interviews should find these two, and not read
what others wrote of other people. This is a view of the screens' questions: use cases, sending, checking and export
work on the whole vault as before, since what a laptop holds is decided by the office, not by a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast

from fieldkit.app.left_out import without_left
from fieldkit.app.policies import is_adviser
from fieldkit.app.ports import Questions
from fieldkit.app.rows import (
    ActivityRow,
    AssessmentRow,
    EntryFilter,
    EntryRow,
    Facet,
    FileRow,
    RecordRow,
    SearchHit,
    Tally,
    Term,
    VisitCounts,
    VisitLeft,
    Walk,
)
from fieldkit.app.who_goes import goes
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.domain.coverage import Count, Place
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.guide import Guide
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.readable import READERS
from fieldkit.domain.revision import Revision
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.domain.sharing import SHARED_WITH_ENTRY
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId

_NOTHING = "none"
"""No activity has this id: a term without values would ask for nothing."""
_FARTHEST = 4
"""Steps from a record to the activity it is about: a file of an event of a case of an activity is three."""
_FOR_EVERYBODY = frozenset({Guide.KIND})
"""Kinds that are no part of anybody's evidence."""
_Row = TypeVar("_Row", bound=RecordRow | FileRow)


def as_seen(questions: Questions) -> Questions:
    """The questions as this person may ask them: all that was not left, or an adviser's part of it."""
    seen = without_left(questions)
    if not is_adviser(questions) or questions.info().is_practice:
        return seen
    return cast("Questions", Allotted(seen, allotted(seen)))


def allotted(questions: Questions) -> frozenset[ActivityId]:
    """Activities that name this person, and those they planned or wrote in: one's own work is never hidden."""
    info = questions.info()
    found = set(questions.own_activities())
    for row in questions.assessments():
        for visit in row.visits:
            found |= {
                one.activity.id
                for one in questions.activities(visit.id)
                if goes(one.activity, info.name, info.initials)
            }
    return frozenset(found)


def outside(questions: Questions) -> int:
    """How many activities of the vault a specialist adviser is not shown; 0 for anybody else."""
    whole, seen = without_left(questions), as_seen(questions)
    if not isinstance(seen, Allotted):
        return 0
    return sum(
        len(whole.activities(visit.id)) - len(seen.activities(visit.id))
        for row in whole.assessments()
        for visit in row.visits
    )


class Allotted:
    """``fieldkit.app.ports.Questions`` of some activities; what is not named here is answered as it is."""

    def __init__(self, whole: Questions, activities: frozenset[ActivityId]) -> None:
        self._whole = whole
        self._activities = activities

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def assessments(self) -> list[AssessmentRow]:
        found = []
        for row in self._whole.assessments():
            visits = tuple(visit for visit in row.visits if self._is_seen(visit.id))
            notes = sum(one.entries for visit in visits for one in self.activities(visit.id))
            if visits or not row.visits:
                found.append(replace(row, visits=visits, entries=notes))
        return found

    def visits(self, assessment: AssessmentId) -> list[Visit]:
        return [visit for visit in self._whole.visits(assessment) if self._is_seen(visit.id)]

    def visit_counts(self) -> dict[VisitId, VisitCounts]:
        found = {}
        for visit, counts in self._whole.visit_counts().items():
            rows = self.activities(visit)
            if rows or not counts.activities:
                found[visit] = replace(counts, activities=len(rows), notes=sum(row.entries for row in rows))
        return found

    def visit_left(self, visit: VisitId, since: datetime | None) -> VisitLeft:
        left = self._whole.visit_left(visit, since)
        asked = self.entries(EntryFilter(visit=visit, terms=_QUESTIONS, limit=_MOST))
        tagged = [row for row in self.entries(EntryFilter(visit=visit, limit=_MOST)) if row.evidence] if since else []
        return replace(
            left, follow_ups=sum(not row.addenda for row in asked),
            tagged_since=sum(since is not None and row.recorded_at > since for row in tagged),
        )  # fmt: skip

    def activities(self, visit: VisitId) -> list[ActivityRow]:
        return [row for row in self._whole.activities(visit) if row.activity.id in self._activities]

    def activity(self, activity: ActivityId) -> Activity:
        if activity not in self._activities:
            raise Mistake("activity.unknown", activity=activity)
        return self._whole.activity(activity)

    def entries(self, wanted: EntryFilter) -> list[EntryRow]:
        return self._whole.entries(self._only(wanted))

    def walk(self, wanted: EntryFilter) -> Walk:
        return self._whole.walk(self._only(wanted))

    def tally(self, wanted: EntryFilter) -> Tally:
        return self._whole.tally(self._only(wanted))

    def among(self, wanted: EntryFilter, entries: Sequence[str]) -> tuple[list[EntryRow], frozenset[str]]:
        rows, matching = self._whole.among(self._only(wanted), entries)
        return [row for row in rows if row.entry.activity in self._activities], matching

    def entry(self, entry: EntryId) -> EntryRow:
        row = self._whole.entry(entry)
        if row.entry.activity not in self._activities:
            raise Mistake("entry.unknown", entry=entry)
        return row

    def all_evidence(self, entry: EntryId) -> tuple[EvidenceItem, ...]:
        return self._whole.all_evidence(self.entry(entry).entry.id)

    def all_secondary(self, entry: EntryId) -> tuple[SecondaryTag, ...]:
        return self._whole.all_secondary(self.entry(entry).entry.id)

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
        only = self._activities if activities is None else self._activities & activities
        return self._whole.coverage(assessment, pack, visit, only)

    def newest_evidence(
        self, assessment: AssessmentId, pack: str, activities: frozenset[ActivityId] | None = None
    ) -> dict[Place, datetime]:
        only = self._activities if activities is None else self._activities & activities
        return self._whole.newest_evidence(assessment, pack, only)

    def records(
        self,
        kind: str,
        *,
        assessment: AssessmentId | None = None,
        visit: VisitId | None = None,
        about: str | None = None,
    ) -> list[RecordRow]:
        rows = self._whole.records(kind, assessment=assessment, visit=visit, about=about)
        return self._seen(rows, lambda row: row)

    def record(self, kind: str, record: str) -> RecordRow:
        row = self._whole.record(kind, record)
        if not self._is_ours(row):
            raise Mistake("record.unknown", record=record)
        return row

    def history(self, record: str) -> list[RecordRow]:
        rows = self._whole.history(record)
        return rows if rows and self._is_ours(rows[-1]) else []

    def find_records(self, words: str, assessment: AssessmentId | None = None, limit: int = 50) -> list[RecordRow]:
        return self._seen(self._whole.find_records(words, assessment, _MOST), lambda row: row)[:limit]

    def files(self, assessment: AssessmentId | None = None) -> list[FileRow]:
        return self._seen(self._whole.files(assessment), lambda file: file.row)

    def revisions(self, assessment: AssessmentId | None = None) -> Iterator[Revision]:
        """Those of what is not allotted without their content: the chain has no hole, and no word of it is there."""
        ours: dict[str, bool] = {}
        for revision in self._whole.revisions(assessment):
            yield revision if revision.content is None or self._may_read(revision, ours) else revision.sealed()

    def _may_read(self, revision: Revision, ours: dict[str, bool]) -> bool:
        envelope = revision.envelope
        if envelope.kind == Activity.KIND:
            return ActivityId(str(envelope.record)) in self._activities
        if envelope.kind in SHARED_WITH_ENTRY:
            entry = envelope.record if envelope.kind == Entry.KIND else str(revision.body().get("entry"))
            return self._has(entry, ours, lambda: self._whole.entry(EntryId(entry)).entry.activity in self._activities)
        if envelope.kind in READERS and envelope.kind not in FIELDWORK:
            return True  # who, where and when: nobody's words
        return self._has(envelope.record, ours, lambda: self._of_record(envelope.record))

    def _of_record(self, record: str) -> bool:
        rows = self._whole.history(record)
        return bool(rows) and self._is_ours(rows[-1])

    @staticmethod
    def _has(key: str, ours: dict[str, bool], asked: Callable[[], bool]) -> bool:
        if key not in ours:
            try:
                ours[key] = asked()
            except Mistake:  # what nobody here can read is nobody's here
                ours[key] = False
        return ours[key]

    def _only(self, wanted: EntryFilter) -> EntryFilter:
        values = tuple(sorted(self._activities)) or (_NOTHING,)
        return replace(wanted, terms=(*wanted.terms, Term(facet=Facet.ACTIVITY, values=values)))

    def _is_seen(self, visit: VisitId) -> bool:
        """A visit with something allotted, or one that nothing was planned on yet."""
        rows = self._whole.activities(visit)
        return not rows or any(row.activity.id in self._activities for row in rows)

    def _seen(self, rows: Sequence[_Row], record: Callable[[_Row], RecordRow]) -> list[_Row]:
        return [row for row in rows if self._is_ours(record(row))]

    def _is_ours(self, row: RecordRow, steps: int = _FARTHEST) -> bool:
        if row.is_mine or row.kind in _FOR_EVERYBODY:
            return True
        about = str(getattr(row.value, "about", None) or getattr(row.value, "activity", None) or "")
        if not about or about in self._activities:
            return bool(about)
        further = self._whole.history(about) if steps else []
        return bool(further) and self._is_ours(further[-1], steps - 1)


_QUESTIONS = (
    Term(facet=Facet.MARK, values=("question",)), Term(facet=Facet.MARK, values=("withdrawn",), negated=True),
)  # fmt: skip
_MOST = 5_000
"""Notes or records that are looked through to count or find an adviser's: a few weeks of one person's."""
