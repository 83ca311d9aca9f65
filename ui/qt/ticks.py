"""Says that a box was unticked: Qt does not tell NVDA (ux 2.0.5)."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

UNTICKED = "Not selected"


class Ticks(QObject):
    """Listens to the check box that has the focus, so that only a person's own unticking is told."""

    def __init__(self, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._box: QCheckBox | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)  # a bound method: a lambda would outlive the window

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._box is not None and shiboken6.isValid(self._box):
            self._box.toggled.disconnect(self._toggled)
        self._box = new if isinstance(new, QCheckBox) else None
        if self._box is not None:
            self._box.toggled.connect(self._toggled)

    def _toggled(self, is_checked: bool) -> None:
        if not is_checked:
            self._say(UNTICKED)
