"""A programme pasted as text, one line each, ``09:30 ICB board``: what becomes an activity, and what has no time.

A line with a date sets the day of those below it. A line without a time is pointed out; whoever leaves it as it is
gets it as a heading, that is an agenda item of the activity above it, so that nothing that was pasted is lost.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldkit.app.assessments import plan_activity
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, Visit
from fieldkit.kernel.ids import new_id

_TIME = r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:\s*([apAP])\.?[mM]\b\.?)?"
_LINE = re.compile(rf"(?:{_TIME}(?:\s*(?:[-–]|to)\s*{_TIME})?)?\s*[-–,]?\s*(?:[-*•]\s+|\d+[.)]\s+)?(?P<title>.*)")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join((*_MONTHS, *(name[:3] for name in _MONTHS), "sept"))
"""Whole words: "3 Decisions" is an item of an agenda and no day in December."""
_DAY = re.compile(
    rf"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day,?\s+)?(\d{{1,2}})\s+({_MONTH}),?(?:\s+(\d{{4}}))?:?",
    re.IGNORECASE,
)
_NOON = 12
_KINDS = (
    (("focus group",), ActivityKind.FOCUS_GROUP),
    (("interview",), ActivityKind.INTERVIEW),
    (("case",), ActivityKind.CASE_TRACK),
    (("drop-in", "drop in"), ActivityKind.DROP_IN),
    (("record review", "records review"), ActivityKind.RECORD_REVIEW),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """A line of the text, counted from 1. ``day`` = it only sets the day; no ``starts`` = it has no time."""

    number: int
    title: str
    starts: str = ""
    ends: str = ""
    day: date | None = None


def read_programme(text: str, year: int) -> tuple[PlannedLine, ...]:
    """The lines that say something. ``year`` is for dates that leave theirs out."""
    lines = ((number, typed(line)) for number, line in enumerate(text.splitlines(), start=1))
    return tuple(_line(number, line, year) for number, line in lines if line)


def without_time(lines: Sequence[PlannedLine]) -> tuple[int, ...]:
    """The numbers of the lines that have neither time nor date."""
    return tuple(one.number for one in lines if not one.starts and one.day is None)


def kind_of(title: str) -> ActivityKind:
    """What a programme most likely means by a line; anything else is a meeting to observe."""
    words = title.casefold()
    return next((kind for starts, kind in _KINDS if words.startswith(starts)), ActivityKind.OBSERVATION)


def plan_programme(
    uow: UnitOfWork, visit: Visit, lines: Sequence[PlannedLine], on: date | None
) -> tuple[Activity, ...]:
    """Plan every line: the timed ones as activities of the day above them (first ``on``), the others as their agenda.

    Raises ``Mistake('activity.ends_before_start')``; then nothing of the text is planned.
    """
    groups: list[tuple[PlannedLine, date | None, list[AgendaItem]]] = []
    day = on
    for line in lines:
        if line.day is not None:
            day = line.day
        elif line.starts or not groups:
            groups.append((line, day, []))
        else:
            groups[-1][2].append(AgendaItem(id=new_id(), title=line.title))
    return tuple(
        plan_activity(
            uow, visit, kind_of(line.title), line.title, on=when, starts=line.starts, ends=line.ends, items=items
        )
        for line, when, items in groups
    )


def _line(number: int, text: str, year: int) -> PlannedLine:
    day = _day(text, year)
    if day is not None:
        return PlannedLine(number=number, title=text, day=day)
    match = _LINE.fullmatch(text)
    found = PlannedLine(number=number, title=text)
    if match is not None and match["title"].strip():
        found = dataclasses.replace(
            found, title=match["title"].strip(), starts=_starts(match), ends=_clock(match[4], match[5], match[6])
        )
    return found


def _day(text: str, year: int) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[3] or year), _month(match[2]), int(match[1]))
    except ValueError:  # the 31st of November is a heading like any other
        return None


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word.casefold()[:3]))


def _starts(match: re.Match[str]) -> str:
    """``2:30-4:00pm`` begins at 14:30, ``11:30-1:00pm`` at 11:30."""
    found, ends = _clock(match[1], match[2], match[3]), _clock(match[4], match[5], match[6])
    alike = _clock(match[1], match[2], match[3] or match[6])
    return alike if alike < ends else found


def _clock(hour: str | None, minute: str | None, half: str | None) -> str:
    """``half``: the a or p of a clock of twelve hours."""
    if not hour:
        return ""
    number = int(hour)
    if half and number <= _NOON:
        number = number % _NOON + (_NOON if half in "pP" else 0)
    return f"{number:02d}:{minute}"
