"""The tour's stops at Findings: none yet, a mistake, one with its notes, linked by keys, the texts of the report."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.findings.page import FindingsPage
from ui.presenters.page import Page

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def findings(visitor: object) -> None:
    """From an empty list to a finding with a note for it and one against."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.window.commands.run("findings")
    stage.until(lambda: stage.focus.objectName() == "findings.list")
    stage.settle()
    take("99-1-findings-empty")
    _go(stage, 1)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "findings.add.claim")
    stage.press(_Key.Key_Return, _CTRL)
    stage.settle()
    take("99-2-finding-mistake")
    add(stage, "Learning is shared late")
    _link(stage)
    take("99-3-finding")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.find("findings.texts").click()  # type: ignore[attr-defined]
    stage.settle()
    take("99-4-report-texts")
    _go(stage, 1)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "findings.text.text")
    stage.type("Improving since the last visit.")
    stage.settle()
    take("99-5-report-text")


def presenter(stage: Stage) -> FindingsPage:
    """The open page's."""
    page = stage.bench.presenter(Page.FINDINGS)
    assert isinstance(page, FindingsPage)
    return page


def add(stage: Stage, claim: str) -> None:
    """The form is open: words, what it says, saved."""
    page = presenter(stage)
    panel = page.state.panel
    assert panel is not None
    panel.form.put("claim", claim)
    panel.form.put("bearing", "shortfall")
    panel.form.put("sentence", "Learning reaches the night team late.")
    stage.press(_Key.Key_Return, _CTRL)
    stage.until(lambda: page.state.panel is None and page.state.view is not None)
    stage.settle()


def _link(stage: Stage) -> None:
    page = presenter(stage)
    stage.find("findings.list").setFocus(Qt.FocusReason.OtherFocusReason)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("findings.seek"))
    page.seek("a")
    stage.until(lambda: len(page.state.notes) > 1 and stage.shows("findings.notes"))
    stage.settle()
    notes = stage.find("findings.notes")
    notes.setFocus(Qt.FocusReason.OtherFocusReason)
    notes.setCurrentRow(0)  # type: ignore[attr-defined]
    stage.press(_Key.Key_Space)
    stage.until(lambda: page.state.view is not None and len(page.state.view.cited) == 1)
    notes.setCurrentRow(1)  # type: ignore[attr-defined]
    stage.press(_Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    stage.until(lambda: page.state.view is not None and len(page.state.view.cited) == 2)
    stage.settle()


def _go(stage: Stage, place: int) -> None:
    page = presenter(stage)
    rows = stage.find("findings.list")
    rows.setFocus(Qt.FocusReason.OtherFocusReason)
    rows.setCurrentRow(place)  # type: ignore[attr-defined]
    stage.until(lambda: page.state.chosen == page.state.lines[place].key)
