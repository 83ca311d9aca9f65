"""The tour's stop at Hand in: a vault that works on its own, and one that was handed in whole."""

from __future__ import annotations

from dataclasses import replace

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.handing.page import HandInPage
from ui.presenters.page import Page


def handing(visitor: object) -> None:
    """By the command, as Ctrl+K does."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.window.commands.run("hand_in")
    stage.until(lambda: stage.focus.objectName() == "hand_in.list")
    stage.settle()
    take("90-hand-in")
    page = stage.bench.presenter(Page.HAND_IN)
    assert isinstance(page, HandInPage)
    # What an office's receipts show, without an office.
    due = "Your office asks you to erase this vault, since 10 November 2026"
    page._show(replace(page.state, obstacles=(), due=due))
    stage.settle()
    stage.find("hand_in.typed").setFocus()
    take("90b-hand-in-ready")
