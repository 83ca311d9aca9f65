"""The boxes of the interview page: the capture line's field, where Ctrl+Enter belongs to the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ui.presenters.log.capture_line import CaptureLine
from ui.qt.accessibility import named
from ui.views.log.capture_edit import CaptureEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TalkEdit(CaptureEdit):
    """Enter saves and stays, Shift+Enter begins a line, Ctrl+Enter goes up to the page.

    ``entered``: the caret is in it now.
    """

    entered = Signal()

    def __init__(self, line: CaptureLine, name: str, identifier: str, hint: str) -> None:
        super().__init__(line)
        named(self, name, identifier)
        self.setPlaceholderText(hint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._line.close_list()  # else Tab would take a choice that nobody sees

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
