"""Sentences about a programme that comes from a file."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "calendar.unreadable": "‘{file}’ cannot be opened ({reason}). Nothing was added. Copy it to this laptop first",
    "calendar.too_large": "‘{file}’ is larger than {most} MB. Nothing was added. Save only the days of the visit",
    "calendar.damaged": "‘{file}’ is not a calendar file, or is damaged. Nothing was added. Save it as .ics again",
    "calendar.cut_off": (
        "‘{file}’ is cut off: its end is missing, and events may be missing with it. Nothing was added. Save or copy it"
        " again"
    ),
    "calendar.no_events": "‘{file}’ holds no events. Nothing was added",
    "calendar.too_many": "‘{file}’ holds more than {most} events. Nothing was added. Save only the days of the visit",
    "calendar.no_day": "Event {number} of ‘{file}’ (‘{title}’) has no day. Nothing was added. Give it one first",
    "programme.no_title_column": (
        "‘{file}’ has no column that says what is planned. Nothing was added. Call one ‘Title’ or ‘Activity’"
    ),
    "programme.bad_rows": "Rows that do not read: {count}. Nothing was changed. Mend them, or add --good-rows",
    "programme.no_file": "Choose a file first. Nothing was added",
    "programme.bad_rows_here": (
        "Rows that do not read: {count}. Nothing was changed. Mend them in the file, or take the good rows only"
    ),
    "programme.no_title": "Row {row} has no title",
    "programme.long_title": "Row {row} has a title of more than {most} characters",
    "programme.day": "Row {row}: ‘{text}’ is not a day of this century. Write it like 12 November 2026",
    "programme.time": "Row {row}: ‘{text}’ is not a time. Write it like 09:30",
    "programme.ends": "Row {row} ends before it starts at {starts}",
}
