"""Assessments and visits as Home lists them: when, how far, what waits; put into words from counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.rows import AssessmentRow, VisitCounts
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.kernel.ids import VisitId
from ui.presenters.wording import ui

COUNTING = "Counting coverage…"
NO_DATE = "No date yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A visit as Home lists it. ``status`` reads ``Today, in progress, 12 waiting``."""

    visit: Visit
    assessment: Assessment
    name: str
    when: str
    status: str
    is_today: bool
    counts: VisitCounts
    is_archived: bool = False
    waiting: str = ""
    """``12 waiting to send``; empty on a laptop that works on its own, where nothing ever does."""

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        status = self.status[:1].lower() + self.status[1:]
        return ", ".join(part for part in (self.name, self.when, status, self.visit.place) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentGroup:
    """An assessment with its visits, newest first; ``coverage`` reads ``45 of 96 cells``."""

    assessment: Assessment
    notes: str
    coverage: str
    visits: tuple[VisitRow, ...]

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.assessment.name, self.coverage, self.notes) if part)

    def covered(self, words: str) -> AssessmentGroup:
        """The group with its coverage counted."""
        return replace(self, coverage=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What rows are read with: the day, whether there is no office, and which visits are archived here."""

    today: date
    is_alone: bool
    archived: frozenset[str] = frozenset()
    shows_archived: bool = False


def group_of(
    row: AssessmentRow, counts: dict[VisitId, VisitCounts], reading: Reading, coverage: str
) -> AssessmentGroup:
    """An assessment with the visits that are to be listed, newest first, those without a date before them."""
    listed = [one for one in row.visits if reading.shows_archived or one.id not in reading.archived]
    visits = sorted(listed, key=lambda visit: visit.starts_on or date.max, reverse=True)
    return AssessmentGroup(
        assessment=row.assessment,
        notes=ui.count(row.entries, "note"),
        coverage=coverage,
        visits=tuple(_row(one, row.assessment, counts.get(one.id, VisitCounts()), reading) for one in visits),
    )


def days(starts: date | None, ends: date | None) -> str:
    """``12 November 2026``, ``12 to 13 November 2026``, or that there is no date yet."""
    if starts is None:
        return NO_DATE
    if ends is None or ends == starts:
        return ui.day(starts)
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts.day} to {ui.day(ends)}"
    return f"{ui.day(starts)} to {ui.day(ends)}"


def is_on(visit: Visit, day: date) -> bool:
    """Whether ``day`` is one of the visit's days."""
    return visit.starts_on is not None and visit.starts_on <= day <= (visit.ends_on or visit.starts_on)


def _row(visit: Visit, assessment: Assessment, counts: VisitCounts, reading: Reading) -> VisitRow:
    archived = visit.id in reading.archived
    return VisitRow(
        visit=visit, assessment=assessment, name=visit.name, when=days(visit.starts_on, visit.ends_on),
        status=_status(visit, counts, reading, is_archived=archived), is_today=is_on(visit, reading.today),
        counts=counts, is_archived=archived,
        waiting=f"{counts.waiting:,} waiting to send" if counts.waiting and not reading.is_alone else "",
    )  # fmt: skip


def _status(visit: Visit, counts: VisitCounts, reading: Reading, *, is_archived: bool) -> str:
    found = ["Archived"] if is_archived else []
    if is_on(visit, reading.today):
        found.append("Today")
    is_sent = counts.confirmed_at is not None and not (counts.waiting or counts.others_waiting)
    if not counts.notes:
        found.append("Not started")
    elif is_sent and not reading.is_alone and counts.confirmed_at is not None:
        found.append(f"Sent and confirmed {ui.day_and_clock(counts.confirmed_at, reading.today)}")
    else:
        found.append("In progress" if _may_go_on(visit, reading.today) else "Finished")
    if not reading.is_alone:
        found += _outstanding(counts)
    return ", ".join((found[0], *(word[:1].lower() + word[1:] for word in found[1:])))


def _outstanding(counts: VisitCounts) -> list[str]:
    found = [f"{counts.waiting:,} waiting"] if counts.waiting else []
    if counts.others_waiting and counts.notes and not counts.waiting:
        found.append(f"{ui.count(counts.others_waiting, 'change')} waiting")
    if counts.staying > counts.held and not counts.waiting:
        found.append(f"{ui.staying_notes(counts.staying - counts.held)} only here")
    if counts.held:
        found.append(f"{counts.held:,} held")
    return found


def _may_go_on(visit: Visit, today: date) -> bool:
    last = visit.ends_on or visit.starts_on
    return last is None or last >= today
