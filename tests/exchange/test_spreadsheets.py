"""Spreadsheets as they are found: any of them is read rightly or refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.exchange.spreadsheets import book_of, read_book
from fieldkit.exchange.tables import MOST_COLUMNS, MOST_ROWS
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.kernel.errors import FieldKitError, Mistake, Trouble
from tests.exchange.old_workbook import old_workbook
from ui.presenters.wording import sentence

_MOMENT = datetime(2026, 11, 12, 14, 5)  # noqa: DTZ001 - a cell has no zone


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def refused(data: bytes, file: str = "list.xlsx") -> str:
    with pytest.raises(Mistake) as problem:
        book_of(data, file)
    assert file in sentence(problem.value)
    return problem.value.code


def test_cells_are_the_text_a_person_would_read() -> None:
    data = workbook(["a", 3, 3.0, 2.5, True, date(1900, 3, 5), _MOMENT, time(9, 5), " x\xa0y ", "31/12/1899", None])
    assert book_of(data, "a.xlsx").sheets[0].rows == (
        ("a", "3", "3", "2.5", "TRUE", "1900-03-05", "2026-11-12 14:05", "09:05", "x y", "31/12/1899"),
    )


def test_a_workbook_from_before_2007_is_read_and_a_cut_one_refused() -> None:
    data = old_workbook(
        "survey", [["type", "name", "label"], ["text", "a", "Zoë £5 🙂"], ["text", 3, 2.5], [True, "", "x"]]
    )
    book = book_of(data, "form.xls")
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [
        ("survey", (("type", "name", "label"), ("text", "a", "Zoë £5 🙂"), ("text", "3", "2.5"), ("TRUE", "", "x"))),
    ]  # fmt: skip
    for at in (600, 1_100, 1_400):
        assert refused(data[:at], "form.xls") == "spreadsheet.damaged"


def test_formulas_are_told_and_never_run() -> None:
    sheet = book_of(workbook(["a", "=1+1"], ["=HYPERLINK(A1)", "b"]), "a.xlsx").sheets[0]
    assert sheet.rows == (("a",), ("", "b"))
    assert sheet.formulas == {(1, 2), (2, 1)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_however_it_was_saved(encoding: str, separator: str) -> None:
    text = f'Name{separator}Need\r\n"Zoë{separator} the second"{separator}£5 – "café"\r\n'
    assert book_of(text.encode(encoding), "list.csv").sheets[0].rows == (
        ("Name", "Need"), (f"Zoë{separator} the second", '£5 – "café"'),
    )  # fmt: skip


def test_a_form_in_csv_has_its_sheets_below_each_other() -> None:
    from fieldkit.exchange.xlsform.sheets import form_sheets

    text = 'survey\n,type,name,label\n,text,a,"A, b"\nsettings\n,form_id\n,f\n'
    sheets = form_sheets(book_of(text.encode(), "form.csv"))
    assert {name: (sheet.first, sheet.rows) for name, sheet in sheets.items()} == {
        "survey": (2, (("type", "name", "label"), ("text", "a", "A, b"))),
        "settings": (5, (("form_id",), ("f",))),
    }


def test_what_is_no_spreadsheet_is_refused_in_a_sentence() -> None:
    good = workbook(["a"])
    parts = io.BytesIO()
    with zipfile.ZipFile(parts, "w") as other:
        other.writestr("word/document.xml", "<x/>")
    assert refused(b"") == "spreadsheet.empty"
    assert refused(b"  \n ") == "spreadsheet.empty"
    assert refused(parts.getvalue()) == "spreadsheet.other_kind"
    assert refused(b"%PDF-1.7\n" + bytes(range(256)) * 4) == "spreadsheet.other_kind"
    assert refused(good[: len(good) // 2]) == "spreadsheet.damaged"
    assert refused(good.replace(b"xl/workbook.xml", b"xl/workbOOk.xml")) == "spreadsheet.damaged"
    assert refused(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600) == "spreadsheet.damaged"
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked) == "spreadsheet.locked"


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        with parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(120):
                sheet.write(b"0" * 2**20)
    assert refused(bomb.getvalue()) == "spreadsheet.unpacks_too_large"


def test_what_is_too_large_is_refused_and_an_empty_end_is_not() -> None:
    rows = [["x"]] * (MOST_ROWS + 1)
    assert refused(write_xlsx({"Sheet": rows})) == "spreadsheet.too_many_rows"
    assert refused(write_xlsx({"Sheet": [["x"] * (MOST_COLUMNS + 1)]})) == "spreadsheet.too_many_columns"
    assert refused(("x\n" * (MOST_ROWS + 1)).encode(), "list.csv") == "spreadsheet.too_many_rows"
    assert len(book_of(write_xlsx({"Sheet": [["x"], *[[""]] * (MOST_ROWS + 50)]}), "a.xlsx").sheets[0].rows) == 1


def test_a_file_that_cannot_be_opened_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as problem:
        read_book(tmp_path / "gone.xlsx")
    assert "gone.xlsx" in sentence(problem.value)


@given(st.lists(st.lists(st.text(max_size=20), max_size=4), max_size=4))
def test_whatever_is_written_is_read_again(rows: list[list[str]]) -> None:
    from fieldkit.exchange.cells import cut_short, rows_cut_short

    sheet = book_of(write_xlsx({"Sheet": [["first"], *rows]}), "a.xlsx").sheets[0]
    shown = [tuple(_as_kept(cell) for cell in row) for row in rows]
    assert sheet.rows == rows_cut_short([("first",), *(cut_short(row) for row in shown)])
    assert sheet.formulas == frozenset()


def _as_kept(cell: str) -> str:
    from fieldkit.exchange.cells import text_of
    from fieldkit.exchange.xlsx import _writable

    return text_of(_writable(cell).replace("\r\n", "\n").replace("\r", "\n"))


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    try:
        book = book_of(head + data, "x")
    except FieldKitError as problem:
        assert problem.code.startswith("spreadsheet.")  # noqa: PT017 - either way is right
    else:
        assert book.sheets
