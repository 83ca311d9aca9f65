"""A field that takes keys as they are pressed: Ctrl+Shift+M appears as words. Tab, Enter and Esc keep their meaning."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.widgets.texts import PassText

_Key = Qt.Key
_BARE = {
    _Key.Key_Control, _Key.Key_Shift, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta, _Key.Key_CapsLock, _Key.Key_NumLock,
}  # fmt: skip
_OURS = {_Key.Key_Tab, _Key.Key_Backtab, _Key.Key_Return, _Key.Key_Enter, _Key.Key_Escape}
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class KeyField(PassText):
    """A chord with Ctrl or Alt, or a function key, is written into the field; anything else types as usual."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_chord(event):
            event.accept()  # or the window would do what the keys do now
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_chord(event):
            self.setText(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))
            self.selectAll()
        else:
            super().keyPressEvent(event)


def _is_chord(event: QKeyEvent) -> bool:
    key = Qt.Key(event.key())
    if key in _BARE or key in _OURS:
        return False
    is_function = _Key.Key_F1 <= key <= _Key.Key_F35
    return is_function or bool(event.modifiers() & _HELD)
