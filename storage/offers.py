"""Which notes' contents were put into a request: what the laptop itself knows of having sent, receipts or none.

A note that was withdrawn, or lost its tags, before one byte of it left stays here; one that may have reached the
central store counts as sent, and its withdrawal follows it. So a note is marked just before the request goes out, and
the mark is taken back where it is certain that nothing of the request was kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldkit.kernel.ids import RevisionId
from storage import bars
from storage.engine import Database
from storage.log import marks
from storage.notes import notes_of
from storage.outbox import CONFIRMED, STAYS
from storage.projection import settle_notes

_STEP = 500


def mark(db: Database, leaving: Sequence[RevisionId]) -> tuple[RevisionId, ...] | None:
    """Mark the notes made here among these; those not marked before, or ``None`` if one of them now stays."""
    fresh: dict[RevisionId, int] = {}
    for some in _parts(leaving):
        rows = db.rows(
            "SELECT r.id, e.n, e.sharing, o.n IS NOT NULL FROM revisions r JOIN entries e ON e.n = r.n"
            f" LEFT JOIN offered o ON o.n = e.n WHERE e.here = 1 AND r.id IN ({marks(len(some))})",
            some,
        )
        if any(sharing == STAYS for _, _, sharing, _ in rows) or _is_held_back(db, some):
            return None
        fresh |= {id_: n for id_, n, sharing, is_marked in rows if sharing != CONFIRMED and not is_marked}
    db.many("INSERT INTO offered (n) VALUES (?)", [(n,) for n in sorted(fresh.values())])
    return tuple(fresh)


def _is_held_back(db: Database, leaving: Sequence[RevisionId]) -> bool:
    """Whether a consent bars since a moment ago what some of these words were added to."""
    return bars.are_there(db) and bool(
        db.one(
            "SELECT 1 FROM revisions r JOIN pointers p ON p.n = r.n JOIN revisions t ON t.id = p.entry"
            f" JOIN entries e ON e.n = t.n WHERE r.here = 1 AND r.id IN ({marks(len(leaving))}) AND {bars.HELD_BACK}",
            leaving,
        )
    )


def unmark(db: Database, marked: Sequence[RevisionId]) -> None:
    """Take marks back; what was withdrawn or untagged in the meantime stays after all."""
    for some in _parts(marked):
        db.run(f"DELETE FROM offered WHERE n IN (SELECT n FROM revisions WHERE id IN ({marks(len(some))}))", some)
        changed = db.rows(
            "SELECT DISTINCT e.n FROM revisions r JOIN entries e ON e.n = r.n JOIN pointers p ON p.entry = e.id"
            f" WHERE r.id IN ({marks(len(some))})",
            some,
        )
        settle_notes(db, notes_of(db, [row[0] for row in changed]).values())


def _parts(ids: Sequence[RevisionId]) -> Iterator[Sequence[RevisionId]]:
    for start in range(0, len(ids), _STEP):
        yield ids[start : start + _STEP]
