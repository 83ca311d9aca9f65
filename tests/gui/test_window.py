"""The real window by keys: two from unlock to the log, typing that nothing disturbs, locking that hides all words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPlainTextEdit

from fieldkit.app.rows import EntryFilter, EntryRow
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.tree import objects
from tests.support.vaults import quick_keys
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance

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


def _notes(stage: Stage) -> list[EntryRow]:
    stage.settle()
    return stage.bench.session.workspace.ask(lambda q: q.entries(EntryFilter(limit=1000))).result()


def _line(stage: Stage) -> QPlainTextEdit:
    found = stage.find("log.capture")
    assert isinstance(found, QPlainTextEdit)
    return found


def _spoken(stage: Stage) -> str:
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    return "\n".join(one.text(kind) for one, _ in objects(stage.window) for kind in kinds)


def test_two_keys_lead_from_unlock_to_the_live_log(stage: Stage) -> None:
    stage.bench.leave_log()
    stage.settle()
    stage.window.lock()
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.focus.objectName() == "home.visits")
    stage.settle()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")


def test_a_tagged_note_takes_its_words_and_five_keys(stage: Stage) -> None:
    stage.type("Nobody owns the plan")
    stage.type(" #lc")
    stage.press(_Key.Key_Return)
    (row,) = _notes(stage)
    assert row.entry.text == "Nobody owns the plan"
    assert [item.statement for item in row.evidence] == ["learning-culture"]
    assert _line(stage).toPlainText() == ""


def test_saving_and_the_list_never_take_the_caret(stage: Stage) -> None:
    for letter in "Late again #lea":
        stage.type(letter)
        assert stage.focus.objectName() == "log.capture"
    assert stage.shows("log.suggestions")
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Up)
    stage.press(_Key.Key_Tab)
    assert stage.focus.objectName() == "log.capture"
    assert _line(stage).toPlainText() == "Late again #lc"
    stage.press(_Key.Key_Return)
    stage.settle()
    assert stage.focus.objectName() == "log.capture"
    assert len(_notes(stage)) == 1


def test_every_character_is_kept_as_it_was_typed(stage: Stage) -> None:
    words = "“Nobody’s” café, 5 °C – 😀 naïve £9\u00a0million"
    stage.note(words)
    (row,) = _notes(stage)
    assert row.entry.text == words


def test_shift_enter_is_a_new_line_within_the_note(stage: Stage) -> None:
    stage.type("First")
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    stage.note("Second #lc")
    (row,) = _notes(stage)
    assert row.entry.text == "First\nSecond"


def test_a_paste_brings_words_and_nothing_else(stage: Stage) -> None:
    stage.app.clipboard().setText("Pasted <b>words</b>")
    stage.chord(_Key.Key_V)
    stage.press(_Key.Key_Return)
    assert [row.entry.text for row in _notes(stage)] == ["Pasted <b>words</b>"]


def test_undo_first_undoes_typing_then_the_last_action(stage: Stage) -> None:
    stage.note("Said too much")
    stage.settle()
    stage.type("half")
    stage.chord(_Key.Key_Z)
    assert _line(stage).toPlainText() == ""
    assert _notes(stage)[0].withdrawal is None
    stage.chord(_Key.Key_Z)
    assert _notes(stage)[0].withdrawal is not None
    stage.chord(_Key.Key_Y)
    assert _notes(stage)[0].withdrawal is None


def test_esc_goes_to_the_log_and_again_to_the_agenda_and_deletes_nothing(stage: Stage) -> None:
    stage.note("One")
    stage.settle()
    stage.type("Half a sen")
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "log.table"
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert _line(stage).toPlainText() == "Half a sen"


def test_chords_of_the_log(stage: Stage) -> None:
    stage.chord(_Key.Key_M)
    stage.chord(_Key.Key_PageUp)
    stage.alt(_Key.Key_5)
    stage.note("Papers late")
    rows = _notes(stage)
    assert [row.entry.is_mark for row in rows] == [True, False]
    assert rows[0].entry.agenda_item != rows[1].entry.agenda_item
    assert rows[1].entry.category == "processes"


def test_delete_on_a_note_and_enter_withdraw_it_with_undo_at_hand(stage: Stage) -> None:
    stage.note("Names a person")
    stage.settle()
    stage.press(_Key.Key_Escape)
    stage.press(_Key.Key_Delete)
    stage.until(lambda: stage.focus.objectName() == "withdraw.reason_0")
    stage.press(_Key.Key_Return)
    stage.settle()
    assert _notes(stage)[0].withdrawal is not None
    assert stage.desk.undo.words == "Note withdrawn"
    stage.chord(_Key.Key_Z)
    assert _notes(stage)[0].withdrawal is None


def test_f2_adds_words_with_a_reason(stage: Stage) -> None:
    stage.note("Fourteen beds")
    stage.settle()
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "amend.text")
    stage.type("Forty beds")
    stage.press(_Key.Key_Tab)
    stage.type("Misheard")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    (row,) = _notes(stage)
    assert (row.entry.text, row.addenda[0].text) == ("Fourteen beds", "Forty beds")


def test_ctrl_t_tags_with_a_fragment_and_enter(stage: Stage) -> None:
    stage.note("Nobody knew")
    stage.settle()
    stage.chord(_Key.Key_T)
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    stage.type("staffing")
    stage.press(_Key.Key_Space)
    for _ in range(8):
        stage.press(_Key.Key_Backspace)
    stage.type("lc")
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert sorted(item.statement for item in _notes(stage)[0].evidence) == ["learning-culture", "safe-staffing"]


def test_locking_takes_every_word_off_the_screen_and_unlocking_brings_the_caret_back(stage: Stage) -> None:
    stage.note("A secret of the ward")
    stage.settle()
    stage.type("Half a secr")
    for _ in range(4):
        stage.press(_Key.Key_Left)
    assert "A secret of the ward" in _spoken(stage)
    stage.chord(_Key.Key_L)
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    assert "secret" not in _spoken(stage)
    assert "Northshire" not in _spoken(stage) + stage.window.windowTitle()
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert _line(stage).toPlainText() == "Half a secr"
    assert _line(stage).textCursor().position() == len("Half a ")
    assert stage.bench.log is not None
    assert stage.bench.log.state.recovered == ""


def test_f9_hides_everything_and_shows_it_again(stage: Stage) -> None:
    stage.note("A secret of the ward")
    stage.settle()
    stage.press(_Key.Key_F9)
    assert "secret" not in _spoken(stage)
    stage.press(_Key.Key_F9)
    assert "secret" in _spoken(stage)
    assert stage.focus.objectName() == "log.capture"


def test_f6_visits_the_regions_in_order_and_comes_back(stage: Stage) -> None:
    stage.note("One")
    stage.settle()
    seen = []
    for _ in range(5):
        stage.press(_Key.Key_F6)
        seen.append(stage.focus.objectName())
    assert seen == ["log.add_person", "status.saved", "top.palette", "menu", "log.capture"]
    stage.press(_Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert stage.focus.objectName() == "menu"


def test_the_palette_does_anything_and_gives_the_focus_back(stage: Stage) -> None:
    stage.chord(_Key.Key_K)
    stage.type("agenda prev")
    stage.press(_Key.Key_Return)
    assert stage.bench.log is not None
    assert stage.bench.log.state.item == 0
    assert stage.focus.objectName() == "log.capture"
    stage.chord(_Key.Key_K)
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "log.capture"


def test_the_palette_gives_the_focus_back_to_nothing_that_is_gone(stage: Stage) -> None:
    before = stage.focus
    assert before.objectName() == "log.capture"
    stage.chord(_Key.Key_K)
    shiboken6.delete(before)  # as when a page is made anew under it
    stage.press(_Key.Key_Escape)
    assert not stage.house.has_crashed
    stage.chord(_Key.Key_K)
    assert stage.focus.objectName() == "palette.field"


def test_every_chord_works_while_somebody_types(stage: Stage) -> None:
    stage.type("Half")
    for key, page in ((_Key.Key_1, Page.HOME), (_Key.Key_7, Page.SEND), (_Key.Key_9, Page.SETTINGS)):
        stage.chord(key)
        assert stage.bench.state.page is page
        stage.chord(_Key.Key_N)
        stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert _line(stage).toPlainText() == "Half"


def test_ten_notes_in_a_breath_arrive_in_order(stage: Stage) -> None:
    for n in range(10):
        stage.note(f"Note number {n} #lc")
    assert [row.entry.text for row in _notes(stage)] == [f"Note number {n}" for n in range(10)]
    assert stage.find("log.table").accessibleName() == "Log, 10 notes"


def test_a_reader_who_scrolled_up_stays_there(stage: Stage) -> None:
    for n in range(30):
        stage.note(f"Note number {n}")
    stage.settle()
    table = stage.find("log.table")
    bar = table.verticalScrollBar()  # type: ignore[attr-defined]
    bar.setValue(2)
    stage.settle()
    stage.find("log.capture").setFocus()
    stage.note("One more")
    stage.settle()
    assert bar.value() == 2
    assert stage.find("log.below").accessibleName() == "1 new note below"


def test_what_was_said_can_be_read_again(stage: Stage) -> None:
    stage.note("One")
    stage.settle()
    assert [message.text for message in stage.window.announcer.messages][-1] == "Saved"


def test_unlocking_at_once_after_locking_waits_for_the_vault_to_be_let_go(stage: Stage) -> None:
    stage.type("Half a sen")
    for _ in range(3):
        stage.window.lock()
        stage.find("unlock.passphrase").setFocus()
        stage.type(PASSPHRASE)
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.window.desk is not None)
        stage.until(lambda: stage.focus.objectName() == "log.capture")
        assert _line(stage).toPlainText() == "Half a sen"
