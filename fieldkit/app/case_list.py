"""A case list from a spreadsheet: read row by row, wrong rows named by their number, brought in whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.app.case_columns import (
    CRITERION,
    DESCRIPTION,
    Column,
    Identifies,
    check_mapping,
    columns_of,
    identifies,
)
from fieldkit.app.cases import LONGEST_DESCRIPTION, LONGEST_VALUE, CaseFacts, add_cases, cases_of
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.case import CHARACTERISTICS, Answer, Case, Criterion
from fieldkit.exchange.spreadsheets import read_book
from fieldkit.exchange.tables import Book, Sheet
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId

MOST_CASES = 1_000
"""Rows of a list; fifty are usual."""

BANDS = ((17, "0 to 17"), (24, "18 to 24"), (44, "25 to 44"), (64, "45 to 64"), (74, "65 to 74"), (84, "75 to 84"))
"""An age in years becomes the band it lies in; above the last it is ``85 and over``."""

_AGE = re.compile(r"(\d{1,3})(?: ?(?:years?(?: old)?|yrs?|y))?", re.IGNORECASE)
_ANSWERS = {
    Answer.YES: frozenset({"yes", "y", "true", "1", "x", "met", "✓", "✔"}),
    Answer.NO: frozenset({"no", "n", "false", "0", "not met", "✗"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet of a file with its columns. ``first`` is the number of the row below the headings, counted from 1."""

    file: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int

    @property
    def guess(self) -> dict[int, str]:
        """What each column seems to be."""
        return {one.at: one.guess for one in self.columns if one.guess}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRead:
    """A row as a case, or what is wrong with it. ``number`` is the one a spreadsheet shows beside it."""

    number: int
    facts: CaseFacts
    problem: Mistake | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What bringing a table in would do; rows without any words in the chosen columns are left out."""

    file: str
    rows: tuple[RowRead, ...]

    @property
    def good(self) -> tuple[RowRead, ...]:
        """The rows that can be brought in."""
        return tuple(row for row in self.rows if row.problem is None)

    @property
    def wrong(self) -> tuple[RowRead, ...]:
        """The rows that cannot."""
        return tuple(row for row in self.rows if row.problem is not None)


def read_tables(path: Path) -> tuple[Table, ...]:
    """The sheets of a file that have rows below a row of headings. Call it off the screens' thread.

    Raises as ``fieldkit.exchange.spreadsheets.read_book`` does, ``Mistake('case_list.macros')`` for a workbook that
    brings macros, ``Mistake('case_list.empty')`` and ``Mistake('case_list.too_many')``.
    """
    if path.suffix.casefold() in {".xlsm", ".xlsb", ".xltm", ".xlam"}:
        raise Mistake("case_list.macros", file=path.name)
    return tables_of(read_book(path), path.name)


def tables_of(book: Book, file: str) -> tuple[Table, ...]:
    """The sheets of a book that is open."""
    found = tuple(table for sheet in book.sheets if (table := _table(sheet, file)) is not None)
    if not found:
        raise Mistake("case_list.empty", file=file)
    return found


def preview(table: Table, mapping: Mapping[int, str], known: Sequence[Case] = ()) -> Preview:
    """Every row read by a choice of columns (place -> one of ``case_columns.FIELDS``).

    ``known`` are the cases on the list already: a row that says the same as one of them is wrong. Raises
    ``Mistake('case_list.no_columns')``, ``Mistake('case_list.twice')``, or the code of why a column is refused.
    """
    wanted = {at: field for at, field in mapping.items() if field}
    why = check_mapping(table.columns, wanted)
    if why is not None:
        raise Mistake(why.value, field="columns")
    if not any(field != CRITERION for field in wanted.values()):
        raise Mistake("case_list.no_columns", field="columns")
    singles = [field for field in wanted.values() if field != CRITERION]
    twice = next((field for field in singles if singles.count(field) > 1), None)
    if twice is not None:
        raise Mistake("case_list.twice", field="columns", what=twice.replace("_", " "))
    there = {_said(CaseFacts.of(case)): case.code for case in known}
    rows = []
    for place, cells in enumerate(table.rows):
        row = _row(table, table.first + place, cells, wanted)
        if row is not None:
            rows.append(_repeated(row, there))
    return Preview(file=table.file, rows=tuple(rows))


def bring_in(uow: UnitOfWork, assessment: AssessmentId, found: Preview, *, only_good: bool = False) -> list[Case]:
    """Put the rows on the list, all of them or none.

    Raises ``Mistake('case_list.wrong_rows')`` where some are wrong and ``only_good`` does not say to leave them, and
    ``Mistake('case_list.nothing_good')``. Rows that came onto the list since the preview are not brought in twice.
    """
    if found.wrong and not only_good:
        raise Mistake("case_list.wrong_rows", count=len(found.wrong), row=found.wrong[0].number)
    there = {_said(CaseFacts.of(case)) for case in cases_of(uow.questions, assessment)}
    good = [(row.facts, row.number) for row in found.good if _said(row.facts) not in there]
    if not good:
        raise Mistake("case_list.nothing_good")
    return add_cases(uow, assessment, good, source=found.file)


def age_band(text: str) -> str:
    """``83`` as ``75 to 84``; a band stays as it is written."""
    match = _AGE.fullmatch(text.strip())
    if match is None or int(match[1]) > 120:
        return text
    return next((band for last, band in BANDS if int(match[1]) <= last), "85 and over")


def _table(sheet: Sheet, file: str) -> Table | None:
    at = next((place for place, row in enumerate(sheet.rows) if sum(bool(cell) for cell in row) > 1), None)
    if at is None or not any(sheet.rows[at + 1 :]):
        return None
    rows = sheet.rows[at + 1 :]
    if len(rows) > MOST_CASES:
        raise Mistake("case_list.too_many", file=file, rows=f"{len(rows):,}", most=f"{MOST_CASES:,}")
    return Table(file=file, sheet=sheet.name, columns=columns_of(sheet.rows[at], rows), rows=rows, first=at + 2)


def _row(table: Table, number: int, cells: Sequence[str], wanted: Mapping[int, str]) -> RowRead | None:
    said: dict[str, str] = {}
    criteria: list[Criterion] = []
    for column in table.columns:
        field = wanted.get(column.at, "")
        cell = typed(cells[column.at]) if column.at < len(cells) else ""
        if not field or not cell:
            continue
        problem = _problem(field, column.heading, cell, number)
        if problem is not None:
            return RowRead(number=number, facts=CaseFacts(), problem=problem)
        if field == CRITERION:
            criteria.append(_criterion(column.heading, cell))
        else:
            said[field] = age_band(cell) if field == "age_band" else cell
    if not said:
        return None
    return RowRead(number=number, facts=replace(CaseFacts(criteria=tuple(criteria)), **said))  # type: ignore[arg-type]


def _problem(field: str, heading: str, cell: str, number: int) -> Mistake | None:
    what = heading or field.replace("_", " ")
    most = LONGEST_DESCRIPTION if field == DESCRIPTION else LONGEST_VALUE
    if len(cell) > most:
        length = f"{len(cell):,}"
        return Mistake("case_list.cell_long", row=number, column=what, length=length, most=f"{most:,}")
    why = identifies(cell)
    if why is not None:
        return Mistake(_CELL[why], row=number, column=what)
    return None


_CELL = {
    Identifies.NHS_NUMBER: "case_list.cell_nhs_number",
    Identifies.CONTACT: "case_list.cell_contact",
    Identifies.ADDRESS: "case_list.cell_postcode",
    Identifies.BIRTH: "case_list.cell_date",
    Identifies.NAME: "case_list.cell_contact",
}


def _criterion(heading: str, cell: str) -> Criterion:
    word = cell.casefold().strip()
    for answer, words in _ANSWERS.items():
        if word in words:
            return Criterion(words=heading or "Criterion", met=answer)
    return Criterion(words=f"{heading}: {cell}"[:LONGEST_VALUE] if heading else cell)


def _repeated(row: RowRead, there: dict[tuple[str, ...], str]) -> RowRead:
    """Marks a row that says what a case, or an earlier row, says already; a description is needed to be sure."""
    if row.problem is not None or not row.facts.description:
        return row
    key = _said(row.facts)
    first = there.setdefault(key, f"row {row.number}")
    if first == f"row {row.number}":
        return row
    return replace(row, problem=Mistake("case_list.repeated", row=row.number, first=first))


def _said(facts: CaseFacts) -> tuple[str, ...]:
    return tuple(str(getattr(facts, name)).casefold() for name in (DESCRIPTION, *CHARACTERISTICS))
