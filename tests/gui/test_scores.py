"""Scores by keys: from one judgement straight on to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from tests.gui.tour_scores import fill, presenter
from ui.qt.theme import Appearance

_Key = Qt.Key


def test_control_enter_goes_on_to_the_next_statement_and_types_into_its_form(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        unlock(stage)
        stage.chord(_Key.Key_5)
        stage.until(lambda: stage.focus.objectName() == "scores.list")
        stage.settle()
        fill(stage, place=3)
        page = presenter(stage)
        first, before = page.state.line, page.state.panel
        stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        stage.until(lambda: page.state.panel not in (None, before))
        stage.settle()
        assert page.state.chosen == page.state.lines[4].key
        assert page.state.lines[3].title == (first.title if first else "")
        assert not page.state.lines[3].is_open
        assert stage.find("scores.list").currentRow() == 4  # type: ignore[attr-defined]
        assert stage.focus.objectName() == "scores.judge.text"
        stage.type("Too few hours")
        assert page.state.panel is not None
        assert page.state.panel.form.state.values["text"] == "Too few hours"
