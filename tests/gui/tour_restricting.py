"""The tour's stops at who may know: the form beside Evidence, the note that says it, and the form that lifts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from tests.gui.tour import Visitor

_Key = Qt.Key


def restricting(visitor: Visitor) -> None:
    """From the palette to a note that is restricted, and to the form again."""
    from tests.gui.tour_interview import unlock

    stage = visitor.stage
    unlock(stage)
    stage.chord(_Key.Key_3)
    stage.until(lambda: stage.shows("evidence.table"))
    stage.find("evidence.table").setFocus()
    stage.press(_Key.Key_Down)
    stage.chord(_Key.Key_K)
    stage.type("say who may know this note")
    stage.settle()
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.desk.restricting.is_open)
    stage.settle()
    visitor.take("156-who-may-know")
    stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: not stage.desk.restricting.is_open)
    stage.settle()
    visitor.take("157-note-restricted")
    stage.find("evidence.table").setFocus()
    stage.bench.restrictions.ask(str(stage.desk.view.note_at_hand.entry.id))  # type: ignore[union-attr]
    stage.until(lambda: stage.desk.restricting.is_open)
    stage.settle()
    visitor.take("158-who-may-know-lift")
