"""Alt+B goes back, also from inside a field, where Qt would type a b."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def back_by_keys(view: QWidget, back: Callable[[], None]) -> None:
    """Listen while ``view`` is up. A button's own mnemonic acts a tenth of a second later, and somebody types on."""
    shortcut = QShortcut(QKeySequence("Alt+B"), view)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: back())
