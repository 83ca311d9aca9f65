"""A programme from a file: .ics, CSV or XLSX. What is new, what has moved, what is no longer on it.

The programme of a visit changes every day, so a file is read again and again. It is held against what is planned: an
activity of the same name (and, where names repeat, the same body and nearest time) is the same activity moved, and its
notes and history stay with it. Nothing is removed: what the file no longer has is *called off*, if the person says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from fieldkit.app.assessments import plan_activity
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.programme_text import kind_of
from fieldkit.app.replanning import Replanned, change_activity
from fieldkit.app.texts import typed
from fieldkit.app.who_goes import read_names
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.exchange.calendar import CalendarEvent, read_calendar
from fieldkit.exchange.spreadsheets import read_book
from fieldkit.exchange.tables import Book
from fieldkit.kernel.errors import Mistake

COLUMNS: dict[str, frozenset[str]] = {
    "on": frozenset({"date", "day", "on", "start date"}),
    "starts": frozenset({"start", "starts", "start time", "time", "from", "begins"}),
    "ends": frozenset({"end", "ends", "end time", "to", "until", "finish"}),
    "title": frozenset({"title", "activity", "session", "subject", "meeting", "what", "event", "summary", "name"}),
    "place": frozenset({"room", "place", "location", "venue", "where"}),
    "stream": frozenset({"stream", "track", "team"}),
    "assigned": frozenset(
        {"assessor", "assessors", "assigned", "assigned to", "who", "inspector", "inspectors", "lead"}
    ),
    "organisation": frozenset({"organisation", "organization", "body", "provider", "trust", "service"}),
}
"""What a column is by its heading, in any letter case."""
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
_LONGEST_TITLE = 300
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?:[:.]\d\d)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_HOUR = re.compile(r"(1[0-2]|[1-9])\s*([ap])\.?m\.?", re.IGNORECASE)
_NOON = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One line of a programme; ``row`` is its number in the file, for what is said of it."""

    row: int
    title: str
    on: date | None
    starts: str = ""
    ends: str = ""
    place: str = ""
    stream: str = ""
    organisation: str = ""
    assigned: tuple[str, ...] = field(default=())
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """What is wrong with a line, as an error that has its sentence."""

    row: int
    problem: Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeReading:
    """What a file holds. ``repeating`` are rows of events that repeat: only their first time was read."""

    rows: tuple[PlannedRow, ...]
    bad: tuple[BadRow, ...] = field(default=())
    repeating: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the file would change. ``moved`` are activities with the row that now says otherwise."""

    added: tuple[PlannedRow, ...]
    moved: tuple[tuple[Activity, PlannedRow], ...]
    missing: tuple[Activity, ...]
    """Planned on one of the file's days and not in the file."""
    same: int


def read_programme_file(path: Path, visit: Visit) -> ProgrammeReading:
    """The lines of a file; a row without a day gets the one above it, or the visit's first.

    Raises what ``read_calendar`` and ``read_book`` do, and ``Mistake('programme.no_title_column')``.
    """
    if path.suffix.casefold() in (".ics", ".ical", ".icalendar", ".ifb"):
        return _from_calendar(read_calendar(path))
    return _from_book(read_book(path), visit, path.name)


def compare(planned: Sequence[Activity], rows: Sequence[PlannedRow]) -> Changes:
    """Hold a file's lines against what is planned."""
    left = [one for one in planned if not one.is_cancelled]
    added: list[PlannedRow] = []
    moved: list[tuple[Activity, PlannedRow]] = []
    same = 0
    for row in sorted(rows, key=lambda row: row.is_cancelled):
        found = _nearest(left, row)
        if found is None:
            if not row.is_cancelled:
                added.append(row)
            continue
        left.remove(found)
        if row.is_cancelled or _fields(found, row):
            moved.append((found, row))
        else:
            same += 1
    days = {row.on for row in rows}
    missing = tuple(one for one in left if one.on in days)
    return Changes(added=tuple(added), moved=tuple(moved), missing=missing, same=same)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a file changed: the activities that are new, and all it touched with their fields as they were."""

    made: tuple[Activity, ...]
    changed: tuple[Replanned, ...]


def apply_changes(uow: UnitOfWork, visit: Visit, changes: Changes, *, call_off_missing: bool = False) -> Applied:
    """Plan what is new, move what has moved, call off what the file says is off.

    To undo a new one is to call it off: nothing is ever removed. Raises ``Mistake`` as ``plan_activity`` does; then
    nothing of the file is planned.
    """
    done = [_moved(uow, activity, row) for activity, row in changes.moved]
    if call_off_missing:
        done += [change_activity(uow, activity.id, is_cancelled=True) for activity in changes.missing]
    made = tuple(
        plan_activity(
            uow, visit, kind_of(row.title), row.title, on=row.on, starts=row.starts, ends=row.ends, place=row.place,
            organisation=row.organisation, stream=row.stream, assigned=row.assigned,
        )
        for row in changes.added
    )  # fmt: skip
    done += [Replanned(activity=one, before={"is_cancelled": True}) for one in made]
    return Applied(made=made, changed=tuple(done))


def _moved(uow: UnitOfWork, activity: Activity, row: PlannedRow) -> Replanned:
    fields = {"is_cancelled": True} if row.is_cancelled else _fields(activity, row)
    return change_activity(uow, activity.id, **fields)


def _nearest(left: Sequence[Activity], row: PlannedRow) -> Activity | None:
    same = [one for one in left if one.title.casefold() == row.title.casefold()]
    if row.organisation:
        same = [one for one in same if one.organisation.casefold() in ("", row.organisation.casefold())]

    def distance(one: Activity) -> tuple[int, int]:
        days = abs((one.on - row.on).days) if one.on and row.on else 0
        return days, abs(_minutes(one.starts) - _minutes(row.starts))

    return min(same, key=distance, default=None)


def _fields(activity: Activity, row: PlannedRow) -> dict[str, object]:
    """What the row says otherwise; what it leaves out stays as it is."""
    told = {
        "on": row.on, "starts": row.starts, "ends": row.ends, "place": row.place, "organisation": row.organisation,
        "stream": row.stream, "assigned": row.assigned,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value and getattr(activity, name) != value}


def _from_calendar(events: Sequence[CalendarEvent]) -> ProgrammeReading:
    rows, bad = [], []
    for event in events:
        row = PlannedRow(
            row=event.number, title=typed(event.title), on=event.on, starts=event.starts, ends=event.ends,
            place=typed(event.place), assigned=event.people, is_cancelled=event.is_cancelled,
        )  # fmt: skip
        problem = _problem(row)
        bad.append(BadRow(row=event.number, problem=problem)) if problem else rows.append(row)
    return ProgrammeReading(
        rows=tuple(rows), bad=tuple(bad), repeating=tuple(event.number for event in events if event.repeats)
    )


def _from_book(book: Book, visit: Visit, file: str) -> ProgrammeReading:
    for sheet in book.sheets:
        for at, heads in enumerate(sheet.rows[:20]):
            columns = _columns(heads)
            if "title" in columns:
                return _rows(sheet.rows[at + 1 :], columns, sheet.first + at + 1, visit)
    raise Mistake("programme.no_title_column", file=file)


def _columns(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        words = " ".join(head.casefold().split())
        for name, known in COLUMNS.items():
            if words in known:
                found.setdefault(name, at)
    return found


def _rows(lines: Sequence[Sequence[str]], columns: dict[str, int], first: int, visit: Visit) -> ProgrammeReading:
    rows: list[PlannedRow] = []
    bad: list[BadRow] = []
    day = visit.starts_on
    for number, cells in enumerate(lines, start=first):
        told = {name: typed(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        if not any(told.values()):
            continue
        try:
            day = read_programme_day(told.get("on", ""), number, visit) or day
            row = PlannedRow(
                row=number, title=told["title"], on=day, starts=_clock(told.get("starts", ""), number),
                ends=_clock(told.get("ends", ""), number), place=told.get("place", ""), stream=told.get("stream", ""),
                organisation=told.get("organisation", ""),
                assigned=read_names(told.get("assigned", "")),
            )  # fmt: skip
        except Mistake as problem:
            bad.append(BadRow(row=number, problem=problem))
            continue
        wrong = _problem(row)
        bad.append(BadRow(row=number, problem=wrong)) if wrong else rows.append(row)
    return ProgrammeReading(rows=tuple(rows), bad=tuple(bad))


def _problem(row: PlannedRow) -> Mistake | None:
    if not row.title:
        return Mistake("programme.no_title", row=row.row)
    if len(row.title) > _LONGEST_TITLE:
        return Mistake("programme.long_title", row=row.row, most=_LONGEST_TITLE)
    if row.on is not None and not EARLIEST <= row.on < LATEST:
        return Mistake("programme.day", row=row.row, text=row.on.isoformat())
    if row.starts and row.ends and row.ends <= row.starts:
        return Mistake("programme.ends", row=row.row, starts=row.starts)
    return None


def read_programme_day(text: str, row: int, visit: Visit) -> date | None:
    """``2026-11-12``, ``12/11/2026``, ``12 November 2026``, ``Thu 12 Nov``. Raises ``Mistake('programme.day')``."""
    plain = re.sub(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", "", " ".join(text.split()), flags=re.IGNORECASE)
    plain = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", plain, flags=re.IGNORECASE).removesuffix(" 00:00")
    if not plain:
        return None
    year = visit.starts_on.year if visit.starts_on else None
    forms = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y"]
    tries = [(plain, form) for form in forms]
    if year is not None:
        tries += [(f"{plain} {year}", "%d %B %Y"), (f"{plain} {year}", "%d %b %Y"), (f"{plain}/{year}", "%d/%m/%Y")]
    for words, form in tries:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Mistake("programme.day", row=row, text=text[:40])


def _clock(text: str, row: int) -> str:
    plain = text.strip()
    if not plain:
        return ""
    if match := _CLOCK.fullmatch(plain):
        hour, minute, half = int(match[1]), match[2], (match[3] or "").casefold()
    elif match := _HOUR.fullmatch(plain):
        hour, minute, half = int(match[1]), "00", match[2].casefold()
    else:
        raise Mistake("programme.time", row=row, text=plain[:40])
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    return f"{hour:02d}:{minute}"


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute) if minute else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Somebody who is to be at two places at once."""

    who: str
    first: Activity
    second: Activity


def clashes(activities: Sequence[Activity]) -> tuple[Clash, ...]:
    """Activities of one day that overlap and have somebody in common."""
    timed = sorted(
        (_with_end(one) for one in activities if one.on and one.starts and not one.is_cancelled),
        key=lambda one: (one.on or EARLIEST, one.starts),
    )
    found: list[Clash] = []
    for at, first in enumerate(timed):
        for second in timed[at + 1 :]:
            if second.on != first.on or second.starts >= first.ends:
                break
            both = [name for name in first.assigned if name.casefold() in {one.casefold() for one in second.assigned}]
            found += [Clash(who=name, first=first, second=second) for name in both]
    return tuple(found)


def _with_end(activity: Activity, minutes: int = 60) -> Activity:
    """The same with an end where it has none: an hour after its start."""
    if activity.ends or not activity.starts:
        return activity
    until = min(_minutes(activity.starts) + minutes, 23 * 60 + 59)
    return replace(activity, ends=f"{until // 60:02d}:{until % 60:02d}")
