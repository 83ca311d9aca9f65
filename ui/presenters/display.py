"""Text size and colours (ux S14): changed at once, kept outside the vault, reachable before any secret is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from ui.presenters.presenter import Presenter

SIZES = (100, 115, 130, 150, 175, 200)


class Colours(StrEnum):
    """The themes; the words on the screen are in ``COLOUR_WORDS``."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


COLOUR_WORDS = {
    Colours.SYSTEM: "Same as this computer",
    Colours.LIGHT: "Light",
    Colours.DARK: "Dark",
    Colours.HIGH_CONTRAST: "High contrast",
}


class Rows(StrEnum):
    """Row height."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


ROW_WORDS = {Rows.COMFORTABLE: "Comfortable", Rows.COMPACT: "Compact"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayState:
    """How everything looks."""

    percent: int = 100
    colours: Colours = Colours.SYSTEM
    rows: Rows = Rows.COMFORTABLE


class Display(Presenter[DisplayState]):
    """``keep`` writes the choice to the settings file; a choice that cannot be written still holds for today."""

    def __init__(self, state: DisplayState, keep: Callable[[DisplayState], None]) -> None:
        super().__init__(state)
        self._keep = keep

    def size(self, percent: int) -> None:
        """One of ``SIZES``."""
        self._set(replace(self.state, percent=percent))

    def step(self, by: int) -> None:
        """Ctrl++ and Ctrl+-: the next size up or down."""
        place = min(range(len(SIZES)), key=lambda at: abs(SIZES[at] - self.state.percent))
        self.size(SIZES[min(max(place + by, 0), len(SIZES) - 1)])

    def colours(self, colours: Colours) -> None:
        """A theme."""
        self._set(replace(self.state, colours=colours))

    def rows(self, rows: Rows) -> None:
        """A row height."""
        self._set(replace(self.state, rows=rows))

    def _set(self, state: DisplayState) -> None:
        self._show(state)
        self._keep(state)
