"""Findings by keys: a note under two findings is said and counts once; from an excerpt to its source and back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_findings import presenter
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.qt.theme import Appearance

_Key = Qt.Key


def test_a_note_under_two_findings_is_said_and_counts_once_and_esc_leads_back_from_its_source(
    look: Appearance, tmp_path: Path
) -> None:
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as stage:
            unlock(stage)
            stage.window.commands.run("findings")
            stage.until(lambda: stage.focus.objectName() == "findings.list")
            stage.settle()
            _add(stage, 1, "Learning is shared late")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.focus.objectName() == "findings.notes")
            stage.press(_Key.Key_Space)
            stage.until(lambda: presenter(stage).state.read.board.notes == 1)
            stage.settle()
            stage.press(_Key.Key_Escape)
            stage.until(lambda: stage.focus.objectName() == "findings.list")
            _add(stage, 3, "Staff are told late")
            stage.chord(_Key.Key_F)
            stage.type("(2)")
            stage.until(lambda: any("F1" in one.status for one in presenter(stage).state.notes))
            stage.settle()
            stage.press(_Key.Key_Tab)
            stage.until(lambda: stage.focus.objectName() == "findings.notes")
            stage.press(_Key.Key_Space)
            stage.until(lambda: presenter(stage).state.read.board.shared == 1)
            assert presenter(stage).state.read.board.notes == 1, "under two findings, and one note"
            stage.settle()
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.bench.state.page is Page.LOG)
            stage.settle()
            stage.press(_Key.Key_Escape)
            stage.until(lambda: stage.bench.state.page is Page.FINDINGS)
            view = presenter(stage).state.view
            assert view is not None
            assert view.reference == "F2", "where the reader came from"


def _add(stage: Stage, place: int, claim: str) -> None:
    """A finding of the line at a place of the list."""
    stage.press(_Key.Key_Home)
    for _ in range(place):
        stage.press(_Key.Key_Down)
    stage.settle()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "findings.add.claim")
    stage.type(claim)
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: presenter(stage).state.panel is None)
    stage.settle()
