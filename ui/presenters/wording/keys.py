"""Sentences about shortcuts that cannot be chosen (ux S14)."""

from __future__ import annotations

SENTENCES = {
    "keys.taken": "{keys} is already used for {words}. Choose different keys",
    "keys.single": "Use Ctrl, Alt or a function key. Single keys can clash with voice control",
    "keys.alt_gr": "Ctrl+Alt keys type characters on UK keyboards. Choose different keys",
    "keys.reserved": "{keys} belongs to this computer or to screen readers. Choose different keys",
    "keys.none": "Press the keys you want to use",
}
