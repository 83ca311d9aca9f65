"""What of an assessment may be told outside FieldKit, read once for every format but the JSON export.

The same is left out as in ``fieldkit.app.export``: what a consent holds, the codes and roles it does not allow. What
was withdrawn or restricted to some of the team stays out too: those formats have no place where a reader would see
that it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from fieldkit.app.export_held import records_of
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import restricted_in
from fieldkit.app.rows import ActivityRow, AssessorRow, EntryFilter, EntryRow, RecordRow
from fieldkit.app.sources import read_sources
from fieldkit.app.told import told
from fieldkit.domain.asked import QuestionSet
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.merge_rules import RULES
from fieldkit.domain.people import Person, shown_codes
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNote:
    """A note with what may stand where its speaker would. ``person``: who that is by code and role, where told."""

    row: EntryRow
    who: str
    person: Person | None
    at: datetime
    """When it was noticed, in the time of the place."""


@dataclass(slots=True)
class LeftOut:
    """How much is not in it, and why; counts only."""

    held: int = 0
    withdrawn: int = 0
    restricted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """``people`` are each visit's, by code. ``left_out`` is complete once ``notes`` was read to its end."""

    questions: Questions
    assessment: Assessment
    frameworks: tuple[Framework, ...]
    visits: tuple[Visit, ...]
    team: tuple[AssessorRow, ...]
    activities: tuple[Activity, ...]
    people: Mapping[VisitId, Mapping[str, Person]]
    records: Mapping[str, tuple[RecordRow, ...]]
    _sources: Mapping[ActivityId, Source]
    restricted: frozenset[str]
    """Ids of all that only some of the team may know (``fieldkit.app.report_walls``)."""
    _shown: Mapping[VisitId, Mapping[str, str]]
    tell: Callable[[], None] = lambda: None
    """Called at each note; raises to end what is being made."""
    left_out: LeftOut = field(default_factory=LeftOut)

    def notes(self, activity: Activity) -> Iterator[ToldNote]:
        """The notes of an activity that may be told, as they were noticed."""
        wanted = EntryFilter(assessment=self.assessment.id, activity=activity.id)
        for row in every_note(self.questions, wanted):
            self.tell()
            if row.barred is not None:
                self.left_out.held += 1
            elif row.withdrawal is not None:
                self.left_out.withdrawn += 1
            elif self.restricted & {row.entry.id, row.entry.activity, row.entry.about or ""}:
                self.left_out.restricted += 1
            else:
                yield self._told(row)

    def visit(self, activity: Activity) -> Visit:
        """The visit of an activity."""
        return next(one for one in self.visits if one.id == activity.visit)

    def under(self, activity: Activity) -> dict[str, str]:
        """What its notes stand under, by the id they have of it: items of the agenda, questions that were put."""
        found = {one.id: one.title for one in activity.items}
        for row in self.records.get(QuestionSet.KIND, ()):
            if row.value.about == activity.id:
                found |= {one.id: one.text for one in row.value.questions}
        for row in self.records.get(InterviewSession.KIND, ()):
            if row.value.about == activity.id:
                found |= {one.question.id: one.question.text for one in row.value.added}
        return found

    def _told(self, row: EntryRow) -> ToldNote:
        entry, source = row.entry, self._sources.get(row.entry.activity)
        speaker = self._shown.get(entry.visit, {}).get(entry.speaker or "", entry.speaker)
        may_tell = source is None or source.shows_speaker
        person = self.people.get(entry.visit, {}).get(speaker or "") if may_tell else None
        who = (speaker or "") if source is None else source.who(speaker)
        if self.restricted:
            row = replace(row, addenda=tuple(one for one in row.addenda if one.id not in self.restricted))
        return ToldNote(row=row, who=who, person=person, at=local(entry.noticed_at, entry.zone))


def read_material(
    questions: Questions,
    assessment: AssessmentId,
    frameworks: Sequence[Framework],
    tell: Callable[[], None] = lambda: None,
) -> Material:
    """Raises ``Mistake('assessment.unknown')``."""
    visits = tuple(questions.visits(assessment))
    restricted = restricted_in(questions, assessment)
    rows: list[ActivityRow] = [row for visit in visits for row in questions.activities(visit.id)]
    activities = tuple(row.activity for row in rows if row.activity.id not in restricted)
    people = {one.id: questions.people(one.id) for one in visits}
    return Material(
        questions=questions, assessment=questions.assessment(assessment), frameworks=tuple(frameworks), visits=visits,
        team=tuple(questions.assessors(assessment)), activities=activities,
        people={visit: {one.code: one for one in found} for visit, found in people.items()},
        records=_records(questions, assessment, restricted), restricted=restricted,
        _sources=read_sources(questions, assessment, activities),
        _shown={visit: shown_codes(found) for visit, found in people.items()}, tell=tell,
    )  # fmt: skip


def _records(
    questions: Questions, assessment: AssessmentId, restricted: frozenset[str]
) -> dict[str, tuple[RecordRow, ...]]:
    """The records that stand and may be told, by kind."""
    found: dict[str, list[RecordRow]] = {}
    for row in told(questions, records_of(questions, assessment)):
        rule = RULES.get(row.kind)
        is_gone = rule is not None and bool(rule.deleted) and bool(row.content.get(rule.deleted))
        if row.record in restricted:
            continue
        if row.barred is None and not is_gone and not getattr(row.value, "withdrawn", ""):
            found.setdefault(row.kind, []).append(row)
    return {kind: tuple(rows) for kind, rows in found.items()}


def local(at: datetime, zone: str) -> datetime:
    """``at`` in a zone as notes keep it (``+01:00``); in UTC where that cannot be read."""
    try:
        sign = -1 if zone.startswith("-") else 1
        hours, minutes = zone.lstrip("+-").split(":")
        return at.astimezone(timezone(sign * timedelta(hours=int(hours), minutes=int(minutes))))
    except ValueError:
        return at
