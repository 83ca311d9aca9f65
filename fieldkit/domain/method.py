"""How a framework turns judgements into figures: scales, bands, rounding and limiters, all of it data.

The regulator has used three scoring models in three years, so none of this may be a rule in code. The
arithmetic that reads these values is ``fieldkit.domain.scoring``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScoredAt(StrEnum):
    """The level at which an assessor gives a score; ``NONE`` is a framework without scores."""

    EVIDENCE_CATEGORY = "evidence_category"
    QUALITY_STATEMENT = "quality_statement"
    THEME = "theme"
    NONE = "none"


class Polarity(StrEnum):
    """Which end of a scale is best. Scales of unlike polarity never share a chart."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Rounding(StrEnum):
    """How an exact per cent becomes the whole per cent that is printed and read against the bands.

    ``NOT_STATED`` is a publication that gives whole bands and no rule: a per cent between two bands
    then has no rating, because guessing one would be ours and not the regulator's.
    """

    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"
    NOT_STATED = "not_stated"


class Aggregation(StrEnum):
    """What the overall figure is the mean of."""

    MEAN_OF_STATEMENTS = "mean_of_statements"
    MEAN_OF_THEMES = "mean_of_themes"


class Insufficient(StrEnum):
    """What 'insufficient evidence' for one score does to the figure above it."""

    NO_RATING = "no_rating"
    LEFT_OUT = "left_out"


class LimitedFigure(StrEnum):
    """Which figures a limiter looks at."""

    THEME = "theme"
    OVERALL = "overall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a scale: its whole number, the word for it and a sentence on what it means."""

    value: int
    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Consecutive whole numbers with labels, lowest first, and the end that is best."""

    id: str
    title: str
    polarity: Polarity
    levels: tuple[Level, ...]

    @property
    def lowest(self) -> int:
        """The smallest score that can be given."""
        return self.levels[0].value

    @property
    def highest(self) -> int:
        """The largest score that can be given."""
        return self.levels[-1].value

    @property
    def worst_first(self) -> tuple[Level, ...]:
        """The steps from the worst to the best, whichever end of the numbers is the best: lists run one way."""
        return self.levels if self.polarity is Polarity.HIGHER_IS_BETTER else self.levels[::-1]

    def level(self, value: int) -> Level | None:
        """The step with this number, or None where the scale has no such step."""
        return next((level for level in self.levels if level.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A rating and the whole per cents it covers, both ends included.

    ``score`` is what the band is worth one level up: 69 % of the category scores is statement score 3.
    """

    id: str
    label: str
    low: int
    high: int
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limiter:
    """A rule that caps a rating whatever the per cent: never a number, only the word.

    A rating in ``band`` is limited to ``limited_to`` when any score in the group is at or below
    ``at_or_below``. ``applies_to`` is ``theme`` or ``overall``. A limiter nobody has confirmed is off,
    and using it by hand adds a warning to the result.
    """

    id: str
    sentence: str
    applies_to: LimitedFigure
    band: str
    at_or_below: int
    limited_to: str
    confirmed: bool
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The whole scoring method of a pack. ``scale`` is None where the framework gives no scores.

    ``rating_scale`` is there only where it gives none: ratings are then chosen by their characteristics, one for each
    statement, and nothing is ever added up. A step's number keeps its order and is never shown (decision 0165).
    """

    scored_at: ScoredAt
    scale: Scale | None = None
    rating_scale: Scale | None = None
    theme_step: bool = False
    overall_step: bool = True
    aggregation: Aggregation = Aggregation.MEAN_OF_STATEMENTS
    rounding: Rounding = Rounding.HALF_UP
    insufficient: Insufficient = Insufficient.NO_RATING
    bands: tuple[Band, ...] = ()
    limiters: tuple[Limiter, ...] = ()
    evidence_days: int | None = None
    """From how many days on evidence counts as old and a score that rests on it wears a badge; None = no limit."""
    blind: bool = False
    """Assessors see what others gave to a statement once they gave their own."""

    @property
    def chosen_from(self) -> Scale | None:
        """The steps an assessor chooses from: of a score or of a rating; None where words are all there is."""
        return self.scale or self.rating_scale

    @property
    def has_scores(self) -> bool:
        """Whether numbers are given and added up."""
        return self.scored_at is not ScoredAt.NONE

    @property
    def noun(self) -> str:
        """What is chosen, for labels: ``score`` or ``rating``."""
        return "score" if self.has_scores else "rating"

    def band_at(self, whole_percent: int) -> Band | None:
        """The band that covers a whole per cent, or None outside every band."""
        return next((band for band in self.bands if band.low <= whole_percent <= band.high), None)

    def band(self, band_id: str) -> Band | None:
        """The band with this id."""
        return next((band for band in self.bands if band.id == band_id), None)

    def above(self, band: Band) -> Band | None:
        """The next better band, or None for the best."""
        return next((other for other in self.bands if other.low == band.high + 1), None)
