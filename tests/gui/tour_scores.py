"""The tour's stops at Scores: nothing scored, one judged, a mistake, a score tried out, the overall figure; by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.page import Page
from ui.presenters.scores.page import ScoresPage

_Key = Qt.Key
_ALT = Qt.KeyboardModifier.AltModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


def scores(visitor: object) -> None:
    """From an empty board to a first score and what would follow of another."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.chord(_Key.Key_5)
    stage.until(lambda: stage.focus.objectName() == "scores.list")
    stage.settle()
    take("99-scores-empty")
    judge(stage, place=3)
    take("99b-scores")
    stage.press(_Key.Key_N, _ALT)
    assert presenter(stage).state.chosen == presenter(stage).state.lines[4].key, "the next without a score"
    stage.press(_Key.Key_F2)
    _is_open(stage)
    stage.press(_Key.Key_Return, _CTRL)
    stage.settle()
    take("99c-scores-mistake")
    stage.press(_Key.Key_Escape)
    _go(stage, 3)
    page = presenter(stage)
    page.try_out(4)
    stage.until(lambda: bool(page.state.tried))
    stage.settle()
    take("99d-scores-what-if")
    _go(stage, 0)
    stage.settle()
    take("99e-scores-figure")


def presenter(stage: Stage) -> ScoresPage:
    """The open page's."""
    page = stage.bench.presenter(Page.SCORES)
    assert isinstance(page, ScoresPage)
    return page


def judge(stage: Stage, place: int) -> None:
    """Words, a score, the first note, and saved: as a person would by keys."""
    fill(stage, place)
    page = presenter(stage)
    stage.tab_to("scores.judge.save")
    stage.press(_Key.Key_Return)
    stage.until(lambda: page.state.panel is None)
    stage.settle()


def fill(stage: Stage, place: int) -> None:
    """Words, a score, the first note; nothing is saved."""
    _open(stage, place)
    stage.type("Learning is shared, but late")
    stage.press(_Key.Key_Tab)
    for _ in range(2):
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Space)
    page = presenter(stage)
    panel = page.state.panel
    assert panel is not None
    relied_on = next(one for one in panel.form.fields if one.name == "relied_on")
    panel.form.put("relied_on", relied_on.options[0].value)


def _go(stage: Stage, place: int) -> None:
    page = presenter(stage)
    rows = stage.find("scores.list")
    rows.setFocus(Qt.FocusReason.OtherFocusReason)
    rows.setCurrentRow(place)  # type: ignore[attr-defined]
    stage.until(lambda: page.state.chosen == page.state.lines[place].key)


def _open(stage: Stage, place: int) -> None:
    _go(stage, place)
    stage.press(_Key.Key_Return)
    _is_open(stage)


def _is_open(stage: Stage) -> None:
    stage.until(lambda: stage.focus.objectName() == "scores.judge.text")
    stage.settle()
