"""A drawing as data: lines, boxes, shapes and words in points, painted alike by the screen, by PDF and by SVG.

Colours are tones by their meaning, which each medium looks up in its own palette; nothing is told by a tone alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias


class Tone(StrEnum):
    """What a colour is for."""

    INK = "ink"
    SOFT = "soft"
    LINE = "line"
    PAPER = "paper"
    WASH = "wash"
    ACCENT = "accent"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line from one point to another; ``arrow`` puts a head on its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = Tone.LINE
    width: float = 1.0
    dashed: bool = False
    arrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A filled polygon with an edge. ``points`` are its corners in turn; ``round`` draws the ellipse in their box."""

    points: tuple[tuple[float, float], ...]
    fill: Tone = Tone.PAPER
    edge: Tone = Tone.INK
    width: float = 1.5
    dashed: bool = False
    round: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height."""
        across, down = [x for x, _ in self.points], [y for _, y in self.points]
        return min(across), min(down), max(across) - min(across), max(down) - min(down)


class Anchor(StrEnum):
    """Which point of the words stands at ``x``."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of words; ``y`` is its base line, ``room`` the width beyond which it is cut short with ``…``.

    ``within`` is the width it has where it may not be cut: a web page squeezes it where the reader's font is wider.
    """

    x: float
    y: float
    text: str
    size: float = 9.0
    tone: Tone = Tone.INK
    anchor: Anchor = Anchor.LEFT
    bold: bool = False
    room: float = 0.0
    within: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A grid of squares of side ``cell`` from its left upper corner on; those that are ``True`` are filled."""

    x: float
    y: float
    cell: float
    rows: tuple[tuple[bool, ...], ...]
    tone: Tone = Tone.INK

    def bars(self) -> Iterator[tuple[float, float, float]]:
        """Left, top and width of each run of filled squares: one code has thousands of squares."""
        for down, row in enumerate(self.rows):
            across = 0
            for filled, run in groupby(row):
                count = sum(1 for _ in run)
                if filled:
                    yield self.x + across * self.cell, self.y + down * self.cell, count * self.cell
                across += count


Mark: TypeAlias = Stroke | Shape | Words | Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``marks`` are painted in turn; y grows downwards. ``text`` tells the whole of it to who cannot see it.

    What is left of ``pinned`` names the rows and is repeated where a medium cuts the picture to its width; ``cuts`` are
    the places between marks where it may do so.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    text: str
    pinned: float = 0.0
    cuts: tuple[float, ...] = field(default=())

    def slices(self, width: float) -> tuple[tuple[float, float], ...]:
        """Left and right of each piece that fits into ``width`` beside what is pinned, in turn."""
        room, start, found = max(width - self.pinned, 1.0), self.pinned, list[tuple[float, float]]()
        while self.width - start > room:
            fitting = [cut for cut in self.cuts if start < cut <= start + room]
            end = fitting[-1] if fitting else start + room
            found.append((start, end))
            start = end
        return (*found, (start, self.width))
