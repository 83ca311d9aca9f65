"""Every row of the table of worked examples, as the regulator's published sums or by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from fieldkit.domain.figures import Figure, Outcome, Part, figure_of
from fieldkit.domain.share import Share, percent_text
from fieldkit.frameworks.library import Library

METHOD = Library().load("ics", "2023.1").method


def group(*values: int) -> Outcome:
    parts = tuple(Part(id=str(n), label=str(n), title=str(n), share=Share(one, 4)) for n, one in enumerate(values))
    return figure_of(METHOD, Figure.OVERALL, parts)


def total(points: int, statements: int) -> Outcome:
    base, extra = divmod(points, statements)
    return group(*(base + (number < extra) for number in range(statements)))


def read(outcome: Outcome) -> tuple[str, str, int, str]:
    assert outcome.share
    assert outcome.reading
    assert outcome.band
    whole = outcome.reading.whole_percent
    assert whole is not None
    return str(outcome.share), percent_text(outcome.share.percent), whole, outcome.band.id


def test_four_category_scores_make_one_statement_score() -> None:
    outcome = group(3, 2, 3, 3)
    assert read(outcome) == ("11/16", "68.75", 69, "good")
    assert outcome.band is not None
    assert outcome.band.score == 3


def test_eight_statements_with_21_points_are_66_percent_good() -> None:
    assert read(total(21, 8)) == ("21/32", "65.63", 66, "good")


def test_eight_threes_and_a_four_are_78_percent_good() -> None:
    assert read(group(3, 3, 3, 3, 3, 3, 3, 3, 4)) == ("28/36", "77.78", 78, "good")


@pytest.mark.parametrize(
    ("statements", "spans"),
    [(9, [(9, 13), (14, 22), (23, 31), (32, 36)]), (17, [(17, 26), (27, 42), (43, 59), (60, 68)])],
)
def test_every_total_falls_into_the_published_rating(statements: int, spans: list[tuple[int, int]]) -> None:
    ratings = ("inadequate", "requires-improvement", "good", "outstanding")
    wanted = {
        points: rating for (low, high), rating in zip(spans, ratings, strict=True) for points in range(low, high + 1)
    }
    found = {points: read(total(points, statements))[3] for points in range(statements, 4 * statements + 1)}
    assert found == wanted


@pytest.mark.parametrize(("points", "statements"), [(10, 4), (5, 2), (15, 6), (20, 8)])
def test_62_and_a_half_percent_is_good_and_a_tie(points: int, statements: int) -> None:
    outcome = total(points, statements)
    assert read(outcome)[1:] == ("62.5", 63, "good")
    assert outcome.reading is not None
    assert outcome.reading.tie is not None
    assert (outcome.reading.tie.below, outcome.reading.tie.above, outcome.reading.tie.decides) == (62, 63, True)


@pytest.mark.parametrize(("points", "statements"), [(7, 2), (14, 4), (21, 6), (28, 8)])
def test_87_and_a_half_percent_is_outstanding_and_a_tie(points: int, statements: int) -> None:
    outcome = total(points, statements)
    assert read(outcome)[1:] == ("87.5", 88, "outstanding")
    assert outcome.reading is not None
    assert outcome.reading.tie is not None
    assert outcome.reading.tie.decides


def test_14_of_36_is_39_percent_and_requires_improvement() -> None:
    assert read(total(14, 9)) == ("14/36", "38.89", 39, "requires-improvement")


def test_the_two_ways_of_putting_themes_together_give_two_ratings() -> None:
    shares = (Share(15, 24), Share(4, 12), Share(25, 32))
    parts = tuple(Part(id=str(n), label=str(n), title=str(n), share=one) for n, one in enumerate(shares))
    by_statements = figure_of(METHOD, Figure.OVERALL, parts)
    by_themes = figure_of(METHOD, Figure.OVERALL, parts, is_mean=True)
    assert read(by_statements)[0] == "44/68"
    assert read(by_statements)[2:] == (65, "good")
    assert read(by_themes)[2:] == (58, "requires-improvement")
    assert by_statements.share is not None
    assert percent_text(by_statements.share.percent, 1) == "64.7"
    assert by_themes.share is not None
    assert by_themes.share.exact == Fraction(167, 288)
    assert percent_text(by_themes.share.percent, 1) == "58"


@pytest.mark.parametrize(("points", "possible"), [(1, 0), (-1, 4), (5, 4)])
def test_a_share_is_never_more_than_all_or_less_than_nothing(points: int, possible: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        Share(points, possible)
