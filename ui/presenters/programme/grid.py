"""A day as a grid: its times down, its streams or its assessors across, and in each cell what is on and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.assessment import Activity
from ui.presenters.wording import ui

NO_TIME, NO_STREAM, NOBODY = "No time yet", "No stream", "Nobody yet"
_OPEN_END = 60
"""Minutes that an activity without an end is taken to last, as where clashes are looked for."""
MOST_COLUMNS = 40
"""Streams or people side by side; further ones share the last column."""


class Across(StrEnum):
    """What stands side by side; the value is the word on the choice."""

    STREAMS = "Streams"
    PEOPLE = "People"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """``words`` has a line for each activity, ``spoken`` is for screen readers, Enter opens the ``activities``."""

    words: str = ""
    spoken: str = ""
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One time of the day with what begins or still goes on then."""

    time: str
    cells: tuple[Cell, ...]
    is_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """``heads`` are the columns without the first, which is the time."""

    heads: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def grid_of(activities: Sequence[Activity], across: Across, now: str = "") -> Grid:
    """The grid of one day's activities, called-off ones left out. ``now`` is ``HH:MM``, empty on any other day."""
    going = [one for one in activities if not one.is_cancelled]
    heads = _heads(going, across)
    times = sorted({one.starts for one in going if one.starts})
    current = next((time for time in reversed(times) if time <= now), "") if now else ""
    lines = [_line(going, heads, across, time, is_now=time == current) for time in times]
    if any(not one.starts for one in going):
        lines.append(_line(going, heads, across, "", is_now=False))
    return Grid(heads=heads, lines=tuple(lines))


def _heads(going: Sequence[Activity], across: Across) -> tuple[str, ...]:
    if across is Across.STREAMS:
        named = sorted({one.stream for one in going if one.stream}, key=str.casefold)
        rest = [NO_STREAM] if any(not one.stream for one in going) else []
    else:
        named = sorted({name for one in going for name in one.assigned}, key=str.casefold)
        rest = [NOBODY] if any(not one.assigned for one in going) else []
    if len(named) > MOST_COLUMNS:
        named = [*named[: MOST_COLUMNS - 1], "Others"]
    return (*named, *rest)


def _line(going: Sequence[Activity], heads: Sequence[str], across: Across, time: str, *, is_now: bool) -> Line:
    on = [one for one in going if _is_on(one, time)]
    cells = tuple(_cell([one for one in on if _stands(one, head, heads, across)], head, time, across) for head in heads)
    return Line(time=time or NO_TIME, cells=cells, is_now=is_now)


def _is_on(activity: Activity, time: str) -> bool:
    if not time or not activity.starts:
        return not time and not activity.starts
    return activity.starts <= time < _end(activity) or activity.starts == time


def _end(activity: Activity) -> str:
    if activity.ends:
        return activity.ends
    hour, minute = divmod(int(activity.starts[:2]) * 60 + int(activity.starts[3:]) + _OPEN_END, 60)
    return f"{hour:02d}:{minute:02d}"


def _stands(activity: Activity, head: str, heads: Sequence[str], across: Across) -> bool:
    own = ((activity.stream,) if activity.stream else ()) if across is Across.STREAMS else activity.assigned
    if head in (NO_STREAM, NOBODY):
        return not own
    return head in own or (head == "Others" and any(one not in heads for one in own))


def _cell(here: Sequence[Activity], head: str, time: str, across: Across) -> Cell:
    words = [_words(one, time, across) for one in here]
    said = "; ".join(words).replace(" · ", ", ").replace("\n", ", ")
    return Cell(
        words="\n".join(words), spoken=f"{time or NO_TIME}, {head}: {said or 'nothing'}", activities=tuple(here)
    )


def _words(activity: Activity, time: str, across: Across) -> str:
    goes_on = bool(time) and activity.starts != time
    who = ui.listed(activity.assigned) or NOBODY.lower()
    other = who if across is Across.STREAMS else f"stream {activity.stream}" if activity.stream else ""
    until = f"to {activity.ends}" if activity.ends else ""
    parts = [_short(activity.title), "goes on" if goes_on else until, _short(activity.place), _short(other)]
    return " · ".join(part for part in parts if part)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


def days_of(activities: Sequence[Activity]) -> tuple[str, ...]:
    """The ISO days of a programme in order; an empty one for what has no day."""
    return tuple(sorted({one.on.isoformat() if one.on else "" for one in activities}, key=_last_if_empty()))


def _last_if_empty() -> Callable[[str], tuple[bool, str]]:
    return lambda day: (not day, day)
