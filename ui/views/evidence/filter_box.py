"""The filter box: results change while somebody types; Down goes to them, Enter means it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.qt.accessibility import named
from ui.widgets.texts import PassText

_Key = Qt.Key


class FilterBox(PassText):
    """``acted`` tells ``down``, ``enter``, ``leave`` or ``all``; ``edited`` the text under somebody's fingers."""

    acted = Signal(str)
    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "Filter evidence", "evidence.filter")
        self.setPlaceholderText("Words, or a filter like qs:lc is:untagged")
        self.textEdited.connect(self.edited)

    def show_text(self, text: str) -> None:
        """The filter was set by something else than typing here."""
        if text != self.text():
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        # Ctrl+A selects the notes, as everywhere on this screen; Ctrl+F selects the words of the filter.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_all(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_all(event):
            self.acted.emit("all")
        elif event.key() == _Key.Key_Down:
            self.acted.emit("down")
        elif event.key() in (_Key.Key_Return, _Key.Key_Enter):
            self.acted.emit("enter")
        elif event.key() == _Key.Key_Escape:
            self.acted.emit("leave")
        else:
            super().keyPressEvent(event)


def _is_all(event: QKeyEvent) -> bool:
    return event.key() == _Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier
