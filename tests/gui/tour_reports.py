"""The tour's stops at Reports: the kinds, one that lacks its subject, its pages to look at, saved; by keys."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.page import Page
from ui.presenters.reports.page import ReportsPage

_Key = Qt.Key


def reports(visitor: object) -> None:
    """From the list to the pages of a report and its files."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.chord(_Key.Key_8)
    stage.until(lambda: stage.focus.objectName() == "reports.list")
    stage.settle()
    take("98r-reports")
    page = presenter(stage)
    while page.state.kind.id != "score-trace":
        stage.press(_Key.Key_Down)
        stage.settle()
    stage.settle()
    take("98s-reports-chosen")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "reports.preview")
    stage.press(_Key.Key_Space)
    stage.until(lambda: page.state.shown == 1)
    stage.until(lambda: stage.focus.objectName() == "reports.canvas")
    stage.settle()
    take("98t-reports-pages")
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.focus.objectName() == "reports.list")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page.save(lambda: str(folder / "Score trace.pdf"))
        stage.until(lambda: bool(page.state.notice))
    stage.settle()
    take("98u-reports-saved")


def presenter(stage: Stage) -> ReportsPage:
    """The open page's."""
    page = stage.bench.presenter(Page.REPORTS)
    assert isinstance(page, ReportsPage)
    return page
