"""Tables of text as every reader of spreadsheets gives them, and how large they may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fieldkit.kernel.errors import Mistake

LARGEST_FILE: Final = 20 * 2**20
"""Bytes on disk; a form or a case list of 10,000 rows has about 2 MB."""
LARGEST_UNPACKED: Final = 100 * 2**20
"""Bytes an XLSX may have once unpacked, whatever its parts say of themselves."""
MOST_SHEETS: Final = 50
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its rows from the first, each cell as text, empty cells at the end left out.

    ``formulas`` are the places (row and column, from 1) where a formula stood; its last value was read. ``first`` is
    the number that the file gives the first row, where several tables stand in one sheet.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: frozenset[tuple[int, int]] = field(default=frozenset())
    first: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The sheets of one file, in its order. A CSV file has one, named as the file without its ending."""

    name: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name in any letter case."""
        return next((one for one in self.sheets if one.name.strip().casefold() == name.casefold()), None)


def enough(rows: int, columns: int, sheet: str, file: str) -> None:
    """Raises ``Mistake`` ``spreadsheet.too_many_rows`` or ``spreadsheet.too_many_columns``."""
    if rows > MOST_ROWS:
        raise Mistake("spreadsheet.too_many_rows", file=file, sheet=sheet[:60], most=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise Mistake("spreadsheet.too_many_columns", file=file, sheet=sheet[:60], most=MOST_COLUMNS)
