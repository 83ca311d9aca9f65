"""Text size, colours, rows, movement, dimming (ux S14): changed at once, reachable before any secret is typed."""

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


SAME = "Same as this computer"

COLOUR_WORDS = {
    Colours.SYSTEM: SAME,
    Colours.LIGHT: "Light",
    Colours.DARK: "Dark",
    Colours.HIGH_CONTRAST: "High contrast",
}


class Rows(StrEnum):
    """Row height."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


ROW_WORDS = {Rows.COMFORTABLE: "Comfortable", Rows.COMPACT: "Compact"}


class Movement(StrEnum):
    """Whether anything may move by itself."""

    SYSTEM = "system"
    REDUCE = "reduce"


MOVEMENT_WORDS = {Movement.SYSTEM: SAME, Movement.REDUCE: "Reduce"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayState:
    """How everything looks. ``percent`` is the text size that holds, whoever chose it."""

    percent: int = 100
    is_same_size: bool = False
    """The text size is the one that was chosen for the whole computer."""
    colours: Colours = Colours.SYSTEM
    rows: Rows = Rows.COMFORTABLE
    movement: Movement = Movement.SYSTEM
    dims_log: bool = False
    """A live log is shown in dark colours while it is open: a bright screen disturbs a meeting."""
    is_log_open: bool = False

    @property
    def is_dimmed(self) -> bool:
        """Whether light colours give way to dark ones now."""
        return self.dims_log and self.is_log_open


class Display(Presenter[DisplayState]):
    """``keep`` writes the choice to the settings file; a choice that cannot be written still holds for today.

    ``computer`` is the text size of the whole computer, in per cent.
    """

    def __init__(
        self, state: DisplayState, keep: Callable[[DisplayState], None], computer: Callable[[], int] = lambda: 100
    ) -> None:
        super().__init__(state)
        self._keep = keep
        self._computer = computer

    def size(self, percent: int) -> None:
        """One of ``SIZES``."""
        self._set(replace(self.state, percent=percent, is_same_size=False))

    def same_size(self) -> None:
        """As large as on the whole computer, brought within what the screens are made for."""
        self._set(replace(self.state, percent=min(max(self._computer(), SIZES[0]), SIZES[-1]), is_same_size=True))

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

    def movement(self, movement: Movement) -> None:
        """Whether anything may move."""
        self._set(replace(self.state, movement=movement))

    def dim(self, *, dims_log: bool) -> None:
        """Whether a live log dims the screen."""
        self._set(replace(self.state, dims_log=dims_log))

    def log_is_open(self, *, is_open: bool) -> None:
        """A live log came on the screen, or went."""
        self._show(replace(self.state, is_log_open=is_open))

    def restore(self, state: DisplayState) -> None:
        """Undo: as it was chosen before."""
        self._set(replace(state, is_log_open=self.state.is_log_open))

    def _set(self, state: DisplayState) -> None:
        if state != self.state:
            self._show(state)
            self._keep(state)
