"""Moments of a case as people type them: ``14 mar``, ``about 2 April``, ``April 2026``, ``2 to 9 April``, with a time.

A date without its year is the latest such day that has been: what a person tells of lies behind them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from fieldkit.domain.when import When
from fieldkit.kernel.errors import Mistake

EARLIEST = date(1900, 1, 1)
"""Nothing in a life that is assessed today happened before; 1899 is what spreadsheets make of an empty date."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?:\s+(?P<year>\d{4}))?"
_ABOUT = re.compile(r"(?:about|around|approx\.?|circa|ca?\.?|~|between|from)\s*(?=[\da-z])")
_AT = re.compile(r"(?:\s+at)?\s+([01]?\d|2[0-3])[:.]([0-5]\d)$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}))?")
_FIGURES_MONTH = re.compile(r"(\d{1,2})/(\d{4})")
_WORDS = re.compile(rf"(?:[a-z]+day\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}{_YEAR}")
_SPAN = re.compile(
    rf"(?P<first>\d{{1,2}})(?:\s+(?P<other>[a-z]{{3,9}}))?\s*(?:-|–|to|and)\s*(?P<day>\d{{1,2}})\s+{_MONTH}{_YEAR}"
)
_NAMED_MONTH = re.compile(_MONTH + _YEAR)
_NEAR = {"today": 0, "yesterday": 1}


def read_when(text: str, today: date, field: str = "when") -> When | None:
    """The moment that was typed; None for nothing.

    Raises ``Mistake('touchpoint.date')`` for what is no date, ``Mistake('touchpoint.future')`` for one that has not
    been yet, ``Mistake('touchpoint.early')`` before 1900.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    if not typed:
        return None
    try:
        found = _read(typed, today)
    except (ValueError, OverflowError) as error:
        raise Mistake("touchpoint.date", field=field) from error
    if found.earliest < EARLIEST:
        raise Mistake("touchpoint.early", field=field)
    if found.earliest > today:
        raise Mistake("touchpoint.future", field=field)
    return found


def _read(typed: str, today: date) -> When:
    clock = _AT.search(typed)
    at = f"{int(clock[1]):02d}:{clock[2]}" if clock else ""
    rest = typed[: clock.start()] if clock else typed
    about = _ABOUT.match(rest)
    rest = rest[about.end() :] if about else rest
    if match := _SPAN.fullmatch(rest):
        return _span(match, today)
    month = _month_of(rest, today)
    if month is not None:
        if at:
            raise ValueError("a month has no time of day")
        return When.in_month(month.year, month.month)
    day = _day_of(rest, today)
    if about and at:
        raise ValueError("about a day has no time of day")
    return When.about(day) if about else When.on(day, at)


def _day_of(rest: str, today: date) -> date:
    if rest in _NEAR:
        return today - timedelta(days=_NEAR[rest])
    if match := _ISO.fullmatch(rest):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _FIGURES.fullmatch(rest):
        return _dated(match[3], int(match[2]), int(match[1]), today)
    if match := _WORDS.fullmatch(rest):
        return _dated(match["year"], _number(match["month"]), int(match["day"]), today)
    raise ValueError(rest)


def _month_of(rest: str, today: date) -> date | None:
    if match := _ISO_MONTH.fullmatch(rest):
        return date(int(match[1]), int(match[2]), 1)
    if match := _FIGURES_MONTH.fullmatch(rest):
        return date(int(match[2]), int(match[1]), 1)
    match = _NAMED_MONTH.fullmatch(rest)
    if match is None or match["month"] in _NEAR:
        return None
    return _dated(match["year"], _number(match["month"]), 1, today)


def _span(match: re.Match[str], today: date) -> When:
    last = _dated(match["year"], _number(match["month"]), int(match["day"]), today)
    month = _number(match["other"]) if match["other"] else last.month
    first = date(last.year if month <= last.month else last.year - 1, month, int(match["first"]))
    return When.about(first, last)


def _dated(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return date(int(year), month, day)
    for back in range(9):  # 29 February may be eight years away
        try:
            found = date(today.year - back, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError("no such day")


def _number(month: str) -> int:
    """Raises ``ValueError`` for what is not the beginning of a month's name."""
    at = _MONTHS.index(month[:3])
    full = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")[at]  # fmt: skip
    if not full.startswith(month) and month != "sept":
        raise ValueError(month)
    return at + 1
