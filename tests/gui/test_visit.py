"""The visit by keys: re-planned in the middle of the day, filtered, and left with everything read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from tests.gui.stage import Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, objects, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.log.log_rows import ENOUGH
from ui.presenters.page import Page
from ui.presenters.visit.agenda import LineKind
from ui.presenters.visit.captures import Only
from ui.presenters.visit.day import VisitDay
from ui.qt.theme import Appearance
from ui.views.log.log_table import LogTable
from ui.views.visit.agenda_tree import Agenda

_Key = Qt.Key
_NO = Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit today, its page shown; the meeting began at 09:30 and it is 10:15."""
    with quick_keys():
        made = Stage(tmp_path, at=datetime(2026, 11, 12, 10, 15, tzinfo=UTC))
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        yield made
        made.close()


def _day(stage: Stage) -> VisitDay:
    stage.settle()
    assert stage.bench.visit is not None
    return stage.bench.visit


def _heads(stage: Stage) -> list[str]:
    return [line.title for line in _day(stage).state.lines if line.kind is LineKind.ACTIVITY]


def _add(stage: Stage, title: str) -> None:
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "activity.title")
    stage.type(title)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.settle()


def _write(stage: Stage, *texts: str) -> None:
    activity = _day(stage).activity(_day(stage).state.lines[0].activity.id)  # type: ignore[union-attr]
    for text in texts:
        follow_up = text.startswith("?")
        new = NewEntry(text=text.lstrip("? "), agenda_item=activity.items[0].id, follow_up=follow_up)
        stage.bench.session.workspace.perform(lambda uow, new=new: record_entry(uow, activity, new))  # type: ignore[misc]
    stage.settle()
    stage.pass_seconds(0.5)
    stage.settle()


def _faults(stage: Stage) -> list[str]:
    window = stage.window
    return [
        *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
        *clipped(window), *unreachable(window, tab_cycle(stage.focus)),
    ]  # fmt: skip


def test_an_unplanned_activity_takes_a_chord_its_name_and_enter(stage: Stage) -> None:
    _add(stage, "Corridor talk")
    assert _heads(stage) == ["ICB board", "Corridor talk"]
    assert _day(stage).line is not None
    assert _day(stage).line.time == "10:15"  # type: ignore[union-attr]
    assert stage.desk.undo.words == "Corridor talk added"
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert stage.bench.log is not None
    assert stage.bench.log.state.title == "Corridor talk"


def test_the_other_pages_of_the_visit_are_links_that_tab_reaches(stage: Stage) -> None:
    presses = stage.find("visit.also").findChildren(QPushButton)
    words = "Programme, People, Cases, Files, Guides, Requests, Frameworks, End of day, Accuracy"
    assert [press.text() for press in presses] == words.split(", ")
    assert set(presses) <= set(tab_cycle(stage.focus))
    stage.find("visit.also.cases").setFocus(Qt.FocusReason.TabFocusReason)
    stage.press(_Key.Key_Space)
    stage.until(lambda: stage.bench.state.page is Page.CASES)
    stage.settle()
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is Page.VISIT)


@pytest.mark.parametrize("presses", [1, 3])
def test_ctrl_enter_in_a_field_adds_once_however_often_it_is_pressed(stage: Stage, presses: int) -> None:
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "activity.title")
    stage.type("Corridor talk")
    field = stage.focus
    for _ in range(presses):
        QTest.keyClick(field, _Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.settle()
    assert _heads(stage) == ["ICB board", "Corridor talk"]


def test_f2_changes_delete_calls_off_and_undo_brings_back(stage: Stage) -> None:
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "activity.title")
    stage.type("Board in public")
    stage.tab_to("activity.starts")
    stage.type("10:00")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    assert _heads(stage) == ["Board in public"]
    stage.press(_Key.Key_Delete)
    line = _day(stage).line
    assert line is not None
    assert (line.is_cancelled, line.state) == (True, "Cancelled")
    stage.chord(_Key.Key_Z)
    stage.settle()
    stage.chord(_Key.Key_Z)
    assert _heads(stage) == ["ICB board"]
    assert not _day(stage).state.lines[0].is_cancelled


def test_alt_up_and_down_move_and_the_cursor_goes_along(stage: Stage) -> None:
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Down, _ALT)
    stage.settle()
    assert [line.title for line in _day(stage).state.lines] == ["ICB board", "Quality report", "Welcome"]
    assert _day(stage).line is not None
    assert _day(stage).line.title == "Welcome"  # type: ignore[union-attr]
    stage.press(_Key.Key_Delete)
    assert [line.title for line in _day(stage).state.lines] == ["ICB board", "Quality report"]
    stage.chord(_Key.Key_Z)
    assert [line.title for line in _day(stage).state.lines] == ["ICB board", "Quality report", "Welcome"]


def test_a_programme_is_pasted_in_the_middle_of_the_day(stage: Stage) -> None:
    stage.tab_to("visit.paste")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "paste.text")
    stage.app.clipboard().setText("11:30 Interview: matron\nWalk round\n14:00 Case C01")
    stage.chord(_Key.Key_V)
    stage.chord(_Key.Key_Return)
    stage.settle()
    field = stage.find("paste.text")
    assert "Line 2 has no time. Add one, or leave it as a heading" in field.accessibleDescription()
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    assert _heads(stage) == ["ICB board", "Interview: matron", "Case C01"]
    lines = {line.title: line for line in _day(stage).state.lines}
    assert lines["Walk round"].kind is LineKind.ITEM


def test_captures_are_filtered_and_count_what_the_agenda_counts(stage: Stage) -> None:
    _write(stage, "One", "? Two", "Three")
    assert _day(stage).state.lines[1].notes == 3
    assert stage.find("visit.captures").accessibleName() == "Captures, 3 notes"
    box = stage.find("visit.filter")
    assert isinstance(box, QComboBox)
    box.setFocus()
    stage.type("Follow")
    stage.press(_Key.Key_Return)
    stage.settle()
    assert stage.find("visit.captures").accessibleName() == "Captures, 1 note"
    stage.find("visit.agenda").setFocus()
    stage.press(_Key.Key_Down)
    _day(stage).show_notes_of_line()
    stage.settle()
    assert stage.find("visit.captures").accessibleName() == "Captures, 3 notes"
    assert box.currentText() == "ICB board: Welcome"


def test_a_long_list_is_counted_whole_and_read_as_far_as_somebody_goes_up(stage: Stage) -> None:
    day = _day(stage)
    activity = day.activity(day.state.lines[0].activity.id)  # type: ignore[union-attr]

    def many(uow: UnitOfWork) -> None:
        for number in range(ENOUGH + 30):
            record_entry(uow, activity, NewEntry(text=f"Note {number}", is_mark=number == 5))

    stage.bench.session.workspace.perform(many)
    _pass(stage)
    table = stage.find("visit.captures")
    assert isinstance(table, LogTable)
    name = f"Captures, {ENOUGH + 30:,} notes"
    assert (len(day.captures.rows), table.accessibleName(), table.is_down) == (ENOUGH, name, True)
    table.setFocus()
    stage.press(_Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    _pass(stage)
    assert (len(day.captures.rows), table.accessibleName(), table.is_down) == (ENOUGH + 30, name, False)
    day.show_kind(Only.MARKS)
    _pass(stage)
    assert [row.entry.text for row in day.captures.rows] == ["Note 5"]
    assert table.accessibleName() == "Captures, 1 note"
    withdrawn = partial(withdraw_entry, entry=day.captures.rows[0].entry.id, reason="Twice")
    day.show_kind(Only.UNTAGGED)
    stage.bench.session.workspace.perform(withdrawn)
    _pass(stage)
    assert table.accessibleName() == f"Captures, {ENOUGH + 29:,} notes"


def _pass(stage: Stage) -> None:
    stage.settle()
    stage.pass_seconds(1)
    stage.settle()


def test_before_leaving_everything_is_read_back_and_rows_lead_where_it_is_done(stage: Stage) -> None:
    _write(stage, "One", "? Two")
    stage.find("visit.leave").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.tasks")
    stage.settle()
    tasks = stage.find("visit.tasks")
    assert tasks.accessibleName() == "Before you leave (3 of 6 done)"
    spoken = [interface.text(QAccessible.Text.Name) for interface, _ in objects(stage.window)]
    assert any("Everything saved on this laptop, Completed 10:15" in words for words in spoken)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.captures")
    assert _day(stage).state.choice.words == "Follow-ups"
    stage.find("visit.leave").setFocus()
    stage.press(_Key.Key_Return)
    for _ in range(4):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page.value == "Coverage")
    stage.chord(_Key.Key_2)
    stage.pass_seconds(0.5)
    stage.settle()
    assert _day(stage).leave.state.title == "Before you leave (4 of 6 done)"


def test_what_is_on_now_stands_under_the_name_of_the_visit(stage: Stage) -> None:
    words = [interface.text(QAccessible.Text.Name) for interface, _ in objects(stage.window)]
    assert "Now: ICB board, in progress since 09:30" in words
    agenda = [text for text in words if text.startswith("09:30, ICB board")]
    assert agenda
    assert agenda[0] == "09:30, ICB board, in progress since 09:30, 0 notes"


@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [
        (Colours.LIGHT, 100, (1366, 688)), (Colours.DARK, 100, (1280, 640)), (Colours.LIGHT, 100, (1092, 534)),
        (Colours.HIGH_CONTRAST, 150, (1366, 688)), (Colours.LIGHT, 200, (1366, 688)),
    ],
)  # fmt: skip
def test_the_visit_and_its_panels_can_be_used_by_everybody(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    _write(stage, "One", "? Two")
    stage.show_as(colours, percent, size)
    found = _faults(stage)
    for opened in ("f2", "add", "paste", "leave"):
        stage.find("visit.agenda").setFocus()
        act = {
            "f2": _day(stage).change, "add": _day(stage).add, "paste": _day(stage).paste,
            "leave": _day(stage).before_you_leave,
        }[opened]  # fmt: skip
        act()
        stage.settle()
        found += [f"{opened}: {fault}" for fault in _faults(stage)]
        stage.press(_Key.Key_Escape, _NO)
        stage.settle()
        assert _day(stage).state.panel is None, opened
    assert found == []


def test_a_long_name_on_the_agenda_is_said_whole_and_shown_whole_under_the_pointer(stage: Stage) -> None:
    agenda = stage.find("visit.agenda")
    assert isinstance(agenda, Agenda)
    title = "Quality report"
    rows = [agenda.model().index(0, 0)]
    rows += [agenda.model().index(at, 1, rows[0].parent()) for at in range(agenda.model().rowCount())]
    below = [child for row in rows for child in _below(row.siblingAtColumn(0))]
    found = [one for one in below if title in str(one.data(Qt.ItemDataRole.ToolTipRole))]
    assert found
    assert all(title in str(one.data(Qt.ItemDataRole.AccessibleTextRole)) for one in found)


def _below(index: QModelIndex) -> list[QModelIndex]:
    model = index.model()
    children = [model.index(at, 1, index) for at in range(model.rowCount(index))]
    return [*children, *(deeper for child in children for deeper in _below(child.siblingAtColumn(0)))]
