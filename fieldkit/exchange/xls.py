"""XLS, the form of workbooks before 2007: cells only, through xlrd, which knows no formulas and no macros."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from fieldkit.exchange.cells import cut_short, rows_cut_short, text_of
from fieldkit.exchange.tables import MOST_SHEETS, Sheet, enough
from fieldkit.kernel.errors import Mistake

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_xls(data: bytes, file: str) -> list[Sheet]:
    """The sheets with cells. Raises ``Mistake`` as ``book_of`` says, and anything for a damaged file."""
    import xlrd

    if _ENCRYPTED in data:  # an XLSX with a password is kept in the container of the old form
        raise Mistake("spreadsheet.locked", file=file)
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
    except xlrd.XLRDError as problem:
        locked = "encrypt" in str(problem).lower() or "password" in str(problem).lower()
        raise Mistake("spreadsheet.locked" if locked else "spreadsheet.damaged", file=file) from problem
    if book.nsheets > MOST_SHEETS:
        raise Mistake("spreadsheet.too_many_sheets", file=file, most=MOST_SHEETS)
    return [_sheet(sheet, book.datemode, file) for sheet in book.sheets()]


def _sheet(sheet: Any, datemode: int, file: str) -> Sheet:
    rows = []
    last = 0
    for at in range(sheet.nrows):
        row = cut_short(_text(cell, datemode) for cell in sheet.row(at))
        last = at + 1 if row else last
        enough(last, len(row), sheet.name, file)
        rows.append(row)
    return Sheet(name=sheet.name, rows=rows_cut_short(rows))


def _text(cell: Any, datemode: int) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return text_of(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype != xlrd.XL_CELL_DATE:
        return text_of(cell.value)
    parts = xlrd.xldate_as_tuple(cell.value, datemode)
    return text_of(time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime(*parts))  # noqa: DTZ001 - a cell has no zone
