"""How the regions share a window of some width at some text size (ux 2.0.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FULL, MIDDLE = 1200, 1000
"""Pixels from which words stand beside the menu's icons, and below which one column is left."""
ONE_COLUMN_FROM = 150
"""Per cent of text size from which one column is left at any width."""
DETAILS = 320
"""Pixels of region D at 100 % text."""


class Menu(StrEnum):
    """Region B."""

    WORDS = "words"
    ICONS = "icons"
    BUTTON = "button"


class Side(StrEnum):
    """Region D: beside the page, over a part of it, or in its place."""

    BESIDE = "beside"
    OVER = "over"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Widths:
    """What stands where; ``details`` is the width of region D in pixels, 0 where it is a page."""

    menu: Menu
    side: Side
    details: int

    @property
    def is_one_column(self) -> bool:
        """Whether only one region has room at a time."""
        return self.side is Side.PAGE


def widths(window: int, percent: int) -> Widths:
    """For a window ``window`` pixels wide at a text size of ``percent``."""
    if window < MIDDLE or percent >= ONE_COLUMN_FROM:
        return Widths(menu=Menu.BUTTON, side=Side.PAGE, details=0)
    details = round(DETAILS * percent / 100)
    if window < FULL:
        return Widths(menu=Menu.ICONS, side=Side.OVER, details=details)
    return Widths(menu=Menu.WORDS, side=Side.BESIDE, details=details)
