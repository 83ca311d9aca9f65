"""Erasure by law on the laptop: what the office orders away loses its words here too, everywhere they lie.

The envelope stays with the office's signed order beside it, so the chain is whole and ``vault verify`` holds. Words go
from the log, the projections, the search index (whose own pages are rewritten), what was set aside, and files; freed
pages are overwritten (``secure_delete``). Backups made before keep them until they are replaced; the list says which.

Two things are never done on an order alone: what the office has no receipt for stays until it has (invariant 14), and
more than a person's request would take waits for a person's word (invariant 19). What is on the list never gets its
words back, from whomever and by whatever way they come (invariant 17).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldkit.app.file_store import FileStore
from fieldkit.domain.erasure import needs_a_word, read_erasure
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.signing import VerifyKey
from storage import outbox, words
from storage.attachments import named_files
from storage.engine import Database
from storage.log import COLUMNS, Logged, marks, read
from storage.notes import notes_of
from storage.projection import project, settle_notes
from storage.readable import POINTERS

DONE, WAITS, LATER = "done", "waits", "later"
"""Where an order stands: obeyed; for a person's word; for the office's receipt of what it names."""

_STEP = 500


@dataclass(slots=True)
class Obeyed:
    """What was erased: ``(kind, record)`` pairs that changed, files that no record names any more, and how many."""

    touched: list[tuple[str, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    count: int = 0


def standing(db: Database) -> tuple[int, int, int]:
    """The newest number heard, how many orders are known, and how many are still to be obeyed."""
    row = db.one("SELECT coalesce(max(number), 0), count(*), coalesce(sum(state <> ?), 0) FROM erasures", (DONE,))
    return (row[0], row[1], row[2]) if row else (0, 0, 0)


def waiting(db: Database) -> int:
    """How many orders wait for a person's word."""
    row = db.one("SELECT count(*) FROM erasures WHERE state = ?", (WAITS,))
    return int(row[0]) if row else 0


def known(db: Database) -> list[Signed]:
    """Every order, to be given back to an office that lost it."""
    return [Signed(data=row[0], signature=row[1]) for row in db.rows("SELECT data, signature FROM erasures")]


def keep(db: Database, orders: Sequence[tuple[int, Signed]], store: VerifyKey) -> None:
    """Verify and keep orders. Raises ``Refusal`` for one that the office did not give: then none is kept."""
    for number, signed in orders:
        order = read_erasure(signed, store)
        db.run(
            "INSERT INTO erasures (revision, number, data, signature, state, backups) VALUES (?, ?, ?, ?, ?, '')"
            " ON CONFLICT (revision) DO UPDATE SET number = excluded.number",
            (order.revision, number, signed.data, signed.signature, LATER),
        )


def obey(db: Database, backups: str = "", *, is_allowed: bool = False) -> Obeyed:
    """Do what orders say, as far as it may be done now; call inside a transaction.

    ``backups``: names of those that were made before, which go on holding the words. ``is_allowed``: a person has
    said that so many at once are meant.
    """
    ready: list[Logged] = []
    for some in _pages([row[0] for row in db.rows("SELECT revision FROM erasures WHERE state <> ?", (DONE,))]):
        held = {str(item.revision.envelope.id): item for item in _held(db, some)}
        _set_state(db, [one for one in some if one not in held or held[one].revision.content is None], DONE)
        ready += [item for item in held.values() if item.revision.content is not None and _is_receipted(db, item)]
    if not ready:
        return Obeyed()
    contents = db.one("SELECT count(*) FROM revisions WHERE content IS NOT NULL")
    if not is_allowed and needs_a_word(len(ready), int(contents[0]) if contents else 0):
        _set_state(db, [item.revision.envelope.id for item in ready], WAITS)
        return Obeyed()
    done = take_words_out(db, ready)
    db.many(
        "UPDATE erasures SET backups = ? WHERE revision = ?",
        [(backups, item.revision.envelope.id) for item in ready],
    )
    return done


def listed(db: Database) -> list[tuple[bytes, str, str, str]]:
    """Every order with its state, the kind of what it names (empty where that is not here) and backups of before."""
    rows = db.rows(
        "SELECT e.data, e.state, coalesce(r.kind, ''), e.backups FROM erasures e"
        " LEFT JOIN revisions r ON r.id = e.revision ORDER BY e.number, e.revision"
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def stripped(db: Database, revisions: Sequence[Revision]) -> list[Revision]:
    """Revisions as they may be kept here: without their words where an order names them."""
    if db.one("SELECT 1 FROM erasures LIMIT 1") is None:
        return list(revisions)
    gone: set[str] = set()
    for some in _pages([one.envelope.id for one in revisions]):
        rows = db.rows(f"SELECT revision FROM erasures WHERE revision IN ({marks(len(some))})", some)
        gone |= {row[0] for row in rows}
    return [one.sealed() if one.envelope.id in gone else one for one in revisions]


def take_words_out(db: Database, items: Sequence[Logged]) -> Obeyed:
    """Destroy the contents of these revisions here, wherever they lie; envelopes and receipts stay."""
    entries = {item.revision.envelope.id for item in items if item.revision.envelope.kind == "entry"}
    pointers = [item for item in items if item.revision.envelope.kind in POINTERS]
    about = {str((item.content() or {}).get("entry", "")) for item in pointers}
    files_before = _named_by(items)
    again = set(words.take_out(db, sorted(entries | about)))
    numbers = [(item.n,) for item in items]
    db.many("UPDATE revisions SET content = NULL, salt = NULL WHERE n = ?", numbers)
    for table in ("entries", "sieve", "tags", "secondary", "pointers", "later", "unindexed"):
        db.many(f"DELETE FROM {table} WHERE n = ?", numbers)
    ids = [item.revision.envelope.id for item in items]
    db.many("UPDATE set_aside SET content = NULL, salt = NULL WHERE revision = ?", [(one,) for one in ids])
    sealed = [item for some in _pages(ids) for item in _held(db, some)]
    _leave_outbox(db, sealed)
    project(db, sealed, index=False)
    _settle_about(db, sorted(about - entries))
    words.put_in_from_log(db, sorted(again - {item.n for item in items}))
    # Words that were taken out only count as gone until segments are merged; merging all rewrites them.
    db.run("INSERT INTO entry_words (entry_words) VALUES ('optimize')")
    _set_state(db, ids, DONE)
    touched = [(item.revision.envelope.kind, str(item.revision.envelope.record)) for item in items]
    return Obeyed(
        touched=touched + [("entry", one) for one in sorted(about)], files=files_before - named_files(db),
        count=len(items),
    )  # fmt: skip


def _leave_outbox(db: Database, items: Sequence[Logged]) -> None:
    """Of what was made here nothing but the envelope can be owed any more."""
    mine = [item for item in items if item.here]
    outbox.settle(db, [outbox.waiting(item, False) for item in mine])


def _settle_about(db: Database, entries: Sequence[str]) -> None:
    """Notes of which something that was added is gone: their tags, flags and sharing anew.

    Tags that an erased filing had put on are named by nothing any more, so all of these notes' go first: both tables
    lie in the order of tags, and are walked once for it.
    """
    for some in _pages(entries):
        rows = db.rows(
            f"SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id IN ({marks(len(some))})", some
        )
        numbers = sorted(row[0] for row in rows)
        for table in ("tags", "secondary"):
            db.run(f"DELETE FROM {table} WHERE n IN ({marks(len(numbers))})", numbers)
        settle_notes(db, notes_of(db, numbers).values())


def _is_receipted(db: Database, item: Logged) -> bool:
    """Whether the office holds, or has refused for good, what is to be erased; of others' work it gave it to us."""
    if not item.here:
        return True
    pair = (item.revision.envelope.id, item.revision.hash)
    return outbox.receipts_of(db, [pair]).get(pair[0], outbox.NOTHING).kept


def _named_by(items: Sequence[Logged]) -> set[str]:
    found: set[str] = set()
    for item in items:
        if item.revision.envelope.kind == "attachment" and item.revision.content is not None:
            try:
                name = parse(item.revision.content).get("sha256")
            except (ValueError, RecursionError, AttributeError):
                continue
            found |= {name} if isinstance(name, str) else set()
    return found


def destroy_files(files: FileStore, names: set[str]) -> None:
    """After the commit: the files that no record names any more."""
    for sha256 in names:
        files.erase(sha256)


def _held(db: Database, ids: Sequence[str]) -> list[Logged]:
    rows = db.rows(f"SELECT {COLUMNS} FROM revisions WHERE id IN ({marks(len(ids))}) ORDER BY n", list(ids))
    return [read(row) for row in rows]


def _set_state(db: Database, ids: Sequence[str], state: str) -> None:
    db.many("UPDATE erasures SET state = ? WHERE revision = ?", [(state, one) for one in ids])


def _pages(ids: Sequence[str]) -> list[list[str]]:
    return [list(ids[start : start + _STEP]) for start in range(0, len(ids), _STEP)]
