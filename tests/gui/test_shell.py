"""The shell of the window by keys: regions, palette, shortcuts, hiding, messages, and words that are never cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTableWidget, QVBoxLayout, QWidget

from fieldkit.app.rows import EntryFilter, EntryRow
from tests.gui.stage import Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, objects, unnamed
from tests.support.vaults import quick_keys
from ui.places import Places, load_settings
from ui.presenters.display import Colours
from ui.presenters.palette.items import Kind
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.views.rendering import View
from ui.widgets.texts import CapturePlainTextEdit, PassText

_Key = Qt.Key
SECRET = "A secret of the ward"


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, its live log open, a note in it."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.open_log()
        made.note(SECRET)
        made.settle()
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


def _said(stage: Stage) -> list[str]:
    return [message.text for message in stage.window.announcer.messages]


# Regions


@pytest.mark.parametrize(
    ("width", "percent", "menu", "seen"),
    [
        (1366, 100, 176, ["log.add_person", "status.saved", "top.palette", "menu", "log.capture"]),
        (1200, 100, 176, ["log.add_person", "status.saved", "top.palette", "menu", "log.capture"]),
        (1199, 100, None, ["log.add_person", "status.saved", "top.palette", "menu", "log.capture"]),
        (1000, 100, None, ["log.add_person", "status.saved", "top.palette", "menu", "log.capture"]),
        (999, 100, 0, ["log.add_person", "status.saved", "top.palette", "log.capture"]),
        (1366, 150, 0, ["log.add_person", "status.saved", "top.palette", "log.capture"]),
    ],
)
def test_f6_goes_through_the_regions_that_have_room_and_back(
    stage: Stage, width: int, percent: int, menu: int | None, seen: list[str]
) -> None:
    stage.house.display.size(percent)
    stage.resize(width, 688)
    stage.desk.take_focus()
    if menu is not None:
        assert (stage.desk.menu.width() if stage.desk.menu.isVisible() else 0) == menu
    else:
        assert 56 <= stage.desk.menu.width() < 100
    found = []
    for _ in seen:
        stage.press(_Key.Key_F6)
        found.append(stage.focus.objectName())
    assert found == seen
    back = []
    for _ in seen:
        stage.press(_Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        back.append(stage.focus.objectName())
    assert back == [*seen[-2::-1], seen[-1]]


def test_details_stand_beside_the_page_over_it_or_in_its_place(stage: Stage) -> None:
    desk = stage.desk
    assert desk.side_box.width() == 320
    page = desk.main.width()
    stage.resize(1100, 688)
    assert not desk.side_box.isVisible()
    stage.chord(_Key.Key_Backslash)
    assert desk.side_box.isVisible()
    assert desk.side_box.width() == 320
    assert desk.main.width() > page, "it lies over the page, which keeps its width"
    stage.press(_Key.Key_Escape)
    assert not desk.side_box.isVisible()
    assert stage.focus is _line(stage)
    stage.resize(980, 688)
    stage.chord(_Key.Key_Backslash)
    assert desk.side_box.isVisible()
    assert not desk.main.isVisible()
    stage.press(_Key.Key_Escape)
    assert desk.main.isVisible()
    assert stage.focus is _line(stage)


def test_enter_on_a_note_opens_its_page_in_one_column_and_esc_leaves_it(stage: Stage) -> None:
    stage.resize(980, 688)
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "log.table"
    stage.press(_Key.Key_Return)
    assert stage.desk.side_box.isVisible()
    assert not stage.desk.main.isVisible()
    stage.press(_Key.Key_Escape)
    assert stage.desk.main.isVisible()


def test_the_menu_is_a_button_in_one_column(stage: Stage) -> None:
    stage.resize(980, 688)
    stage.find("top.menu").setFocus()
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "menu"
    stage.press(_Key.Key_Escape)
    assert not stage.shows("menu")
    stage.find("top.menu").setFocus()
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Up)
    stage.press(_Key.Key_Return)
    assert stage.bench.state.page is Page.HOME
    assert not stage.shows("menu")


def test_every_region_is_there_by_name(stage: Stage) -> None:
    found = {(one.role(), one.text(QAccessible.Text.Name)) for one, _ in objects(stage.window)}
    role = QAccessible.Role
    assert (role.ToolBar, "Top bar") in found
    assert (role.List, "Main menu") in found
    assert (role.StatusBar, "Status") in found
    assert {"Details", "ICB board"} <= {name for _, name in found}


def test_the_window_says_where_one_is_first_and_an_error_before_all(stage: Stage) -> None:
    assert stage.window.windowTitle() == "ICB board – Northshire ICS, Visit 1 – FieldKit"
    stage.chord(_Key.Key_1)
    assert stage.window.windowTitle() == "Home – FieldKit"


# Words that are never cut


@pytest.mark.parametrize("percent", [100, 130, 150, 200])
def test_the_status_line_says_all_of_it_or_less_and_cuts_nothing(stage: Stage, percent: int) -> None:
    stage.house.display.size(percent)
    for width in (720, 980, 1092, 1280, 1366, 1920, 2560):
        stage.resize(width, 688)
        for part in stage.desk.status.parts():
            if part.isVisible():
                assert part.width() >= part.sizeHint().width(), (width, part.text())
                assert part.x() + part.width() <= stage.desk.status.width()
        whole = stage.find("status.exposure").accessibleName()
        assert whole.endswith("If this laptop were lost now: 1 minute of notes. Oldest 12:30")
    assert stage.desk.status.parts()[2].text() == "If this laptop were lost now: 1 minute of notes. Oldest 12:30"


# Find or do anything


def test_esc_gives_the_caret_back_to_where_it_was(stage: Stage) -> None:
    stage.type("Half a sen")
    for _ in range(4):
        stage.press(_Key.Key_Left)
    stage.chord(_Key.Key_K)
    assert stage.focus.objectName() == "palette.field"
    stage.type("xyz")
    stage.press(_Key.Key_Tab)
    assert stage.focus.objectName() == "palette.field"
    stage.press(_Key.Key_Escape)
    assert stage.focus is _line(stage)
    assert _line(stage).textCursor().position() == len("Half a")
    assert _line(stage).toPlainText() == "Half a sen"


def test_a_note_is_found_and_opened_at_its_source(stage: Stage) -> None:
    for n in range(3):
        stage.note(f"Another note {n}")
    stage.chord(_Key.Key_1)
    stage.chord(_Key.Key_K)
    stage.type("secret ward")
    stage.until(lambda: any(SECRET in item.words for item in stage.desk.palette_box.items))
    stage.press(_Key.Key_Up)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.LOG and stage.focus.objectName() == "log.table")
    index = stage.find("log.table").currentIndex()  # type: ignore[attr-defined]
    assert SECRET in str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_command_of_another_screen_leads_there_first(stage: Stage) -> None:
    stage.type("Words #lc")
    stage.chord(_Key.Key_1)
    stage.chord(_Key.Key_K)
    stage.type("pin these")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.LOG)
    stage.settle()
    assert any("will be added to new notes" in said for said in _said(stage))


def test_the_palette_opens_on_every_page_and_lists_every_command(stage: Stage) -> None:
    for page in (Page.HOME, Page.SEND, Page.SETTINGS, Page.HELP, Page.EXPOSURE, Page.LOG):
        stage.bench.go(page) if page is not Page.LOG else stage.bench.note()
        stage.settle()
        stage.chord(_Key.Key_K)
        commands = {item.target for item in stage.desk.palette_box.items if item.kind.value == "Command"}
        assert commands == {row.command.id for row in stage.window.shortcuts.state.rows} - {"palette"}
        stage.press(_Key.Key_Escape)


def test_a_statement_leads_to_its_evidence(stage: Stage) -> None:
    stage.note("Nobody owns the plan #lc")
    stage.chord(_Key.Key_K)
    stage.type("learning cult")
    stage.until(lambda: any(item.kind is Kind.STATEMENT for item in stage.desk.palette_box.items))
    place = next(at for at, item in enumerate(stage.desk.palette_box.items) if item.kind is Kind.STATEMENT)
    for _ in range(place):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
    assert stage.bench.evidence is not None
    assert stage.bench.evidence.state.filter == "qs:lc"


def test_finding_in_the_whole_visit_puts_the_caret_in_the_filter_of_evidence(stage: Stage) -> None:
    for page in (Page.LOG, Page.HOME, Page.EVIDENCE):
        stage.bench.note() if page is Page.LOG else stage.bench.go(page)
        stage.settle()
        stage.chord(_Key.Key_F, shift=True)
        stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
        stage.until(lambda: stage.focus.objectName() == "evidence.filter")


def test_the_untagged_notes_are_one_command_away(stage: Stage) -> None:
    stage.note("Nobody owns the plan #lc")
    stage.desk.pressed.emit("tag_untagged")
    stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
    assert stage.bench.evidence is not None
    assert stage.bench.evidence.state.filter == "is:untagged"


# Shortcuts


class _Recorder:
    def __init__(self) -> None:
        self.pressed: list[str] = []

    def press(self, chord: str) -> None:
        self.pressed.append(chord)


class _Controls(View):
    """One of each control that takes keys for itself."""

    def __init__(self) -> None:
        super().__init__()
        combo, table = QComboBox(), QTableWidget(3, 3)
        combo.addItems(["One", "Two"])
        self.controls: list[QWidget] = [CapturePlainTextEdit(), PassText(), table, combo]
        rows = QVBoxLayout(self)
        for one in self.controls:
            rows.addWidget(one)

    def take_focus(self) -> None:
        self.controls[0].setFocus()


def test_every_shortcut_fires_from_every_kind_of_control(stage: Stage) -> None:
    recorder, view = _Recorder(), _Controls()
    stage.window.show_overlay(view)
    stage.window.commands = recorder  # type: ignore[assignment]
    silent = []
    for control in view.controls:
        control.setFocus()
        for row in stage.window.shortcuts.state.rows:
            for chord in row.keys:
                recorder.pressed.clear()
                combined = QKeySequence.fromString(chord)[0]  # type: ignore[index]
                QTest.keyClick(control, combined.key(), combined.keyboardModifiers())
                if recorder.pressed != [chord]:
                    silent.append(f"{chord} in {type(control).__name__}: {recorder.pressed}")
    assert silent == []


def test_a_shortcut_that_is_changed_works_at_once_and_after_a_restart(stage: Stage, tmp_path: Path) -> None:
    shortcuts = stage.window.shortcuts
    shortcuts.change("mark", "Ctrl+U")
    shortcuts.change("palette", "Ctrl+B")
    stage.chord(_Key.Key_M)
    stage.chord(_Key.Key_U)
    assert sum(row.entry.is_mark for row in _notes(stage)) == 1
    assert stage.find("top.palette").accessibleName() == "Find or do  Ctrl+B"
    stage.chord(_Key.Key_B)
    assert stage.focus.objectName() == "palette.field"
    stage.press(_Key.Key_Escape)
    shortcuts.turn_off_alt_numbers()
    stage.type("Words")
    stage.alt(_Key.Key_5)
    assert "@" not in _line(stage).toPlainText()
    kept = load_settings(Places(home=tmp_path))
    assert kept.shortcuts == {"mark": ("Ctrl+U",), "palette": ("Ctrl+B",)}
    assert not kept.alt_numbers
    again = Stage(tmp_path)
    assert again.window.shortcuts.keys("mark") == ("Ctrl+U",)
    again.close()


# Hiding, messages, what would be lost


def test_a_hidden_screen_shows_nothing_whatever_key_is_pressed(stage: Stage) -> None:
    stage.type("Half a sen")
    for _ in range(4):
        stage.press(_Key.Key_Left)
    stage.chord(_Key.Key_K)
    stage.type("ward")
    stage.press(_Key.Key_F9)
    for key in (_Key.Key_K, _Key.Key_2, _Key.Key_F, _Key.Key_Z, _Key.Key_N):
        stage.chord(key)
        stage.settle()
        assert "ward" not in _spoken(stage)
        assert "Northshire" not in _spoken(stage) + stage.window.windowTitle()
        assert stage.focus.objectName() == "hidden.show"
    assert len(_notes(stage)) == 1
    assert _notes(stage)[0].withdrawal is None
    stage.press(_Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert stage.bench.state.page is Page.LOG
    assert "ward" in _spoken(stage)
    assert _line(stage).textCursor().position() == len("Half a")


def test_hiding_over_the_list_of_messages_hides_that_too(stage: Stage) -> None:
    stage.house.preferences.put(saved_words="full")
    stage.note("Names a place #lc")
    stage.settle()
    stage.desk.pressed.emit("messages")
    assert "Learning culture" in _spoken(stage)
    stage.press(_Key.Key_F9)
    assert "Learning culture" not in _spoken(stage)


def test_messages_list_what_was_said_and_esc_goes_back_to_the_caret(stage: Stage) -> None:
    stage.type("Half")
    stage.press(_Key.Key_Left)
    stage.chord(_Key.Key_K)
    stage.type("messages")
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "messages.list"
    assert "12:30. Saved" in _spoken(stage)
    stage.press(_Key.Key_Escape)
    assert stage.focus is _line(stage)
    assert _line(stage).textCursor().position() == 3


def test_what_was_said_of_a_vault_is_forgotten_when_it_is_locked(stage: Stage) -> None:
    assert "Saved" in _said(stage)
    stage.chord(_Key.Key_L)
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    assert _said(stage) == ["FieldKit is locked. Your work is saved"]


def test_the_exposure_meter_leads_to_what_would_be_lost_and_its_cures(stage: Stage) -> None:
    stage.find("status.exposure").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "exposure.notes")
    assert "If this laptop were lost now: 1 minute of notes. Oldest 12:30" in _spoken(stage)
    assert stage.shows("exposure.enrol")
    assert stage.shows("exposure.back_up")
    assert not stage.shows("exposure.send")
    stage.find("exposure.enrol").setFocus()
    stage.press(_Key.Key_Return)
    assert stage.bench.state.page is Page.SETTINGS
    stage.bench.go(Page.EXPOSURE)
    stage.settle()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.LOG and stage.focus.objectName() == "log.table")


def test_esc_goes_back_from_what_would_be_lost_to_the_very_control(stage: Stage) -> None:
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "log.table"
    stage.desk.pressed.emit("exposure")
    stage.until(lambda: stage.focus.objectName() == "exposure.notes")
    stage.press(_Key.Key_Escape)
    assert stage.bench.state.page is Page.LOG
    assert stage.focus.objectName() == "log.table"


def test_undo_goes_as_deep_as_the_session_and_says_what_it_undid(stage: Stage) -> None:
    for n in range(12):
        stage.note(f"Note {n}")
    stage.settle()
    for _ in range(13):
        stage.chord(_Key.Key_Z)
        stage.settle()
    assert all(row.withdrawal is not None for row in _notes(stage))
    assert _said(stage)[-1] == "Undone: note saved"
    stage.chord(_Key.Key_Z)
    assert _said(stage)[-1] == "Nothing to undo"


def test_the_window_opens_where_it_was_left(stage: Stage, tmp_path: Path) -> None:
    stage.window.setGeometry(40, 60, 700, 500)
    stage.settle()
    stage.house.shut_down()
    assert load_settings(Places(home=tmp_path)).window == "40 60 700 500"


@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [
        (Colours.LIGHT, 100, (1366, 688)),
        (Colours.DARK, 100, (1280, 640)),
        (Colours.HIGH_CONTRAST, 150, (1366, 688)),
        (Colours.LIGHT, 200, (1366, 688)),
        (Colours.LIGHT, 100, (1092, 534)),
        (Colours.LIGHT, 115, (2560, 1440)),
    ],
)
def test_the_pages_of_the_shell_can_be_used_by_everybody(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    stage.show_as(colours, percent, size)
    faults: list[str] = []

    def look(name: str, *, is_tabbed: bool = True) -> None:
        stage.settle()
        window = stage.window
        found = [
            *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
            *clipped(window),
        ]  # fmt: skip
        if is_tabbed:
            found += unreachable(window, tab_cycle(stage.focus))
        faults.extend(f"{name}: {fault}" for fault in found)

    stage.bench.go(Page.EXPOSURE)
    look("what would be lost")
    stage.chord(_Key.Key_K)
    look("palette", is_tabbed=False)
    stage.type("secret")
    stage.until(lambda: any(item.kind.value == "Note" for item in stage.desk.palette_box.items))
    look("a note in the palette", is_tabbed=False)
    stage.type(" qqxv")
    stage.until(lambda: not stage.desk.palette_box.items)
    look("nothing in the palette", is_tabbed=False)
    stage.press(_Key.Key_Escape)
    stage.desk.pressed.emit("messages")
    look("messages")
    stage.press(_Key.Key_Escape)
    stage.desk.pressed.emit("undo")
    stage.settle()
    stage.bench.note()
    stage.chord(_Key.Key_Backslash)
    look("details", is_tabbed=False)
    assert not faults, "\n".join(faults)
