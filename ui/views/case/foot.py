"""What can be done on a page, in one line below it; where that has no room the lesser ones give way to their keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.qt.theme import appearance

_GAP = 6


class Foot(QWidget):
    """``giving_way`` are those of ``presses`` that go, the first of them first; each is a command with a key too."""

    def __init__(self, presses: Sequence[QWidget], giving_way: Sequence[QWidget]) -> None:
        super().__init__()
        self._presses = tuple(presses)
        self._giving_way = tuple(giving_way)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for press in presses:
            row.addWidget(press)
        row.addStretch(1)
        appearance().follow(self, self._fit)

    def minimumSizeHint(self) -> QSize:
        """No wider than what always stays: the window must be able to become narrow for the rest to give way."""
        kept = [press for press in self._presses if press not in self._giving_way]
        return QSize(self._room(kept), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = list(self._presses)
        for press in self._giving_way:
            if self._room(shown) <= self.width():
                break
            shown.remove(press)
        for press in self._giving_way:
            press.setVisible(press in shown)

    def _room(self, presses: Sequence[QWidget]) -> int:
        return sum(press.sizeHint().width() for press in presses) + _GAP * (len(presses) - 1)
