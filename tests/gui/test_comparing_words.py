"""Comparing the words of both keys: a stray Enter joins no office, and a screen reader begins with the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.support.vaults import quick_keys
from ui.presenters.first_run import Page
from ui.presenters.services import Enrolled
from ui.qt.theme import Appearance
from ui.views.settings.settings_view import SettingsView

_Key = Qt.Key
ENROLLED = Enrolled(
    office="Not Your Office",
    user="Asha Smith",
    store_words=("gravel", "lantern", "orbit", "velvet", "maple", "harbour"),
    laptop_words=("candle", "river", "pencil", "autumn", "copper", "signal"),
)


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    with quick_keys():
        made = Stage(tmp_path)
        yield made
        made.close()


def _comparing(stage: Stage) -> None:
    """Up to the words, with the keys somebody may still be pressing."""
    stage.set_up()
    stage.tab_to("setup.stored.0")
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Space)
    stage.tab_to("setup.code")
    assert stage.window.wizard is not None
    stage.window.wizard.show_enrolled(ENROLLED)
    stage.settle()


def test_in_first_run_the_focus_begins_on_the_words_and_enter_accepts_nobody(stage: Stage) -> None:
    _comparing(stage)
    assert stage.focus.objectName() == "setup.compare"
    for word in (*ENROLLED.store_words, *ENROLLED.laptop_words):
        assert word in stage.focus.accessibleName()
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)  # which goes on everywhere else in first run
    stage.settle()
    wizard = stage.window.wizard
    assert wizard is not None
    assert wizard.state.page is Page.WAY
    assert wizard.state.enrolled == ENROLLED
    stage.press(_Key.Key_Tab)
    assert stage.focus.accessibleName() == "The words are the same"


def test_coming_back_to_the_words_begins_on_them_again(stage: Stage) -> None:
    _comparing(stage)
    stage.alt(_Key.Key_B)
    stage.until(lambda: stage.focus.objectName() == "setup.recovery.groups")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.compare")


def test_in_settings_the_focus_goes_to_the_words_when_they_come(stage: Stage) -> None:
    stage.set_up()
    stage.finish_set_up()
    stage.chord(_Key.Key_9)
    stage.until(lambda: stage.focus.objectName() == "settings.pages")
    (settings,) = stage.window.findChildren(SettingsView)
    settings.show_office()
    stage.settle()
    stage.find("office.code").setFocus()
    enrol = settings._pages.enrol
    enrol.show_enrolled(ENROLLED)
    stage.settle()
    assert stage.focus.objectName() == "office.compare"
    assert "gravel" in stage.focus.accessibleName()
    stage.press(_Key.Key_Return)
    stage.settle()
    assert enrol.state.enrolled == ENROLLED
    assert not enrol.state.is_enrolled
    stage.tab_to("office.differ")
    stage.press(_Key.Key_Return)
    stage.until(lambda: enrol.state.enrolled is None)
    assert stage.focus.objectName() == "office.words", "not the check box below, which Space would tick"
