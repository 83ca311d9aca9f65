"""T21 and T23: mistakes keep what was typed and lead to their fields; nothing that was given is asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.mistakes import mistake_faults
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one assessment and one visit, at Home."""
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as made:
            made.type(PASSPHRASE)
            made.press(_Key.Key_Return)
            made.until(lambda: made.window.desk is not None and made.bench.home.state.loaded)
            made.settle()
            yield made


def _text(stage: Stage, identifier: str) -> str:
    field = stage.find(identifier)
    assert isinstance(field, QLineEdit)
    return field.text()


def test_a_second_visit_asks_neither_for_the_assessment_nor_for_its_pack(stage: Stage) -> None:
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "new_visit.name")
    chosen = stage.find("new_visit.assessment")
    assert isinstance(chosen, QComboBox)
    assert chosen.currentText() == "Northshire ICS"
    assert not stage.shows("new_visit.assessment_name")
    assert not stage.shows("new_visit.packs.0")
    assert _text(stage, "new_visit.when"), "the day is today's until another is typed"


def test_a_mistake_keeps_everything_that_was_typed_and_takes_the_focus_to_it(stage: Stage) -> None:
    stage.chord(_Key.Key_N, shift=True)
    stage.until(lambda: stage.focus.objectName() == "new_visit.name")
    stage.tab_to("new_visit.place")
    stage.type("Town hall, room 4")
    stage.chord(_Key.Key_Return)
    stage.settle()
    assert mistake_faults(stage.window) == []
    assert stage.focus.objectName() == "new_visit.errors"
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Space)
    assert stage.focus.objectName() == "new_visit.name"
    assert stage.focus.accessibleDescription().startswith("Error: ")
    assert _text(stage, "new_visit.place") == "Town hall, room 4"
    stage.type("Visit 2")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.bench.visit is not None)


def test_first_run_keeps_the_name_through_its_mistakes_and_back(look: Appearance, tmp_path: Path) -> None:
    with quick_keys(), Stage(tmp_path) as stage:
        stage.until(lambda: stage.focus.objectName() == "setup.name")
        stage.press(_Key.Key_Return)
        assert stage.shows("setup.start.errors")
        assert stage.window.windowTitle().startswith("Error: ")
        assert mistake_faults(stage.window) == []
        stage.tab_to("setup.name")
        stage.type("Asha Smith")
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.focus.objectName() == "setup.passphrase")
        assert not stage.window.windowTitle().startswith("Error: ")
        stage.alt(_Key.Key_B)
        stage.until(lambda: stage.shows("setup.name"))
        assert _text(stage, "setup.name") == "Asha Smith"
