"""Gathers the trace of a rating (``fieldkit.domain.score_trace``) from the vault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.app.scores import OVERALL, ScoreBoard, score_board
from fieldkit.app.sources import read_sources
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.score_trace import Cited, Trace, TracedJudgement, TracedStatement
from fieldkit.domain.sources import Source
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId


def trace(questions: Questions, assessment: AssessmentId, framework: Framework, at: datetime) -> Trace:
    """All of it. Called on the store lane, or on a vault that is held still."""
    board = score_board(questions, assessment, framework)
    sources = _Sources(questions, assessment)
    themes = tuple((one, board.overrides.get(one.id)) for one in board.scores.themes)
    overall = board.scores.overall
    last = () if overall is None else ((overall, board.overrides.get(OVERALL)),)
    return Trace(
        assessment=questions.assessment(assessment).name, framework=framework, at=at,
        statements=tuple(_statement(sources, board, *place) for place in _places(framework, board)),
        figures=themes + last,
    )  # fmt: skip


def _places(framework: Framework, board: ScoreBoard) -> Iterable[tuple[str, str | None, str, str]]:
    """Statements in the pack's order, each of its categories that was judged beside it; then themes that were."""
    judged = {(one.subject, one.category) for one in board.settled}
    for one in framework.statements:
        if (one.id, None) in judged or not any(subject == one.id for subject, _ in judged):
            yield one.id, None, one.position, one.title
        for category in framework.categories:
            if (one.id, category.id) in judged:
                yield one.id, category.id, f"{one.position} {category.short}", f"{one.title}, {category.title}"
    for theme in framework.themes:
        if (theme.id, None) in judged:
            yield theme.id, None, theme.letter, theme.title


def _statement(
    sources: _Sources, board: ScoreBoard, subject: str, category: str | None, label: str, title: str
) -> TracedStatement:
    settled = board.settled.get(Judged(pack=board.framework.id, subject=subject, category=category))
    given = settled.given if settled is not None else ()
    return TracedStatement(
        id=subject, category=category, label=label, title=title, settled=settled,
        judgements=tuple(
            TracedJudgement(
                given=one, relied_on=sources.cited(one.value.relied_on, one.value.judged),
                against=sources.cited(one.value.against, one.value.judged),
            )
            for one in given
        ),
    )  # fmt: skip


class _Sources:
    """Notes as a trace names them: who spoke by code where that may be told, else the activity."""

    def __init__(self, questions: Questions, assessment: AssessmentId) -> None:
        self._questions = questions
        activities = [row.activity for visit in questions.visits(assessment) for row in questions.activities(visit.id)]
        self._titles = {one.id: one.title for one in activities}
        self._sources: dict[ActivityId, Source] = read_sources(questions, assessment, activities)

    def cited(self, notes: Iterable[EntryId], judged: Judged) -> tuple[Cited, ...]:
        """Each note, also those that count no more: a score that leans on them has to show it."""
        return tuple(self._one(note, judged) for note in notes)

    def _one(self, note: EntryId, judged: Judged) -> Cited:
        try:
            row = self._questions.entry(note)
        except Mistake:
            return Cited(note=note, standing="not on this laptop")
        if row.barred is not None:
            return Cited(note=note, on=row.entry.noticed_at.date(), standing="held, consent was taken back")
        standing = "withdrawn" if row.withdrawal is not None else ""
        tags = tuple(one for one in row.evidence if one.pack == judged.pack and one.statement == judged.subject)
        return Cited(note=note, on=row.entry.noticed_at.date(), source=self._source(row), tags=tags, standing=standing)

    def _source(self, row: EntryRow) -> str:
        source = self._sources.get(row.entry.activity)
        if source is not None:
            return source.who(row.entry.speaker)
        return ", ".join(filter(None, (self._titles.get(row.entry.activity, ""), row.entry.speaker)))
