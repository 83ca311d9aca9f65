"""Tables with types, written as a workbook or as CSV files: dates are dates, and no cell can turn into a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

Cell = str | int | bool | date | datetime | None
"""A moment is written as the clock showed it: without zone, which has a column of its own."""

BOM = "\ufeff"
"""Excel takes a CSV file for the code page of the machine where it does not begin with this."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"
"""Before a text that a spreadsheet would take for a formula; Excel itself shows such a cell without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and what stands in it, for the data dictionary."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """A table; ``rows`` may be made one by one while it is written."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]


def dictionary_of(tables: Iterable[TypedTable]) -> TypedTable:
    """What every column of every table holds."""
    return TypedTable(
        name="Data dictionary", meaning="What every column of every table holds",
        columns=(
            Column(name="Table", meaning="The sheet or file"), Column(name="Column", meaning="Its heading"),
            Column(name="Meaning", meaning="What stands in it"),
        ),
        rows=[
            row for table in tables
            for row in (
                (table.name, "", table.meaning), *((table.name, one.name, one.meaning) for one in table.columns),
            )
        ],
    )  # fmt: skip


def guarded(text: str) -> str:
    """``text``, with a sign before it where a spreadsheet would take it for a formula."""
    return GUARD + text if text.startswith(_DANGEROUS) else text


def csv_pieces(table: TypedTable) -> Iterator[str]:
    """The file, row by row: byte order mark, commas, CR LF (RFC 4180)."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    yield BOM
    for row in chain([[one.name for one in table.columns]], table.rows):
        writer.writerow([_csv_cell(one) for one in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _csv_cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else guarded(value.replace("\0", "\ufffd"))
