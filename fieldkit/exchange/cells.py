"""One cell's value as the text a person would read there: the same whether it came from XLSX or XLS."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta


def text_of(value: object) -> str:
    """``TRUE`` for yes, ``3`` for 3.0, ``2026-11-12`` for a day, ``14:05`` for a time; outer white space is cut."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes" if not value.second else "seconds")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    # A no-break space is what Excel and Word leave behind; a byte order mark and NUL are never anybody's words.
    return str(value).replace("\xa0", " ").replace("\ufeff", "").replace("\0", "").strip()


def cut_short(cells: Iterable[str]) -> tuple[str, ...]:
    """The cells of a row without the empty ones at its end."""
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return tuple(row)


def rows_cut_short(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The rows of a sheet without the empty ones at its end."""
    found = list(rows)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _moment(value: datetime) -> str:
    if (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat(" ", "minutes" if not value.second else "seconds")
