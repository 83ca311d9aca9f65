"""Whether Caps Lock is on. Qt does not say; Windows is asked, elsewhere a typed letter gives it away."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_VK_CAPITAL = 0x14


def caps_lock_is_on(event: QKeyEvent | None, before: bool = False) -> bool:
    """``before`` is what was known; a key that says nothing (an arrow, a digit) changes nothing."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.user32.GetKeyState(_VK_CAPITAL) & 1)
    if event is None:
        return before
    if event.key() == Qt.Key.Key_CapsLock:
        return before
    text = event.text()
    if len(text) != 1 or not text.isalpha() or text.upper() == text.lower():
        return before
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return text.isupper() != shifted
