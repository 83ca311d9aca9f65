"""The tour's stops at restricted disclosures: set-up, taking one, open, handed over, closed; all by keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from fieldkit.app.disclosures import Holder
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.box_door import Stage as Box
from ui.presenters.page import Page

BOX = "seven green bottles hang"
_Key = Qt.Key


def disclosures(visitor: object) -> None:
    """From a vault that has none to one that was handed over."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.window.commands.run("disclosures")
    stage.until(lambda: stage.bench.state.page is Page.DISCLOSURES)
    stage.settle()
    take("100-disclosures-new")
    stage.tab_to("disclosures.new.set_up")
    stage.press(_Key.Key_Return)
    stage.settle()
    take("101-disclosures-new-mistake")
    stage.tab_to("disclosures.new.passphrase")
    _type_in(stage, "disclosures.new.again")
    page: Any = stage.bench.presenter(Page.DISCLOSURES)
    stage.until(lambda: page.state.stage is Box.OPEN)
    take("102-disclosures-empty")
    stage.tab_to("disclosures.take")
    stage.press(_Key.Key_Return)
    stage.tab_to("disclosures.take.text")
    stage.type("Night staff are told not to report falls")
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("103-disclosures-take-mistake")
    stage.to_first_mistake()
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Space)
    stage.tab_to("disclosures.take.who")
    stage.type("Staff nurse, nights")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: page.state.restricted.disclosures)
    stage.settle()
    _with_people(stage, page)
    take("104-disclosures")
    page.leave_pointer()
    stage.settle()
    take("105-disclosures-pointer")
    stage.press(_Key.Key_Escape)
    page.shut()
    stage.settle()
    stage.tab_to("disclosures.passphrase")
    stage.type("not this one at all")
    stage.press(_Key.Key_Return)
    stage.until(lambda: page.state.errors)
    stage.settle()
    take("106-disclosures-closed")


def _type_in(stage: Stage, again: str) -> None:
    stage.type(BOX)
    stage.tab_to(again)
    stage.type(BOX)
    stage.press(_Key.Key_Return)


def _with_people(stage: Stage, page: Any) -> None:
    """One's own key, somebody trusted, and a key whose words are still to be compared."""
    page.exchange.hold_role()
    stage.until(lambda: page.state.restricted.public)
    page.offer((Holder(name="Speaking-up guardian", public=bytes(range(32))),))
    page.exchange.trust(bytes(range(32)))
    stage.until(lambda: page.state.restricted.holders)
    page.offer((Holder(name="Deputy guardian", public=bytes(range(1, 33))),))
    stage.settle()
