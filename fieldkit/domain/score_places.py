"""Where a framework pack takes scores: its statements, each category of them, or its themes.

Where a pack gives no scores, its statements are judged in words, with a rating by its characteristics or without one.

One list for the screen, the commands and the trace, so that none of them takes for granted what one pack does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldkit.domain.framework import Framework, Need, Statement
from fieldkit.domain.judgement import Judged
from fieldkit.domain.method import ScoredAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePlace:
    """Something that can be scored. ``label`` is short (``Q2``, ``Q2 Processes``), ``title`` its words without it."""

    judged: Judged
    position: str
    label: str
    title: str
    theme: str

    @property
    def name(self) -> str:
        """``Q2 Learning culture``; ``Q2 Learning culture: Processes`` where its categories are scored."""
        return f"{self.position} {self.title}"


def score_places(framework: Framework, subject: str | None = None) -> tuple[ScorePlace, ...]:
    """All of them in the pack's order.

    ``subject`` is the kind of body that is assessed: it picks the pack's matrix, and a category that the matrix never
    uses for a statement is no place.
    """
    return tuple(_places(framework, subject))


def place_of(framework: Framework, judged: Judged) -> ScorePlace:
    """Any place by name, also one where this version of the pack takes no score: an older one may have."""
    statement = framework.statement_by(judged.subject)
    if statement is not None:
        return _of_category(framework, statement, judged.category) if judged.category else _of(framework, statement)
    theme = next((one for one in framework.themes if one.id == judged.subject), None)
    if theme is None:
        return ScorePlace(judged=judged, position=judged.subject, label=judged.subject, title="", theme="")
    return ScorePlace(judged=judged, position=theme.letter, label=theme.letter, title=theme.title, theme=theme.id)


def statements_in(framework: Framework, judged: Judged) -> tuple[Statement, ...]:
    """The statements whose evidence is about it: one, or all of a theme."""
    statement = framework.statement_by(judged.subject)
    return (statement,) if statement is not None else framework.statements_of(judged.subject)


def _places(framework: Framework, subject: str | None) -> Iterator[ScorePlace]:
    scored_at = framework.method.scored_at
    if scored_at is ScoredAt.THEME:
        yield from (place_of(framework, Judged(pack=framework.id, subject=theme.id)) for theme in framework.themes)
    elif scored_at in (ScoredAt.QUALITY_STATEMENT, ScoredAt.NONE):
        yield from (_of(framework, one) for one in framework.statements)
    elif scored_at is ScoredAt.EVIDENCE_CATEGORY:
        for one in framework.statements:
            for category in framework.categories:
                if framework.need(one.id, category.id, subject) is not Need.NOT_USED:
                    yield _of_category(framework, one, category.id)


def _of(framework: Framework, one: Statement) -> ScorePlace:
    judged = Judged(pack=framework.id, subject=one.id)
    return ScorePlace(judged=judged, position=one.position, label=one.position, title=one.title, theme=one.theme_id)


def _of_category(framework: Framework, one: Statement, category: str) -> ScorePlace:
    found = next((each for each in framework.categories if each.id == category), None)
    words = found.title if found is not None else category
    return ScorePlace(
        judged=Judged(pack=framework.id, subject=one.id, category=category),
        position=one.position, label=f"{one.position} {found.short if found is not None else category}",
        title=f"{one.title}: {words}",
        theme=one.theme_id,
    )  # fmt: skip
