"""The tour's stops at Frameworks: one beside the other, what a crosswalk would do, what a file would bring, held."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.frameworks.page import FrameworksPage
from ui.presenters.page import Page

_Key = Qt.Key
SAMPLE = Path(__file__).parents[1] / "app" / "files" / "oversight-invented.csv"


def frameworks(visitor: object) -> None:
    """From one framework to two, tags carried over and taken back, and figures that are held."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.window.commands.run("frameworks")
    stage.until(lambda: stage.focus.objectName() == "frameworks.list")
    stage.settle()
    page = presenter(stage)
    choose(stage, "provider@2026.1")
    take("88-frameworks")
    page.carry()
    stage.until(lambda: page.state.panel is not None)
    stage.settle()
    take("88b-frameworks-crosswalk")
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: page.state.panel is None and len(page.assessment.packs) == 2)
    stage.settle()
    page.look(SAMPLE)
    stage.until(lambda: page.state.plan is not None)
    stage.settle()
    take("88c-frameworks-figures")
    page.keep_figures()
    stage.until(lambda: len(page.state.figures) == 4)
    stage.settle()
    take("88d-frameworks-both")


def presenter(stage: Stage) -> FrameworksPage:
    """The open page's."""
    page = stage.bench.presenter(Page.FRAMEWORKS)
    assert isinstance(page, FrameworksPage)
    return page


def choose(stage: Stage, key: str) -> None:
    """The cursor on one of the list."""
    page = presenter(stage)
    place = next(at for at, one in enumerate(page.state.lines) if one.key == key)
    rows = stage.find("frameworks.list")
    rows.setFocus(Qt.FocusReason.OtherFocusReason)
    while rows.currentRow() < place:  # type: ignore[attr-defined]
        stage.press(_Key.Key_Down)
    stage.until(lambda: page.state.chosen == key)
    stage.settle()
