"""Spelling by keys: what is marked while somebody types, F7, words of one's own, and where nothing is marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from fieldkit.app.own_words import own_words
from tests.gui.stage import Stage
from tests.gui.tour_writing import add_text, open_texts
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance
from ui.widgets.spelled import Spelled
from ui.widgets.texts import CapturePlainTextEdit

_Key = Qt.Key


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


def _line(stage: Stage) -> CapturePlainTextEdit:
    found = stage.find("log.capture")
    assert isinstance(found, CapturePlainTextEdit)
    return found


def _marks(stage: Stage) -> list[str]:
    marks = Spelled.of(_line(stage))
    assert marks is not None
    return marks.words


def _list(stage: Stage) -> list[str]:
    stage.until(lambda: stage.focus.objectName() == "spelling.list")
    rows = stage.focus
    assert isinstance(rows, QListWidget)
    return [rows.item(row).text() for row in range(rows.count())]


def test_a_wrong_word_is_underlined_with_a_wave_once_it_is_finished_and_tags_never_are(stage: Stage) -> None:
    stage.type("the rota was recieved")
    stage.until(lambda: stage.bench.speller.state.edition > 0)
    QTest.qWait(450)
    assert _marks(stage) == []  # the caret is still at it
    stage.type(" late #lc")
    stage.until(lambda: _marks(stage) == ["recieved"])
    looks = [one for one in _line(stage).extraSelections() if one.cursor.selectedText() == "recieved"]
    assert looks[0].format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    stage.until(lambda: _line(stage).toPlainText() == "")
    assert _marks(stage) == []


def test_f7_selects_the_word_offers_the_right_one_and_enter_puts_it_in(stage: Stage) -> None:
    stage.type("teh ward recieved it")
    stage.press(_Key.Key_F7)
    assert _list(stage)[0] == "the"
    assert _line(stage).textCursor().selectedText() == "teh"
    stage.press(_Key.Key_Return)
    stage.until(lambda: _line(stage).toPlainText() == "the ward recieved it")
    stage.press(_Key.Key_F7)
    assert _list(stage)[0] == "received"
    stage.press(_Key.Key_Return)
    stage.until(lambda: _line(stage).toPlainText() == "the ward received it")
    assert _line(stage).textCursor().atEnd()
    stage.chord(_Key.Key_Z)
    assert _line(stage).toPlainText() == "the ward recieved it"
    assert stage.bench.log is not None
    assert stage.bench.log.line.state.text == "the ward recieved it"


def test_escape_leaves_the_word_as_it_is_and_the_caret_in_the_line(stage: Stage) -> None:
    stage.type("teh ward")
    stage.press(_Key.Key_F7)
    assert _list(stage)
    stage.press(_Key.Key_Escape)
    assert _line(stage).toPlainText() == "teh ward"
    stage.until(lambda: stage.focus is _line(stage))


def test_a_word_of_ones_own_is_kept_in_the_vault_and_marked_no_more_until_it_is_undone(stage: Stage) -> None:
    stage.type("gribbly things happened")
    stage.until(lambda: _marks(stage) == ["gribbly"])
    stage.press(_Key.Key_F7)
    assert _list(stage)[-1] == "Add ‘gribbly’ to your words"
    stage.press(_Key.Key_End)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.speller.state.own == ("gribbly",))
    stage.until(lambda: _marks(stage) == [])
    assert stage.bench.session.workspace.ask(own_words).result() == ("gribbly",)
    stage.bench.session.undo.undo()
    stage.until(lambda: _marks(stage) == ["gribbly"])


def test_turned_off_in_settings_nothing_is_marked(stage: Stage) -> None:
    stage.type("teh ward recieved it")
    stage.until(lambda: _marks(stage) == ["teh", "recieved"])
    stage.bench.session.preferences.put(spelling=False)
    stage.until(lambda: _marks(stage) == [])
    stage.bench.session.preferences.put(spelling=True)
    stage.until(lambda: _marks(stage) == ["teh", "recieved"])


@pytest.mark.parametrize("text", ["x" * 10_000, "שלום wrng עולם", "🙂 teh 🙃 recieved 👩‍⚕️ x"])
def test_odd_texts_are_marked_at_the_right_letters_or_not_at_all(stage: Stage, text: str) -> None:
    _line(stage).insertPlainText(text)
    _line(stage).insertPlainText(" ")
    QTest.qWait(500)
    expected = [word for word in ("wrng", "teh", "recieved") if word in text]
    stage.until(lambda: _marks(stage) == expected)


def test_a_semicolon_and_tab_or_ctrl_semicolon_write_an_abbreviation_out(stage: Stage) -> None:
    stage.type("The ;icb")
    stage.press(_Key.Key_Tab)
    assert _line(stage).toPlainText() == "The integrated care board"
    stage.type(" and ICP")
    stage.chord(_Key.Key_Semicolon)
    assert _list(stage) == ["ICP   integrated care partnership"]
    stage.press(_Key.Key_Escape)
    assert _line(stage).toPlainText() == "The integrated care board and ICP"
    stage.chord(_Key.Key_Semicolon)
    assert _list(stage)
    stage.press(_Key.Key_Return)
    stage.until(lambda: _line(stage).toPlainText() == "The integrated care board and integrated care partnership")


def test_short_texts_are_added_by_keys_and_put_into_a_note(stage: Stage) -> None:
    open_texts(stage)
    add_text(stage, "thanks", "Thank you for your time")
    stage.press(_Key.Key_Escape)  # back to the log
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.type(";tha")
    stage.press(_Key.Key_Tab)
    assert _line(stage).toPlainText() == "Thank you for your time"
