"""Marks as assessors give them, checked against what the framework pack can score at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.method import ScoredAt
from fieldkit.kernel.errors import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One judgement: a score, or ``insufficient`` for too little evidence to score, or neither yet.

    ``subject`` is a statement's id, or a theme's where the framework scores themes; ``category`` is given
    only where it scores evidence categories.
    """

    subject: str
    value: int | None = None
    category: str | None = None
    insufficient: bool = False


MarkKey = tuple[str, str | None]


def checked_marks(framework: Framework, marks: Iterable[Mark]) -> Mapping[MarkKey, Mark]:
    """The marks by subject and category.

    Raises ``Mistake``: ``score.unknown`` (no such statement, theme or category), ``score.wrong_level`` (a
    mark where the framework gives none), ``score.words_only`` (a rating where it has none),
    ``score.off_scale``, ``score.both`` (a score and too little
    evidence at once), ``score.not_used`` (a category the matrix never uses) or ``score.twice``.
    """
    given: dict[MarkKey, Mark] = {}
    for mark in marks:
        _check_place(framework, mark)
        _check_value(framework, mark)
        key = (mark.subject, mark.category)
        if key in given:
            raise Mistake("score.twice", subject=mark.subject)
        given[key] = mark
    return given


def _check_place(framework: Framework, mark: Mark) -> None:
    scored_at = framework.method.scored_at
    if scored_at is ScoredAt.NONE:
        _check_rated(framework, mark)
        return
    by_category = scored_at is ScoredAt.EVIDENCE_CATEGORY
    if by_category != (mark.category is not None):
        raise Mistake("score.wrong_level", subject=mark.subject, level=scored_at.value.replace("_", " "))
    subjects = framework.themes if scored_at is ScoredAt.THEME else framework.statements
    if mark.subject not in {subject.id for subject in subjects}:
        raise Mistake("score.unknown", subject=mark.subject)
    if mark.category is None:
        return
    if mark.category not in {category.id for category in framework.categories}:
        raise Mistake("score.unknown", subject=mark.category)
    needs = {matrix.need(mark.subject, mark.category) for matrix in framework.matrices}
    if needs == {Need.NOT_USED}:
        raise Mistake("score.not_used", subject=mark.subject, category=mark.category)


def _check_rated(framework: Framework, mark: Mark) -> None:
    """Without scores a statement is judged in words, and rated where the pack has a scale of ratings."""
    if mark.category is not None or (mark.value is not None and framework.method.rating_scale is None):
        raise Mistake("score.words_only", subject=mark.subject)
    if mark.subject not in {statement.id for statement in framework.statements}:
        raise Mistake("score.unknown", subject=mark.subject)


def _check_value(framework: Framework, mark: Mark) -> None:
    if mark.value is None:
        return
    if mark.insufficient:
        raise Mistake("score.both", subject=mark.subject)
    scale = framework.method.chosen_from
    if scale is None or type(mark.value) is not int or scale.level(mark.value) is None:
        low, high = (scale.lowest, scale.highest) if scale else (0, 0)
        raise Mistake("score.off_scale", subject=mark.subject, value=mark.value, lowest=low, highest=high)
