"""The ways a screen may look: theme, text size, window and row height, all of them or enough of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product

from ui.presenters.display import Colours, Rows

THEMES = (Colours.LIGHT, Colours.DARK, Colours.HIGH_CONTRAST)
SCALES = (100, 150, 200)
SIZES = ((1366, 688), (1280, 640), (1092, 534), (2560, 1440))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the window is shown. ``is_deep``: the costly looks at each control are taken in this one."""

    colours: Colours = Colours.LIGHT
    percent: int = 100
    size: tuple[int, int] = SIZES[0]
    rows: Rows = Rows.COMFORTABLE
    is_deep: bool = False

    @property
    def name(self) -> str:
        """``dark-150-1280x640``."""
        return f"{self.colours.value}-{self.percent}-{self.size[0]}x{self.size[1]}"

    @property
    def pairs(self) -> frozenset[tuple[object, object]]:
        """Every two of its traits together."""
        return frozenset(combinations((self.colours, self.percent, self.size), 2))


def every() -> tuple[Look, ...]:
    """The full product: 36 looks (``make screens-check``)."""
    return tuple(
        Look(colours=theme, percent=scale, size=size, is_deep=True)
        for theme, scale, size in product(THEMES, SCALES, SIZES)
    )


def one_a_window(turn: int) -> tuple[Look, ...]:
    """Four of the twelve: each window once, with every theme and every text size among them.

    ``turn`` moves which theme and text size meet which window, so that screens looked at with different turns show
    all twelve between them.
    """
    twelve = pairwise()
    return tuple(twelve[row * len(SCALES) + (row + turn) % len(SCALES)] for row in range(len(SIZES)))


def pairwise() -> tuple[Look, ...]:
    """Twelve looks in which every theme meets every text size and every window, and these each other.

    A Latin square: what is wrong with a theme, a size or two of them together shows in one of these; only what needs
    three of them at once waits for the full product.
    """
    found = []
    for row, size in enumerate(SIZES):
        for column, scale in enumerate(SCALES):
            theme = THEMES[(row + column) % len(THEMES)]
            rows = Rows.COMPACT if (row + column) % 5 == 4 else Rows.COMFORTABLE
            found.append(Look(colours=theme, percent=scale, size=size, rows=rows, is_deep=row == column))
    return tuple(found)
