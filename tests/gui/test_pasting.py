"""Pasting into a note by keys: plain words, where they came from on the note, and five megabytes without a freeze."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.capture.pasting import LONGEST
from tests.gui.stage import Stage
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance
from ui.views.log.capture_edit import CaptureEdit

_Key = Qt.Key
_WORD = b'<html><meta name=Generator content="Microsoft Word 15"><p>The <b>rota</b></p>'


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, its live log open."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.open_log()
        yield made
        made.close()


def _line(stage: Stage) -> CaptureEdit:
    found = stage.find("log.capture")
    assert isinstance(found, CaptureEdit)
    return found


def _paste(stage: Stage, text: str, html: bytes = b"") -> None:
    """From another program."""
    source = QMimeData()
    source.setText(text)
    if html:
        source.setData("text/html", html)
    QGuiApplication.clipboard().setMimeData(source)
    stage.chord(_Key.Key_V)


def _note(stage: Stage, start: str) -> EntryRow:
    def found() -> list[EntryRow]:
        rows = stage.bench.session.workspace.ask(lambda q: q.entries(EntryFilter(limit=10))).result()
        return [row for row in rows if row.entry.text.startswith(start)]

    stage.until(found)
    return found()[0]


def test_a_note_says_that_it_was_pasted_from_word_in_log_and_on_the_row(stage: Stage) -> None:
    _paste(stage, "The ro\u00adta is full\r\n", _WORD)
    assert _line(stage).toPlainText() == "The rota is full"
    stage.type(" #lc")
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    row = _note(stage, "The rota")
    assert (row.entry.text, row.entry.origin) == ("The rota is full", "Pasted from Word")
    assert stage.bench.log is not None
    assert "Pasted from Word" in stage.bench.log.reader.words(row).later
    stage.type("Heard that ")
    _paste(stage, "Staff are tired", _WORD)
    stage.press(_Key.Key_Return)
    assert _note(stage, "Heard that").entry.origin == "Typed, with words pasted from Word"
    stage.type("typed only")
    stage.press(_Key.Key_Return)
    assert _note(stage, "typed only").entry.origin == ""


def test_words_moved_about_in_the_line_are_ones_own(stage: Stage) -> None:
    stage.type("first second")
    stage.chord(_Key.Key_A)
    stage.chord(_Key.Key_X)
    stage.chord(_Key.Key_V)
    stage.press(_Key.Key_Return)
    assert _note(stage, "first second").entry.origin == ""


def test_five_megabytes_do_not_freeze_and_the_person_is_told(stage: Stage) -> None:
    begun = time.perf_counter()
    _paste(stage, "word wrod " * 524_288)
    stage.settle()
    assert time.perf_counter() - begun < 3.0
    assert len(_line(stage).toPlainText()) <= LONGEST
    assert "5,222,879 more did not fit" in stage.desk.notice.words
    stage.press(_Key.Key_Return)
    assert _note(stage, "word wrod").entry.origin == "Pasted"


def test_what_was_written_on_paper_is_typed_up_with_its_time_by_keys(stage: Stage) -> None:
    stage.alt(_Key.Key_W)
    stage.type("Seen at breakfast")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.time")
    stage.chord(_Key.Key_A)
    stage.type("00:01")
    stage.press(_Key.Key_Return)
    note = _note(stage, "Seen at breakfast").entry
    assert (note.origin, note.written_up_later) == ("Written on paper", True)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
