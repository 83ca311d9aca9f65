"""Notes as a log shows them: put together, named and with their standing, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sys import intern

from fieldkit.app.rows import EntryRow, SendStatus
from fieldkit.domain.introductions import Introduction
from fieldkit.domain.introductions import names as by_author
from fieldkit.domain.receipt import Outcome
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import AuthorId
from storage import bars, outbox
from storage.engine import Database
from storage.identity import fact
from storage.log import COLUMNS, read
from storage.notes import Note, notes_of
from storage.outbox import Receipted, receipts_of
from storage.readable import decode

SET_ASIDE = frozenset({Outcome.QUARANTINED.value, Outcome.COLLISION.value})
"""Kept by the central store, yet a person must look at it."""

Names = dict[tuple[str, str], tuple[str, str]]


def rows_of(db: Database, numbers: Sequence[int]) -> list[EntryRow]:
    """The notes with these ``n``, in this order, in a handful of queries whatever their number."""
    notes = notes_of(db, numbers)
    names, me = names_of(db), AuthorId(fact(db, "author"))
    standing = _standing_of(db, numbers)
    receipts = receipts_of(db, [pair for note in notes.values() for pair in _group(note, me)])
    return [_row(n, notes[n], standing[n], receipts, names, me) for n in numbers if n in notes]


def names_of(db: Database) -> Names:
    """Full name and initials by assessment and author, as each author introduced themself."""
    columns = ", ".join("r." + name for name in COLUMNS.split(", "))
    rows = db.rows(
        f"SELECT {columns} FROM records k JOIN revisions r ON r.n = k.current"
        " WHERE k.kind = 'assessor' ORDER BY k.first"
    )
    said: dict[str, list[Introduction]] = {}
    for row in rows:
        item = read(row)
        envelope = item.revision.envelope
        one = Introduction(author=envelope.author, hash=item.revision.hash, said=decode(item))
        said.setdefault(envelope.assessment or "", []).append(one)
    return {
        (assessment, author): (who.name, who.initials)
        for assessment, introductions in said.items()
        for author, who in by_author(introductions).items()
    }


def _group(note: Note, me: AuthorId) -> list[tuple[str, str]]:
    items = note.made_here()
    if not note.logged.here and note.author == me:
        items = [note.logged]  # brought back from the central store after this laptop was restored
    return [(item.revision.envelope.id, item.revision.hash) for item in items]


def _row(
    n: int, note: Note, standing: tuple[int, int], receipts: dict[str, Receipted], names: Names, me: AuthorId
) -> EntryRow:
    sharing, barred = standing
    status, confirmed_at = _status(note, sharing, [receipts.get(id_, outbox.NOTHING) for id_, _ in _group(note, me)])
    name, initials = names.get((note.entry.assessment, note.author), ("", ""))
    return EntryRow(
        n=n, entry=note.entry, author=AuthorId(intern(note.author)), author_name=name, author_initials=initials,
        is_mine=note.author == me, recorded_at=from_stamp(note.logged.revision.envelope.recorded_at),
        evidence=note.evidence(), secondary=note.secondary(), addenda=note.addenda(), withdrawal=note.withdrawal(),
        status=status, confirmed_at=confirmed_at, barred=bars.MEANT.get(barred),
    )  # fmt: skip


def _status(note: Note, sharing: int, receipts: list[Receipted]) -> tuple[SendStatus, datetime | None]:
    if sharing == outbox.STAYS:
        return SendStatus.STAYS, None
    if any(receipt.outcome in SET_ASIDE for receipt in receipts):
        return SendStatus.QUARANTINED, None
    if receipts and all(receipt.content for receipt in receipts):
        return SendStatus.CONFIRMED, from_stamp(max(receipt.at for receipt in receipts))
    if not note.logged.here:
        return SendStatus.FROM_TEAM, None
    return SendStatus.WAITING, None


def _standing_of(db: Database, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """``sharing`` and ``barred`` of each."""
    found: dict[int, tuple[int, int]] = {}
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        rows = db.rows(f"SELECT n, sharing, barred FROM entries WHERE n IN ({', '.join('?' * len(some))})", some)
        found |= {n: (sharing, barred) for n, sharing, barred in rows}
    return found
