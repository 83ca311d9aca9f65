"""The tour's stop at Hand in: a vault that works on its own, and one that was handed in whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.hand_over_service import Addressee
from ui.presenters.handing.page import HandInPage
from ui.presenters.handing_over.page import HandOverPage
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
    hand_over(stage, take)


def hand_over(stage: Stage, take: Callable[[str], None]) -> None:
    """Hand over without a network: nobody known yet, a code that is shown, wrong words, and a vault with a team."""
    stage.window.commands.run("hand_over")
    stage.until(lambda: stage.shows("hand_over.read"))
    stage.settle()
    take("91-hand-over")
    page = stage.bench.presenter(Page.HAND_OVER)
    assert isinstance(page, HandOverPage)
    page.join("nonsense", "")
    stage.until(lambda: not page.state.busy)
    take("91b-hand-over-wrong-code")
    known = (Addressee(key="centre", name="Central store of Northmoor office"), Addressee(key="x", name="Ben Ode"))
    handed = ("12 November 09:00  8 records for Northmoor office: no receipt file yet",)
    told = ("8 records for Northmoor office written. Only they can open it.",)
    page._show(replace(page.state, to=known, handed=handed, told=told, fault=""))
    take("91c-hand-over-written")
    code, where = "42-anchor-beach-cobalt", ("192.0.2.20:8471",)
    page._show(replace(page.state, busy="Waiting for the other laptop…", code=code, addresses=where, told=()))
    take("91d-hand-over-code")
    page._show(replace(page.state, busy="", code="", addresses=()))
