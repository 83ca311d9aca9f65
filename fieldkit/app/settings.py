"""What a person chose for this laptop: frozen values, kept as TOML outside every vault.

Nothing of an assessment is ever kept here (that is the vault's), and no secret. A value that cannot be read
counts as not chosen: a broken settings file must never stand between an assessor and a meeting.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final, TypeAlias

VERSION: Final = 1
"""Raised with every change of meaning or name; each step has its upgrade in ``UPGRADES``."""

TEXT_SIZES: Final = (100, 115, 130, 150, 175, 200)
COLOURS: Final = ("system", "light", "dark", "high_contrast")
ROWS: Final = ("comfortable", "compact")
LOCK_MINUTES: Final = range(2, 121)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``text_size`` in per cent; ``lock_minutes`` without a key or movement until the vault locks.

    ``log_lock_minutes`` counts while a live log is open: assessors sit and listen. ``office_url`` is what was
    typed last when joining an office, so that it need not be typed again.
    """

    text_size: int = 100
    colours: str = "system"
    rows: str = "comfortable"
    lock_minutes: int = 15
    log_lock_minutes: int = 30
    office_url: str = ""


Raw: TypeAlias = dict[str, Any]
UPGRADES: Final[dict[int, Callable[[Raw], Raw]]] = {}
"""From a version to the next: what to do with the file's values as read."""

_ALLOWED: Final[dict[str, Callable[[Any], bool]]] = {
    "text_size": lambda value: value in TEXT_SIZES,
    "colours": lambda value: value in COLOURS,
    "rows": lambda value: value in ROWS,
    "lock_minutes": lambda value: value in LOCK_MINUTES,
    "log_lock_minutes": lambda value: value in LOCK_MINUTES,
    "office_url": lambda value: len(value) <= 500,
}


def read_settings(text: str) -> Settings:
    """The settings of a file's text. What is unreadable, unknown or out of range counts as not chosen."""
    try:
        raw: Raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return Settings()
    version = raw.get("version", VERSION)
    while isinstance(version, int) and version in UPGRADES:
        raw = UPGRADES[version](raw)
        version += 1
    built_in, chosen = Settings(), dict[str, Any]()
    for field in fields(Settings):
        value = raw.get(field.name)
        if type(value) is type(getattr(built_in, field.name)) and _ALLOWED[field.name](value):
            chosen[field.name] = value
    return Settings(**chosen)


def write_settings(settings: Settings) -> str:
    """The text of a settings file, every value written out so that a person can change it."""
    lines = ["# FieldKit on this laptop. Nothing of an assessment is kept here.", f"version = {VERSION}"]
    lines += [f"{field.name} = {_toml(getattr(settings, field.name))}" for field in fields(Settings)]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, str):
        kept = "".join(char for char in value if char.isprintable())
        return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
