"""The style sheet is on each page and bar for itself: nothing is without it, nothing has it twice, none is late."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QWidget

from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance

_PAGES = (Page.HOME, Page.VISIT, Page.EVIDENCE, Page.COVERAGE, Page.SEND, Page.EXPOSURE, Page.SETTINGS, Page.HELP)
_STYLED = (QAbstractButton, QAbstractItemView, QFrame)


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    with quick_keys():
        worlds.own(tmp_path / "laptop", 30)
        with Stage(tmp_path / "laptop") as made:
            made.type(PASSPHRASE)
            made.press(Qt.Key.Key_Return)
            made.until(lambda: made.window.desk is not None and made.bench.home.state.loaded)
            made.settle()
            yield made


def _is_up(stage: Stage, page: Page) -> bool:
    return stage.bench.state.page is page


def _sheets_over(widget: QWidget) -> int:
    """How many style sheets a control has from itself and from what it stands in."""
    count = 0
    place: QWidget | None = widget
    while place is not None:
        count += bool(place.styleSheet())
        if place.isWindow():
            break
        place = place.parentWidget()
    return count


def _wrongly_dressed(window: QWidget) -> list[str]:
    seen = [one for one in window.findChildren(QWidget) if one.isVisible() and isinstance(one, _STYLED)]
    bare = (QFrame,)  # boxes that only hold others and paint themselves
    return [
        f"{type(one).__name__} {one.objectName()}: {_sheets_over(one)} sheets"
        for one in seen
        if _sheets_over(one) != 1 and not (type(one).__mro__[1] in bare and one.findChildren(QWidget))
    ]


def test_every_control_of_every_page_has_one_sheet(stage: Stage) -> None:
    for page in _PAGES:
        stage.bench.go(page)
        stage.until(partial(_is_up, stage, page))
        stage.settle()
        assert _wrongly_dressed(stage.window) == [], page
    stage.chord(Qt.Key.Key_K)
    stage.settle()
    assert _wrongly_dressed(stage.window) == []
    stage.window.show_display()
    assert _wrongly_dressed(stage.window) == []
    stage.window.show_overlay(None)
    stage.window.lock()
    stage.settle()
    assert _wrongly_dressed(stage.window) == []


def test_a_page_that_was_hidden_has_the_new_look_when_it_is_shown(stage: Stage) -> None:
    home = stage.desk.view
    stage.bench.go(Page.SETTINGS)
    stage.until(lambda: stage.bench.state.page is Page.SETTINGS)
    before = home.styleSheet()
    stage.house.display.colours(Colours.DARK)
    stage.see_page()
    assert stage.desk.view.styleSheet() != before
    stage.bench.go(Page.HOME)
    stage.see_page()
    assert stage.desk.view is home
    assert home.styleSheet() == stage.desk.top.styleSheet() != before


def test_hidden_pages_follow_by_themselves(stage: Stage) -> None:
    home = stage.desk.view
    stage.bench.go(Page.SETTINGS)
    stage.until(lambda: stage.bench.state.page is Page.SETTINGS)
    stage.house.display.colours(Colours.HIGH_CONTRAST)
    stage.see_page()
    assert home.styleSheet() != stage.desk.top.styleSheet()
    stage.until(lambda: home.styleSheet() == stage.desk.top.styleSheet())


def test_what_is_covered_while_the_look_changes_is_uncovered_in_the_new_one(stage: Stage) -> None:
    home = stage.desk.view
    stage.window.show_display()
    stage.house.display.colours(Colours.DARK)
    stage.see_page()
    stage.window.show_overlay(None)
    assert home.styleSheet() == stage.desk.top.styleSheet()
    stage.desk.hide_screen()
    stage.house.display.colours(Colours.LIGHT)
    stage.see_page()
    stage.desk.hide_screen()
    assert home.styleSheet() == stage.desk.top.styleSheet()
