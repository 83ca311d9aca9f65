"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date

from fieldkit.kernel.errors import Mistake

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_day(text: str, today: date) -> date | None:
    """``12 November 2026``, ``12 nov``, ``12/11/2026``, ``today``; empty gives None.

    Without a year the next such day counts. Raises ``Mistake('visit.date')``.
    """
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    if typed == "today":
        return today
    try:
        if match := _ISO.fullmatch(typed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _FIGURES.fullmatch(typed):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _WORDS.fullmatch(typed):
            return _in_words(int(match[1]), _MONTHS.index(match[2][:3]) + 1, match[3], today)
    except ValueError:
        pass
    raise Mistake("visit.date", field="when")


def _in_words(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    this = date(today.year, month, day)
    return this if (today - this).days < 180 else date(today.year + 1, month, day)
