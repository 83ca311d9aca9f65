"""What a person chose for this laptop: frozen values, kept as TOML outside every vault.

Nothing of an assessment is ever kept here (that is the vault's), and no secret. A value that cannot be read
counts as not chosen: a broken settings file must never stand between an assessor and a meeting.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypeAlias

VERSION: Final = 1
"""Raised with every change of meaning or name; each step has its upgrade in ``UPGRADES``."""

TEXT_SIZES: Final = (0, 100, 115, 130, 150, 175, 200)
"""Nought is the size that was chosen for the whole computer."""
COLOURS: Final = ("system", "light", "dark", "high_contrast")
ROWS: Final = ("comfortable", "compact")
MOVEMENT: Final = ("system", "reduce")
SAVED_WORDS: Final = ("off", "short", "full")
LOCK_MINUTES: Final = range(2, 121)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``text_size`` in per cent, 0 as on the whole computer; ``lock_minutes`` without a key until the vault locks.

    ``log_lock_minutes`` counts while a live log is open: assessors sit and listen. ``office_url`` is what was
    typed last when joining an office, so that it need not be typed again. ``window`` is where the window was: left,
    top, width and height in logical pixels, and ``full`` when it filled the screen. ``saved_words`` is what a screen
    reader says of a saved note, ``spelling`` whether words that may be misspelt are marked. ``shortcuts`` holds the
    keys of commands that were given others, none being allowed; without ``alt_numbers`` Alt with a number does
    nothing. ``has_vault``: a vault was made here, so a folder without one is a fault and no first start.
    ``adviser``: whoever works here is a specialist adviser, so practice offers what they need of it.
    """

    text_size: int = 0
    colours: str = "system"
    rows: str = "comfortable"
    movement: str = "system"
    dim_log: bool = False
    saved_words: str = "short"
    lock_minutes: int = 15
    log_lock_minutes: int = 30
    office_url: str = ""
    spelling: bool = True
    has_vault: bool = False
    adviser: bool = False
    window: str = ""
    alt_numbers: bool = True
    shortcuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Raw: TypeAlias = dict[str, Any]
UPGRADES: Final[dict[int, Callable[[Raw], Raw]]] = {}
"""From a version to the next: what to do with the file's values as read."""

_PLACE: Final = re.compile(r"-?\d{1,5} -?\d{1,5} \d{1,5} \d{1,5}( full)?")
_COMMAND: Final = re.compile(r"[a-z0-9_]{1,40}")

_ALLOWED: Final[dict[str, Callable[[Any], bool]]] = {
    "text_size": lambda value: value in TEXT_SIZES,
    "colours": lambda value: value in COLOURS,
    "rows": lambda value: value in ROWS,
    "movement": lambda value: value in MOVEMENT,
    "dim_log": lambda value: True,
    "adviser": lambda value: True,
    "saved_words": lambda value: value in SAVED_WORDS,
    "lock_minutes": lambda value: value in LOCK_MINUTES,
    "log_lock_minutes": lambda value: value in LOCK_MINUTES,
    "office_url": lambda value: len(value) <= 500,
    "spelling": lambda value: True,
    "has_vault": lambda value: True,
    "window": lambda value: value == "" or _PLACE.fullmatch(value) is not None,
    "alt_numbers": lambda value: True,
}


def read_settings(text: str) -> Settings:
    """The settings of a file's text. What is unreadable, unknown or out of range counts as not chosen."""
    try:
        raw: Raw = tomllib.loads(text)
    except (ValueError, RecursionError):  # also a number of 5,000 digits, and brackets in brackets without end
        return Settings()
    version = raw.get("version", VERSION)
    while isinstance(version, int) and version in UPGRADES:
        raw = UPGRADES[version](raw)
        version += 1
    built_in, chosen = Settings(), dict[str, Any]()
    for one in fields(Settings):
        value = raw.get(one.name)
        if one.name == "shortcuts":
            chosen[one.name] = _shortcuts(value)
        elif type(value) is type(getattr(built_in, one.name)) and _ALLOWED[one.name](value):
            chosen[one.name] = value
    return Settings(**chosen)


def write_settings(settings: Settings) -> str:
    """The text of a settings file, every value written out so that a person can change it."""
    lines = ["# FieldKit on this laptop. Nothing of an assessment is kept here.", f"version = {VERSION}"]
    flat = [one.name for one in fields(Settings) if one.name != "shortcuts"]
    lines += [f"{name} = {_toml(getattr(settings, name))}" for name in flat]
    if settings.shortcuts:
        lines += ["", "[shortcuts]"]
        lines += [f"{name} = [{', '.join(map(_toml, keys))}]" for name, keys in sorted(settings.shortcuts.items())]
    return "\n".join(lines) + "\n"


def _shortcuts(raw: object) -> dict[str, tuple[str, ...]]:
    """Keys by command; a line that cannot be read leaves its command with the keys it came with."""
    if not isinstance(raw, dict):
        return {}
    return {
        name: tuple(keys)
        for name, keys in raw.items()
        if _COMMAND.fullmatch(name) and isinstance(keys, list) and all(isinstance(one, str) for one in keys)
    }


def _toml(value: object) -> str:
    if isinstance(value, str):
        kept = "".join(char for char in value if char.isprintable())
        return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value).lower() if isinstance(value, bool) else str(value)
