"""Calendar files (.ics, RFC 5545) as plain events. The one door to ``icalendar``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from fieldkit.exchange.separated import decoded
from fieldkit.kernel.errors import Mistake, Trouble

LARGEST_FILE = 5 * 2**20
"""Bytes; a three-day programme has some 100 kB."""
MOST_EVENTS = 2_000
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event in the laptop's own time. ``starts`` and ``ends`` are ``HH:MM``, empty for one that takes the day.

    ``number`` counts the events of the file from 1. ``repeats``: only its first time is here.
    """

    number: int
    title: str
    on: date
    starts: str = ""
    ends: str = ""
    place: str = ""
    notes: str = ""
    people: tuple[str, ...] = ()
    is_cancelled: bool = False
    repeats: bool = False


def read_calendar(path: Path) -> tuple[CalendarEvent, ...]:
    """The events of a file in its order.

    Raises ``Trouble('calendar.unreadable')`` and ``Mistake`` ``calendar.too_large``, ``calendar.cut_off``,
    ``calendar.damaged``, ``calendar.no_events``, ``calendar.too_many`` or, for an event without a day,
    ``calendar.no_day``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise Trouble("calendar.unreadable", file=path.name, reason=problem.strerror or "") from problem
    return events_of(data, path.name)


def events_of(data: bytes, file: str) -> tuple[CalendarEvent, ...]:
    """The events in ``data``; raises as ``read_calendar`` does."""
    from icalendar import Calendar

    if len(data) > LARGEST_FILE:
        raise Mistake("calendar.too_large", file=file, most=LARGEST_FILE // 2**20)
    text = decoded(data)
    if is_cut_off(text):
        raise Mistake("calendar.cut_off", file=file)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception as problem:  # icalendar raises whatever a damaged file leads it to
        raise Mistake("calendar.damaged", file=file) from problem
    if not found:
        raise Mistake("calendar.no_events", file=file)
    if len(found) > MOST_EVENTS:
        raise Mistake("calendar.too_many", file=file, most=MOST_EVENTS)
    return tuple(_event(number, event, file) for number, event in enumerate(found, start=1))


def is_cut_off(text: str) -> bool:
    """Whether a calendar begins here whose end is missing: half a programme must not pass for a whole one."""
    marks = [line.strip().upper() for line in text.splitlines()]
    return any(
        sum(line == f"BEGIN:{name}" for line in marks) > sum(line == f"END:{name}" for line in marks)
        for name in ("VCALENDAR", "VEVENT")
    )


def _event(number: int, event: Any, file: str) -> CalendarEvent:
    try:
        starts = event.decoded("DTSTART") if "DTSTART" in event else None
        ends = event.decoded("DTEND") if "DTEND" in event else None
        if ends is None and starts is not None and "DURATION" in event:
            ends = starts + event.decoded("DURATION")
        begins, until = _local(starts), _local(ends)
    except (ValueError, TypeError, OverflowError) as problem:
        raise Mistake("calendar.no_day", file=file, number=number, title=_words(event, "SUMMARY")) from problem
    if begins is None:
        raise Mistake("calendar.no_day", file=file, number=number, title=_words(event, "SUMMARY"))
    is_timed = isinstance(begins, datetime)
    return CalendarEvent(
        number=number, title=_words(event, "SUMMARY"), on=begins.date() if isinstance(begins, datetime) else begins,
        starts=begins.strftime("%H:%M") if isinstance(begins, datetime) else "",
        ends=until.strftime("%H:%M") if is_timed and isinstance(until, datetime) and _same_day(begins, until) else "",
        place=_words(event, "LOCATION"), notes=_words(event, "DESCRIPTION"), people=_people(event),
        is_cancelled=_words(event, "STATUS").upper() == "CANCELLED", repeats="RRULE" in event or "RDATE" in event,
    )  # fmt: skip


def _local(moment: Any) -> date | datetime | None:
    """In the laptop's zone; a time without a zone is meant as it stands."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone().replace(tzinfo=None)
    return moment if isinstance(moment, (date, datetime)) else None


def _same_day(begins: date, until: datetime) -> bool:
    first = begins.date() if isinstance(begins, datetime) else begins
    return until.date() == first and timedelta(0) <= until - datetime.combine(first, datetime.min.time())


def _people(event: Any) -> tuple[str, ...]:
    """The names of those invited where the file gives them; an address alone says nothing of who goes."""
    found = event.get("ATTENDEE", [])
    every = found if isinstance(found, list) else [found]
    names = (str(one.params.get("CN", "")).strip() for one in every if hasattr(one, "params"))
    return tuple(name[:200] for name in names if name and "@" not in name)


def _words(event: Any, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())[:_LONGEST]
