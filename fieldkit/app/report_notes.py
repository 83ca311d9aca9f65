"""Gathers notes and files for reports: the one place that decides which words may stand on paper, and under which name.

Held notes are counted and otherwise left out; of withdrawn and restricted ones the time alone is told. Exact words of
somebody who may not be quoted are left out (``fieldkit.app.quotable``), and who spoke is told as ``fieldkit.app.
sources`` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.quotable import LEFT_OUT, Quotable
from fieldkit.app.report_walls import restricted_in
from fieldkit.app.rows import EntryFilter, EntryRow, FileRow
from fieldkit.app.sources import read_sources
from fieldkit.app.told import told_files
from fieldkit.domain.assessment import Activity
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import shown_codes
from fieldkit.domain.secondary import by_set
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId
from fieldkit.media.kinds import spoken
from fieldkit.reports.clock_words import there
from fieldkit.reports.told_notes import RESTRICTED, WITHDRAWN, ToldAddendum, ToldFile, ToldNote, ToldTag

_RISK = {Risk.NONE: "", Risk.POSSIBLE: "possible risk", Risk.TODAY: "risk, action today"}
BEARING = {
    Bearing.NEUTRAL: "", Bearing.STRENGTH: "strength", Bearing.SHORTFALL: "shortfall", Bearing.MIXED: "mixed"
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNotes:
    """Notes in the order of what happened, and how many of those asked for are held."""

    notes: tuple[ToldNote, ...]
    held: int

    @property
    def restricted(self) -> int:
        return sum(one.gone == RESTRICTED for one in self.notes)

    @property
    def standing(self) -> tuple[ToldNote, ...]:
        """Those whose words are told."""
        return tuple(one for one in self.notes if not one.gone)


class ReportNotes:
    """Read once for an assessment, asked for each note or list of notes. Lives on the store lane."""

    def __init__(self, questions: Questions, assessment: AssessmentId, frameworks: Sequence[Framework]) -> None:
        self._questions = questions
        self._assessment = assessment
        self._packs = {one.id: one for one in frameworks}
        self.activities: dict[ActivityId, Activity] = {}
        self._roles: dict[VisitId, dict[str, str]] = {}
        self._shown: dict[VisitId, dict[str, str]] = {}
        for visit in questions.visits(assessment):
            for row in questions.activities(visit.id):
                told = questions.activity(row.activity.id)  # with the title that it may have today
                self.activities[told.id] = told
            people = questions.people(visit.id)
            self._roles[visit.id] = {one.code: one.role for one in people}
            self._shown[visit.id] = shown_codes(people)
        self._sources = read_sources(questions, assessment, self.activities.values())
        self._quotable = Quotable(questions, assessment)
        self.restricted = restricted_in(questions, assessment)

    def gather(self, wanted: EntryFilter) -> ToldNotes:
        """All that match, by the time they were noticed, then by id."""
        return self.tell(every_note(self._questions, wanted))

    def tell(self, rows: Iterable[EntryRow]) -> ToldNotes:
        """These notes, by the time they were noticed, then by id."""
        notes, held = [], 0
        for row in rows:
            if row.barred is not None:
                held += 1
            else:
                notes.append(self.note(row))
        notes.sort(key=lambda one: (one.at, one.id))
        return ToldNotes(notes=tuple(notes), held=held)

    def note(self, row: EntryRow) -> ToldNote:
        """One that no consent bars."""
        entry = row.entry
        at, entered = there(entry.noticed_at, entry.zone), there(entry.entered_at, entry.zone)
        if row.withdrawal is not None or self.is_restricted(row):
            gone = WITHDRAWN if row.withdrawal is not None else RESTRICTED
            return ToldNote(id=entry.id, at=at, entered_at=entered, gone=gone)
        words = self._quotable.told(row)
        kinds = (_RISK[entry.risk], "follow-up question" if entry.follow_up else "")
        return ToldNote(
            id=entry.id, at=at, entered_at=entered, later=entry.written_up_later, by=row.author_initials,
            who=self.who(row), words=words, is_exact=entry.exact and words != LEFT_OUT,
            is_own_view=entry.own_view, item=entry.agenda_item or "", item_number=self._item(row),
            kinds=tuple(filter(None, (*kinds, "marked moment" if entry.is_mark else ""))),
            tags=tuple(self.tag(one) for one in row.evidence), addenda=self._addenda(row),
            origin=entry.origin,
            secondary=tuple(
                f"{name}: {', '.join(titles)}" for name, titles in by_set(row.secondary, self._packs.values()).items()
            ),
        )  # fmt: skip

    def is_restricted(self, row: EntryRow) -> bool:
        """Whether its words are for named people alone."""
        return bool(self.restricted & {row.entry.id, row.entry.activity, row.entry.about or ""})

    def who(self, row: EntryRow) -> str:
        """``ch, Chair`` by code and role; whatever else ``fieldkit.app.sources`` allows; empty where nobody spoke."""
        entry = row.entry
        source = self._sources.get(entry.activity)
        if source is not None and (not source.shows_speaker or not entry.speaker or entry.speaker.isdecimal()):
            return source.who(entry.speaker)
        return self._coded(entry.visit, entry.speaker or "")

    def tag(self, item: EvidenceItem) -> ToldTag:
        """In the pack's words where it is known, else by its ids."""
        pack = self._packs.get(item.pack)
        statement = pack.statement_by(item.statement) if pack is not None else None
        category = pack.category_by(item.category) if pack is not None else None
        return ToldTag(
            place=f"{item.pack}/{statement.number:04}" if statement is not None else f"{item.pack}/{item.statement}",
            label=statement.position if statement is not None else item.statement,
            title=statement.title if statement is not None else f"Not in a framework here ({item.pack})",
            category=category.short if category is not None else item.category, bearing=bearing_words(item),
        )  # fmt: skip

    def files(self, rows: Iterable[FileRow]) -> tuple[ToldFile, ...]:
        """Attachments in the order of their exhibit numbers; those that are held or restricted are left out."""
        kept = [one for one in rows if one.row.barred is None and one.row.record not in self.restricted]
        found = [_file(one) for one in told_files(self._questions, kept)]
        return tuple(sorted(found, key=lambda one: (exhibit_key(one.exhibit), one.id)))

    def _coded(self, visit: VisitId, speaker: str) -> str:
        code = self._shown.get(visit, {}).get(speaker, speaker)
        role = self._roles.get(visit, {}).get(code, "")
        return f"{code}, {role}" if role else code

    def _item(self, row: EntryRow) -> int:
        activity = self.activities.get(row.entry.activity)
        if activity is None or row.entry.agenda_item is None:
            return 0
        return next((at for at, one in enumerate(activity.items, start=1) if one.id == row.entry.agenda_item), 0)

    def _addenda(self, row: EntryRow) -> tuple[ToldAddendum, ...]:
        if not row.addenda:
            return ()
        authors = {one.record: one.author_initials for one in self._questions.additions_to(row.entry.id)}
        plain = replace(row, entry=replace(row.entry, exact=False))
        found = sorted(row.addenda, key=lambda one: (one.entered_at, one.id))
        return tuple(
            ToldAddendum(
                by=authors.get(one.id, ""), at=there(one.entered_at, row.entry.zone),
                reason=self._quotable.told(plain, one.reason), words=self._quotable.told(row, one.text),
            )
            for one in found
            if one.id not in self.restricted
        )  # fmt: skip


def bearing_words(item: EvidenceItem) -> str:
    """``strong shortfall``; empty for neutral."""
    words = BEARING[item.bearing]
    return f"strong {words}" if words and item.strong else words


def exhibit_key(exhibit: str) -> tuple[str, int]:
    """``AL7K-3`` before ``AL7K-10``."""
    series, _, number = exhibit.rpartition("-")
    return series, int(number) if number.isdecimal() else 0


def _file(one: FileRow) -> ToldFile:
    value: Attachment = one.row.value
    is_gone = bool(value.withdrawn)
    return ToldFile(
        id=value.id, exhibit=value.exhibit, kind=spoken(value.media), size=value.size, sha256=value.sha256,
        received_at=there(value.received_at, ""), purpose="" if is_gone else value.purpose,
        from_whom="" if is_gone else value.from_whom, gone="Withdrawn." if is_gone else "",
    )  # fmt: skip
