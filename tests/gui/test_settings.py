"""Settings by keys: every page reached and fit for everybody, changes at once, Ctrl+Z takes them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit

from fieldkit.app.settings import read_settings
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, objects, unnamed
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.qt.tokens import ThemeName
from ui.views.settings.erase_question import EraseQuestion
from ui.views.settings.settings_view import LISTED, SettingsView
from ui.views.settings.storage import StoragePage

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, Settings open."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.open_log()
        made.note("Nobody owns the plan #lc")
        made.settle()
        made.chord(_Key.Key_9)
        made.until(lambda: made.focus.objectName() == "settings.pages")
        yield made
        made.close()


def _spoken(stage: Stage) -> str:
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    return "\n".join(one.text(kind) for one, _ in objects(stage.window) for kind in kinds)


def _to(stage: Stage, page: SettingsPage) -> None:
    """By keys: back to the list, down to the page, into it."""
    while stage.focus.objectName() != "settings.pages":
        stage.press(_Key.Key_Escape)
    stage.press(_Key.Key_Home)
    for _ in range(LISTED.index(page)):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.settle()
    stage.pass_seconds(0.05)
    stage.settle()


def _faults(stage: Stage) -> list[str]:
    window = stage.window
    found = [
        *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
        *clipped(window),
    ]  # fmt: skip
    start = stage.focus
    found += unreachable(window, tab_cycle(start))
    start.setFocus()
    return found + ([] if headings(window) else ["no heading"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [(Colours.LIGHT, 100, (1366, 688)), (Colours.DARK, 150, (1280, 640)), (Colours.HIGH_CONTRAST, 200, (1092, 534))],
)
def test_every_page_is_reached_by_keys_and_can_be_used_by_everybody(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    stage.show_as(colours, percent, size)
    faults: list[str] = []
    for page in LISTED:
        _to(stage, page)
        assert stage.focus.objectName() != "settings.pages", page
        ring = stage.focus.mapTo(stage.window, stage.focus.rect().center())
        if not stage.window.rect().contains(ring):
            faults.append(f"{page}: the focus is out of sight")
        faults += [f"{page}: {fault}" for fault in _faults(stage)]
    assert faults == []


def test_a_change_shows_at_once_everywhere_is_kept_and_ctrl_z_takes_it_back(
    stage: Stage, look: Appearance, tmp_path: Path
) -> None:
    _to(stage, SettingsPage.DISPLAY)
    before = stage.desk.top.height()
    stage.find("display.size.4").setFocus()
    stage.press(_Key.Key_Space)
    assert look.typography.percent == 150
    stage.settle()
    assert stage.desk.top.height() > before
    stage.find("display.colours.2").setFocus()
    stage.press(_Key.Key_Space)
    assert look.theme is ThemeName.DARK
    kept = read_settings((tmp_path / "settings.toml").read_text(encoding="utf-8"))
    assert (kept.text_size, kept.colours) == (150, "dark")
    stage.chord(_Key.Key_Z)
    assert look.theme is not ThemeName.DARK
    stage.chord(_Key.Key_Z)
    assert look.typography.percent == 100
    kept = read_settings((tmp_path / "settings.toml").read_text(encoding="utf-8"))
    assert (kept.text_size, kept.colours) == (0, "system")


def test_tab_leads_to_the_choice_that_holds_and_an_arrow_from_there_chooses_the_next(
    stage: Stage, look: Appearance
) -> None:
    stage.house.display.colours(Colours.DARK)  # kept from another day: nobody pressed it since the page was made
    _to(stage, SettingsPage.DISPLAY)
    stage.find("display.size.0").setFocus()
    stage.press(_Key.Key_Tab)
    assert stage.focus.objectName() == "display.colours.2"
    stage.press(_Key.Key_Right)
    assert look.theme is ThemeName.HIGH_CONTRAST


def test_a_live_log_is_dark_while_it_is_open_and_nothing_else_is(stage: Stage, look: Appearance) -> None:
    stage.house.display.colours(Colours.LIGHT)
    _to(stage, SettingsPage.DISPLAY)
    stage.find("display.dim").setFocus()
    stage.press(_Key.Key_Space)
    assert look.theme.value in {"light"}
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    assert look.theme.value in {"dark"}
    stage.chord(_Key.Key_L)
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    assert look.theme.value in {"light"}


def test_keys_are_changed_by_pressing_them_and_work_at_once(stage: Stage) -> None:
    _to(stage, SettingsPage.KEYBOARD)
    stage.type("mark this")
    stage.tab_to("keyboard.change")
    stage.find("keyboard.table").setFocus()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "keyboard.keys")
    stage.chord(_Key.Key_K)  # the palette must not open
    assert not stage.shows("palette")
    stage.press(_Key.Key_Return)
    assert "Ctrl+K is already used for Find or do anything. Choose different keys" in _spoken(stage)
    stage.chord(_Key.Key_U)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "keyboard.table")
    assert "Ctrl+U" in _spoken(stage)
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.chord(_Key.Key_U)
    stage.settle()
    assert "Moment marked" in [message.text[:13] for message in stage.window.announcer.messages]


def test_lock_minutes_are_checked_in_their_words_and_nothing_is_cleared(stage: Stage) -> None:
    _to(stage, SettingsPage.PRIVACY)
    stage.chord(_Key.Key_A)
    stage.type("1\n")
    assert "Lock after must be between 2 and 120 minutes" in _spoken(stage)
    field = stage.find("privacy.lock_minutes")
    assert isinstance(field, QLineEdit)
    assert field.text() == "1"
    stage.chord(_Key.Key_A)
    stage.type("20\n")
    assert "Lock after must be" not in _spoken(stage)
    assert stage.house.preferences.state.lock_minutes == 20


def test_the_passphrase_is_changed_and_only_the_new_one_opens(stage: Stage) -> None:
    fresh = "harbour thistle ember quartz"
    _to(stage, SettingsPage.PRIVACY)
    stage.tab_to("privacy.present")
    stage.type(PASSPHRASE)
    stage.tab_to("privacy.passphrase")
    stage.type(fresh)
    stage.tab_to("privacy.again")
    stage.type(fresh + "\n")
    stage.until(lambda: "Passphrase changed" in _spoken(stage))
    assert fresh not in _spoken(stage)
    stage.window.lock()
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE + "\n")
    stage.until(lambda: "Passphrase is not correct" in _spoken(stage))
    stage.until(lambda: not stage.window._unlock.state.is_trying if stage.window._unlock else False)
    stage.find("unlock.passphrase").setFocus()
    stage.chord(_Key.Key_A)
    stage.type(fresh + "\n")
    stage.until(lambda: stage.window.desk is not None)


def test_a_backup_and_a_check_tell_what_they_did(stage: Stage, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    _to(stage, SettingsPage.STORAGE)
    assert f"Your vault lies in {tmp_path / 'vault'}" in _spoken(stage)
    stage.tab_to("storage.backup_to")
    stage.type(str(stick) + "\n")
    stage.until(lambda: "Backup made 12:30 on " in _spoken(stage), 30)
    assert [path.suffix for path in stick.iterdir()] == [".fkbackup"]
    stage.tab_to("storage.verify")
    stage.press(_Key.Key_Return)
    stage.until(lambda: "Everything holds" in _spoken(stage), 30)


def test_deleting_everything_asks_for_the_word_and_leads_to_the_first_screen(stage: Stage, tmp_path: Path) -> None:
    _to(stage, SettingsPage.STORAGE)
    view = stage.desk.view
    assert isinstance(view, SettingsView)
    page = view.view
    assert isinstance(page, StoragePage)
    asked: list[str] = []

    def answer(typed: str, question: EraseQuestion) -> int:
        asked.append(question.accessibleName())
        question.edit.setText(typed)
        question.go.click()
        return question.result()

    page.ask = lambda question: answer("delete it", question)
    stage.tab_to("storage.delete")
    stage.press(_Key.Key_Return)
    assert asked[0].startswith("Delete everything on this laptop? 1 note has not reached the central store. ")
    assert (tmp_path / "vault").exists()
    assert stage.focus.objectName() == "storage.delete"
    page.ask = lambda question: answer("DELETE", question)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.name", 30)
    assert not (tmp_path / "vault").exists()
    assert not read_settings((tmp_path / "settings.toml").read_text(encoding="utf-8")).has_vault


def test_homes_need_and_the_palette_lead_to_the_recovery_key(stage: Stage) -> None:
    stage.desk.show_setting(SettingsPage.RECOVERY)
    assert stage.focus.objectName() == "recovery.renew"
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "recovery.stored")
    assert "Recovery key, 8 groups of 5 characters: " in _spoken(stage)
    stage.press(_Key.Key_Return)
    stage.until(lambda: "Your recovery key is stored" in _spoken(stage))
    assert stage.bench.state.page is Page.SETTINGS


def test_what_stands_in_the_capture_line_is_said_before_work_is_taken_out(stage: Stage) -> None:
    stage.window.commands.run("home")
    stage.settle()
    stage.chord(_Key.Key_2)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.type("The ward sister says that")
    stage.window.commands.run("take_out")
    stage.until(lambda: stage.shows("take_out.mind"))
    assert "1 line or form is begun and not saved, and will not be in it" in _spoken(stage)
