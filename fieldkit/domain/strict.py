"""Reading a record's content as strictly as it has to be: what comes from another laptop may be anything.

Each reader gives the field's value or raises ``KeyError``, ``TypeError`` or ``ValueError``; a default stands for a
field that was left out because it was empty, which keeps what earlier versions wrote byte for byte.
"""

from __future__ import annotations

from typing import Any

_LARGEST = 2**53 - 1
"""What this program itself may write (``fieldkit.kernel.canonical``)."""
MOST_COUNTED = 1_000_000
"""Of people or minutes: above every limit of the program, below what a field of the screen can hold."""


def text(raw: dict[str, Any], key: str, default: str | None = None) -> str:
    """A text. Without a default it has to be there."""
    value = raw[key] if default is None else raw.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def flag(raw: dict[str, Any], key: str, default: bool = False) -> bool:
    """True or false; nothing else stands for them."""
    value = raw.get(key, default)
    if not isinstance(value, bool):
        raise TypeError(f"{key} is neither true nor false")
    return value


def whole(raw: dict[str, Any], key: str, default: int = 0, *, most: int = _LARGEST) -> int:
    """A whole number from 0 to ``most``: four thousand digits from a stranger end in no field and no sum."""
    value = raw.get(key, default)
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{key} is no whole number")
    return value


def texts(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts; none where it was left out."""
    return tuple(_text(one, key) for one in _listed(raw, key))


def objects(raw: dict[str, Any], key: str) -> tuple[dict[str, Any], ...]:
    """A list of objects; none where it was left out."""
    return tuple(_object(one, key) for one in _listed(raw, key))


def pairs(raw: dict[str, Any], key: str) -> dict[str, str]:
    """An object whose values are texts; empty where it was left out."""
    return {name: _text(value, key) for name, value in _object(raw.get(key, {}), key).items()}


def without_empty(content: dict[str, Any]) -> dict[str, Any]:
    """The fields that say something: empty texts, lists and objects, 0 and false are left out."""
    return {key: value for key, value in content.items() if value}


def _listed(raw: dict[str, Any], key: str) -> list[Any]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise TypeError(f"{key} is no list")
    return value


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{key} holds what is no text")
    return value


def _object(value: object, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{key} holds what is no object")
    return value
