"""Spreadsheets as plain tables of text: XLSX, XLS and CSV, read without trust.

No formula and no macro is ever run: what a cell showed when it was last saved is read, and where formulas stood is
told. Limits keep a file made to fill the memory from doing so. openpyxl and xlrd are met in ``xlsx`` and ``xls`` only.
"""

from __future__ import annotations

from pathlib import Path

from fieldkit.exchange.tables import LARGEST_FILE, Book, Sheet
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_book(path: Path) -> Book:
    """The tables of a file, told apart by its content and not by its ending.

    Raises ``Trouble('spreadsheet.unreadable')`` if the file cannot be opened and ``Mistake`` with a code of
    ``spreadsheet.`` where it is too large, damaged, locked with a password or of another kind.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise Trouble("spreadsheet.unreadable", file=path.name, reason=problem.strerror or "") from problem
    return book_of(data, path.name)


def book_of(data: bytes, file: str) -> Book:
    """The tables in ``data``; ``file`` is the name it has in messages. Raises as ``read_book`` does."""
    if len(data) > LARGEST_FILE:
        raise Mistake("spreadsheet.too_large", file=file, most=LARGEST_FILE // 2**20)
    if not data.strip():
        raise Mistake("spreadsheet.empty", file=file)
    try:
        sheets = _sheets(data, file)
    except FieldKitError:
        raise
    except Exception as problem:  # openpyxl, xlrd and zipfile raise whatever a damaged file leads them to
        raise Mistake("spreadsheet.damaged", file=file) from problem
    return Book(name=Path(file).stem, sheets=tuple(sheets))


def _sheets(data: bytes, file: str) -> list[Sheet]:
    if data.startswith(_ZIP):
        from fieldkit.exchange.xlsx import read_xlsx

        return read_xlsx(data, file)
    if data.startswith(_OLE):
        from fieldkit.exchange.xls import read_xls

        return read_xls(data, file)
    from fieldkit.exchange.separated import read_separated

    return [Sheet(name=Path(file).stem, rows=read_separated(data, file))]
