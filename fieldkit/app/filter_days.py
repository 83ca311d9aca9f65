"""Days in a filter: ``12nov``, ``12nov2026``, ``2026-11-12``, ``today``, ``yesterday``, and two with a dash between."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WORDS = re.compile(r"(\d{1,2})\s*([a-z]+)\s*(\d{4})?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_RANGE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|[^-]+)(?:-|\.\.)(\d{4}-\d{1,2}-\d{1,2}|[^-]+)")


def read_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day; None for what is no day, and for days the wrong way round."""
    typed = " ".join(text.casefold().split())
    if (day := _day(typed, today)) is not None:
        return day, day
    match = _RANGE.fullmatch(typed)
    if match is None:
        return None
    first, last = _day(match[1].strip(), today), _day(match[2].strip(), today)
    return (first, last) if first is not None and last is not None and first <= last else None


def _day(typed: str, today: date) -> date | None:
    if typed in ("today", "yesterday"):
        return today - timedelta(days=typed == "yesterday")
    try:
        if match := _ISO.fullmatch(typed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _FIGURES.fullmatch(typed):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _WORDS.fullmatch(typed):
            return _in_words(int(match[1]), match[2], match[3], today)
    except ValueError:  # no such day
        pass
    return None


def _in_words(day: int, month: str, year: str | None, today: date) -> date:
    """Without a year the last such day counts: a filter looks back."""
    number = (_MONTHS if len(month) == 3 else _LONG).index(month) + 1
    if year:
        return date(int(year), number, day)
    for back in range(5):  # 29 February may lie four years back
        try:
            found = date(today.year - back, number, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError("no such day")
