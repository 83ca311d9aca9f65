"""The sheets of a form: found by name in a workbook, or one below the other in a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fieldkit.exchange.tables import Book, Sheet

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
NAMES: Final = (SURVEY, CHOICES, SETTINGS, "entities", "external_choices", "osm")


def form_sheets(book: Book) -> Mapping[str, Sheet]:
    """The sheets by their names in a form. A workbook with one sheet of another name has its questions there."""
    if len(book.sheets) == 1 and (parted := _parted(book.sheets[0])):
        return parted
    found = {name: sheet for name in NAMES if (sheet := book.sheet(name)) is not None}
    if SURVEY not in found and len(book.sheets) == 1:
        found[SURVEY] = book.sheets[0]
    return found


def _parted(sheet: Sheet) -> dict[str, Sheet]:
    """The sheets in one: each begins with its name in the first column and has its rows one column in."""
    begins = [
        (at, row[0].strip().casefold())
        for at, row in enumerate(sheet.rows)
        if row and row[0].strip().casefold() in NAMES
    ]
    if not begins or begins[0][0] > 0 or any(len(sheet.rows[at]) > 1 for at, _ in begins):
        return {}
    ends = [at for at, _ in begins[1:]] + [len(sheet.rows)]
    return {
        name: Sheet(name=name, rows=tuple(row[1:] for row in sheet.rows[at + 1 : end]), first=sheet.first + at + 1)
        for (at, name), end in zip(begins, ends, strict=True)
    }
