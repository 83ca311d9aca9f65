"""The working of a figure in words and numbers, so that a person can redo it by hand and get the same.

In the core because screens and reports must print the very same lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from fieldkit.domain.figures import Figure, Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import Limiter, Rounding
from fieldkit.domain.position import position_of, position_words
from fieldkit.domain.share import percent_text

_ROUNDED = {
    Rounding.HALF_UP: "rounded to the nearest whole per cent, halves up",
    Rounding.HALF_DOWN: "rounded to the nearest whole per cent, halves down",
    Rounding.HALF_EVEN: "rounded to the nearest whole per cent, halves to the even one",
    Rounding.DOWN: "rounded down",
    Rounding.UP: "rounded up",
    Rounding.NOT_STATED: "not rounded: the pack does not say how",
}
INSUFFICIENT = "Too little evidence"
NOT_SCORED = "Not scored yet"
NOT_RATED = "Not rated yet"
_NAMES = {Figure.STATEMENT: "categories", Figure.THEME: "statements", Figure.OVERALL: "parts"}


def working(framework: Framework, outcome: Outcome) -> tuple[str, ...]:
    """The lines that show how a figure was worked out, from its summands to the pack that ruled it."""
    return tuple(_lines(framework, outcome))


def in_words(framework: Framework, mark: Mark) -> str:
    """A score with what it means: "2, some shortfalls". The number never stands alone (ux.md S10-A7)."""
    if mark.insufficient:
        return INSUFFICIENT
    scale = framework.method.chosen_from
    level = None if mark.value is None or scale is None else scale.level(mark.value)
    if level is None:
        return not_chosen(framework)
    if not framework.method.has_scores:
        return level.label
    return f"{level.value}, {level.label[:1].lower()}{level.label[1:]}"


def not_chosen(framework: Framework) -> str:
    """``Not scored yet``; ``Not rated yet`` where ratings are chosen in words; ``In words only`` where none are."""
    if framework.method.has_scores:
        return NOT_SCORED
    return NOT_RATED if framework.method.rating_scale is not None else "In words only"


def ended(words: str) -> str:
    """What somebody wrote, with a full stop where another sentence follows."""
    words = words.strip()
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def so_far(outcome: Outcome) -> str:
    """What is scored while something is missing: "So far 12 out of 20, 60%"."""
    assert outcome.share is not None
    exact = f"{percent_text(outcome.share.percent)}%"
    if outcome.is_mean:
        return f"So far {exact}"
    return f"So far {outcome.share.numerator} out of {outcome.share.denominator}, {exact}"


def _lines(framework: Framework, outcome: Outcome) -> Iterator[str]:
    yield from _sum(outcome)
    yield from _gaps(outcome)
    yield from _rating(framework, outcome)
    yield from _limits(framework, outcome)
    if outcome.next_band is not None:
        points = f"{outcome.next_band.points} more score point{'s' if outcome.next_band.points > 1 else ''}"
        yield f"{points} would reach {outcome.next_band.band.label}."
    yield f"Framework pack {framework.id} {framework.version}, {framework.digest[:12]}."


def _sum(outcome: Outcome) -> Iterator[str]:
    if outcome.share is None:
        yield "Nothing scored yet."
        return
    scored = [part for part in outcome.parts if part.share is not None]
    if outcome.is_mean:
        terms = " + ".join(f"{part.label} {part.share}" for part in scored)
        yield f"Mean of {len(scored)} themes: ({terms}) / {len(scored)} = {outcome.share}"
    else:
        terms = " + ".join(f"{part.label} {part.share.numerator}" for part in scored if part.share)
        yield f"{terms} = {outcome.share.numerator}"
        yield f"Highest possible: {outcome.share.denominator}"
    exact = percent_text(outcome.share.percent)
    sign = "=" if (outcome.share.percent * 100).denominator == 1 else "≈"
    yield f"{outcome.share} {sign} {exact}%"


def _gaps(outcome: Outcome) -> Iterator[str]:
    if outcome.insufficient:
        yield f"Too little evidence to score: {', '.join(part.label for part in outcome.insufficient)}."
    if outcome.missing:
        if outcome.share is not None:
            yield f"{so_far(outcome)}."
        labels = ", ".join(part.label for part in outcome.missing)
        yield f"Not scored yet, {len(outcome.missing)} of {len(outcome.parts)} {_NAMES[outcome.figure]}: {labels}."
        yield "No rating is shown until everything is scored."
    elif outcome.reading is None and outcome.insufficient:
        yield "No rating is shown while there is too little evidence to score a part."


def _rating(framework: Framework, outcome: Outcome) -> Iterator[str]:
    reading = outcome.reading
    if reading is None or outcome.share is None:
        return
    exact = percent_text(outcome.share.percent)
    if reading.between is not None:
        low, high = reading.between
        yield (
            f"{exact}% is between {low.label} (up to {low.high}%) and {high.label} (from {high.low}%). "
            "This pack does not say how to round. Ask your lead."
        )
        return
    if reading.whole_percent is not None:
        yield f"{reading.whole_percent}%, {_ROUNDED[framework.method.rounding]}"
    if reading.tie is not None and reading.tie.decides:
        tie = reading.tie
        yield f"A tie: {exact}% is halfway between {tie.below}% and {tie.above}%, and the rounding decides the rating."
    if reading.band is not None:
        place = position_of(framework.method, outcome)
        assert place is not None
        middle = percent_text(place.middle)
        yield f"{reading.band.label} is {reading.band.low}% to {reading.band.high}%. The middle is {middle}%."
        yield position_words(place)
        if outcome.figure is Figure.STATEMENT and framework.method.scale is not None:
            scale = framework.method.scale
            yield f"{reading.band.label} counts as statement score {reading.band.score} of {scale.highest}."


def _limits(framework: Framework, outcome: Outcome) -> Iterator[str]:
    before = outcome.reading.band if outcome.reading else None
    if outcome.limiter is not None and outcome.band is not None and before is not None:
        unsure = "" if outcome.limiter.confirmed else " This rule is not confirmed for this framework."
        yield (
            f"Limited to {outcome.band.label} by pack rule {outcome.limiter.id}: {outcome.limiter.sentence} "
            f"Without the limit: {before.label}.{unsure}"
        )
    for limiter in outcome.limiters_off:
        yield f"{_off(framework, limiter)} It would limit this to {_label(framework, limiter.limited_to)}."


def _off(framework: Framework, limiter: Limiter) -> str:
    why = "" if limiter.confirmed else " and not confirmed for this framework"
    return f"Pack rule {limiter.id} is off{why}: {limiter.sentence}"


def _label(framework: Framework, band_id: str) -> str:
    band = framework.method.band(band_id)
    return band_id if band is None else band.label
