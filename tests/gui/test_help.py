"""Help by keys in the real window: about the screen one came from, back to the very control, before any vault too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTableView

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import headings, identifier_faults, label_not_in_name, unnamed
from tests.gui.tour import to_meeting
from ui.presenters.display import Colours
from ui.presenters.help import Part
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.views.help import HelpView
from ui.views.help.browser import GuideBrowser

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """The sample visit, its live log open."""
    worlds.practice(tmp_path)
    made = Stage(tmp_path)
    made.open_practice()
    made.press(_Key.Key_Return)
    made.until(lambda: made.focus.objectName() == "visit.agenda")
    to_meeting(made)
    made.press(_Key.Key_Return)
    made.until(lambda: made.focus.objectName() == "log.capture")
    made.settle()
    yield made
    made.close()


def _view(stage: Stage) -> HelpView:
    view = stage.desk.view
    assert isinstance(view, HelpView)
    return view


def _open_sheet(stage: Stage) -> None:
    """The first Ctrl+/ in a log with notes brings the line of grammar back, the second opens the sheet."""
    stage.press(_Key.Key_Slash, _CTRL)
    assert stage.focus.objectName() == "log.capture"
    assert stage.shows("log.grammar")
    stage.press(_Key.Key_Slash, _CTRL)
    stage.until(lambda: stage.focus.objectName() == "help.filter")


def test_f1_is_about_this_screen_and_esc_leads_back_to_the_very_control(stage: Stage) -> None:
    stage.type("Half a sentence")
    stage.press(_Key.Key_F1)
    stage.until(lambda: stage.bench.state.page is Page.HELP)
    assert "Live log" in headings(stage.window)
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.bench.state.page is Page.LOG)
    assert stage.focus.objectName() == "log.capture"
    stage.press(_Key.Key_Backspace)
    assert stage.bench.log is not None
    assert stage.bench.log.line.state.text == "Half a sentenc"


def test_ctrl_slash_shows_the_sheet_and_a_word_without_a_match_leads_to_the_palette(stage: Stage) -> None:
    _open_sheet(stage)
    table = stage.find("help.table")
    assert isinstance(table, QTableView)
    assert str(table.model().index(0, 0).data()).startswith("Shortcuts on this screen, ")
    assert "Typing codes, " in table.accessibleName()
    stage.type("pin these")
    assert table.model().index(1, 0).data() == "Ctrl+Shift+T"
    stage.chord(_Key.Key_A)
    stage.type("merge")
    button = stage.find("help.do")
    assert button.accessibleName() == "Find or do ‘merge’"
    stage.tab_to("help.do")
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "palette.field"
    assert stage.focus.text() == "merge"  # type: ignore[attr-defined]
    stage.press(_Key.Key_Escape)


def test_the_sheet_is_printed_from_the_keyboard(stage: Stage, tmp_path: Path) -> None:
    _open_sheet(stage)
    target = tmp_path / "sheet.pdf"
    _view(stage).sheet.ask_path = lambda: str(target)
    stage.tab_to("help.print")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("help.notice"))
    assert target.read_bytes().startswith(b"%PDF")
    assert stage.find("help.notice").accessibleName() == "Shortcut sheet saved as sheet.pdf"


def test_the_guide_opens_at_the_page_of_the_screen_and_is_searched_by_keys(stage: Stage) -> None:
    stage.window.commands.run("guide")
    stage.until(lambda: stage.focus.objectName() == "guide.find")
    page = stage.find("guide.page")
    assert isinstance(page, GuideBrowser)
    assert page.accessibleName() == "Page of the guide, Observe a meeting"
    stage.type("certificate of hand")
    stage.press(_Key.Key_Return)
    assert stage.focus is page
    assert page.accessibleName() == "Page of the guide, Specialist advisers: a day, and handing in"
    stage.chord(_Key.Key_F)  # finds on this screen, not in everything
    assert stage.focus.objectName() == "guide.find"
    stage.type("lost laptop")
    assert stage.focus.text() == "lost laptop"  # type: ignore[attr-defined]
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.focus.objectName() == "log.capture")


def test_enter_opens_the_best_of_what_was_found_even_if_the_open_page_is_among_it(stage: Stage) -> None:
    stage.window.commands.run("guide")
    stage.until(lambda: stage.focus.objectName() == "guide.find")
    stage.type("send")
    best = stage.find("guide.list")
    assert isinstance(best, QListWidget)
    assert (best.currentRow(), best.item(0).text().partition("\n")[0]) == (0, "Send")
    stage.press(_Key.Key_Return)
    assert stage.find("guide.page").accessibleName() == "Page of the guide, Send"


def test_the_text_of_the_guide_follows_the_text_size_and_pictures_keep_to_the_column(stage: Stage) -> None:
    stage.window.commands.run("guide")
    stage.settle()
    page = stage.find("guide.page")
    assert isinstance(page, GuideBrowser)
    before = page.document().defaultFont().pointSizeF()
    stage.show_as(Colours.LIGHT, 150, (1366, 688))
    stage.settle()
    assert page.document().defaultFont().pointSizeF() == pytest.approx(before * 1.5)
    assert page.document().idealWidth() <= page.viewport().width() + 1


def test_help_is_there_before_a_vault_and_goes_back_to_the_very_control(look: Appearance, tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    before = stage.focus
    stage.press(_Key.Key_F1)
    stage.settle()
    assert "First run" in headings(stage.window)
    stage.press(_Key.Key_Escape)
    assert stage.focus is before
    stage.close()


@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [
        (Colours.LIGHT, 100, (1366, 688)),
        (Colours.HIGH_CONTRAST, 150, (1280, 640)),
        (Colours.DARK, 200, (1366, 688)),
        (Colours.LIGHT, 100, (1092, 534)),
    ],
)
def test_every_part_can_be_used_by_everybody(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    stage.show_as(colours, percent, size)
    window, faults = stage.window, []
    for part in Part:
        stage.bench.show_help(part)
        stage.settle()
        stage.pass_seconds(0.1)
        faults += [
            f"{part.value}: {fault}"
            for fault in (
                *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
                *clipped(window), *unreachable(window, tab_cycle(stage.focus)),
            )
        ]  # fmt: skip
    assert not faults, "\n".join(faults)


def test_a_picture_that_comes_after_its_page_was_closed_is_shown_to_nobody(look: Appearance, stage: Stage) -> None:
    browser = GuideBrowser(lambda _: True)
    browser._pictures.of("pictures/01-welcome-light.png", 400)
    shiboken6.delete(browser)
    stage.settle()
    assert not stage.house.has_crashed
