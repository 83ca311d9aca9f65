"""What a person chose for the whole computer and Qt 6.11 does not tell: text size and movement, on Windows."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

_TEXT_KEY = r"HKEY_CURRENT_USER\Software\Microsoft\Accessibility"
_TEXT_NAME = "TextScaleFactor"
_LEAST, _MOST = 100, 225  # what Windows offers
_SPI_GETCLIENTAREAANIMATION = 0x1042


def text_percent(read: Callable[[], Any] | None = None) -> int:
    """The computer's text size in per cent, 100 to 225; 100 where none can be known.

    Windows keeps it apart from the scale of the display, which Qt follows by itself. Our fonts are set in points, so
    nothing is scaled twice.
    """
    value = (read or _text_scale_factor)()
    try:
        found = int(value)
    except (TypeError, ValueError):
        return _LEAST
    return found if _LEAST <= found <= _MOST else _LEAST


def wants_less_movement() -> bool:
    """Whether "Animation effects" are switched off in Windows; false where that cannot be known."""
    if os.name != "nt":
        return False
    import ctypes

    shown = ctypes.c_int(1)
    user32 = getattr(ctypes, "windll").user32  # noqa: B009 -- the attribute exists on Windows only
    user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(shown), 0)
    return not shown.value


def _text_scale_factor() -> Any:
    if os.name != "nt":
        return None
    from PySide6.QtCore import QSettings

    return QSettings(_TEXT_KEY, QSettings.Format.NativeFormat).value(_TEXT_NAME)
