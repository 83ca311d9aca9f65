"""What would be lost with this laptop now: every note of which something made here is confirmed nowhere else.

Exposed is a note whose own content has no verified receipt, and one that is confirmed (or a team-mate's) to which
words, tags or a withdrawal were added here that have none yet. The first counts from when it was noticed, the second
from when the oldest of these additions was recorded. Words added to a note that a consent bars wait for nothing and
stay: they count as long as they do.

A note withdrawn before anything of it left is no loss: whoever wrote it has let it go, as erasing a vault takes it
(``fieldkit.app.wipe``). While its words may be on their way, or once the withdrawal is taken back, it counts.
"""

from __future__ import annotations

from fieldkit.app.rows import EntryRow, Exposure
from fieldkit.kernel.clock import from_stamp
from storage import bars, file_places, outbox
from storage.engine import Database
from storage.entry_rows import rows_of
from storage.outbox import CONTENT, N_MASK

_MINUTE = 16
"""Letters of a time stamp up to its minutes."""

_SENT = f"e.sharing NOT IN ({outbox.STAYS}, {outbox.LEAVES})"
_WAITING = (
    "SELECT e.n AS n, r.recorded_at AS at FROM pointers p JOIN revisions t ON t.id = p.entry"
    " JOIN entries e ON e.n = t.n JOIN revisions r ON r.n = p.n"
    f" WHERE p.n IN (SELECT place & {N_MASK} FROM outbox WHERE wants & {CONTENT}) AND {_SENT}"
)
_HELD = (
    "SELECT e.n AS n, r.recorded_at AS at FROM entries e JOIN pointers p ON p.entry = e.id"
    " JOIN revisions r ON r.n = p.n"
    f" WHERE e.n IN ({bars.BARRED})"
    f" AND {_SENT} AND r.here = 1 AND r.assessment = e.assessment AND {bars.HELD_BACK}"
)
_ADDED = f"SELECT n, min(at) AS at FROM ({_WAITING} UNION ALL {_HELD}) GROUP BY n"
_LET_GO = (
    "SELECT e.n FROM pointers p JOIN revisions t ON t.id = p.entry JOIN entries e ON e.n = t.n"
    f" WHERE p.kind = 'withdrawal' AND e.withdrawn <> 0 AND e.sharing = {outbox.STAYS}"
)
"""By way of what withdrew them: an index holds the rest that is asked of notes, and no table has to be read."""
_ALONE = f"sharing IN ({outbox.STAYS}, {outbox.LEAVES}) AND n NOT IN ({_LET_GO})"
_NOTES = f"SELECT n, noticed_at AS at FROM entries WHERE {_ALONE}"


def exposure(db: Database) -> Exposure:
    """How much that is, and since when."""
    row = db.one(
        f"SELECT count(*), count(DISTINCT substr(noticed_at, 1, {_MINUTE})), min(noticed_at),"
        f" coalesce(sum(sharing = ?), 0) FROM entries WHERE {_ALONE}",
        (outbox.STAYS,),
    )
    count, minutes, oldest, staying = row or (0, 0, None, 0)
    held = 0
    if bars.are_there(db):
        words = _held_words(db)
        held, staying = _held_notes(db) + words, staying + words
    if bars.are_there(db) or _more_waits(db, leaving=count - staying):
        count, minutes, oldest = _with_additions(db)
    return Exposure(
        entries=count,
        minutes=minutes,
        oldest=from_stamp(oldest) if oldest else None,
        staying=staying,
        held=held,
        files=len(file_places.alone(db)),
    )


def exposed(db: Database, limit: int) -> list[EntryRow]:
    """The notes behind it, oldest first."""
    found = [n for n, _ in db.rows(f"SELECT n, at FROM ({_NOTES} UNION ALL {_ADDED}) ORDER BY at, n LIMIT ?", (limit,))]
    by_n = {row.n: row for row in rows_of(db, found)}
    return [by_n[n] for n in found if n in by_n]


def _held_notes(db: Database) -> int:
    """Notes that stay because a consent bars them."""
    row = db.one(
        f"SELECT count(*) FROM entries WHERE n IN ({bars.BARRED}) AND sharing = {outbox.STAYS} AND n NOT IN ({_LET_GO})"
    )
    return int(row[0]) if row else 0


def _held_words(db: Database) -> int:
    """Sent notes to which words were added here that are held back, and nothing that would leave."""
    row = db.one(f"SELECT count(*) FROM (SELECT n FROM ({_HELD}) EXCEPT SELECT n FROM ({_WAITING}))")
    return int(row[0]) if row else 0


def _more_waits(db: Database, leaving: int) -> bool:
    """Whether any content waits beside the notes themselves; mostly not, and then one index answers everything."""
    row = db.one("SELECT count(*) FROM outbox WHERE wants & ?", (CONTENT,))
    return row is not None and row[0] > leaving


def _with_additions(db: Database) -> tuple[int, int, str | None]:
    row = db.one(
        f"SELECT count(*), count(DISTINCT substr(at, 1, {_MINUTE})), min(at) FROM ({_NOTES} UNION ALL {_ADDED})"
    )
    return row or (0, 0, None)
