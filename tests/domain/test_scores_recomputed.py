"""Two workings-out of the same scores agree: the program's, and a plain one that shares nothing with it.

10,000 sets with gaps, too little evidence, every level, rounding and both ways to put themes together, with limiters.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import Aggregation, Insufficient, LimitedFigure, Limiter, Method, Rounding, ScoredAt
from fieldkit.domain.scoring import work_out
from fieldkit.frameworks.library import Library
from tests.domain.plain_scores import LITTLE, Result, Sheet, figures

PACKS = (Library().load("ics", "2023.1"), Library().load("local-authority", "2023.1"))
SETS, METHODS = 10_000, 100
_LEVELS = {
    "statement": ScoredAt.QUALITY_STATEMENT, "category": ScoredAt.EVIDENCE_CATEGORY, "theme": ScoredAt.THEME,
}  # fmt: skip


def test_ten_thousand_score_sets_with_limiters_come_to_the_same_twice() -> None:
    dice = Random(20261123)
    limited = rated = 0
    for _ in range(METHODS):
        sheet, pack = _sheet(dice)
        places = _places(sheet)
        for _ in range(SETS // METHODS):
            given = _given(dice, places)
            scores = work_out(pack, [_mark(place, score) for place, score in given.items()])
            made = {one.id: one for one in scores.themes} | ({"": scores.overall} if scores.overall else {})
            wanted = figures(sheet, given)
            assert made.keys() == wanted.keys()
            for id, outcome in made.items():
                assert _told(outcome) == _plain(wanted[id]), (sheet, given, id)
                limited += outcome.limiter is not None
                rated += outcome.band is not None
    assert rated > 5_000, "too few ratings to compare"
    assert limited > 500, "too few limiters at work to compare"


def _told(one: Outcome) -> dict[str, object]:
    reading = one.reading
    return {
        "share": one.share.exact if one.share is not None else None, "missing": len(one.missing),
        "little": len(one.insufficient), "per cent": reading.whole_percent if reading else None,
        "first": reading.band.id if reading and reading.band else None, "rating": one.band.id if one.band else None,
        "rule": one.limiter.id if one.limiter else None,
    }  # fmt: skip


def _plain(one: Result) -> dict[str, object]:
    return {
        "share": Fraction(one["points"], one["possible"]) if one["possible"] else None, "missing": one["missing"],
        "little": one["little"], "per cent": one["per_cent"], "first": one["first"], "rating": one["rating"],
        "rule": one["rule"],
    }  # fmt: skip


def _sheet(dice: Random) -> tuple[Sheet, Framework]:
    """The same method twice: as a plain sheet, and as a pack."""
    pack = dice.choice((PACKS[0], PACKS[1], PACKS[1]))  # nine statements in the place of 17: a second less
    order = ["inadequate", "requires-improvement", "good", "outstanding"]
    limits = []
    for number in range(dice.randrange(4)):
        band = dice.randrange(1, 4)
        limits.append(
            (f"rule-{number}", dice.choice(["theme", "overall"]), order[band], dice.randint(1, 2),
             order[dice.randrange(band)])
        )  # fmt: skip
    sheet: Sheet = {
        "scored": dice.choice(["statement"] * 8 + ["category", "theme"]),
        "rounding": dice.choice([one.value for one in Rounding]), "left_out": dice.random() < 0.5, "theme_step": True,
        "overall": True, "mean_of_themes": dice.random() < 0.4, "top": 4, "limits": limits,
        "bands": [("inadequate", 25, 38, 1), ("requires-improvement", 39, 62, 2), ("good", 63, 87, 3),
                  ("outstanding", 88, 100, 4)],
        "themes": {one.id: [each.id for each in pack.statements_of(one.id)] for one in pack.themes},
        "categories": [one.id for one in pack.categories],
        "used": {(one.id, each.id) for one in pack.statements for each in pack.categories
                 if pack.need(one.id, each.id) is not Need.NOT_USED},
        "required": {(one.id, each.id) for one in pack.statements for each in pack.categories
                     if pack.need(one.id, each.id) is Need.REQUIRED},
    }  # fmt: skip
    if sheet["scored"] == "theme":
        sheet["theme_step"] = sheet["mean_of_themes"] = False
    return sheet, replace(pack, method=_method(sheet, pack.method))


def _method(sheet: Sheet, before: Method) -> Method:
    """As the pack reader would have made it."""
    aggregation = Aggregation.MEAN_OF_THEMES if sheet["mean_of_themes"] else Aggregation.MEAN_OF_STATEMENTS
    return replace(
        before, scored_at=_LEVELS[sheet["scored"]], rounding=Rounding(sheet["rounding"]), aggregation=aggregation,
        insufficient=Insufficient.LEFT_OUT if sheet["left_out"] else Insufficient.NO_RATING,
        theme_step=sheet["theme_step"], overall_step=sheet["overall"],
        limiters=tuple(
            Limiter(
                id=id, sentence="A rule.", applies_to=LimitedFigure(figure), band=band, at_or_below=least,
                limited_to=to, confirmed=True, on=True,
            )
            for id, figure, band, least, to in sheet["limits"]
        ),
    )  # fmt: skip


def _places(sheet: Sheet) -> list[tuple[str, str | None]]:
    if sheet["scored"] == "theme":
        return [(one, None) for one in sheet["themes"]]
    statements = [one for several in sheet["themes"].values() for one in several]
    if sheet["scored"] == "statement":
        return [(one, None) for one in statements]
    return [(one, each) for one in statements for each in sheet["categories"] if (one, each) in sheet["used"]]


def _given(dice: Random, places: list[tuple[str, str | None]]) -> dict[tuple[str, str | None], object]:
    """Scores of one assessment: mostly whole, sometimes with gaps or too little evidence, high, low or mixed."""
    gaps, little = dice.choice([(0.0, 0.0)] * 4 + [(0.1, 0.0), (0.0, 0.1), (0.1, 0.1)])
    weights = dice.choice([(1, 1, 1, 1), (0, 1, 4, 2), (1, 1, 8, 30), (1, 6, 3, 0)])
    scores = dice.choices((1, 2, 3, 4), weights, k=len(places))
    if not gaps and not little:
        return dict(zip(places, scores, strict=True))
    found: dict[tuple[str, str | None], object] = {}
    for place, score in zip(places, scores, strict=True):
        lot = dice.random()
        if lot >= gaps:
            found[place] = LITTLE if lot < gaps + little else score
    return found


def _mark(place: tuple[str, str | None], score: object) -> Mark:
    value = score if isinstance(score, int) else None
    return Mark(subject=place[0], category=place[1], value=value, insufficient=score == LITTLE)
