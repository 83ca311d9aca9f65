"""Counting evidence by statement and category: from the projections, in one pass.

A note has one activity and one speaker, so notes are counted apart for each of these and put together afterwards: one
DISTINCT (for a note with two tags in the same cell) in the place of three.
"""

from __future__ import annotations

from fieldkit.domain.coverage import Count, Noted, Place, tally
from fieldkit.kernel.ids import AssessmentId, VisitId
from storage.engine import Database

_COUNT = (
    "SELECT t.statement, t.category, e.activity, coalesce(e.speaker, ''), count(DISTINCT t.n)"
    " FROM tags t CROSS JOIN entries e ON e.n = t.n"
    " WHERE t.pack = ? AND e.assessment = ? AND e.withdrawn = 0{}"
    " GROUP BY t.statement, t.category, e.activity, e.speaker"
)


def count(db: Database, assessment: AssessmentId, pack: str, visit: VisitId | None = None) -> dict[Place, Count]:
    """Standing evidence of an assessment, or of one visit of it, under the statements of a pack."""
    only, values = ("", ()) if visit is None else (" AND e.visit = ?", (visit,))
    rows = db.rows(_COUNT.format(only), (pack, assessment, *values))
    return tally(
        (Noted(statement=statement, category=category, activity=activity, speaker=speaker), notes)
        for statement, category, activity, speaker, notes in rows
    )
