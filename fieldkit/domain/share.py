"""Exact shares of the highest possible score, and how a whole per cent and a rating are read from one.

Only whole numbers and fractions: 62.5 % decides between two ratings, and a binary float or Python's
``round`` (half to even) would decide it wrongly. Numerator and denominator are kept as they were added up,
28/36 and not 7/9, because that is the sum a reader checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from fieldkit.domain.method import Band, Method, Rounding

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, order=False)
class Share:
    """``numerator`` points of ``denominator`` possible; not reduced. The denominator is above nought."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator <= 0 or not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"not a share: {self.numerator}/{self.denominator}")

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def exact(self) -> Fraction:
        """The share as a fraction between 0 and 1."""
        return Fraction(self.numerator, self.denominator)

    @property
    def percent(self) -> Fraction:
        """The exact per cent."""
        return self.exact * 100

    @classmethod
    def total(cls, shares: Iterable[Share]) -> Share | None:
        """Points added to points and possible to possible; None for no shares."""
        parts = tuple(shares)
        if not parts:
            return None
        return cls(sum(part.numerator for part in parts), sum(part.denominator for part in parts))

    @classmethod
    def mean(cls, shares: Iterable[Share]) -> Share | None:
        """The mean in which every share weighs the same, whatever its size; None for no shares."""
        parts = tuple(shares)
        if not parts:
            return None
        mean = sum((part.exact for part in parts), Fraction(0)) / len(parts)
        return cls(mean.numerator, mean.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A per cent exactly halfway between two whole ones. ``decides`` when the rounding picks the rating."""

    below: int
    above: int
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the bands say of a share.

    ``whole_percent`` and ``band`` are None when the pack does not say how to round and the exact per cent
    lies between two bands (``between``).
    """

    whole_percent: int | None
    band: Band | None
    tie: Tie | None = None
    between: tuple[Band, Band] | None = None


def whole_percent(percent: Fraction, rounding: Rounding) -> int | None:
    """The whole per cent by the pack's rule; None where the pack has none and the per cent is not whole."""
    low = floor(percent)
    part = percent - low
    if part == 0:
        return low
    if rounding is Rounding.NOT_STATED:
        return None
    ups = {
        Rounding.HALF_UP: part >= _HALF,
        Rounding.HALF_DOWN: part > _HALF,
        Rounding.HALF_EVEN: part > _HALF or (part == _HALF and low % 2 == 1),
        Rounding.DOWN: False,
        Rounding.UP: True,
    }
    return low + 1 if ups[rounding] else low


def read_percent(method: Method, percent: Fraction) -> Reading:
    """Round an exact per cent by the pack's rule and look the whole one up in the pack's bands."""
    below, above = method.band_at(floor(percent)), method.band_at(ceil(percent))
    whole = whole_percent(percent, method.rounding)
    if whole is None:
        if below is None or above is None or below == above:
            return Reading(whole_percent=None, band=below if below == above else None)
        return Reading(whole_percent=None, band=None, between=(below, above))
    tie = None
    if percent - floor(percent) == _HALF:
        tie = Tie(below=floor(percent), above=ceil(percent), decides=below != above)
    return Reading(whole_percent=whole, band=method.band_at(whole), tie=tie)


def percent_text(percent: Fraction, places: int = 2) -> str:
    """A per cent in at most ``places`` decimals, half up, without trailing noughts: ``68.75``, ``62.5``, ``75``."""
    scaled = floor(percent * 10**places + _HALF)
    whole, part = divmod(scaled, 10**places)
    digits = f"{part:0{places}d}".rstrip("0") if places else ""
    return f"{whole}.{digits}" if digits else str(whole)
