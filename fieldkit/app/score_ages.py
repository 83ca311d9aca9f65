"""Gathers what ``domain.score_age`` judges: the newest evidence of each score, and the days of what it cites."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter
from fieldkit.app.scores import ScoreBoard
from fieldkit.domain.coverage import Place
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.score_age import Badge, NoteDay, badges_of
from fieldkit.domain.score_places import statements_in
from fieldkit.kernel.ids import AssessmentId, EntryId

Badges = Mapping[Judged, tuple[Badge, ...]]


def score_badges(questions: Questions, assessment: AssessmentId, board: ScoreBoard, today: date) -> Badges:
    """By what is judged; without those that have none."""
    cited = {note for one in board.settled.values() for given in one.given for note in given.value.relied_on}
    notes = _days(questions, assessment, cited)
    newest = questions.newest_evidence(assessment, board.framework.id)
    limit = board.framework.method.evidence_days
    found = {
        judged: badges_of(settled, _newest(board.framework, newest, judged), notes, today, limit)
        for judged, settled in board.settled.items()
    }
    return {judged: badges for judged, badges in found.items() if badges}


def _days(questions: Questions, assessment: AssessmentId, cited: set[EntryId]) -> dict[EntryId, NoteDay]:
    if not cited:
        return {}
    rows, _ = questions.among(EntryFilter(assessment=assessment), sorted(cited))
    return {
        row.entry.id: NoteDay(
            on=row.entry.noticed_at.astimezone().date(), counts=row.withdrawal is None and row.barred is None
        )
        for row in rows
    }


def _newest(framework: Framework, newest: Mapping[Place, datetime], judged: Judged) -> datetime | None:
    about = {one.id for one in statements_in(framework, judged)}
    return max(
        (at for (statement, category), at in newest.items()
         if statement in about and judged.category in (None, category)),
        default=None,
    )  # fmt: skip
