"""One choice of a few, under each other, each with a hint in line with its words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.qt.accessibility import named
from ui.widgets.labels import HintLabel
from ui.widgets.tab_stop import place_stop, stop_at_the_chosen

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
_UNDER_RADIO = 2.3
"""From a radio button's edge to its words, in heights of a line of the hint."""


class RadioHint(HintLabel):
    """A hint under a radio button, in line with its words at every text size."""

    def _fit(self) -> None:
        super()._fit()
        self.setIndent(round(self.fontMetrics().height() * _UNDER_RADIO))


class _Answer(QRadioButton):
    """An arrow goes to the next answer and chooses it, also while nothing is chosen, whichever way they stand.

    Qt looks for a neighbour by its place on the screen, finds none below one of a row, and chooses none it finds while
    none is chosen.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        group = self.group()
        if event.key() not in _STEPS or group is None:
            super().keyPressEvent(event)
            return
        answers = group.buttons()
        there = answers[(answers.index(self) + _STEPS[Qt.Key(event.key())]) % len(answers)]
        there.setFocus(Qt.FocusReason.TabFocusReason)
        there.setChecked(True)


class Radios(QFrame):
    """A question's answers; the name is the question."""

    def __init__(
        self,
        name: str,
        identifier: str,
        words: tuple[str, ...],
        chosen: int = -1,
        hints: tuple[str, ...] = (),
        *,
        is_across: bool = False,
    ) -> None:
        """``is_across`` puts short answers beside each other."""
        super().__init__()
        named(self, name, identifier)
        self._group = QButtonGroup(self)
        rows: QBoxLayout = QHBoxLayout(self) if is_across else QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(16 if is_across else 4)
        for place, text in enumerate(words):
            radio = _Answer(text)
            named(radio, text, f"{identifier}.{place}")
            radio.setChecked(place == chosen)
            self._group.addButton(radio, place)
            rows.addWidget(radio)
            if hints:
                hint = RadioHint(hints[place])
                radio.setAccessibleDescription(hints[place])
                rows.addWidget(hint)
        if is_across:
            rows.addStretch(1)
        stop_at_the_chosen(self._group)
        self.setFocusProxy(self._group.button(max(chosen, 0)))

    @property
    def chosen(self) -> int:
        """The chosen place, or -1."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Show which one holds, -1 none; nobody is told."""
        if place == self.chosen:
            return
        self._group.blockSignals(True)
        self._group.setExclusive(place >= 0)  # Qt lets nobody untick the last one of an exclusive group
        for at, button in enumerate(self._group.buttons()):
            button.setChecked(at == place)
        self._group.setExclusive(True)
        self._group.blockSignals(False)
        place_stop(self._group)

    @property
    def first(self) -> QWidget:
        """Where the focus starts."""
        return self._group.button(max(self.chosen, 0))

    @property
    def answers(self) -> tuple[QWidget, ...]:
        """Each of them, in order."""
        return tuple(self._group.buttons())

    @property
    def last(self) -> QWidget:
        """The last answer, which what stands below comes after."""
        return self._group.buttons()[-1]

    def changed(self, call: Callable[[int], None]) -> None:
        """``call`` is told the chosen place."""
        self._group.idToggled.connect(lambda place, on: call(place) if on else None)
