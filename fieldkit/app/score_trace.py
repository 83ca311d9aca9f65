"""Gathers the trace of a rating (``fieldkit.domain.score_trace``) from the vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from fieldkit.app.blind_scores import is_blind
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.app.score_ages import Badges, score_badges
from fieldkit.app.score_history import score_history
from fieldkit.app.scores import ScoreBoard, score_board
from fieldkit.app.sources import read_sources
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.score_places import ScorePlace, place_of, statements_in
from fieldkit.domain.score_trace import Cited, ScoreChange, Trace, TracedJudgement, TracedStatement
from fieldkit.domain.sources import Source
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId


def trace(questions: Questions, assessment: AssessmentId, framework: Framework, at: datetime) -> Trace:
    """All of it. Called on the store lane, or on a vault that is held still."""
    blind = is_blind(questions, assessment, framework)
    board = score_board(questions, assessment, framework, is_blind=blind)
    sources = _Sources(questions, framework, assessment)
    badges = score_badges(questions, assessment, board, at.astimezone().date())
    return Trace(
        assessment=questions.assessment(assessment).name, framework=framework, at=at,
        is_blind=any(one.hidden for one in board.settled.values()),
        statements=tuple(
            replace(
                _statement(sources, board, place, badges), history=_history(questions, assessment, board, place.judged)
            )
            for place in _places(board)
        ),
        below=board.scores.statements,
        figures=tuple((one, board.overrides.get(key)) for key, one in board.figures.items()),
    )  # fmt: skip


def _history(
    questions: Questions, assessment: AssessmentId, board: ScoreBoard, judged: Judged
) -> tuple[ScoreChange, ...]:
    """Where something was scored again: how it came to be what it is, over the years."""
    settled = board.settled.get(judged)
    if settled is None:
        return ()
    found = score_history(questions, assessment, board, judged)
    return found if len(found) > len(settled.given) + len(settled.moderations) else ()


def _places(board: ScoreBoard) -> Iterable[ScorePlace]:
    """Where the pack takes scores, in its order; then whatever else was judged, under an earlier method perhaps."""
    yield from board.places
    there = {one.judged for one in board.places}
    yield from (place_of(board.framework, one) for one in board.settled if one not in there)


def _statement(sources: _Sources, board: ScoreBoard, place: ScorePlace, badges: Badges) -> TracedStatement:
    settled = board.settled.get(place.judged)
    given = settled.given if settled is not None else ()
    return TracedStatement(
        id=place.judged.subject, category=place.judged.category, label=place.position, title=place.title,
        settled=settled, badges=badges.get(place.judged, ()),
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

    def __init__(self, questions: Questions, framework: Framework, assessment: AssessmentId) -> None:
        self._questions = questions
        self._framework = framework
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
        about = {one.id for one in statements_in(self._framework, judged)}
        tags = tuple(one for one in row.evidence if one.pack == judged.pack and one.statement in about)
        return Cited(note=note, on=row.entry.noticed_at.date(), source=self._source(row), tags=tags, standing=standing)

    def _source(self, row: EntryRow) -> str:
        source = self._sources.get(row.entry.activity)
        if source is not None:
            return source.who(row.entry.speaker)
        return ", ".join(filter(None, (self._titles.get(row.entry.activity, ""), row.entry.speaker)))
