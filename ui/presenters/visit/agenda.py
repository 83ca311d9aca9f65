"""The programme as lines: days, activities in order, under each the items of its agenda, with counts and the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from enum import StrEnum

from fieldkit.app.rows import ActivityRow
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem
from fieldkit.domain.programme import in_order
from fieldkit.kernel.ids import ActivityId
from ui.presenters.activity_clock import Noticed, Stage, Standing, span_of, standing_of
from ui.presenters.wording import ui

NO_ITEM = "No item"
NO_DAY = "No date yet"
_OPEN_END = timedelta(hours=1)
"""How long an activity without an end is taken to last when it is seen whether two run at the same time."""


class LineKind(StrEnum):
    """What a line stands for."""

    DAY = "day"
    ACTIVITY = "activity"
    ITEM = "item"
    NO_ITEM = "no_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One line. ``beside`` are the titles of activities at the same time: parallel streams of the team."""

    kind: LineKind
    title: str
    activity: Activity | None = None
    item: AgendaItem | None = None
    time: str = ""
    notes: int = 0
    standing: Standing | None = None
    beside: tuple[str, ...] = ()
    day: date | None = None

    @property
    def key(self) -> str:
        """Names the line among the others, whatever is in it."""
        if self.activity is None:
            return f"day {self.day}"
        return f"{self.activity.id} {self.item.id if self.item else self.kind.value}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it is struck through; its notes are kept."""
        return self.activity is not None and self.activity.is_cancelled

    @property
    def state(self) -> str:
        """What stands under the name: ``In progress since 09:30``, or ``In progress, 2 at once``."""
        if self.standing is None:
            return ""
        words = self.standing.words
        if self.beside:
            words = words if self.standing.stage is Stage.SOON else self.standing.stage.value
            words = f"{words}, {len(self.beside) + 1} at once"
        return " · ".join(part for part in (words, self.who) if part)

    @property
    def who(self) -> str:
        """``Stream A · AL, BM``; empty for an agenda item, and where neither is said."""
        if self.activity is None or self.kind is not LineKind.ACTIVITY:
            return ""
        stream = f"Stream {self.activity.stream}" if self.activity.stream else ""
        return " · ".join(part for part in (stream, ", ".join(self.activity.assigned)) if part)

    @property
    def spoken_who(self) -> str:
        """The same for the ear: ``stream A, AL and BM go``."""
        if not self.who or self.activity is None:
            return ""
        stream = f"stream {self.activity.stream}" if self.activity.stream else ""
        names = self.activity.assigned
        goes = f"{ui.listed(names)} {'goes' if len(names) == 1 else 'go'}" if names else ""
        return ", ".join(part for part in (stream, goes) if part)

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        if self.kind is LineKind.DAY:
            return self.title
        beside = f"at the same time as {', '.join(self.beside)}" if self.beside else ""
        standing = self.standing.words if self.standing else ""
        said = standing[:1].lower() + standing[1:]
        parts = (self.time, self.title, said, self.spoken_who, beside, ui.count(self.notes, "note"))
        return ", ".join(part for part in parts if part)


def lines_of(rows: Iterable[ActivityRow], now: datetime) -> tuple[AgendaLine, ...]:
    """Every line in order; days have headings where there are several."""
    by_id = {row.activity.id: row for row in rows}
    ordered = in_order(row.activity for row in by_id.values())
    has_days = len({one.on for one in ordered}) > 1
    beside = _beside(ordered, now)
    found: list[AgendaLine] = []
    for at, activity in enumerate(ordered):
        if has_days and (at == 0 or ordered[at - 1].on != activity.on):
            found.append(AgendaLine(kind=LineKind.DAY, title=_day_words(activity.on, now.date()), day=activity.on))
        row = by_id[activity.id]
        standing = standing_of(activity, _noticed(row), now)
        found += _activity_lines(row, standing, beside[activity.id])
    return tuple(found)


def _noticed(row: ActivityRow) -> Noticed | None:
    """First and last note, in local time."""
    if row.noticed is None:
        return None
    first, last = row.noticed
    return Noticed(first=first.astimezone(), last=last.astimezone())


def current_of(lines: Sequence[AgendaLine], now: datetime) -> ActivityId | None:
    """What is on now, else what comes next, else what came last today, else the first."""
    heads = [line for line in lines if line.kind is LineKind.ACTIVITY and not line.is_cancelled]
    for stages in ((Stage.ON, Stage.OVER), (Stage.SOON,)):
        fitting = [line for line in heads if line.standing is not None and line.standing.stage in stages]
        if fitting:
            return _id(fitting[-1] if stages[0] is Stage.ON else fitting[0])
    today = [line for line in heads if line.activity is not None and line.activity.on in (None, now.date())]
    begun = [line for line in today if line.time and line.time <= f"{now:%H:%M}"]
    return _id(begun[-1] if begun else next(iter((*today, *heads)), None))


def noted_in(lines: Sequence[AgendaLine], now: datetime) -> Activity | None:
    """Where a note belongs that is begun from elsewhere: in what is on now, else in a meeting.

    An interview or a record review that only comes next asks for consent or an access entry first: nobody who wants
    to write down what was just said should meet that.
    """
    current = current_of(lines, now)
    found = next((line for line in lines if line.kind is LineKind.ACTIVITY and _id(line) == current), None)
    if found is None or found.activity is None or found.activity.kind is ActivityKind.OBSERVATION:
        return found.activity if found is not None else None
    if found.standing is not None and found.standing.stage in (Stage.ON, Stage.OVER):
        return found.activity
    meetings = [line for line in lines if line.activity is not None and line.activity.kind is ActivityKind.OBSERVATION]
    meeting = next((line for line in lines if _id(line) == current_of(meetings, now)), found)
    return meeting.activity


def now_words(lines: Sequence[AgendaLine], now: datetime) -> str:
    """``Now: ICB board, in progress since 09:30. Next: Interview, matron at 11:30, starts in 5 minutes``."""
    heads = [line for line in lines if line.kind is LineKind.ACTIVITY and line.standing is not None]
    on = [line for line in heads if line.standing is not None and line.standing.stage in (Stage.ON, Stage.OVER)]
    later = [line for line in heads if _is_to_come(line, now)]
    parts = [f"Now: {'; '.join(_said(line) for line in on)}"] if on else []
    if later:
        first = [line for line in later if line.time == later[0].time]
        parts.append(f"Next: {'; '.join(f'{line.title} at {line.time}' for line in first)}{_wait(first[0])}")
    return ". ".join(parts)


def _is_to_come(line: AgendaLine, now: datetime) -> bool:
    if line.activity is None or line.standing is None or line.activity.on != now.date():
        return False
    return line.standing.stage in (Stage.PLANNED, Stage.SOON) and bool(line.time)


def _wait(line: AgendaLine) -> str:
    standing = line.standing
    if standing is None or standing.stage is not Stage.SOON:
        return ""
    return f", {standing.words[:1].lower()}{standing.words[1:]}"


def _said(line: AgendaLine) -> str:
    words = line.standing.words if line.standing else ""
    return f"{line.title}, {words[:1].lower()}{words[1:]}"


def _id(line: AgendaLine | None) -> ActivityId | None:
    return line.activity.id if line is not None and line.activity is not None else None


def _activity_lines(row: ActivityRow, standing: Standing, beside: tuple[str, ...]) -> list[AgendaLine]:
    activity, by_item = row.activity, row.by_item
    head = AgendaLine(
        kind=LineKind.ACTIVITY, activity=activity, time=activity.starts, title=activity.title, notes=row.entries,
        standing=standing, beside=beside,
    )  # fmt: skip
    items = [
        AgendaLine(
            kind=LineKind.ITEM, activity=activity, item=item, time=item.starts, title=item.title,
            notes=by_item.get(item.id, 0),
        )
        for item in activity.items
    ]  # fmt: skip
    rest = row.entries - sum(line.notes for line in items)
    if items and rest:
        items.append(AgendaLine(kind=LineKind.NO_ITEM, activity=activity, title=NO_ITEM, notes=rest))
    return [head, *items]


def _beside(ordered: Sequence[Activity], now: datetime) -> dict[ActivityId, tuple[str, ...]]:
    spans = {}
    for one in ordered:
        span = span_of(one, now)
        if span.starts is not None and not one.is_cancelled:
            spans[one.id] = (span.starts, span.ends or _open_end(span.starts))
    return {
        one.id: tuple(
            other.title
            for other in ordered
            if other.id != one.id and one.id in spans and other.id in spans and _overlap(spans[one.id], spans[other.id])
        )
        for one in ordered
    }


def _open_end(starts: datetime) -> datetime:
    """The last day there is means "no end yet" in many a spreadsheet; beyond it there is nothing to count."""
    return starts + _OPEN_END if starts.year < MAXYEAR else starts


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _day_words(day: date | None, today: date) -> str:
    if day is None:
        return NO_DAY
    words = f"{ui.weekday(day)} {day.year}"
    return f"{words}, today" if day == today else words
