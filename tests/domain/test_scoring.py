"""From marks to ratings: levels that are absent, gaps, ties, limiters, points to the next rating, refusals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from fieldkit.domain.figures import Figure, Outcome, Part, figure_of
from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import Aggregation, Insufficient, Rounding, ScoredAt
from fieldkit.domain.position import position_of, position_words
from fieldkit.domain.scoring import work_out
from fieldkit.domain.share import Share
from fieldkit.domain.working import working
from fieldkit.frameworks.library import Library
from fieldkit.kernel.errors import Mistake
from fieldkit.reports.score_trace import rating

ICS = Library().load("ics", "2023.1")
COUNCIL = Library().load("local-authority", "2023.1")


def with_method(framework: Framework, **changes: object) -> Framework:
    return replace(framework, method=replace(framework.method, **changes))  # type: ignore[arg-type]


def marks(framework: Framework, default: int, **changes: int) -> list[Mark]:
    """A mark for every statement; changes by two-letter code."""
    return [Mark(subject=one.id, value=changes.get(one.code, default)) for one in framework]


def overall(framework: Framework, given: list[Mark]) -> Outcome:
    outcome = work_out(framework, given).overall
    assert outcome is not None
    return outcome


def text(framework: Framework, outcome: Outcome | None) -> str:
    assert outcome is not None
    return "\n".join(working(framework, outcome))


def test_a_system_has_theme_figures_and_an_overall_one() -> None:
    scores = work_out(ICS, marks(ICS, 3, hl=4))
    assert [(theme.title, str(theme.share)) for theme in scores.themes] == [
        ("Quality and safety", "19/24"), ("Integration", "9/12"), ("Leadership", "24/32"),
    ]  # fmt: skip
    assert str(scores.overall and scores.overall.share) == "52/68"


def test_a_council_has_no_theme_figures() -> None:
    scores = work_out(COUNCIL, marks(COUNCIL, 3, pc=4))
    assert scores.themes == ()
    assert scores.statements == ()
    assert str(scores.overall and scores.overall.share) == "28/36"


def test_a_framework_without_scores_has_no_figures_and_takes_no_mark() -> None:
    unscored = with_method(ICS, scored_at=ScoredAt.NONE, scale=None, bands=(), limiters=())
    scores = work_out(unscored, [])
    assert (scores.statements, scores.themes, scores.overall) == ((), (), None)
    with pytest.raises(Mistake, match=r"score\.words_only"):
        work_out(unscored, marks(ICS, 3))


def test_nothing_scored_gives_no_share_and_no_rating() -> None:
    outcome = overall(ICS, [])
    assert (outcome.share, outcome.band, len(outcome.missing)) == (None, None, 17)
    assert "Nothing scored yet." in text(ICS, outcome)


def test_a_part_scored_assessment_shows_its_sum_and_no_rating() -> None:
    outcome = overall(COUNCIL, marks(COUNCIL, 3)[:5])
    assert (str(outcome.share), outcome.reading, outcome.band, outcome.next_band) == ("15/20", None, None, None)
    assert [part.label for part in outcome.missing] == ["S1", "S2", "L1", "L2"]
    assert "No rating is shown until everything is scored." in text(COUNCIL, outcome)


def test_a_mark_without_score_counts_as_not_scored_yet() -> None:
    given = [*marks(COUNCIL, 3)[1:], Mark(subject="assessing-needs")]
    assert [part.label for part in overall(COUNCIL, given).missing] == ["W1"]


def test_too_little_evidence_leaves_the_whole_without_a_rating() -> None:
    given = [*marks(COUNCIL, 3)[1:], Mark(subject="assessing-needs", insufficient=True)]
    outcome = overall(COUNCIL, given)
    assert (str(outcome.share), outcome.band, outcome.missing) == ("24/32", None, ())
    assert [part.label for part in outcome.insufficient] == ["W1"]
    assert "Too little evidence to score: W1." in text(COUNCIL, outcome)


def test_a_pack_can_leave_out_what_has_too_little_evidence() -> None:
    lenient = with_method(COUNCIL, insufficient=Insufficient.LEFT_OUT)
    given = [*marks(COUNCIL, 3)[1:], Mark(subject="assessing-needs", insufficient=True)]
    outcome = overall(lenient, given)
    assert str(outcome.share) == "24/32"
    assert outcome.band is not None
    assert outcome.band.id == "good"


def test_the_order_of_marks_changes_nothing() -> None:
    given = marks(ICS, 2, hl=4, we=1)
    assert work_out(ICS, given) == work_out(ICS, reversed(given))


def test_a_pack_that_does_not_say_how_to_round_gives_no_rating_between_bands() -> None:
    silent = with_method(ICS, rounding=Rounding.NOT_STATED)
    theme = work_out(silent, marks(ICS, 3, hl=2, lc=2, st=2)).themes[0]
    assert str(theme.share) == "15/24"
    assert theme.band is None
    assert (
        "62.5% is between Requires improvement (up to 62%) and Good (from 63%). "
        "This pack does not say how to round. Ask your lead." in text(silent, theme)
    )


def test_a_pack_that_does_not_say_how_to_round_still_rates_inside_a_band() -> None:
    silent = with_method(ICS, rounding=Rounding.NOT_STATED)
    outcome = overall(silent, marks(ICS, 3, hl=4))
    assert outcome.reading is not None
    assert (outcome.reading.whole_percent, outcome.band and outcome.band.id) == (None, "good")


def test_a_tie_says_that_the_rounding_decides() -> None:
    theme = work_out(ICS, marks(ICS, 3, hl=2, lc=2, st=2)).themes[0]
    assert "A tie: 62.5% is halfway between 62% and 63%, and the rounding decides the rating." in text(ICS, theme)


def test_half_a_per_cent_inside_a_band_is_a_tie_that_decides_nothing() -> None:
    eight = work_out(ICS, marks(ICS, 2, sd=4, cl=4, fs=4, gm=4, pc=4)).themes[2]
    assert str(eight.share) == "26/32"
    assert eight.reading is not None
    assert eight.reading.tie is None
    other = work_out(ICS, marks(ICS, 1, hl=2, lc=2, st=2)).themes[0]
    assert str(other.share) == "9/24"
    assert other.reading is not None
    assert other.reading.tie is not None
    assert not other.reading.tie.decides
    assert "A tie" not in text(ICS, other)


def test_the_fewest_points_to_the_next_rating_are_counted() -> None:
    outcome = overall(COUNCIL, marks(COUNCIL, 3, pc=4))
    assert outcome.next_band is not None
    assert (outcome.next_band.band.id, outcome.next_band.points) == ("outstanding", 4)
    assert "4 more score points would reach Outstanding." in text(COUNCIL, outcome)


def test_the_best_rating_has_no_next_one() -> None:
    assert overall(COUNCIL, marks(COUNCIL, 4)).next_band is None


def test_points_to_the_next_rating_go_where_they_count_most_in_a_mean_of_themes() -> None:
    by_themes = with_method(ICS, aggregation=Aggregation.MEAN_OF_THEMES)
    outcome = overall(by_themes, marks(ICS, 3, sp=1, ci=1, wt=1))
    assert outcome.is_mean
    assert outcome.share is not None
    assert outcome.share.percent == Fraction(175, 3)
    assert outcome.next_band is not None
    # 58.33% to 62.5%: 2 points in the theme of three statements, 3 in the theme of six.
    assert (outcome.next_band.band.id, outcome.next_band.points) == ("good", 2)


def test_a_mean_of_themes_prints_each_theme_and_that_it_is_a_mean() -> None:
    by_themes = with_method(ICS, aggregation=Aggregation.MEAN_OF_THEMES)
    lines = text(by_themes, overall(by_themes, marks(ICS, 3)))
    assert "Mean of 3 themes: (Q 18/24 + I 9/12 + L 24/32) / 3 = 3/4" in lines


def test_an_unconfirmed_limiter_is_off_and_says_what_it_would_do() -> None:
    theme = work_out(ICS, marks(ICS, 3, fs=1)).themes[2]
    assert theme.band is not None
    assert (theme.band.id, theme.limiter) == ("good", None)
    assert [one.id for one in theme.limiters_off] == ["good-with-1"]
    lines = text(ICS, theme)
    assert "Pack rule good-with-1 is off and not confirmed for this framework" in lines
    assert "It would limit this to Requires improvement." in lines


def test_a_limiter_put_on_by_hand_changes_the_word_and_never_the_number() -> None:
    theme = work_out(ICS, marks(ICS, 3, fs=1), limiters_on={"good-with-1"}).themes[2]
    assert theme.reading is not None
    assert theme.reading.band is not None
    assert theme.band is not None
    assert (theme.reading.whole_percent, theme.reading.band.id, theme.band.id) == (69, "good", "requires-improvement")
    lines = text(ICS, theme)
    assert "Limited to Requires improvement by pack rule good-with-1" in lines
    assert "Without the limit: Good." in lines
    assert "not confirmed for this framework" in lines
    said = rating(theme)
    assert said.endswith("= 69%, Requires improvement (pack rule good-with-1; without it Good)"), said


def test_a_limiter_looks_at_its_own_figure_only() -> None:
    on = {"good-with-1", "outstanding-with-2"}
    scores = work_out(ICS, marks(ICS, 3, fs=1), limiters_on=on)
    assert [theme.band and theme.band.id for theme in scores.themes] == ["good", "good", "requires-improvement"]
    assert scores.overall is not None
    assert scores.overall.limiter is None
    council = work_out(COUNCIL, marks(COUNCIL, 4, sg=2), limiters_on=on).overall
    assert council is not None
    assert council.band is not None
    assert council.band.id == "good"


def test_a_limiter_the_pack_does_not_have_is_refused() -> None:
    with pytest.raises(Mistake, match=r"score\.no_limiter.*kindness"):
        work_out(ICS, marks(ICS, 3), limiters_on={"good-with-1", "kindness"})


def category_scored() -> Framework:
    return with_method(ICS, scored_at=ScoredAt.EVIDENCE_CATEGORY)


def category_marks(framework: Framework, values: dict[str, int]) -> list[Mark]:
    return [
        Mark(subject=one.id, category=category.id, value=values[category.code])
        for one in framework for category in framework.categories if category.code in values
    ]  # fmt: skip


def test_category_scores_make_statement_scores_that_make_the_rest() -> None:
    framework = category_scored()
    scores = work_out(framework, category_marks(framework, {"pe": 3, "sl": 2, "ob": 3, "pr": 3}))
    first = scores.statements[0]
    assert (str(first.share), first.band and first.band.score) == ("11/16", 3)
    assert "People 3 + Staff 2 + Observation 3 + Processes 3 = 11" in text(framework, first)
    assert str(scores.overall and scores.overall.share) == "51/68"


def test_a_required_category_without_a_score_leaves_the_statement_open() -> None:
    framework = category_scored()
    scores = work_out(framework, category_marks(framework, {"sl": 3}))
    assert [part.id for part in scores.statements[0].missing] == ["peoples-experience"]
    assert scores.overall is not None
    assert len(scores.overall.missing) == 17


def test_too_little_evidence_in_a_category_reaches_the_top_as_such() -> None:
    framework = category_scored()
    given = [Mark(subject=one.id, category="peoples-experience", insufficient=True) for one in framework]
    scores = work_out(framework, given)
    assert scores.overall is not None
    assert (len(scores.overall.insufficient), scores.overall.missing) == (17, ())


def test_themes_can_be_scored_straight_away() -> None:
    framework = with_method(ICS, scored_at=ScoredAt.THEME)
    scores = work_out(framework, [Mark(subject=theme.id, value=3) for theme in framework.themes])
    assert (scores.statements, scores.themes) == ((), ())
    assert str(scores.overall and scores.overall.share) == "9/12"


def test_a_framework_without_an_overall_figure_has_none() -> None:
    assert work_out(with_method(ICS, overall_step=False), marks(ICS, 3)).overall is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([Mark(subject="kindness", value=3)], "score.unknown"),
        ([Mark(subject="safeguarding", value=5)], "score.off_scale"),
        ([Mark(subject="safeguarding", value=0)], "score.off_scale"),
        ([Mark(subject="safeguarding", value=True)], "score.off_scale"),
        ([Mark(subject="safeguarding", value=3, insufficient=True)], "score.both"),
        ([Mark(subject="safeguarding", value=3), Mark(subject="safeguarding", value=2)], "score.twice"),
        ([Mark(subject="safeguarding", category="processes", value=3)], "score.wrong_level"),
    ],
)
def test_a_mark_the_framework_cannot_take_is_refused(given: list[Mark], code: str) -> None:
    with pytest.raises(Mistake) as refused:
        work_out(COUNCIL, given)
    assert refused.value.code == code


def test_a_category_that_is_never_used_cannot_be_scored() -> None:
    framework = with_method(COUNCIL, scored_at=ScoredAt.EVIDENCE_CATEGORY)
    assert framework.need("safeguarding", "observation") is Need.NOT_USED
    with pytest.raises(Mistake, match=r"score\.not_used"):
        work_out(framework, [Mark(subject="safeguarding", category="observation", value=3)])
    with pytest.raises(Mistake, match=r"score\.unknown"):
        work_out(framework, [Mark(subject="safeguarding", category="hearsay", value=3)])


def test_the_working_names_the_pack_that_ruled_it() -> None:
    assert text(ICS, overall(ICS, marks(ICS, 3))).endswith(f"Framework pack ics 2023.1, {ICS.digest[:12]}.")


@pytest.mark.parametrize(
    ("points", "statements", "wanted"),
    [
        (8, 3, "Good, lower half: 3.67 percentage points above the edge of Requires improvement, "
               "21.33 below Outstanding."),
        (10, 4, "Good, lower half: lifted over the edge of Requires improvement by the rounding, "
                "0.5 percentage points short of 63%, 25.5 below Outstanding."),
        (3, 1, "Good, in the middle: 12 percentage points above the edge of Requires improvement, "
               "13 below Outstanding."),
        (4, 1, "Outstanding, upper half: 12 percentage points above the edge of Good."),
        (1, 1, "Inadequate, lower half: on its lowest, 25%, 14 below Requires improvement."),
        (28, 9, "Good, upper half: 14.78 percentage points above the edge of Requires improvement, "
                "10.22 below Outstanding."),
    ],
)  # fmt: skip
def test_the_position_in_the_band_is_told_in_words_and_exact_numbers(points: int, statements: int, wanted: str) -> None:
    base, extra = divmod(points, statements)
    scores = [base + (number < extra) for number in range(statements)]
    parts = tuple(Part(id=str(n), label=str(n), title="", share=Share(one, 4)) for n, one in enumerate(scores))
    place = position_of(ICS.method, figure_of(ICS.method, Figure.OVERALL, parts))
    assert place is not None
    assert position_words(place) == wanted


def test_while_something_is_missing_the_sum_so_far_is_told_and_no_position() -> None:
    scores = work_out(ICS, marks(ICS, 3)[:5])
    assert "So far 15 out of 20, 75%." in text(ICS, scores.overall)
    assert scores.overall is not None
    assert position_of(ICS.method, scores.overall) is None
