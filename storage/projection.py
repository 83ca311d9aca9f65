"""Projections: everything screens read, computed from the set of revisions and nothing else.

``project`` takes revisions in any order and any grouping: an entry may come after its filings, a parent after its
child, a content after its envelope. What it leaves behind is the same, which a property test holds against every
permutation and ``vault verify`` against a rebuild.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fieldkit.domain.barring import Said
from fieldkit.domain.entry import Entry, standing_evidence
from fieldkit.domain.people import Person
from fieldkit.domain.revision import WRITTEN_ONCE, gone_over, heads
from fieldkit.domain.showing import Weight, weight
from fieldkit.kernel.clock import from_stamp
from storage import bars, outbox, secondary, sieve, tags, words
from storage.engine import Database
from storage.identity import is_own_device
from storage.log import Logged, at_home, marks, of_record
from storage.notes import Note, notes_of
from storage.readable import POINTERS, REVISABLE, SEALED, decode, why_not
from storage.records import about_of, words_of
from storage.sieve_fill import added

_STEP = 500
_INSERT_ENTRY = (
    "INSERT INTO entries (n, id, assessment, visit, activity, agenda_item, author, speaker, category, noticed_at,"
    " noticed_on, here, tagged, withdrawn, sharing, about, barred)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"
)


@dataclass(slots=True)
class _Batch:
    """Revisions sorted by what they do."""

    entries: list[Logged] = field(default_factory=list)
    pointers: list[Logged] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    later: list[tuple[int, str]] = field(default_factory=list)
    others: list[Logged] = field(default_factory=list)
    """Made here, and no entry that can be read: they have to be handed in. Of what points to an entry only the
    envelope, until that entry is settled."""


def project(db: Database, items: Sequence[Logged], *, index: bool = True, is_new: bool = False) -> list[str]:
    """Bring every projection up to date with revisions just added to the log (or just disclosed).

    ``index=False`` leaves the search index alone, for a rebuild that does it in one go afterwards. ``is_new`` tells
    that they were made a moment ago: nothing can have been said of them yet, neither by a receipt nor by a pointer.

    Returns the notes that may read otherwise now although none of these revisions names them: those of a consent.
    """
    batch = _sorted(items)
    about = {_entry_of(item) for item in batch.pointers}
    added_to = {_entry_of(item) for item in batch.pointers if item.revision.envelope.kind == "addendum"}
    again = words.take_out(db, sorted(added_to)) if index and added_to else []
    _point(db, batch.pointers)
    if batch.others:
        others = [outbox.waiting(item, outbox.always_shared(item.revision)) for item in batch.others]
        outbox.settle(db, others, is_new=is_new)
    judged_again = _settle_records(db, batch.records)  # before the notes, which consents may keep out of use
    placed = batch.entries
    _place(db, placed, is_new=is_new)
    waited_for = set() if is_new else _pointed_to(db, placed)
    if not is_new and placed and bars.are_there(db):  # notes about a file of one of these were here before it
        judged_again |= {item.revision.envelope.record for item in placed}
    judged = bars.numbers_of(db, judged_again)
    numbers = {*_numbers_of(db, about | waited_for), *judged}
    notes = notes_of(db, sorted(numbers))
    settle_notes(db, notes.values())
    if index:
        _index(db, placed, is_new=is_new)
        if again:
            words.put_in_from_log(db, again)
    if batch.later:
        db.many("INSERT OR REPLACE INTO later (n, why) VALUES (?, ?)", batch.later)
    return [notes[n].entry.id for n in judged]


def _index(db: Database, placed: Sequence[Logged], *, is_new: bool) -> None:
    if is_new and placed:
        words.put_in(db, [(item.n, _body(item)["text"]) for item in placed])
    elif placed:
        words.put_in_later(db, [item.n for item in placed])


def settle_notes(db: Database, notes: Collection[Note]) -> None:
    """Compute each note's tags, flags and place in the outbox from everything that is said of it."""
    barred = bars.of_notes(db, {note.entry.id: (note.entry.assessment, _said(note.entry)) for note in notes})
    for note in notes:
        _settle_note(db, note, barred.get(note.entry.id, 0))


def _settle_note(db: Database, note: Note, barred: int) -> None:
    n = note.logged.n
    standing = note.evidence()
    withdrawn = note.withdrawal() is not None
    ever = {tag.statement for tag in (*note.entry.evidence, *(tag for one in note.filings() for tag in one.added))}
    db.many("DELETE FROM tags WHERE statement = ? AND n = ?", [(statement, n) for statement in sorted(ever)])
    tags.put_in(db, tags.rows_of(n, standing))
    secondary.settle(db, note)
    sharing = outbox.FROM_ELSEWHERE
    if note.logged.here:
        sharing = _settle_sharing(db, note, is_withdrawn=withdrawn, is_barred=bool(barred))
    elif mine := note.made_here():
        # Somebody else's note is here because it was shared, so what we add to it is shared too.
        outbox.settle(db, [outbox.waiting(item, _follows(item, is_barred=bool(barred))) for item in mine])
    db.run(
        "UPDATE entries SET tagged = ?, withdrawn = ?, sharing = ?, barred = ? WHERE n = ?",
        (int(bool(standing)), int(withdrawn), sharing, barred, n),
    )
    sieve.settle(db, n, **added(note, is_held=bool(barred)), sharing=sharing)


def _settle_sharing(db: Database, note: Note, *, is_withdrawn: bool, is_barred: bool) -> int:
    logged = note.logged
    receipt = outbox.receipts_of(db, [(logged.revision.envelope.id, logged.revision.hash)]).get(
        logged.revision.envelope.id, outbox.NOTHING
    )
    filings = note.own_filings(lambda device: is_own_device(db, device))
    sharing = outbox.sharing_of(
        has_evidence=bool(standing_evidence(note.entry, filings)),
        was_tagged=bool(note.entry.evidence) or any(filing.added for filing in filings),
        is_withdrawn=is_withdrawn,
        is_barred=is_barred,
        was_offered=outbox.was_offered(db, logged.n),
        receipt=receipt,
    )
    leaves = sharing != outbox.STAYS
    mine = note.made_here()
    outbox.settle(db, [outbox.waiting(item, leaves and _follows(item, is_barred=is_barred)) for item in mine])
    return sharing


def _follows(item: Logged, *, is_barred: bool) -> bool:
    """Whether what was added to a note that left may follow it: no more words while a consent bars the note."""
    return not (is_barred and item.revision.envelope.kind == "addendum")


def _sorted(items: Sequence[Logged]) -> _Batch:
    batch = _Batch()
    for item in items:
        envelope = item.revision.envelope
        why = why_not(item)
        if envelope.kind not in WRITTEN_ONCE or envelope.kind in REVISABLE:
            batch.records.add(envelope.record)
        if why is None and envelope.kind == "entry":
            batch.entries.append(item)
        elif why is None and envelope.kind in POINTERS:
            batch.pointers.append(item)
        elif why is not None and why != SEALED:
            batch.later.append((item.n, why))
        if item.here and (envelope.kind != "entry" or why is not None):
            batch.others.append(item)
    return batch


def _point(db: Database, items: Sequence[Logged]) -> None:
    if not items:
        return
    db.many(
        "INSERT OR IGNORE INTO pointers (entry, n, kind) VALUES (?, ?, ?)",
        [(_entry_of(item), item.n, item.revision.envelope.kind) for item in items],
    )


def _place(db: Database, placed: Sequence[Logged], *, is_new: bool) -> None:
    """Add entries. There is one revision of each for ever, so none is ever there already."""
    if not placed:
        return
    rows, narrow, tagged = [], [], list[tags.Row]()
    barred = _barred(db, placed)
    sharing = _fresh_sharing(db, placed, barred, is_new=is_new)
    for item in placed:
        body = _body(item)
        entry = item.revision.envelope.record
        day = _local_day(body["noticed_at"], body["zone"])
        is_held = bool(barred.get(item.n))
        narrow.append(sieve.row_of(item.n, body, item.revision.envelope.author, day, sharing[item.n], is_held=is_held))
        tagged += [tags.row_in(item.n, tag) for tag in body["evidence"]]
        rows.append(
            (
                item.n, entry, body["assessment"], body["visit"], body["activity"], body["agenda_item"],
                item.revision.envelope.author, body["speaker"], body["category"], body["noticed_at"],
                day, int(item.here), int(bool(body["evidence"])), sharing[item.n], body.get("about"),
                barred.get(item.n, 0),
            )
        )  # fmt: skip
    if len(rows) == 1:
        db.run(_INSERT_ENTRY, rows[0])
    else:
        db.many(_INSERT_ENTRY, rows)
    sieve.insert(db, narrow)
    if tagged:
        tags.put_in(db, tagged)


def _barred(db: Database, items: Sequence[Logged]) -> dict[int, int]:
    """Notes that a consent bars, with ``entries.barred``; the others are left out."""
    if not bars.are_there(db):
        return {}
    bodies = {item.revision.envelope.record: _body(item) for item in items}
    found = bars.of_notes(db, {entry: (body["assessment"], _said_in(body)) for entry, body in bodies.items()})
    return {item.n: found.get(item.revision.envelope.record, 0) for item in items}


def _fresh_sharing(db: Database, items: Sequence[Logged], barred: Mapping[int, int], *, is_new: bool) -> dict[int, int]:
    """Settle entries that nothing points to yet; whoever is pointed to is settled again as a whole."""
    mine = [item for item in items if item.here]
    found = {item.n: outbox.FROM_ELSEWHERE for item in items}
    if not mine:
        return found
    pairs = [] if is_new else [(item.revision.envelope.id, item.revision.hash) for item in mine]
    receipts = outbox.receipts_of(db, pairs)
    told = []
    for item in mine:
        receipt = receipts.get(item.revision.envelope.id, outbox.NOTHING)
        is_tagged = bool(_body(item)["evidence"])
        found[item.n] = outbox.sharing_of(
            has_evidence=is_tagged,
            was_tagged=is_tagged,
            is_withdrawn=False,
            is_barred=bool(barred.get(item.n)),
            was_offered=not is_new and outbox.was_offered(db, item.n),
            receipt=receipt,
        )
        told.append(outbox.waiting(item, found[item.n] != outbox.STAYS))
    outbox.settle(db, told, is_new=is_new)
    return found


def _pointed_to(db: Database, items: Sequence[Logged]) -> set[str]:
    found: set[str] = set()
    ids = [item.revision.envelope.record for item in items]
    for start in range(0, len(ids), _STEP):
        some = ids[start : start + _STEP]
        rows = db.rows(f"SELECT DISTINCT entry FROM pointers WHERE entry IN ({marks(len(some))})", some)
        found |= {row[0] for row in rows}
    return found


def _numbers_of(db: Database, entries: set[str]) -> list[int]:
    found: list[int] = []
    ids = sorted(entries)
    for start in range(0, len(ids), _STEP):
        some = ids[start : start + _STEP]
        rows = db.rows(
            f"SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id IN ({marks(len(some))})", some
        )
        found += [row[0] for row in rows]
    return sorted(found)


def _settle_records(db: Database, records: Collection[str]) -> set[str]:
    """Show the heads of revisable records; what notes have to be judged again that depend on it: what a consent is
    about that changed, and a record that belongs to something else now, or came after the notes about it.
    """
    judged_again: set[str] = set()
    merged: set[str] = set()
    for record in sorted(records):
        every, before = of_record(db, record), bars.ties(db, record)
        shown = _settle_record(db, record, at_home(record, every))
        judged_again |= bars.settle(db, record, [item for item in shown if bars.is_consent(item)])
        judged_again |= {record} if bars.ties(db, record) != before else set()
        people = [item.revision.envelope for item in every if item.revision.envelope.kind == Person.KIND]
        merged |= {envelope.assessment for envelope in people if envelope.assessment}
    return judged_again | bars.of_one_person(db, merged)


def _settle_record(db: Database, record: str, items: Sequence[Logged]) -> list[Logged]:
    """Show the head of a revisable record; of several the one that ``domain.showing`` says, on every laptop alike.

    Returns all of its heads that can be read.
    """
    kind = items[0].revision.envelope.kind if items else ""
    others = sorted(REVISABLE - {kind})
    db.run(f"DELETE FROM records WHERE kind IN ({marks(len(others))}) AND record = ?", (*others, record))
    readable = [item for item in items if kind in REVISABLE and why_not(item) is None]
    # Where a later version has revised it, the newest that this version can read is shown.
    shown = _heads(readable)
    if not shown:
        db.run("DELETE FROM records WHERE kind = ? AND record = ?", (kind, record))
        return []
    current = shown[0] if len(shown) == 1 else _weightiest(shown, readable)
    body = _body(current)
    db.run(
        "INSERT OR REPLACE INTO records (kind, record, first, current, heads, assessment, visit, author,"
        " about, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            kind, record, items[0].n, current.n, len(_heads(items)), current.revision.envelope.assessment,
            body.get("visit"), body.get("author"), about_of(kind, body), words_of(current),
        ),
    )  # fmt: skip
    return shown


def _weightiest(shown: Sequence[Logged], readable: Sequence[Logged]) -> Logged:
    parents = {item.revision.envelope.id: item.revision.envelope.parents for item in readable}

    def weighed(item: Logged) -> Weight:
        return weight(decode(item), gone_over(item.revision.envelope.id, parents), item.revision.hash)

    return max(shown, key=weighed)


def _heads(items: Sequence[Logged]) -> list[Logged]:
    last = heads({item.revision.envelope.id: item.revision.envelope.parents for item in items})
    # Parents that go round in a circle leave no head; then each of them counts as one.
    return [item for item in items if item.revision.envelope.id in last] or list(items)


def _said(entry: Entry) -> Said:
    return Said(speaker=entry.speaker, activity=entry.activity, about=entry.about)


def _said_in(body: dict[str, Any]) -> Said:
    return Said(speaker=body["speaker"], activity=body["activity"], about=body.get("about"))


def _entry_of(item: Logged) -> str:
    return str(_body(item)["entry"])


def _body(item: Logged) -> dict[str, Any]:
    body = item.content()
    if body is None:
        raise ValueError("a readable revision has content")
    return body


def _local_day(noticed_at: str, zone: str) -> str:
    if zone in {"+00:00", "-00:00"}:
        return noticed_at[:10]
    sign = -1 if zone.startswith("-") else 1
    hours, _, minutes = zone[1:].partition(":")
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * sign
    try:
        return (from_stamp(noticed_at) + offset).date().isoformat()
    except OverflowError:  # a clock at the edge of the calendar
        return noticed_at[:10]
