"""Sentences about files with tables in them: forms, case lists, programmes."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "spreadsheet.unreadable": (
        "‘{file}’ cannot be opened: {reason}. Nothing was changed. Check that the file is there and close it in other "
        "programs, then try again"
    ),
    "spreadsheet.too_large": (
        "‘{file}’ is larger than {most} MB. Nothing was changed. Save the sheets you need in a file of their own"
    ),
    "spreadsheet.empty": "‘{file}’ is empty. Nothing was changed. Choose another file",
    "spreadsheet.damaged": (
        "‘{file}’ is damaged and cannot be read. Nothing was changed. Open it in the program it was made with, save it "
        "again as a workbook (.xlsx), then choose the new file"
    ),
    "spreadsheet.locked": (
        "‘{file}’ is locked with a password. Nothing was changed. Save a copy without a password, then choose the copy"
    ),
    "spreadsheet.other_kind": (
        "‘{file}’ is not a spreadsheet that can be read here. Nothing was changed. Save it as a workbook "
        "(.xlsx) or as CSV, then choose the new file"
    ),
    "spreadsheet.unpacks_too_large": (
        "‘{file}’ holds more than {most} MB once it is unpacked. Nothing was changed. Save the sheets you need in a "
        "file of their own"
    ),
    "spreadsheet.too_many_sheets": (
        "‘{file}’ has more than {most} sheets. Nothing was changed. Save the sheets you need in a file of their own"
    ),
    "spreadsheet.too_many_rows": (
        "The sheet ‘{sheet}’ of ‘{file}’ has more than {most} rows. Nothing was changed. Save the rows you need in a "
        "file of their own"
    ),
    "spreadsheet.too_many_columns": (
        "The sheet ‘{sheet}’ of ‘{file}’ has more than {most} columns. Nothing was changed. Save the columns you need "
        "in a file of their own"
    ),
}
