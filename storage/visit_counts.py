"""How each visit stands, counted: its activities, its notes, and what of them waits, stays or is confirmed.

Notes are counted activity by activity, which one index answers alone whatever their number; see ``storage.tables``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from fieldkit.app.rows import VisitCounts
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import VisitId
from storage import bars, outbox
from storage.engine import Database
from storage.log import marks
from storage.outbox import CONFIRMED, CONTENT, LEAVES, N_MASK, STAYS

_BY_ACTIVITY = (
    "SELECT (SELECT visit FROM entries WHERE n = found.n), count, waiting, staying, last FROM"
    " (SELECT min(n) AS n, count(*) AS count, sum(sharing = ?) AS waiting, sum(sharing = ?) AS staying,"
    " max(CASE WHEN sharing = ? THEN n END) AS last FROM entries GROUP BY activity) AS found"
)
# Which of them are notes the sieve tells: ten thousand, looked up in the log, took 60 ms and filled the cache.
_OTHERS = (
    "SELECT CASE r.kind WHEN 'visit' THEN r.record"
    " WHEN 'activity' THEN json_extract(CAST(r.content AS TEXT), '$.visit')"
    " WHEN 'person' THEN json_extract(CAST(r.content AS TEXT), '$.visit')"
    " ELSE (SELECT e.visit FROM revisions x JOIN entries e ON e.n = x.n"
    " WHERE x.id = json_extract(CAST(r.content AS TEXT), '$.entry')) END, count(*)"
    " FROM (SELECT place & ? AS n FROM outbox WHERE wants & ?"
    " AND NOT EXISTS (SELECT 1 FROM sieve s WHERE s.n = outbox.place & ?)) o CROSS JOIN revisions r ON r.n = o.n"
    " WHERE r.kind IN ('visit', 'activity', 'person', 'addendum', 'filing', 'withdrawal')"
    " AND r.content IS NOT NULL GROUP BY 1"
)
_ACTIVITIES = "SELECT visit, count(*) FROM records WHERE kind = 'activity' GROUP BY visit"


@dataclass(slots=True)
class _Tally:
    activities: int = 0
    notes: int = 0
    waiting: int = 0
    staying: int = 0
    held: int = 0
    others: int = 0
    confirmed: str = ""


def visit_counts(db: Database) -> dict[VisitId, VisitCounts]:
    """By visit; one that has neither activities nor notes nor anything waiting is left out."""
    found: defaultdict[str, _Tally] = defaultdict(_Tally)
    for visit, count in db.rows(_ACTIVITIES):
        found[visit].activities = count
    last: dict[int, str] = {}
    for visit, count, waiting, staying, newest in db.rows(_BY_ACTIVITY, (LEAVES, STAYS, CONFIRMED)):
        tally = found[visit]
        tally.notes, tally.waiting, tally.staying = (
            tally.notes + count,
            tally.waiting + waiting,
            tally.staying + staying,
        )
        if newest is not None:
            last[newest] = visit
    for visit, count in bars.held_of_visits(db).items():
        found[visit].held = count
    for visit, count in db.rows(_OTHERS, (N_MASK, CONTENT, N_MASK)):
        found[visit].others = count
    for n, at in _confirmed_at(db, sorted(last)).items():
        found[last[n]].confirmed = max(found[last[n]].confirmed, at)
    return {VisitId(visit): _counts(tally) for visit, tally in found.items() if visit}


def _confirmed_at(db: Database, numbers: list[int]) -> dict[int, str]:
    rows = db.rows(f"SELECT n, id, hash FROM revisions WHERE n IN ({marks(len(numbers))})", numbers) if numbers else []
    receipts = outbox.receipts_of(db, [(id_, fingerprint) for _, id_, fingerprint in rows])
    return {n: receipts[id_].at for n, id_, _ in rows if id_ in receipts and receipts[id_].content}


def _counts(tally: _Tally) -> VisitCounts:
    return VisitCounts(
        activities=tally.activities, notes=tally.notes, waiting=tally.waiting, staying=tally.staying, held=tally.held,
        others_waiting=tally.others, confirmed_at=from_stamp(tally.confirmed) if tally.confirmed else None,
    )  # fmt: skip
