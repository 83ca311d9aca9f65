"""The end-of-day sheet as screens, commands and paper read it: what was said, what is proposed, gaps, what changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from fieldkit.app.coverage import coverage
from fieldkit.app.escalation_rows import escalations
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.restrictions import standing
from fieldkit.app.rows import EntryFilter, Facet, RecordRow, Term
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.coverage import State
from fieldkit.domain.day_changes import DayChange, changes_of, next_day
from fieldkit.domain.day_sheet import DayItem, DaySheet, Section
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId, RevisionId, VisitId

LONGEST_PROPOSAL = 400
"""Characters of a note that a proposal takes over; whoever needs more follows its link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What may belong on the sheet, with its source; ``key`` names it in lists and commands."""

    section: Section
    text: str
    about: RecordId | None = None
    gap: str = ""

    @property
    def key(self) -> str:
        return self.about or self.gap


@dataclass(frozen=True, slots=True, kw_only=True)
class DayGap:
    """A statement with needed categories that have no evidence, or too little, in words of the pack."""

    statement: str
    missing: tuple[str, ...]
    thin: tuple[str, ...]
    place: str
    """``pack/statement``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBoard:
    """Everything of the sheet. ``held`` counts items that belong to what a consent keeps out of use."""

    assessment: Assessment
    visit: Visit
    day: date
    items: tuple[RecordRow, ...]
    nones: tuple[RecordRow, ...]
    off: tuple[RecordRow, ...]
    """Taken off the sheet; they can be put back."""
    held: int
    proposals: tuple[Proposal, ...]
    gaps: tuple[DayGap, ...]
    tomorrow: date | None
    changes: tuple[DayChange, ...]
    finished: RecordRow | None

    def of(self, section: Section) -> tuple[RecordRow, ...]:
        """The items of a section."""
        return tuple(one for one in self.items if one.value.section is section)

    @property
    def said(self) -> frozenset[Section]:
        """Sections that hold an item or say "None"."""
        return frozenset(one.value.section for one in (*self.items, *self.nones))

    @property
    def accounts(self) -> tuple[RevisionId, ...]:
        """What stands on it, by account, so that any change shows."""
        return tuple(one.revision for one in (*self.items, *self.nones))

    def says_none(self, section: Section) -> bool:
        """Whether "None" stands: an item that came later, or from another laptop, outweighs it."""
        return not self.of(section) and any(one.value.section is section for one in self.nones)


def day_board(questions: Questions, visit: VisitId, day: date, frameworks: Sequence[Framework] = ()) -> DayBoard:
    """The sheet of a day. Gaps are of the whole visit, for each of ``frameworks``. Called on the store lane."""
    place = questions.visit(visit)
    assessment = questions.assessment(place.assessment)
    whole = items_of(questions, visit, day)
    usable = {one.record: not _is_held(questions, one) for one in whole}
    rows = [one for one in whole if not one.value.is_taken_off]
    shown = [one for one in rows if usable[one.record]]
    gaps = tuple(gap for pack in frameworks for gap in _gaps(questions, assessment, visit, pack))
    tomorrow, changes = _changes(questions, visit, day)
    return DayBoard(
        assessment=assessment, visit=place, day=day, items=tuple(one for one in shown if not one.value.is_none),
        nones=tuple(one for one in shown if one.value.is_none), held=len(rows) - len(shown),
        off=tuple(one for one in whole if one.value.is_taken_off and usable[one.record]),
        proposals=_proposals(questions, place, day, gaps, rows), gaps=gaps, tomorrow=tomorrow, changes=changes,
        finished=_finished(questions, visit, day),
    )  # fmt: skip


def items_of(questions: Questions, visit: VisitId, day: date) -> list[RecordRow]:
    """Every item of a day, those taken off too, in the order of their arrival."""
    return [one for one in questions.records(DayItem.KIND, visit=visit) if one.value.day == day]


def sheet_days(questions: Questions, visit: Visit, today: date) -> tuple[date, ...]:
    """The days that a sheet may be about: those of the visit, those with something planned, those written about."""
    return tuple(sorted({*_days(questions, visit), today}))


def sheet_day(questions: Questions, visit: Visit, today: date) -> date:
    """The day that is meant when nobody says: today while the visit is on, else the nearest day of it."""
    days = _days(questions, visit)
    if not days or days[0] <= today <= days[-1]:
        return today
    return days[0] if today < days[0] else days[-1]


def _days(questions: Questions, visit: Visit) -> tuple[date, ...]:
    planned = {row.activity.on for row in questions.activities(visit.id) if row.activity.on is not None}
    written = {one.value.day for one in questions.records(DayItem.KIND, visit=visit.id)}
    ends = {one for one in (visit.starts_on, visit.ends_on) if one is not None}
    return tuple(sorted(planned | written | ends))


def _is_held(questions: Questions, item: RecordRow) -> bool:
    """Whether it, or a note it is linked to, may not be used any more."""
    if item.barred is not None:
        return True
    for note in item.value.notes:
        try:
            row = questions.entry(note)
        except Mistake:
            continue
        if row.barred is not None:
            return True
    return False


def _finished(questions: Questions, visit: VisitId, day: date) -> RecordRow | None:
    rows = [one for one in questions.records(DaySheet.KIND, visit=visit) if one.value.day == day]
    return max(rows, key=lambda one: (one.recorded_at, one.record), default=None)


def _proposals(
    questions: Questions, visit: Visit, day: date, gaps: Iterable[DayGap], rows: Sequence[RecordRow]
) -> tuple[Proposal, ...]:
    taken = {one.value.about for one in rows} | {one.value.gap for one in rows}
    found = [*_from_escalations(questions, visit, day), *_from_notes(questions, visit, day), *_from_gaps(gaps)]
    return tuple(one for one in found if (one.about or one.gap) not in taken)


def _from_escalations(questions: Questions, visit: Visit, day: date) -> Iterable[Proposal]:
    """Those of the day, and those of earlier days that are still open; of this visit or of none in particular."""
    for one in escalations(questions, assessment=visit.assessment):
        opened = one.value.opened_at.astimezone().date()
        if one.value.visit not in (visit.id, None):
            continue
        if opened == day or (opened < day and not one.value.is_closed):
            place = f", {one.value.place}" if one.value.place else ""
            yield Proposal(section=Section.ALERT, text=f"{one.value.what}{place}", about=one.row.record)


def _from_notes(questions: Questions, visit: Visit, day: date) -> Iterable[Proposal]:
    """Follow-up questions of the day that nobody added words to. What is restricted is nobody's to put on a sheet."""
    restricted = {one.value.about for one in standing(questions, visit.assessment)}
    terms = (
        Term(facet=Facet.MARK, values=("question",)), Term(facet=Facet.DAY, values=(day.isoformat(),)),
        Term(facet=Facet.MARK, values=("withdrawn",), negated=True),
    )  # fmt: skip
    for row in every_note(questions, EntryFilter(visit=visit.id, terms=terms)):
        is_closed = bool(row.addenda) or row.barred is not None or row.withdrawal is not None
        if is_closed or row.entry.own_view or restricted & {row.entry.id, row.entry.activity, row.entry.about}:
            continue
        words = " ".join(row.entry.text.split())
        if words:
            text = words if len(words) <= LONGEST_PROPOSAL else f"{words[:LONGEST_PROPOSAL]} …"
            yield Proposal(section=Section.LEADERS, text=text, about=RecordId(row.entry.id))


def _from_gaps(gaps: Iterable[DayGap]) -> Iterable[Proposal]:
    """One for each statement: ninety cells, each with a line of its own, would hide the risks above them."""
    for gap in gaps:
        if gap.missing:
            yield Proposal(
                section=Section.GAP, text=f"{gap.statement}: look for {', '.join(gap.missing)}", gap=gap.place
            )


def _gaps(questions: Questions, assessment: Assessment, visit: VisitId, pack: Framework) -> Iterable[DayGap]:
    found = coverage(questions, assessment, pack, visit)
    for statement in pack.statements:
        states = {one.short: found.cells[statement.id, one.id].state for one in pack.categories}
        missing = tuple(name for name, state in states.items() if state is State.GAP)
        thin = tuple(name for name, state in states.items() if state is State.THIN)
        if missing or thin:
            title = f"{statement.position} {statement.title}"
            yield DayGap(statement=title, missing=missing, thin=thin, place=f"{pack.id}/{statement.id}")


def _changes(questions: Questions, visit: VisitId, day: date) -> tuple[date | None, tuple[DayChange, ...]]:
    """The programme as it stood when the day began, held against what stands now."""
    began = datetime.combine(day, time.min).astimezone()
    stood = [_stood(questions, row.activity, began) for row in questions.activities(visit)]
    tomorrow = next_day(day, (one for pair in stood for one in pair if one is not None))
    return tomorrow, changes_of(tomorrow, stood) if tomorrow is not None else ()


def _stood(questions: Questions, now: Activity, began: datetime) -> tuple[Activity | None, Activity]:
    earlier = [one for one in questions.accounts(str(now.id)) if one.recorded_at < began and one.value is not None]
    before: Activity | None = sorted(earlier, key=lambda one: one.recorded_at)[-1].value if earlier else None
    return before, now
