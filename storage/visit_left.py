"""What is left to do on the notes of a visit, counted: for "Before you leave", without reading a note."""

from __future__ import annotations

from datetime import datetime

from fieldkit.app.rows import VisitLeft
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.ids import VisitId
from storage.engine import Database
from storage.identity import fact
from storage.sieve import HELD, QUESTION, TAGGED, WITHDRAWN, key_of

_UNTAGGED = "SELECT count(*) FROM sieve WHERE visit = ? AND author = ? AND marks & ? = 0"
# What points across assessments counts for nothing, as in ``storage.notes``.
_FOLLOW_UPS = (
    "SELECT count(*) FROM sieve s CROSS JOIN entries e ON e.n = s.n WHERE s.visit = ? AND s.marks & ? = ?"
    " AND NOT EXISTS (SELECT 1 FROM pointers p JOIN revisions r ON r.n = p.n"
    " WHERE p.entry = e.id AND p.kind = 'addendum' AND r.assessment = e.assessment)"
)
# What is recorded after a moment comes here after everything that this laptop recorded before it: from the newest down
# to that, however many notes there are.
_LAST_BEFORE = "SELECT n FROM revisions WHERE here = 1 AND recorded_at <= ? ORDER BY n DESC LIMIT 1"
_TAGGED = (
    "SELECT count(*) FROM sieve s CROSS JOIN revisions r ON r.n = s.n"
    " WHERE s.n > ? AND s.visit = ? AND s.marks & ? AND r.recorded_at > ?"
)


def visit_left(db: Database, visit: VisitId, since: datetime | None) -> VisitLeft:
    """See ``fieldkit.app.ports.Questions.visit_left``."""
    key = key_of(visit)
    return VisitLeft(
        untagged=_count(db, _UNTAGGED, key, key_of(fact(db, "author")), TAGGED | WITHDRAWN | HELD),
        follow_ups=_count(db, _FOLLOW_UPS, key, QUESTION | WITHDRAWN | HELD, QUESTION),
        tagged_since=0 if since is None else _tagged(db, key, to_stamp(since)),
    )


def _tagged(db: Database, key: int, since: str) -> int:
    return _count(db, _TAGGED, _count(db, _LAST_BEFORE, since), key, TAGGED, since)


def _count(db: Database, sql: str, *values: object) -> int:
    row = db.one(sql, values)
    return int(row[0]) if row else 0
