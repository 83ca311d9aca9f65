"""Dates as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from fieldkit.kernel.errors import Mistake

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"(?:[a-z]+day )?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}))?")
_NEAR = {"today": 0, "tomorrow": 1}
_LEAP_YEAR = 2028
"""29 February without a year is a real date that lacks its year."""
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def day_check(today: date) -> Callable[[str], object]:
    """For a field that takes a day (``FormField.check``)."""
    return partial(read_day, today=today)


def read_day(text: str, today: date, field: str = "when") -> date | None:
    """``12 November 2026``, ``12 nov 2026``, ``12/11/2026``, ``today``, ``tomorrow``; empty gives None.

    Raises ``Mistake('visit.date')`` for what is no date, and ``Mistake('visit.date_year')`` for one without its year.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    if not typed:
        return None
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    try:
        return _read(typed, field)
    except ValueError as error:
        raise Mistake("visit.date", field=field) from error


def _read(typed: str, field: str) -> date:
    if match := _ISO.fullmatch(typed):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _FIGURES.fullmatch(typed):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif match := _WORDS.fullmatch(typed):
        day, month, year = int(match[1]), _MONTHS.index(match[2][:3]) + 1, match[3]
    else:
        raise ValueError(typed)
    found = date(int(year or _LEAP_YEAR), month, day)
    if not year:
        raise Mistake("visit.date_year", field=field)
    return found
