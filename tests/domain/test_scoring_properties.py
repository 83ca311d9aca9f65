"""What holds for every possible set of scores, whatever the pack's rounding."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.figures import Figure, Outcome, Part, figure_of
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import Method, Rounding
from fieldkit.domain.scoring import work_out
from fieldkit.domain.share import Share, percent_text, read_percent, whole_percent
from fieldkit.frameworks.library import Library

ICS = Library().load("ics", "2023.1")
values = st.lists(st.integers(1, 4), min_size=1, max_size=20)
percents = st.fractions(min_value=25, max_value=100, max_denominator=5_000)
roundings = st.sampled_from([one for one in Rounding if one is not Rounding.NOT_STATED])


def group(method: Method, scores: list[int]) -> Outcome:
    parts = tuple(Part(id=str(n), label=str(n), title="", share=Share(one, 4)) for n, one in enumerate(scores))
    return figure_of(method, Figure.OVERALL, parts)


def rank(outcome: Outcome) -> int:
    assert outcome.band is not None
    return outcome.band.score


@given(values)
def test_the_share_is_the_exact_sum(scores: list[int]) -> None:
    share = group(ICS.method, scores).share
    assert share is not None
    assert (share.numerator, share.denominator) == (sum(scores), 4 * len(scores))
    assert share.percent == Fraction(100 * sum(scores), 4 * len(scores))


@given(percents, roundings)
def test_every_per_cent_that_can_be_scored_has_exactly_one_rating(percent: Fraction, rounding: Rounding) -> None:
    method = replace(ICS.method, rounding=rounding)
    reading = read_percent(method, percent)
    assert reading.whole_percent is not None
    assert [band for band in method.bands if band.low <= reading.whole_percent <= band.high] == [reading.band]


@given(percents)
def test_without_a_rounding_rule_a_rating_is_never_a_guess(percent: Fraction) -> None:
    silent = replace(ICS.method, rounding=Rounding.NOT_STATED)
    reading = read_percent(silent, percent)
    ratings = {read_percent(replace(silent, rounding=one), percent).band for one in (Rounding.UP, Rounding.DOWN)}
    assert ratings == ({reading.band} if reading.between is None else set(reading.between))
    assert (reading.band is None) == (reading.between is not None)


@given(percents, percents, roundings)
def test_rounding_never_turns_more_into_less(one: Fraction, other: Fraction, rounding: Rounding) -> None:
    low, high = sorted((one, other))
    rounded_low, rounded_high = whole_percent(low, rounding), whole_percent(high, rounding)
    assert rounded_low is not None
    assert rounded_high is not None
    assert rounded_low <= rounded_high
    assert abs(rounded_low - low) < 1


@given(st.integers(0, 400), st.integers(1, 400))
def test_half_up_and_half_even_agree_with_decimal_arithmetic(numerator: int, denominator: int) -> None:
    percent = Fraction(100 * numerator, denominator)
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(percent.numerator) / Decimal(percent.denominator)
        assert whole_percent(percent, Rounding.HALF_UP) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        assert whole_percent(percent, Rounding.HALF_EVEN) == int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))
        assert Decimal(percent_text(percent)) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(values, st.data())
def test_a_better_score_never_gives_a_worse_rating(scores: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(scores) - 1))
    better = [*scores]
    better[place] = data.draw(st.integers(scores[place], 4))
    assert rank(group(ICS.method, better)) >= rank(group(ICS.method, scores))


@given(values, roundings)
def test_the_points_to_the_next_rating_reach_it_and_one_fewer_does_not(scores: list[int], rounding: Rounding) -> None:
    method = replace(ICS.method, rounding=rounding)
    outcome = group(method, scores)
    if outcome.next_band is None:
        return
    assert outcome.share is not None
    full = outcome.share.denominator
    reached = [read_percent(method, Share(outcome.share.numerator + more, full).percent).band for more in range(full)
               if outcome.share.numerator + more <= full]  # fmt: skip
    better = [more for more, band in enumerate(reached) if band and band.low >= outcome.next_band.band.low]
    assert better[0] == outcome.next_band.points


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), min_size=2, max_size=3))
def test_no_cheaper_way_reaches_the_next_rating_in_a_mean_of_themes(themes: list[list[int]]) -> None:
    shares = [Share(sum(scores), 4 * len(scores)) for scores in themes]
    parts = tuple(Part(id=str(n), label=str(n), title="", share=one) for n, one in enumerate(shares))
    outcome = figure_of(ICS.method, Figure.OVERALL, parts, is_mean=True)
    if outcome.next_band is None:
        return
    fewest = _fewest(shares, outcome.next_band.band.low)
    assert fewest == outcome.next_band.points


def _fewest(shares: list[Share], wanted: int) -> int:
    """By trying every way to spend the points: slow, and plainly right."""
    ways = {(0, Fraction(0))}
    for share in shares:
        room = share.denominator - share.numerator
        ways = {
            (spent + more, total + Fraction(100 * (share.numerator + more), share.denominator))
            for spent, total in ways for more in range(room + 1)
        }  # fmt: skip
    reached = [spent for spent, total in ways if (whole_percent(total / len(shares), Rounding.HALF_UP) or 0) >= wanted]
    return min(reached)


@given(st.lists(st.integers(0, 4), min_size=17, max_size=17), st.randoms(use_true_random=False))
def test_any_set_of_marks_in_any_order_gives_the_same_consistent_figures(scores: list[int], shuffle: Random) -> None:
    marks = [Mark(subject=one.id, value=value) for one, value in zip(ICS, scores, strict=True) if value]
    mixed = [*marks]
    shuffle.shuffle(mixed)
    result = work_out(ICS, mixed)
    assert result == work_out(ICS, marks)
    assert result.overall is not None
    points = sum(theme.share.numerator for theme in result.themes if theme.share)
    assert points == (result.overall.share.numerator if result.overall.share else 0)
    assert (result.overall.band is None) == bool(result.overall.missing)
