"""What came to this vault from others after a number of arrival: see ``fieldkit.app.came_in``."""

from __future__ import annotations

from collections import Counter

from fieldkit.app.news import CameIn
from storage.engine import Database
from storage.entry_rows import names_of
from storage.identity import identity

_NOTES = "SELECT assessment, author, count(*), max(n) FROM entries WHERE n > ? AND here = 0 GROUP BY assessment, author"
_RECORDS = (
    "SELECT r.assessment, r.author, count(*), max(r.n) FROM records k JOIN revisions r ON r.n = k.current"
    " WHERE k.current > ? AND r.here = 0 AND k.kind <> 'assessor' GROUP BY r.assessment, r.author"
)
_ADDED = (
    "SELECT r.assessment, r.author, count(*), max(r.n) FROM pointers p JOIN revisions r ON r.n = p.n"
    " WHERE p.kind = 'addendum' AND p.n > ? AND r.here = 0 GROUP BY r.assessment, r.author"
)


def came_in(db: Database, after: int) -> CameIn:
    """Counted by tables that hold a row for each thing, not by the log: some ms with 100,000 notes.

    Nothing came from others where no device of theirs is known: what was pulled was checked with a device's key.
    """
    if db.one("SELECT 1 FROM team_devices") is None:
        return CameIn(newest=after)
    me, names = identity(db).author, names_of(db)
    counts, who, newest = [0, 0], Counter[str](), after
    for place, sql in ((0, _NOTES), (1, _RECORDS), (1, _ADDED)):
        for assessment, author, count, last in db.rows(sql, (after,)):
            if author == me:  # one's own work that came back after a laptop was restored
                continue
            counts[place] += count
            who[names.get((assessment, author), ("", ""))[0] or "a team-mate"] += count
            newest = max(newest, last)
    names_found = tuple(name for name, _ in who.most_common())
    return CameIn(notes=counts[0], others=counts[1], names=names_found, newest=newest)
