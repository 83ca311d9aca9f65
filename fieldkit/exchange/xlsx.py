"""XLSX read and written: cells only. Macros, links and pictures are never looked at."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from fieldkit.exchange.cells import cut_short, rows_cut_short, text_of
from fieldkit.exchange.tables import (
    LARGEST_UNPACKED,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Sheet,
    enough,
)
from fieldkit.kernel.errors import Mistake

_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_PIECE = 2**20
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
"""Characters; Excel's own limit, beyond which it calls the file damaged."""
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written as the time of making, so that one guide gives the same bytes twice."""


def read_xlsx(data: bytes, file: str) -> list[Sheet]:
    """The sheets with cells. Raises ``Mistake`` as ``book_of`` says, and anything for a damaged file."""
    has_formulas = _looked_through(data, file)
    shown = _cells(data, file, last_values=True)
    if not has_formulas:
        return [Sheet(name=name, rows=rows_cut_short(rows)) for name, rows in shown]
    written = dict(_cells(data, file, last_values=False))
    return [
        Sheet(name=name, rows=rows_cut_short(rows), formulas=_formulas(rows, written[name])) for name, rows in shown
    ]


def write_xlsx(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of texts: every cell is text, so nothing a person wrote can turn into a formula."""
    from openpyxl import Workbook as New
    from openpyxl.cell import WriteOnlyCell

    book = New(write_only=True)
    book.properties.created = book.properties.modified = _BEGINNING
    book.properties.creator = "FieldKit"
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            cells = [WriteOnlyCell(sheet, None) for _ in row]
            for cell, value in zip(cells, row, strict=True):
                if value:
                    cell.value = _writable(value)
                    cell.data_type = "s"
            sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _writable(value: str) -> str:
    return _UNWRITABLE.sub("\ufffd", value)[:_LONGEST_CELL]


def _looked_through(data: bytes, file: str) -> bool:
    """Unpack everything once and count: what parts say of their size is not believed. Whether there are formulas."""
    unpacked, found = 0, False
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = parts.namelist()
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
            raise Mistake("spreadsheet.other_kind", file=file)
        for part in parts.infolist():
            with parts.open(part) as stream:
                rest = b""
                while piece := stream.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED:
                        raise Mistake("spreadsheet.unpacks_too_large", file=file, most=LARGEST_UNPACKED // 2**20)
                    if not found and _WORKSHEET.fullmatch(part.filename):
                        found = _FORMULA.search(rest + piece) is not None
                        rest = piece[-40:]
    return found


def _cells(data: bytes, file: str, *, last_values: bool) -> list[tuple[str, list[tuple[str, ...]]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=last_values, keep_links=False)
    try:
        if len(book.worksheets) > MOST_SHEETS:
            raise Mistake("spreadsheet.too_many_sheets", file=file, most=MOST_SHEETS)
        return [(sheet.title, _rows(sheet, file)) for sheet in book.worksheets]
    finally:
        book.close()


def _rows(sheet: Any, file: str) -> list[tuple[str, ...]]:
    sheet.reset_dimensions()  # what the file says of its own size may be anything
    rows: list[tuple[str, ...]] = []
    last = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        if number > MOST_ROWS and not any(cells):
            continue  # a formatted but empty end may be a million rows long
        row = cut_short(map(text_of, cells))
        last = number if row else last
        enough(last, len(row), sheet.title, file)
        rows.append(row)
    return rows


def _formulas(shown: list[tuple[str, ...]], written: list[tuple[str, ...]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (at, column)
        for at, (values, row) in enumerate(zip(shown, written, strict=False), start=1)
        for column, cell in enumerate(row, start=1)
        if cell.startswith(("=", "<openpyxl.")) and cell != "".join(values[column - 1 : column])
    )
