"""The tour's stops at people: nobody yet, added by letter, one person under two codes, the key to names; by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock

_Key = Qt.Key
KEY = "velvet harbour copper autumn"


def open_people(stage: Stage) -> None:
    """As Ctrl+K and the page's name do."""
    stage.window.commands.run("people")
    stage.until(lambda: stage.focus.objectName() in ("people.add", "people.list"))
    stage.settle()


def add(stage: Stage, letters: str, role: str, organisation: str) -> None:
    """Somebody, with the next code of these letters."""
    stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName().startswith("people.add.letters."))
    stage.press(_Key.Key_Space)
    for _ in range(8):
        if stage.focus.objectName() == f"people.add.letters.{letters}":
            break
        stage.press(_Key.Key_Down)
    stage.tab_to("people.add.role")
    stage.type(role)
    stage.tab_to("people.add.organisation")
    stage.type(organisation)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.list") and not stage.shows("people.add.save"))
    stage.settle()


def people(visitor: object) -> None:
    """From nobody to a name in the key."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_people(stage)
    take("120-people-empty")
    stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName().startswith("people.add.letters."))
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("120b-people-mistake")
    stage.press(_Key.Key_Escape)
    for letters, role in (("p", "Resident"), ("p", "Resident"), ("s", "Ward sister")):
        add(stage, letters, role, "Coast trust")
    take("121-people")
    stage.press(_Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.focus.objectName().startswith("people.add.letters."))
    stage.tab_to("people.add.role")
    stage.type("Ward clerk")
    stage.tab_to("people.add.organisation")
    stage.type("Coast trust")
    stage.pass_seconds(0.5)
    stage.until(lambda: stage.shows("people.add.small"))
    take("121b-people-small")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.tab_to("people.list")
    stage.press(_Key.Key_Home)
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.tab_to("people.same_as")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.same.save"))
    stage.settle()
    take("122-people-same")
    stage.press(_Key.Key_Escape)
    stage.tab_to("people.open_names")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.key.new.set_up"))
    stage.settle()
    take("123-people-key")
    stage.type(KEY)
    stage.tab_to("people.key.new.again")
    stage.type(KEY)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.close_names"))
    stage.settle()
    take("124-people-names")
    stage.tab_to("people.close_names")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.open_names"))
    stage.press(_Key.Key_Backtab)
    stage.tab_to("people.open_names")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("people.key.open"))
    stage.settle()
    take("125-people-shut")
