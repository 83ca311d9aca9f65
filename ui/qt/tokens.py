"""Design tokens: every colour, size and space of the screens, read from ``resources/style/tokens.toml``.

Knows no Qt, so that contrast can be checked (and documents coloured) without a window.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from resources import read_text


class ThemeName(Enum):
    """The three themes of our own; a contrast theme of the operating system is none of these."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


class Density(Enum):
    """How close controls and rows stand."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRole:
    """A kind of text: size in points at 100 %, weight 400 or 600, line height as a multiple of the size."""

    size: float
    weight: int
    line: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme's colours, by token name, as ``#RRGGBB``."""

    theme: ThemeName
    colours: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.colours[name]


@functools.cache
def tokens(theme: ThemeName) -> Tokens:
    """The colours of ``theme``."""
    return Tokens(theme=theme, colours=_file()[theme.value])


@functools.cache
def type_roles() -> Mapping[str, TypeRole]:
    """The type scale, by role: display, heading1, heading2, body, reading, table, table_compact, small."""
    return {name: TypeRole(**role) for name, role in _file()["type"].items() if isinstance(role, dict)}


def text_scales() -> tuple[int, ...]:
    """The text sizes a person can choose, in per cent."""
    return tuple(_file()["type"]["scales"])


@functools.cache
def sizes(density: Density) -> Mapping[str, int]:
    """Pixels at 100 % text: control, row, pad_v, pad_h, gap, section, target."""
    return dict(_file()[density.value])


def pairs(kind: str, theme: ThemeName) -> list[tuple[str, str]]:
    """Token pairs that must contrast in ``theme``: ``text`` at 4.5 to 1, ``marks`` at 3 to 1."""
    spared = _file()["pairs"]["not_in_high_contrast"] if theme is ThemeName.HIGH_CONTRAST else []
    return [(one, other) for one, other in _file()["pairs"][kind] if [one, other] not in spared]


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@functools.cache
def _file() -> dict[str, Any]:
    return tomllib.loads(read_text("style", "tokens.toml"))
