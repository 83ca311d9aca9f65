"""Keys as words: one spelling for each chord, and which chords a person may choose for a command (ux 2.0.4)."""

from __future__ import annotations

from fieldkit.kernel.errors import Mistake

_HELD = ("Meta", "Ctrl", "Alt", "Shift")
"""In the order in which Qt writes them."""
_OTHER_NAMES = {
    "control": "Ctrl", "win": "Meta", "windows": "Meta", "pgdn": "PgDown", "pagedown": "PgDown", "page down": "PgDown",
    "pageup": "PgUp", "page up": "PgUp", "delete": "Del", "insert": "Ins", "escape": "Esc", "return": "Return",
    "backspace": "Backspace", "plus": "+", "minus": "-",
}  # fmt: skip
_NAMED = (
    *_HELD, "PgDown", "PgUp", "Home", "End", "Up", "Down", "Left", "Right", "Del", "Ins", "Space", "Return", "Enter",
    "Tab", "Backspace", "Esc", "CapsLock",
)  # fmt: skip
_BY_NAME = {name.casefold(): name for name in _NAMED} | _OTHER_NAMES
_ALWAYS_TAKEN = {
    "Ctrl+C": "Copy", "Ctrl+X": "Cut", "Ctrl+V": "Paste", "Ctrl+A": "Select all", "Ctrl+Return": "the main action",
    "Ctrl+Enter": "the main action", "Ctrl+Backspace": "deleting a word", "Ctrl+Left": "moving in the text",
    "Ctrl+Right": "moving in the text", "Ctrl+Home": "moving in the text", "Ctrl+End": "moving in the text",
    "Ctrl+Shift+Left": "selecting words", "Ctrl+Shift+Right": "selecting words", "Ctrl+Shift+Home": "selecting words",
    "Ctrl+Shift+End": "selecting words", "Ctrl+Tab": "moving on", "Ctrl+Shift+Tab": "moving back",
}  # fmt: skip
"""What every text field needs for itself; a shortcut on these would break copying and moving the caret."""
_LAST_FUNCTION_KEY = 24
_RESERVED = {"F10", "Shift+F10", "Alt+F4", "Alt+Space", "Alt+Tab", "Alt+Shift+Tab", "Alt+Esc", "Ctrl+Esc"}
_SCREEN_READERS = ("Ins", "CapsLock", "Meta")
"""NVDA, JAWS and the system listen to these themselves."""


def spelled(chord: str) -> str:
    """``ctrl + shift + m`` as ``Ctrl+Shift+M``; empty for what is no chord, and for a sequence of several."""
    text = chord.strip()
    if not text or (", " in text):
        return ""
    is_plus = text.endswith("+")
    parts = [part.strip() for part in text.rstrip("+").rstrip().split("+")] if is_plus else text.split("+")
    names = [_name(part) for part in parts if part.strip()] + (["+"] if is_plus else [])
    held = [name for name in _HELD if name in names]
    rest = [name for name in names if name not in _HELD]
    return "+".join((*held, rest[0])) if len(rest) == 1 and _is_key(rest[0]) else ""


def check(chord: str) -> None:
    """Raises ``Mistake`` ``keys.single``, ``keys.alt_gr``, ``keys.reserved`` or ``keys.taken`` for what may not be."""
    parts = _parts(chord) if spelled(chord) == chord else []
    held, key = set(parts[:-1]), parts[-1] if parts else ""
    if not key or not ({"Ctrl", "Alt", "Meta"} & held or _is_function_key(key) or key in _SCREEN_READERS):
        raise Mistake("keys.single", field="keys", keys=chord)
    if {"Ctrl", "Alt"} <= held:
        raise Mistake("keys.alt_gr", field="keys", keys=chord)
    if chord in _RESERVED or key in _SCREEN_READERS or "Meta" in held:
        raise Mistake("keys.reserved", field="keys", keys=shown(chord))
    if chord in _ALWAYS_TAKEN:
        raise Mistake("keys.taken", field="keys", keys=shown(chord), words=_ALWAYS_TAKEN[chord])


def shown(chord: str) -> str:
    """As it stands on keyboards: ``Ctrl+PgDn``."""
    return chord.replace("PgDown", "PgDn").replace("Return", "Enter")


def is_alt_number(chord: str) -> bool:
    """``Alt+1`` to ``Alt+9``: some voice and reading software has uses of its own for these."""
    return len(chord) == 5 and chord.startswith("Alt+") and chord[4].isdigit()


def _parts(chord: str) -> list[str]:
    return [*chord[:-2].split("+"), "+"] if chord.endswith("++") else chord.split("+")


def _name(part: str) -> str:
    word = part.strip()
    return _BY_NAME.get(word.casefold()) or (word.upper() if len(word) == 1 or _is_function_key(word.upper()) else word)


def _is_key(name: str) -> bool:
    return name in _NAMED or _is_function_key(name) or (len(name) == 1 and name.isprintable())


def _is_function_key(name: str) -> bool:
    return name.startswith("F") and name[1:].isdecimal() and 1 <= int(name[1:]) <= _LAST_FUNCTION_KEY
