"""One of a few ways to look at the same thing: buttons side by side, exactly one of them pressed.

One Tab stop; the arrows go from one to the next and press it, as in a group of radio buttons. The pressed one bears a
tick, so that it is not told apart by its colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.restyle import set_look
from ui.widgets.buttons import ActionButton, button


class Either(QWidget):
    """``picked`` tells the value of the button that was pressed by a person."""

    picked = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str]], name: str, identifier: str) -> None:
        """``options`` are values, the words on each button, and what is said behind them to a screen reader."""
        super().__init__()
        named(self, name, identifier)
        self._group = QButtonGroup(self)
        self._presses: dict[str, ActionButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for value, words, said in options:
            press = button(words, f"{identifier}.{value}")
            named(press, f"{words}, {said}")
            press.setCheckable(True)
            press.clicked.connect(lambda _=False, value=value: self._press(value))
            self._group.addButton(press)
            self._presses[value] = press
            row.addWidget(press)
        self._group.setExclusive(True)
        self._chosen = ""

    def choose(self, value: str) -> None:
        """Press the button of ``value``; nothing is told. Raises ``KeyError`` for a value that has none."""
        if value == self._chosen:
            return
        self._presses[value].setChecked(True)
        self._chosen = value
        for one, press in self._presses.items():
            is_on = one == value  # Qt moves the Tab stop only where a person pressed
            press.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_on else Qt.FocusPolicy.ClickFocus)
            press.setIcon(icon("check", "onPrimary") if is_on else QIcon())
            set_look(press, "kind", "primary" if is_on else "")
        self.setFocusProxy(self._presses[value])

    @property
    def chosen(self) -> str:
        """The value that is pressed."""
        return self._chosen

    def take_focus(self) -> None:
        """To the pressed button."""
        self._presses[self._chosen].setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, value: str) -> None:
        if value != self._chosen:
            self.choose(value)
            self.picked.emit(value)
