"""Long work comes in pieces, one in a turn of the event loop; a new look is seen when all in sight has it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions

from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.vaults import quick_keys
from ui.presenters.display import Colours
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance, appearance
from ui.qt.turns import turns


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


def _go(stage: Stage, page: Page) -> None:
    stage.bench.go(page)
    stage.until(lambda: stage.bench.state.page is page)
    stage.settle()


def test_what_somebody_waits_for_comes_first_and_each_piece_has_a_turn_of_its_own(look: Appearance) -> None:
    app = QApplication.instance()
    assert app is not None
    told: list[str] = []
    turns().some_time(lambda: told.append("some time"))
    for word in ("one", "two"):
        turns().soon(lambda word=word: told.append(word))  # type: ignore[misc]
    seen: list[int] = []
    end = time.monotonic() + 5
    while len(told) < 3 and time.monotonic() < end:
        app.processEvents()
        seen.append(len(told))
        time.sleep(0.001)
    assert told == ["one", "two", "some time"]
    assert {1, 2} <= set(seen)


def test_a_closed_desk_is_taken_apart_page_by_page(stage: Stage) -> None:
    pages = []
    for page in (Page.SEND, Page.SETTINGS, Page.HELP):
        _go(stage, page)
        pages.append(stage.desk.view)
    desk = stage.desk
    stage.window.lock()
    left = []
    end = time.monotonic() + 5
    while shiboken6.isValid(desk) and time.monotonic() < end:
        left.append(sum(shiboken6.isValid(one) for one in pages))
        stage.app.processEvents()
        time.sleep(0.001)
    assert not shiboken6.isValid(desk)
    assert {3, 2, 1, 0} == set(left)


def test_nobody_sees_a_part_in_the_new_look_beside_one_in_the_old(stage: Stage) -> None:
    _go(stage, Page.SETTINGS)
    before = _on_the_screen(stage)
    stage.house.display.colours(Colours.DARK)
    between = []
    while not appearance().is_whole:
        stage.app.processEvents()
        if not appearance().is_whole:
            between.append(_on_the_screen(stage))
    stage.settle()
    assert len(between) >= 2
    assert all(one == before for one in between)
    assert all(new.lightness() < 128 < old.lightness() for new, old in zip(_on_the_screen(stage), before, strict=True))


def _on_the_screen(stage: Stage) -> list[QColor]:
    """The colour of the bars, the menu and the page, as the screen has it now: nothing is painted for this."""
    window = stage.window
    shown = window.screen().grabWindow(window.winId()).toImage()
    parts: list[QWidget] = [stage.desk.top, stage.desk.menu, stage.desk.main, stage.desk.status]
    return [shown.pixelColor(part.mapTo(window, QPoint(part.width() - 3, part.height() - 3))) for part in parts]


def test_a_fault_while_a_look_is_put_on_leaves_no_window_standing_still(stage: Stage) -> None:
    held = _Faulty(stage.desk.top)
    appearance().follow(held, held.fit)
    with capture_exceptions() as caught:
        stage.house.display.colours(Colours.HIGH_CONTRAST)
        stage.until(lambda: appearance().is_whole)
    shiboken6.delete(held)
    assert len(caught) == 1
    assert stage.window.updatesEnabled()
    assert stage.desk.view.styleSheet() == stage.desk.top.styleSheet()


class _Faulty(QWidget):
    def fit(self) -> None:
        raise ValueError("the width of nothing")
