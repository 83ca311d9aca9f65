"""How a score or a rating came to be what it is: every account of it, who, when, before, after and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow
from fieldkit.app.scores import ScoreBoard
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Moderation, Override
from fieldkit.domain.score_trace import ScoreChange
from fieldkit.domain.working import ended, in_words
from fieldkit.kernel.ids import AssessmentId, RecordId


def score_history(
    questions: Questions, assessment: AssessmentId, board: ScoreBoard, judged: Judged
) -> tuple[ScoreChange, ...]:
    """Of what is judged, oldest first: the judgements that the board shows, and what the team settled."""
    settled, framework = board.settled.get(judged), board.framework
    found: list[ScoreChange] = []
    for one in settled.given if settled is not None else ():
        found += _changes(questions, one.value.id, lambda value: in_words(framework, value.mark), lambda v: str(v.text))
    for row in questions.records(Moderation.KIND, assessment=assessment):
        if row.value.judged == judged:
            first = "; ".join(row.value.before)
            found += _changes(
                questions, row.value.id, lambda value: in_words(framework, value.mark), lambda v: str(v.reason), first
            )
    return tuple(sorted(found, key=lambda one: one.at))


def figure_history(
    questions: Questions, assessment: AssessmentId, framework: Framework, figure: str
) -> tuple[ScoreChange, ...]:
    """Of the overrides of a theme's figure or the overall one, oldest first."""
    found: list[ScoreChange] = []
    for row in questions.records(Override.KIND, assessment=assessment):
        if row.value.pack == framework.id and row.value.figure == figure:
            found += _changes(questions, row.value.id, lambda value: _band(framework, value), _approved)
    return tuple(sorted(found, key=lambda one: one.at))


def _changes(
    questions: Questions, record: RecordId, result: Callable[[Any], str], why: Callable[[Any], str], before: str = ""
) -> Iterator[ScoreChange]:
    row: RecordRow
    for row in questions.history(record):
        after = result(row.value)
        yield ScoreChange(
            at=row.recorded_at, name=row.author_name, kind=row.kind, before=before, after=after, why=why(row.value)
        )
        before = after


def _band(framework: Framework, value: Override) -> str:
    if value.band is None:
        return "taken back"
    band = framework.method.band(value.band)
    return band.label if band is not None else value.band


def _approved(value: Override) -> str:
    why = f"{ended(value.rationale)} Approved by {ended(value.approver)}"
    return f"{why} The scores gave {value.worked_out or 'nothing yet'}."
