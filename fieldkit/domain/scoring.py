"""From marks to ratings, the way the framework pack says, with every figure's sum kept beside it.

Pure and exact. A level a framework does not have is absent from the result: nobody ever types a stand-in
score so that a machine can go on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldkit.domain.figures import Figure, Outcome, Part, figure_of
from fieldkit.domain.framework import Framework, Need, Statement, Theme
from fieldkit.domain.marks import Mark, MarkKey, checked_marks
from fieldkit.domain.method import Aggregation, ScoredAt
from fieldkit.domain.share import Share
from fieldkit.kernel.errors import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Every figure the framework has, and no other: a level it does not have is empty or None."""

    framework: Framework
    statements: tuple[Outcome, ...] = ()
    themes: tuple[Outcome, ...] = ()
    overall: Outcome | None = None


def work_out(
    framework: Framework, marks: Iterable[Mark], *, subject: str | None = None, limiters_on: Collection[str] = ()
) -> Scores:
    """All figures from the marks given so far; their order does not matter.

    ``subject`` picks the pack's matrix (which categories are wanted). ``limiters_on`` are ids of limiters
    the team chose to apply although the pack has them off. Raises ``Mistake`` as ``checked_marks`` does, and
    ``score.no_limiter`` for an id the pack does not have.
    """
    for unknown in sorted(set(limiters_on) - {limiter.id for limiter in framework.method.limiters}):
        raise Mistake("score.no_limiter", limiter=unknown)
    given = checked_marks(framework, marks)
    scored_at = framework.method.scored_at
    if scored_at is ScoredAt.NONE:
        return Scores(framework=framework)
    if scored_at is ScoredAt.THEME:
        parts = tuple(_marked_part(framework, theme.id, theme.letter, theme.title, given) for theme in framework.themes)
        return Scores(framework=framework, overall=_overall(framework, parts))
    outcomes: tuple[Outcome, ...] = ()
    if scored_at is ScoredAt.EVIDENCE_CATEGORY:
        outcomes = tuple(_statement(framework, one, given, subject) for one in framework.statements)
        by_id = {one.id: _part_from(framework, one) for one in outcomes}
    else:
        by_id = {
            one.id: _marked_part(framework, one.id, one.position, one.title, given) for one in framework.statements
        }
    return _grouped(framework, outcomes, by_id, limiters_on)


def _grouped(
    framework: Framework, outcomes: tuple[Outcome, ...], parts: Mapping[str, Part], limiters_on: Collection[str]
) -> Scores:
    """Statement scores to themes and the overall figure, as far as the pack has them."""
    method = framework.method
    themes: tuple[Outcome, ...] = ()
    if method.theme_step:
        themes = tuple(_theme(framework, theme, parts, limiters_on) for theme in framework.themes)
    by_themes = method.aggregation is Aggregation.MEAN_OF_THEMES
    summands = tuple(_theme_part(theme) for theme in themes) if by_themes else tuple(parts.values())
    values = _values(parts.values())
    overall = _overall(framework, summands, is_mean=by_themes, values=values, limiters_on=limiters_on)
    return Scores(framework=framework, statements=outcomes, themes=themes, overall=overall)


def _marked_part(framework: Framework, id: str, label: str, title: str, given: Mapping[MarkKey, Mark]) -> Part:
    """A summand straight from its mark; missing where there is none."""
    mark = given.get((id, None))
    if mark is None:
        return Part(id=id, label=label, title=title)
    return Part(id=id, label=label, title=title, share=_share(framework, mark.value), insufficient=mark.insufficient)


def _statement(
    framework: Framework, statement: Statement, given: Mapping[MarkKey, Mark], subject: str | None
) -> Outcome:
    """A statement's figure from its categories: required ones are wanted, others count where they are marked."""
    parts = []
    for category in framework.categories:
        mark = given.get((statement.id, category.id))
        if mark is None and framework.need(statement.id, category.id, subject) is not Need.REQUIRED:
            continue
        share = None if mark is None else _share(framework, mark.value)
        insufficient = mark is not None and mark.insufficient
        parts.append(
            Part(id=category.id, label=category.short, title=category.title, share=share, insufficient=insufficient)
        )
    return figure_of(
        framework.method, Figure.STATEMENT, tuple(parts),
        id=statement.id, label=statement.position, title=statement.title,
    )  # fmt: skip


def _part_from(framework: Framework, outcome: Outcome) -> Part:
    """A statement's figure as a summand: its band's worth on the scale, not its per cent."""
    share = None if outcome.band is None else _share(framework, outcome.band.score)
    insufficient = share is None and bool(outcome.insufficient) and not outcome.missing
    return Part(id=outcome.id, label=outcome.label, title=outcome.title, share=share, insufficient=insufficient)


def _theme(framework: Framework, theme: Theme, parts: Mapping[str, Part], limiters_on: Collection[str]) -> Outcome:
    mine = tuple(parts[one.id] for one in framework.statements_of(theme.id))
    return figure_of(
        framework.method, Figure.THEME, mine, id=theme.id, label=theme.letter, title=theme.title,
        values=_values(mine), limiters_on=limiters_on,
    )  # fmt: skip


def _theme_part(theme: Outcome) -> Part:
    """A theme as a summand of the overall figure; wanted until it has a rating itself."""
    share = theme.share if theme.reading is not None else None
    insufficient = share is None and bool(theme.insufficient) and not theme.missing
    return Part(id=theme.id, label=theme.label, title=theme.title, share=share, insufficient=insufficient)


def _overall(
    framework: Framework, parts: tuple[Part, ...], *, is_mean: bool = False, values: Collection[int] = (),
    limiters_on: Collection[str] = (),
) -> Outcome | None:  # fmt: skip
    if not framework.method.overall_step:
        return None
    return figure_of(
        framework.method, Figure.OVERALL, parts, id=framework.id, label=framework.short_title, title=framework.title,
        is_mean=is_mean, values=values, limiters_on=limiters_on,
    )  # fmt: skip


def _share(framework: Framework, value: int | None) -> Share | None:
    scale = framework.method.scale
    return None if value is None or scale is None else Share(value, scale.highest)


def _values(parts: Iterable[Part]) -> tuple[int, ...]:
    return tuple(part.share.numerator for part in parts if part.share is not None)
