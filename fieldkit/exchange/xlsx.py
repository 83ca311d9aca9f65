"""XLSX read and written: cells only. Macros, links and pictures are never looked at."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import IO, Any

from fieldkit.exchange.cells import cut_short, rows_cut_short, text_of
from fieldkit.exchange.tables import (
    LARGEST_UNPACKED,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Sheet,
    enough,
)
from fieldkit.exchange.typed_tables import Cell, TypedTable, guarded
from fieldkit.kernel.errors import Mistake

_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_PIECE = 2**20
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
"""Characters; Excel's own limit, beyond which it calls the file damaged."""
_CUT = " … [cut: a cell holds no more. The CSV files and the folder have all of it]"
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


def write_tables(tables: Iterable[TypedTable], target: IO[bytes]) -> None:
    """A workbook of typed cells, a sheet a table, row by row; the same tables give the same cells.

    Texts are texts whatever they begin with, and are marked so for a file that is saved again as CSV. A text longer
    than a cell holds is cut, and says so.
    """
    from openpyxl import Workbook as New

    book = New(write_only=True)
    book.properties.created = book.properties.modified = _BEGINNING
    book.properties.creator = "FieldKit"
    try:
        for table in tables:
            _fill(book.create_sheet(table.name[:31]), table)
        _save(book, target)
    except BaseException as error:
        _leave(book.worksheets)
        if type(error).__name__ == "SerialisationError":  # of lxml, where the folder the rows wait in is full
            raise OSError("no room for the rows of the workbook") from error
        raise


def _save(book: Any, target: IO[bytes]) -> None:
    """As the library's own ``save``, with a package that is done with also where the disk took no more of it."""
    from openpyxl.writer.excel import ExcelWriter

    package = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
    try:
        ExcelWriter(book, package).save()
    except BaseException:
        with suppress(Exception):
            package.close()  # it would try once more when it is thrown away, and print what went wrong
        raise


def _fill(sheet: Any, table: TypedTable) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.columns):
        sheet.column_dimensions[_letter(place)].width = min(max(len(column.name) + 2, 12), 40)
    sheet.append([_typed(sheet, one.name) for one in table.columns])
    for row in table.rows:
        sheet.append([_typed(sheet, one) for one in row])


def _leave(sheets: Iterable[Any]) -> None:
    """Rows wait in private files of the system's temporary folder: those of a workbook that is given up go at once."""
    for sheet in sheets:
        with suppress(Exception):
            sheet.close()
        with suppress(Exception):
            sheet._writer.cleanup()


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


def _typed(sheet: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, None)
    if isinstance(value, str):
        if value:
            is_long = len(value) > _LONGEST_CELL
            cell.value = _writable(value[: _LONGEST_CELL - len(_CUT)]) + _CUT if is_long else _writable(value)
            cell.data_type = "s"
            cell.quotePrefix = guarded(value) != value
    elif isinstance(value, bool):
        cell.value = "yes" if value else "no"
    elif isinstance(value, datetime):
        cell.value, cell.number_format = value.replace(tzinfo=None, microsecond=0), "yyyy-mm-dd hh:mm:ss"
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    elif value is not None:
        cell.value = value
    return cell


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
