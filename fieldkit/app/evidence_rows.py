"""Notes as the rows that triangulation counts: who each comes from, how it was gathered, in which organisation.

A source is the person who spoke, by code (two codes of one person are one), or where nobody is named the activity, as
coverage counts them (``fieldkit.domain.coverage``), so that the figures of both agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity
from fieldkit.domain.barring import same_people
from fieldkit.domain.triangulation import EvidenceRow, Side
from fieldkit.kernel.ids import ActivityId, AssessmentId


class EvidenceRows:
    """Read once for an assessment, asked for each note."""

    def __init__(self, questions: Questions, assessment: AssessmentId) -> None:
        visits = questions.visits(assessment)
        self.activities: dict[ActivityId, Activity] = {
            row.activity.id: row.activity for visit in visits for row in questions.activities(visit.id)
        }
        self._same = same_people(one for visit in visits for one in questions.people(visit.id))

    def of_statement(self, rows: Iterable[EntryRow], pack: str, statement: str) -> Iterator[EvidenceRow]:
        """The tags of a statement on notes that count; nothing for a note without one."""
        for row in rows:
            if _counts(row):
                yield from self._tagged(row, pack, statement)

    def cited(self, row: EntryRow, pack: str, statement: str, side: Side | None = None) -> Iterator[EvidenceRow]:
        """A note that is cited under a statement, tagged to it or not; ``side`` as the citation says."""
        if not _counts(row):
            return
        tagged = [replace(one, side=side) for one in self._tagged(row, pack, statement)]
        yield from tagged or [replace(self._plain(row), category=row.entry.category or "", side=side)]

    def _tagged(self, row: EntryRow, pack: str, statement: str) -> Iterator[EvidenceRow]:
        for item in row.evidence:
            if (item.pack, item.statement) == (pack, statement):
                yield replace(self._plain(row), category=item.category, bearing=item.bearing)

    def _plain(self, row: EntryRow) -> EvidenceRow:
        activity = self.activities.get(row.entry.activity)
        return EvidenceRow(
            note=row.entry.id, source=self._source(row), method=activity.kind.value if activity is not None else "",
            organisation=_plain_name(activity.organisation) if activity is not None else "",
        )  # fmt: skip

    def _source(self, row: EntryRow) -> str:
        speaker = row.entry.speaker
        if not speaker:
            return row.entry.activity
        if speaker[:1].isdecimal():  # numbers of a group's people mean others in every group
            return f"n{row.entry.activity}{speaker}"
        return f"p{self._same.get(speaker.casefold(), speaker)}"


def _counts(row: EntryRow) -> bool:
    return row.withdrawal is None and row.barred is None


def _plain_name(name: str) -> str:
    return " ".join(name.casefold().split())
