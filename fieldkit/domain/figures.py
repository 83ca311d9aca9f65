"""One figure: its summands, the share they make, the rating read from it and what would raise it.

The outcome keeps every fact of its own sum, because a rating nobody can recompute is what reviews of the
regulator attacked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import partial
from math import floor

from fieldkit.domain.method import Band, Insufficient, Limiter, Method
from fieldkit.domain.share import Reading, Share, read_percent, whole_percent


class Figure(StrEnum):
    """What a figure is about."""

    STATEMENT = "statement"
    THEME = "theme"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One summand of a figure: a category, a statement or a theme. ``share`` None = not scored."""

    id: str
    label: str
    title: str
    share: Share | None = None
    insufficient: bool = False

    @property
    def is_missing(self) -> bool:
        """Wanted, and neither scored nor found to have too little evidence."""
        return self.share is None and not self.insufficient


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBand:
    """The next better rating and the fewest score points that would reach it."""

    band: Band
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One figure with its whole trace.

    ``share`` adds up what is scored so far. ``reading`` and ``band`` stay None until everything wanted is
    scored. ``band`` is the rating after limiters, ``reading.band`` the one before; ``limiter`` is the rule
    that lowered it and ``limiters_off`` are rules that are off and would have. ``is_mean`` marks a mean of
    shares, in which a point in a small part moves the figure further.
    """

    figure: Figure
    id: str
    label: str
    title: str
    parts: tuple[Part, ...]
    share: Share | None
    is_mean: bool = False
    reading: Reading | None = None
    band: Band | None = None
    limiter: Limiter | None = None
    limiters_off: tuple[Limiter, ...] = ()
    next_band: NextBand | None = None

    @property
    def missing(self) -> tuple[Part, ...]:
        """What has not been scored yet."""
        return tuple(part for part in self.parts if part.is_missing)

    @property
    def insufficient(self) -> tuple[Part, ...]:
        """What has too little evidence to be scored."""
        return tuple(part for part in self.parts if part.insufficient)


def figure_of(
    method: Method, figure: Figure, parts: tuple[Part, ...], *, id: str = "", label: str = "", title: str = "",
    is_mean: bool = False, values: Collection[int] = (), limiters_on: Collection[str] = (),
) -> Outcome:  # fmt: skip
    """Work one figure out.

    ``values`` are the statement scores in the group, for limiters; ``limiters_on`` are ids of limiters to
    apply beside those the pack has on.
    """
    shares = [part.share for part in parts if part.share is not None]
    share = Share.mean(shares) if is_mean else Share.total(shares)
    bare = Outcome(figure=figure, id=id, label=label, title=title, parts=parts, share=share, is_mean=is_mean)
    if share is None or bare.missing or (bare.insufficient and method.insufficient is Insufficient.NO_RATING):
        return bare
    reading = read_percent(method, share.percent)
    caught = _caught(method, figure, reading.band, values)
    applied = [one for one in caught if one.on or one.id in limiters_on]
    limiter = min(applied, key=lambda one: _low(method, one.limited_to), default=None)
    return Outcome(
        figure=figure, id=id, label=label, title=title, parts=parts, share=share, is_mean=is_mean,
        reading=reading, band=method.band(limiter.limited_to) if limiter else reading.band, limiter=limiter,
        limiters_off=tuple(one for one in caught if one not in applied),
        next_band=_next_band(method, reading.band, shares if is_mean else [share]),
    )  # fmt: skip


def _caught(method: Method, figure: Figure, band: Band | None, values: Collection[int]) -> list[Limiter]:
    """The limiters whose case this is, whether they are on or off."""
    if band is None or not values:
        return []
    worst = min(values)
    return [
        one for one in method.limiters
        if one.applies_to.value == figure.value and one.band == band.id and worst <= one.at_or_below
    ]  # fmt: skip


def _low(method: Method, band_id: str) -> int:
    band = method.band(band_id)
    return 0 if band is None else band.low


def _next_band(method: Method, band: Band | None, pools: Collection[Share]) -> NextBand | None:
    """The fewest points to the next band, each put where it counts most: into the smallest pool first.

    Greedy is exact here: a point is worth the same as any other of its pool, and pools do not interact.
    """
    above = None if band is None else method.above(band)
    if above is None:
        return None
    percent = sum((share.percent for share in pools), Fraction(0)) / len(pools)
    spent = 0
    for share in sorted(pools, key=lambda share: share.denominator):
        step = Fraction(100, share.denominator * len(pools))
        room = share.denominator - share.numerator
        points = bisect_left(range(room + 1), above.low, key=partial(_reached, method, percent, step))
        if points <= room:
            return NextBand(band=above, points=spent + points)
        spent += room
        percent += step * room
    return None


def _reached(method: Method, percent: Fraction, step: Fraction, points: int) -> int:
    """The whole per cent that so many more points would be read as, at the least."""
    higher = percent + step * points
    whole = whole_percent(higher, method.rounding)
    return floor(higher) if whole is None else whole
