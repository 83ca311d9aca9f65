"""The tour's stops at a record review: the form that comes first, a mistake in it, records and their notes; by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldkit.domain.assessment import ActivityKind
from tests.gui.stage import Stage
from tests.gui.tour_interview import plan, unlock
from ui.presenters.page import Page

_Key = Qt.Key


def review(stage: Stage) -> None:
    """As Enter on the agenda does."""
    stage.bench.open_activity(plan(stage, "Record review: care plans", ActivityKind.RECORD_REVIEW).id)
    stage.until(lambda: stage.bench.state.page is Page.RECORD_REVIEW)
    stage.until(lambda: stage.focus.objectName() == "record.open.whose")
    stage.settle()


def look(stage: Stage, whose: str, *, basis: str = "power") -> None:
    """Fill the form and open the record."""
    stage.type(whose)
    stage.tab_to("record.open.what")
    stage.type("Care plan")
    stage.tab_to("record.open.why")
    stage.type("Who agreed the discharge, and when")
    _choose(stage, f"basis.{basis}")
    stage.tab_to(f"record.open.{basis}")
    stage.type("section 63" if basis == "power" else "spoken, to their nurse")
    _choose(stage, "capacity.not_applicable")
    _choose(stage, "told.after")
    _choose(stage, "copied.no")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "record.line")
    stage.settle()


def note(stage: Stage, words: str) -> None:
    """One note, saved."""
    stage.type(words)
    stage.press(_Key.Key_Return)
    stage.settle()


def records(visitor: object) -> None:
    """From the first form to consent that was taken back."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    review(stage)
    take("110-record-open")
    stage.type("Mrs Okafor")
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("110b-record-open-mistake")
    stage.press(_Key.Key_Escape)
    stage.settle()
    take("111-records-empty")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "record.open.whose")
    stage.press(_Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    look(stage, "C03")
    note(stage, "Discharge agreed on the ward, nobody rang the daughter #sp-")
    note(stage, "Plan signed two days after they went home #gm-")
    take("112-record-notes")
    stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.until(lambda: stage.focus.objectName() == "record.open.whose")
    look(stage, "P2", basis="consent")
    note(stage, "Review of medicines is dated before admission #sp")
    take("113-records-two")
    stage.window.commands.run("record_consent")
    stage.until(lambda: stage.shows("record.take_back.save"))
    stage.settle()
    take("114-record-take-back")
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not stage.shows("record.take_back.save"))
    stage.settle()
    take("114b-record-held")


def _choose(stage: Stage, what: str) -> None:
    """Tab leads into a group of choices, arrows to the one that is wanted."""
    group, _, _ = what.partition(".")
    for _ in range(60):
        if stage.focus.objectName().startswith(f"record.open.{group}."):
            break
        stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Space)
    for _ in range(5):
        if stage.focus.objectName() == f"record.open.{what}":
            return
        stage.press(_Key.Key_Down)
    raise AssertionError(what)
