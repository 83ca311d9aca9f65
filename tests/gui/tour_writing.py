"""The tour's stops at help with writing: marked words and what they may be, short texts; all by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock

_Key = Qt.Key


def writing(visitor: object) -> None:
    """From a slip in a note to a short text of one's own."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.settle()
    stage.type("The ward recieved the letter late, the ICB knew ")
    stage.press(_Key.Key_F7)
    stage.until(lambda: stage.focus.objectName() == "spelling.list")
    take("95-spelling")
    stage.press(_Key.Key_Escape)
    stage.chord(_Key.Key_N)  # wherever a look round has left the focus
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.press(_Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    stage.type("and ;mc")
    stage.settle()
    take("95b-abbreviation")
    stage.press(_Key.Key_Tab)
    stage.press(_Key.Key_Escape)  # to the notes, so that the last of them stands in the details as long as it is shown
    stage.until(lambda: stage.focus.objectName() == "log.table")
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.settle()
    stage.chord(_Key.Key_H)
    stage.until(lambda: stage.focus.objectName() == "replace.find")
    take("95c-replace-empty")
    stage.type("the")
    stage.press(_Key.Key_Tab)
    stage.type("this")
    stage.settle()
    take("95d-replace")
    stage.press(_Key.Key_Escape)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.press(_Key.Key_Return)
    stage.settle()
    open_texts(stage)
    take("96-short-texts-empty")
    add_text(stage, "thanks", "Thank you for talking with us. What you said goes into our notes without your name.")
    take("96b-short-texts")
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "texts.form.name")
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("96c-short-text-mistake")
    stage.press(_Key.Key_Escape)
    stage.settle()


def open_texts(stage: Stage) -> None:
    """As Ctrl+K and the page's name do."""
    stage.window.commands.run("texts")
    stage.until(lambda: stage.focus.objectName() in ("texts.add", "texts.list"))
    stage.settle()


def add_text(stage: Stage, name: str, words: str) -> None:
    """One short text."""
    stage.chord(_Key.Key_N)
    stage.until(lambda: stage.focus.objectName() == "texts.form.name")
    stage.type(name)
    stage.press(_Key.Key_Tab)
    stage.type(words)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() in ("texts.list", "texts.add"))
    stage.settle()
