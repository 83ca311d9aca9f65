"""The form for comments as a Word document: printed here, filled in elsewhere, read back cell by cell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

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
