"""Factual accuracy by keys: Enter goes from a line to what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_accuracy import comment, presenter, send
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.qt.theme import Appearance

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def test_enter_goes_to_what_can_be_done_and_a_summit_stays_open_until_its_outcome_is_written(
    look: Appearance, tmp_path: Path
) -> None:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            stage.window.commands.run("accuracy")
            stage.until(lambda: stage.focus.objectName() in ("accuracy.send", "accuracy.list"))
            stage.settle()
            send(stage)
            comment(stage)
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "accuracy.answer")
            page = presenter(stage)
            page.summit()
            stage.until(lambda: stage.focus.objectName() == "accuracy.summit_form.on")
            stage.type("12 March 2027")
            stage.press(_Key.Key_Return, _CTRL)
            stage.until(lambda: bool(page.state.facts.summits))
            assert [one.is_open for one in page.state.lines if one.kind == "summit"] == [True]
