"""One choice of a few, under each other, each with a hint in line with its words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QRadioButton, QVBoxLayout, QWidget

from ui.qt.accessibility import named
from ui.widgets.labels import HintLabel

_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_UNDER_RADIO = 2.3
"""From a radio button's edge to its words, in heights of a line of the hint."""


class RadioHint(HintLabel):
    """A hint under a radio button, in line with its words at every text size."""

    def _fit(self) -> None:
        super()._fit()
        self.setIndent(round(self.fontMetrics().height() * _UNDER_RADIO))


class _Answer(QRadioButton):
    """An arrow chooses also while nothing is chosen: Qt then moves the focus only, and Enter would find no answer."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        now = QApplication.focusWidget()
        if event.key() in _ARROWS and isinstance(now, _Answer) and now is not self and now.group() is self.group():
            now.setChecked(True)


class Radios(QFrame):
    """A question's answers; the name is the question."""

    def __init__(
        self, name: str, identifier: str, words: tuple[str, ...], chosen: int = -1, hints: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        named(self, name, identifier)
        self._group = QButtonGroup(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
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
        self.setFocusProxy(self._group.button(max(chosen, 0)))

    @property
    def chosen(self) -> int:
        """The chosen place, or -1."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Show which one holds; nobody is told."""
        if place != self.chosen:
            self._group.blockSignals(True)
            self._group.button(place).setChecked(True)
            self._group.blockSignals(False)

    @property
    def first(self) -> QWidget:
        """Where the focus starts."""
        return self._group.button(max(self.chosen, 0))

    @property
    def last(self) -> QWidget:
        """The last answer, which what stands below comes after."""
        return self._group.buttons()[-1]

    def changed(self, call: Callable[[int], None]) -> None:
        """``call`` is told the chosen place."""
        self._group.idToggled.connect(lambda place, on: call(place) if on else None)
