"""The tour's way through escalations: the card in its states, the page, its forms, a quality risk."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt

from tests.gui.stage import PASSPHRASE, Stage
from ui.presenters.escalation.page import EscalationsPage
from ui.presenters.page import Page

_Key = Qt.Key


class Visitor(Protocol):
    """Somebody who looks at each screen."""

    stage: Stage

    def take(self, name: str) -> None:
        """The screen called ``name`` is up."""


def escalations(visitor: Visitor) -> None:
    """From an empty page to a risk that somebody was told of, and one that is watched."""
    stage = visitor.stage
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None and stage.bench.home.state.loaded)
    stage.settle()
    stage.chord(_Key.Key_6)
    stage.until(lambda: stage.bench.state.page is Page.ESCALATIONS)
    stage.settle()
    visitor.take("60-escalations-empty")
    _card(visitor)
    stage.find("escalations.list").setFocus()
    stage.settle()
    visitor.take("65-escalations")
    stage.window.commands.run("add_contact")
    stage.settle()
    visitor.take("66-add-contact")
    stage.press(_Key.Key_Escape)
    stage.settle()
    _risk(visitor)


def _card(visitor: Visitor) -> None:
    stage = visitor.stage
    stage.chord(_Key.Key_E, shift=True)
    stage.settle()
    visitor.take("61-escalate")
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    visitor.take("62-escalate-mistakes")
    stage.find("escalate.danger.0").setFocus()
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Tab)
    stage.type("No out of hours medical cover on Ward 4 tonight")
    visitor.take("63-escalate-danger")
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    stage.alt(_Key.Key_A)
    stage.type("Ward manager")
    stage.press(_Key.Key_Tab)
    stage.type("will call the on-call consultant")
    visitor.take("64-escalate-contact")
    stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    stage.press(_Key.Key_Escape)
    stage.settle()


def _risk(visitor: Visitor) -> None:
    stage = visitor.stage
    stage.window.commands.run("set_risk")
    stage.settle()
    visitor.take("67-quality-risk")
    page = stage.bench.presenter(Page.ESCALATIONS)
    assert isinstance(page, EscalationsPage)
    assert page.state.panel is not None
    form = page.state.panel.form
    for name, text in (
        ("level", "enhanced"), ("authority", "icb"), ("reasons", "Third time this month"), ("review_on", "today"),
    ):  # fmt: skip
        form.put(name, text)
    stage.chord(_Key.Key_Return)
    stage.settle()
    stage.find("escalations.risks").setFocus()
    stage.settle()
    visitor.take("68-quality-risks")
