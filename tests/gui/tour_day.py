"""The tour's stops at the end-of-day sheet: blank, an item written, one taken over, None stated, finished; by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.day.page import DaySheetPage
from ui.presenters.page import Page

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def day_sheet(visitor: object) -> None:
    """A whole sheet, from the visit and back, by keys alone."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_day(stage)
    take("99f-day-blank")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "day.add.text")
    stage.press(_Key.Key_Return, _CTRL)
    stage.settle()
    take("99g-day-mistake")
    stage.find("day.add.text").setFocus(Qt.FocusReason.OtherFocusReason)
    stage.type("No out of hours cover on Ward 4 tonight")
    stage.press(_Key.Key_Return, _CTRL)
    page = presenter(stage)
    stage.until(lambda: page.state.panel is None and bool(page.state.facts.board.items))
    stage.settle()
    for at in (1, 2):
        _go(stage, at)
        stage.press(_Key.Key_N, Qt.KeyboardModifier.AltModifier)
        stage.until(lambda at=at: len(page.state.facts.board.nones) == at)  # type: ignore[misc]
        stage.settle()
    proposal = next(at for at, one in enumerate(page.state.lines) if one.proposal is not None)
    _go(stage, proposal)
    stage.press(_Key.Key_Return)
    stage.until(lambda: len(page.state.facts.board.items) == 2)
    assert page.state.line is not None, "the next proposal"
    stage.settle()
    take("99h-day-taken")
    stage.press(_Key.Key_F, Qt.KeyboardModifier.AltModifier)
    stage.until(lambda: page.state.is_finished)
    _go(stage, 0)
    stage.settle()
    take("99i-day-finished")


def open_day(stage: Stage) -> None:
    """As Ctrl+E does from the visit."""
    stage.chord(_Key.Key_2)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    stage.settle()
    stage.chord(_Key.Key_E)
    stage.until(lambda: stage.focus.objectName() == "day.list")
    stage.settle()


def presenter(stage: Stage) -> DaySheetPage:
    """The open page's."""
    page = stage.bench.presenter(Page.DAY)
    assert isinstance(page, DaySheetPage)
    return page


def _go(stage: Stage, place: int) -> None:
    page = presenter(stage)
    rows = stage.find("day.list")
    rows.setFocus(Qt.FocusReason.OtherFocusReason)
    rows.setCurrentRow(place)  # type: ignore[attr-defined]
    stage.until(lambda: page.state.chosen == page.state.lines[place].key)
