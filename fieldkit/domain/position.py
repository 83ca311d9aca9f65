"""Where in its band a figure lies: the half, and the exact distances to the edges and to the next rating.

The regulator publishes the position in words ("upper threshold of good, nearing outstanding") and defines no boundary
(facts, section 4), so numbers stand beside every word here. ``half`` is our own: below or above the middle of the band.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fieldkit.domain.figures import Outcome
from fieldkit.domain.method import Band, Method
from fieldkit.domain.share import percent_text


class Half(StrEnum):
    """Which part of the band; the value is the words."""

    LOWER = "lower half"
    MIDDLE = "in the middle"
    UPPER = "upper half"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far a figure is from the edges. Distances are percentage points and exact.

    ``above_edge`` is from the band's lowest whole per cent, and below nought where the rounding lifted the figure into
    the band; ``to_next`` is to the lowest of the next better band.
    """

    band: Band
    percent: Fraction
    middle: Fraction
    above_edge: Fraction
    below: Band | None
    next: Band | None

    @property
    def half(self) -> Half:
        """By the exact per cent, not by the rounded one."""
        if self.percent == self.middle:
            return Half.MIDDLE
        return Half.LOWER if self.percent < self.middle else Half.UPPER

    @property
    def to_next(self) -> Fraction | None:
        """Percentage points to the next better band; None for the best."""
        return None if self.next is None else self.next.low - self.percent


def position_of(method: Method, outcome: Outcome) -> Position | None:
    """Of the rating that the per cent gives, before any limiter; None while there is none."""
    band = outcome.reading.band if outcome.reading is not None else None
    if band is None or outcome.share is None:
        return None
    percent = outcome.share.percent
    return Position(
        band=band, percent=percent, middle=Fraction(band.low + band.high, 2), above_edge=percent - band.low,
        below=next((one for one in method.bands if one.high == band.low - 1), None), next=method.above(band),
    )  # fmt: skip


def position_words(place: Position) -> str:
    """Such as: Good, lower half: 3.67 percentage points above the edge of Requires improvement."""
    edge = f"the edge of {place.below.label}" if place.below is not None else f"its lowest, {place.band.low}%"
    distance = percent_text(abs(place.above_edge))
    if place.above_edge < 0:
        said = f"lifted over {edge} by the rounding, {distance} percentage points short of {place.band.low}%"
    elif place.above_edge == 0:
        said = f"on {edge}" if place.below is None else f"on {edge}, at its own lowest, {place.band.low}%"
    else:
        said = f"{distance} percentage points above {edge}"
    if place.next is not None and place.to_next is not None:
        said += f", {percent_text(place.to_next)} below {place.next.label}"
    return f"{place.band.label}, {place.half.value}: {said}."
