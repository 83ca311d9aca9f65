"""The form for comments as a Word document: printed here, filled in elsewhere, read back cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from fieldkit.app.accuracy_import import COLUMNS, read_comments
from fieldkit.domain.accuracy import Says
from fieldkit.reports.accuracy import AccuracyPage, CommentLine, compose, compose_changes, compose_form
from fieldkit.reports.blocks import Paragraph
from fieldkit.reports.save import save

TODAY = date(2026, 11, 30)
LONG = "The plan was renewed in May. " * 7_000


def test_a_comment_and_a_reason_of_many_pages_are_set_whole(tmp_path: Path) -> None:
    long = CommentLine(
        reference="F-AL-1", body="ICB", paragraph="3", says=Says.ADDITIONAL, text="No break " * 3_000 + "End",
        evidence="Minutes " * 2_000, decided="Accepted", reason="Because " * 2_000, was="x " * 2_000,
    )  # fmt: skip
    page = AccuracyPage(assessment="Northshire", sent=(), comments=(long,), made_at=datetime(2026, 11, 12, tzinfo=UTC))
    blocks = compose(page).blocks
    said = " ".join(one.text for one in blocks if isinstance(one, Paragraph))
    assert (said.count("No break"), said.count("Minutes"), said.count("Because")) == (3_000, 2_000, 2_000)
    for made in (compose(page), compose_changes(page)):
        save(made, tmp_path / "long.pdf")


def test_the_form_filled_in_is_read_back_whole(tmp_path: Path) -> None:
    from docx import Document

    page = AccuracyPage(assessment="Northshire", sent=(), comments=(), made_at=datetime(2026, 11, 12, tzinfo=UTC))
    form = tmp_path / "form.docx"
    save(compose_form(page, COLUMNS), form)
    blank = Document(str(form))
    (table,) = blank.tables
    filled = (
        ("3.2", "2", "We met in March", "Minutes", "12 March 2026"), ("3.4", "3", LONG, "", ""),
        ("3.5", "1", "43 should be 34", "", "no day"),
    )  # fmt: skip
    for row, cells in zip(table.rows[1:], filled, strict=False):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    blank.add_comment(runs=blank.paragraphs[0].runs, text="1: The name is Northshire", author="ICP")
    blank.save(str(form))
    read = read_comments(form, TODAY)
    assert [(one.says, len(one.text)) for one in read.good] == [
        (Says.TYPOGRAPHICAL, 22), (Says.CONTESTED, 15), (Says.ADDITIONAL, len(LONG.strip())),
    ]  # fmt: skip
    assert read.good[1].evidence_on == date(2026, 3, 12)
    assert [one.problem.code for one in read.wrong if one.problem] == ["accuracy.row_day"]
    assert read.good[0].paragraph.startswith("Paragraph 1, ‘")


def _table(document: Any, *rows: Sequence[str]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    return table


def test_a_table_with_heads_merged_cells_quotes_and_points_as_word_makes_them_reads_whole(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    table = _table(
        document,
        ("Paragraph number", "Type of comment", "Your comments", "Evidence / source", "Date of evidence"),
        ("3.2", "2 – Contested fact", "It says “no plan” – there’s one.", "Minutes", "12/05/2026"),
        ("", "Typographical error", "“43” should be “34”", "", ""),
        ("Theme 2: Integration", "", "", "", ""),
        ("4.1", "Omission (1 page)", "The academy", "", ""), ("4.2", "Factual inaccuracy", "We met", "n/a", ""),
    )  # fmt: skip
    for point in ("dated May", "signed June"):
        table.cell(1, 2).add_paragraph(point, style="List Bullet")
    table.cell(1, 0).merge(table.cell(2, 0)).text = "3.2"
    table.cell(3, 0).merge(table.cell(3, 4)).text = "Theme 2: Integration"
    document.save(str(tmp_path / "reply.docx"))
    read = read_comments(tmp_path / "reply.docx", TODAY)
    assert [(one.paragraph, one.says) for one in read.good] == [
        ("3.2", Says.CONTESTED), ("3.2", Says.TYPOGRAPHICAL), ("4.1", Says.ADDITIONAL),
    ]  # fmt: skip
    assert read.good[0].text == "It says “no plan” – there’s one.\n• dated May\n• signed June"
    assert (read.good[0].evidence, read.good[0].evidence_on) == ("Minutes", date(2026, 5, 12))
    assert [(one.number, one.problem.code) for one in read.wrong if one.problem] == [(6, "accuracy.row_evidence")]


def test_the_heading_over_a_table_says_the_kind_and_a_row_is_named_with_its_table(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Section A: typographical or numerical errors", 2)
    _table(document, ("Page", "Location in the report", "Comment"), ("3", "second line", "43 should be 34"))
    document.add_heading("Section B: contested facts", 2)
    title = _table(document, ("Our comments", ""), ("Para.", "Comment"), ("4.1", "There is a plan\nEvidence: Minutes"),
                   ("4.2", "We met"))  # fmt: skip
    title.cell(0, 0).merge(title.cell(0, 1))
    document.save(str(tmp_path / "reply.docx"))
    read = read_comments(tmp_path / "reply.docx", TODAY)
    assert [(one.paragraph, one.says, one.text, one.evidence) for one in read.good] == [
        ("3, second line", Says.TYPOGRAPHICAL, "43 should be 34", ""),
        ("4.1", Says.CONTESTED, "There is a plan", "Minutes"),
    ]  # fmt: skip
    (wrong,) = read.wrong
    assert wrong.problem is not None
    assert wrong.problem.details["row"] == "4 of table 2"


def test_a_table_of_a_spreadsheet_has_heads_of_its_own_too(tmp_path: Path) -> None:
    table = tmp_path / "reply.csv"
    table.write_text('\ufeffNo.,Para No.,Category,Response or comment,Date\n7,3.2,3,"one\ntwo",\n', encoding="utf-8")
    (one,) = read_comments(table, TODAY).good
    assert (one.paragraph, one.says, one.text) == ("3.2", Says.ADDITIONAL, "one\ntwo")


def test_a_hostile_cell_spans_no_more_than_it_may() -> None:
    from fieldkit.exchange.word_comments import read_word

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
    made = BytesIO()
    with ZipFile(made, "w") as parts:
        parts.writestr("word/document.xml", f"<w:document {space}><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:document>")
    (table,) = read_word(made.getvalue(), "x.docx").tables
    assert len(table.rows[0]) == 100
