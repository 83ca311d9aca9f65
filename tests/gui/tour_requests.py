"""The tour's stops at information requests: none yet, the form with what is held already, the register; all by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.page import Page
from ui.presenters.requests.page import RequestsPage

_Key = Qt.Key


def open_requests(stage: Stage) -> None:
    """As Ctrl+K and the page's name do."""
    stage.window.commands.run("requests")
    stage.until(lambda: stage.focus.objectName() in ("requests.add", "requests.list"))
    stage.settle()


def requests(visitor: object) -> None:
    """From an empty register to one with an answer."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_requests(stage)
    take("86-requests-empty")
    add(stage, "Winter plan for Moor, with staffing", "Two accounts differ")
    take("86b-requests")
    stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName() == "requests.add.what")
    stage.type("staffing in the winter plan")
    page = stage.bench.presenter(Page.REQUESTS)
    assert isinstance(page, RequestsPage)
    stage.until(lambda: bool(page.state.held))
    stage.settle()
    take("87-requests-held")
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    take("87b-requests-mistake")


def add(stage: Stage, what: str, reason: str) -> None:
    """One request."""
    stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName() == "requests.add.what")
    stage.type(what)
    stage.press(_Key.Key_Tab)
    stage.type(reason)
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.shows("requests.list"))
    stage.settle()
