"""Counting evidence by statement and category: from the projections, in one pass.

What counts as an item, a source and an activity is said in ``fieldkit.domain.coverage``. The inner query takes two tags
of one note in one cell for one; put on different laptops or with different bearings they are one piece of evidence.
What was withdrawn, or is barred by a consent, counts nowhere.
"""

from __future__ import annotations

from datetime import datetime

from fieldkit.domain.barring import same_people
from fieldkit.domain.coverage import Count, Place
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId
from storage.bars import people_of
from storage.engine import Database
from storage.log import marks
from storage.sieve import HELD, WITHDRAWN, key_of

# Counted whole in SQL, which lets go of the interpreter meanwhile: a screen that is being typed on does not wait. The
# order of tables is given (CROSS JOIN): tags lie in the order of statements, so the first grouping needs no sorting.
# Activities stand here as numbers (``storage.sieve``), so a speaker's code, which is text, is never taken for one.
# Numbers of a group's people mean others in every group; codes that were merged are one person.
_COUNT = (
    "{}SELECT t.statement, t.category, count(*), count(DISTINCT coalesce({}, e.activity)),"
    " count(DISTINCT e.activity)"
    " FROM (SELECT DISTINCT statement, n, category FROM tags WHERE pack = ?) t CROSS JOIN sieve e ON e.n = t.n{}"
    f" WHERE e.assessment = ? AND e.marks & {WITHDRAWN | HELD} = 0{{}}"
    " GROUP BY t.statement, t.category"
)

_SPLIT = (
    "SELECT t.pack, t.statement FROM tags t CROSS JOIN sieve e ON e.n = t.n"
    f" WHERE t.bearing IN ('strength', 'shortfall') AND e.assessment = ? AND e.marks & {WITHDRAWN | HELD} = 0"
    " GROUP BY t.pack, t.statement HAVING min(t.bearing) <> max(t.bearing) AND count(DISTINCT t.n) > 1"
)
_NEWEST = (
    "SELECT t.statement, t.category, max(e.noticed_at) FROM tags t CROSS JOIN entries e ON e.n = t.n"
    " WHERE t.pack = ? AND e.assessment = ? AND e.withdrawn = 0 AND e.barred = 0{}"
    " GROUP BY t.statement, t.category"
)


def split(db: Database, assessment: AssessmentId) -> frozenset[tuple[str, str]]:
    """Pack and statement of which some notes say strength and others shortfall."""
    return frozenset((pack, statement) for pack, statement in db.rows(_SPLIT, (key_of(assessment),)))


def newest(
    db: Database, assessment: AssessmentId, pack: str, activities: frozenset[ActivityId] | None = None
) -> dict[Place, datetime]:
    """When the newest standing evidence of each cell was noticed."""
    only = "" if activities is None else f" AND e.activity IN ({marks(len(activities))})"
    rows = db.rows(_NEWEST.format(only), (pack, assessment, *sorted(activities or ())))
    return {(statement, category): from_stamp(at) for statement, category, at in rows}


def count(
    db: Database,
    assessment: AssessmentId,
    pack: str,
    visit: VisitId | None = None,
    activities: frozenset[ActivityId] | None = None,
) -> dict[Place, Count]:
    """Standing evidence of an assessment, of one visit or of some activities of it, under the statements of a pack."""
    only, values = ("", list[int]()) if visit is None else (" AND e.visit = ?", [key_of(visit)])
    if activities is not None:
        only += f" AND e.activity IN ({marks(len(activities))})"
        values += sorted(map(key_of, activities))
    same = same_people(people_of(db, assessment))
    known, joined, code = "", "", "e.speaker"
    if same:
        known = f"WITH same(code, least) AS (VALUES {', '.join(['(?, ?)'] * len(same))}) "
        joined, code = " LEFT JOIN same m ON m.code = e.speaker", "coalesce(m.least, e.speaker)"
    speaker = f"CASE WHEN e.speaker GLOB '[0-9]*' THEN 'n' || e.activity || e.speaker ELSE 'p' || {code} END"
    codes = [part for pair in same.items() for part in pair]
    rows = db.rows(_COUNT.format(known, speaker, joined, only), (*codes, pack, key_of(assessment), *values))
    return {
        (statement, category): Count(items=items, sources=sources, activities=activities)
        for statement, category, items, sources, activities in rows
    }
