"""The live log by keys: what a quick typist, a reader further up and large letters ask of it (ux S5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPlainTextEdit

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.kernel.ids import ActivityId
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.vaults import quick_keys
from ui.models.log_model import Column
from ui.presenters.display import Colours
from ui.qt.theme import Appearance
from ui.views.log.log_table import LogTable

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


def _line(stage: Stage) -> str:
    found = stage.find("log.capture")
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


def _table(stage: Stage) -> LogTable:
    found = stage.find("log.table")
    assert isinstance(found, LogTable)
    return found


def _many(stage: Stage, count: int) -> None:
    log = stage.bench.log
    assert log is not None
    activity = log.facts.activity

    def write(uow: UnitOfWork) -> None:
        for number in range(count):
            record_entry(uow, activity, NewEntry(text=f"Note {number}"))

    stage.bench.session.workspace.perform(write).result()
    stage.until(lambda: not log.rows.is_behind and len(log.rows.rows) == min(count, 1000))


def _hit(stage: Stage, *keys: Qt.Key) -> None:
    """Keys as they come from the keyboard: to the window, without waiting for anything."""
    handle = stage.window.windowHandle()
    for key in keys:
        QTest.keyClick(handle, key)


def test_what_is_typed_while_the_log_is_being_opened_is_in_its_line(stage: Stage) -> None:
    stage.bench.leave_log()
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.bench.open_log(_closed(stage))
    _hit(stage, _Key.Key_L, _Key.Key_A, _Key.Key_T, _Key.Key_E)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    _hit(stage, _Key.Key_R)
    assert _line(stage) == "later"


def _closed(stage: Stage) -> ActivityId:
    """The log that is open is let go of, so that opening it takes its time."""
    log = stage.bench.log
    assert log is not None
    stage.bench._visit_pages.close_log()
    return log.facts.activity.id


def test_what_is_typed_while_the_vault_is_being_unlocked_is_in_the_line_of_the_log(stage: Stage) -> None:
    stage.chord(_Key.Key_L)
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    _hit(stage, _Key.Key_N, _Key.Key_O, _Key.Key_Space, _Key.Key_D)
    stage.until(lambda: stage.window.desk is not None and stage.focus.objectName() == "log.capture")
    assert _line(stage) == "no d"


def test_ten_notes_are_tagged_with_seven_keys(stage: Stage) -> None:
    for number in range(10):
        stage.note(f"Note {number}")
    stage.settle()
    stage.press(_Key.Key_Escape)
    stage.chord(_Key.Key_A)
    stage.chord(_Key.Key_T)
    stage.until(lambda: stage.focus.objectName() == "tag.filter")
    stage.type("lc\n")
    stage.until(lambda: stage.desk.undo.words == "10 notes tagged Learning culture")
    assert [[item.statement for item in row.evidence] for row in _notes(stage)] == [["learning-culture"]] * 10
    stage.chord(_Key.Key_Z)
    assert [row.evidence for row in _notes(stage)] == [()] * 10


def test_the_line_of_grammar_goes_after_five_notes_and_comes_back_by_its_key(stage: Stage) -> None:
    assert stage.shows("log.grammar")
    for number in range(5):
        stage.note(f"Note {number}")
    stage.settle()
    assert not stage.shows("log.grammar")
    stage.chord(_Key.Key_Slash)
    assert stage.shows("log.grammar")
    assert stage.focus.objectName() == "log.capture"


def test_people_are_put_into_the_line_with_enter_and_changed_with_f2(stage: Stage) -> None:
    stage.alt(_Key.Key_P)
    stage.until(lambda: stage.focus.objectName() == "person.code")
    stage.type("dn")
    stage.press(_Key.Key_Tab)
    stage.type("Director of nursing\n")
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.type("no date")
    stage.find("log.people").setFocus()
    stage.press(_Key.Key_Return)
    assert (_line(stage), stage.focus.objectName()) == ("dn: no date", "log.capture")
    stage.find("log.people").setFocus()
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "person.role")
    stage.type("Chief nurse\n")
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.settle()
    log = stage.bench.log
    assert log is not None
    assert [(one.code, one.role) for one in log.state.people] == [("dn", "Chief nurse")]


def test_whoever_reads_further_up_stays_there_and_is_told_of_new_notes(stage: Stage) -> None:
    _many(stage, 60)
    table = _table(stage)
    table.verticalScrollBar().setValue(20)
    top = table.rowAt(0)
    stage.find("log.capture").setFocus()
    stage.note("New")
    stage.until(lambda: stage.shows("log.below"))
    assert stage.find("log.below").accessibleName() == "1 new note below"
    assert table.rowAt(0) == top
    stage.find("log.below").setFocus()
    stage.press(_Key.Key_Space)
    assert table.is_down
    assert not stage.shows("log.below")


def test_a_long_log_fetches_older_notes_before_the_reader_gets_there_and_nothing_jumps(stage: Stage) -> None:
    _many(stage, 1300)
    table, log = _table(stage), stage.bench.log
    assert log is not None
    stage.until(lambda: table.accessibleName() == "Log, 1,300 notes")
    words = log.rows.rows[10].entry.text
    table.verticalScrollBar().setValue(10)
    stage.until(lambda: len(log.rows.rows) == 1200)
    assert log.rows.rows[table.rowAt(0)].entry.text == words
    assert words == "Note 310"


def test_at_double_size_the_line_its_time_and_the_status_are_on_the_screen_and_people_are_behind_f6(
    stage: Stage,
) -> None:
    for number in range(6):
        stage.note(f"Note {number}")
    stage.show_as(Colours.LIGHT, 200, (1366, 688))
    stage.type("Half a sen")
    window = stage.window.rect()
    for name in ("log.capture", "log.save", "status.saved", "log.table"):
        found = stage.find(name)
        corner = found.mapTo(stage.window, found.rect().bottomRight())
        assert window.contains(corner), name
        assert found.height() > 20, name
    assert not stage.shows("log.people")
    stage.press(_Key.Key_F6)
    stage.settle()
    assert stage.shows("log.add_person")
    stage.show_as(Colours.LIGHT, 100, (1366, 688))


@pytest.mark.parametrize(("percent", "size"), [(100, (1092, 440)), (200, (1366, 560))])
def test_suggestions_never_cover_the_line_that_is_typed(stage: Stage, percent: int, size: tuple[int, int]) -> None:
    stage.show_as(Colours.LIGHT, percent, size)
    stage.type("staff said #l")
    stage.settle()
    listed, line = stage.find("log.suggestions"), stage.find("log.capture")
    box = listed.parentWidget()
    assert isinstance(listed, QListView)
    around = box.parentWidget() if box is not None else None
    assert box is not None
    assert around is not None
    assert box.geometry().bottom() < line.mapTo(around, line.rect().topLeft()).y()
    assert listed.height() >= listed.visualRect(listed.currentIndex()).height()
    for _ in range(6):
        stage.press(_Key.Key_Down)
    assert listed.viewport().rect().contains(listed.visualRect(listed.currentIndex()))


def test_a_letter_typed_in_the_list_asks_no_row_for_its_words(stage: Stage) -> None:
    for words in ("First", "Second", "Third", "Fourth"):
        stage.type(f"{words}\n")
    stage.settle()
    table = _table(stage)
    table.setFocus(Qt.FocusReason.OtherFocusReason)
    model = table.model()
    said = [str(model.index(row, Column.NOTE).data()) for row in range(model.rowCount())]
    table.go_to(0)
    table.keyboardSearch(said[-1][0])  # Qt's own way would go to the row that begins so
    assert table.currentIndex().row() == 0
