"""Bounds of what people name and plan: wide enough for anything real, and told beside the field.

A day in 1899 is what spreadsheets make of an empty cell, and ten thousand characters are a report in the wrong field.
"""

from __future__ import annotations

from datetime import date

from fieldkit.kernel.errors import Mistake

FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Visits are of this century."""
LONGEST_NAME = 300
"""Characters of a name or title; a long one has 80, and a page is some 3,000."""

LONGEST_WORDS = 2_000
"""Characters of what is told in a field of a few lines: a page has some 3,000, and more is a note or a file."""


def check_words(text: str, kind: str, field: str) -> None:
    """Raises ``Mistake('<kind>.too_long')`` at ``field`` for more than ``LONGEST_WORDS`` characters."""
    if len(text) > LONGEST_WORDS:
        raise Mistake(f"{kind}.too_long", field=field, length=f"{len(text):,}", most=f"{LONGEST_WORDS:,}")


def check_name(text: str, kind: str, field: str) -> None:
    """Raises ``Mistake('<kind>.too_long')`` at ``field`` for more than ``LONGEST_NAME`` characters."""
    if len(text) > LONGEST_NAME:
        raise Mistake(f"{kind}.too_long", field=field, length=f"{len(text):,}", most=LONGEST_NAME)


def check_planned_day(day: date | None, field: str) -> None:
    """Raises ``Mistake('visit.year')`` at ``field`` for a day that is not of this century."""
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Mistake("visit.year", field=field, first=FIRST_YEAR, last=LAST_YEAR)
