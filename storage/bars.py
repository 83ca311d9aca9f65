"""Bars: the consents that were refused or withdrawn, and which notes they keep out of use.

``bars`` is a projection of the consents alone, so a note can be placed before its consent or after it. Most vaults
hold no such consent, and then recording a note asks nothing here: that there is none is remembered on the connection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from weakref import WeakSet

from fieldkit.domain.barring import (
    NO_BARS,
    Bar,
    Bars,
    Said,
    bars_of,
    belongings,
    is_held_with_consent,
    stronger,
    ties_of,
)
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.people import Person
from storage.engine import Database
from storage.log import COLUMNS, Logged, marks, read
from storage.outbox import SETTLED, STAYS
from storage.readable import decode

WHY = {Agreed.REFUSED: 1, Agreed.WITHDRAWN: 2}
"""Values of ``entries.barred`` and ``bars.why``; nought is a note that may be used."""
MEANT = {number: why for why, number in WHY.items()}

HELD_BACK = (
    "r.kind = 'addendum' AND e.barred <> 0 AND NOT EXISTS (SELECT 1 FROM receipts x"
    f" WHERE x.revision = r.id AND x.hash = r.hash AND x.outcome <> 'corrupt' AND {SETTLED})"
)
"""Of a revision ``r`` said of a note ``e``: words added after a consent barred it, which have not left and do not."""

BARRED = "SELECT n FROM entries WHERE barred <> 0"
"""The barred notes: an index of their own lists them, no other note is looked at."""

_STEP = 400
_is_empty: WeakSet[Database] = WeakSet()
"""Connections that found no bar and wrote none since: one that ever wrote here is asked each time."""
_must_ask: WeakSet[Database] = WeakSet()


def of_notes(db: Database, notes: Mapping[str, tuple[str, Said]]) -> dict[str, int]:
    """The values of ``entries.barred`` of notes, each with its assessment; those that nothing bars are left out."""
    if not notes or not are_there(db):
        return {}
    ties = ties_of({note: said for note, (_, said) in notes.items()}, lambda ids: _above(db, ids), _told(db))
    places = {(notes[note][0], place) for note, every in ties.items() for tie in every for place in tie.places}
    found = _of_places(db, places)
    reasons = {note: found.get(notes[note][0], NO_BARS).why_of_all(every) for note, every in ties.items()}
    return {note: WHY[reason] for note, reason in reasons.items() if reason is not None}


def _of_places(db: Database, abouts: Iterable[tuple[str, str]]) -> dict[str, Bars]:
    """The bars about these, by assessment. ``abouts``: assessment, and activity or record."""
    found: dict[str, list[Bar]] = {}
    for some in _parts({about for _, about in abouts}):
        rows = db.rows(f"SELECT assessment, about, person, why FROM bars WHERE about IN ({marks(len(some))})", some)
        for assessment, about, person, why in rows:
            found.setdefault(assessment, []).append(Bar(about=about, person=person, why=MEANT[why]))
    return {assessment: Bars.made(bars, _people(db, assessment, bars)) for assessment, bars in found.items()}


def _told(db: Database) -> Callable[[Collection[str]], dict[str, Said]]:
    def others(ids: Collection[str]) -> dict[str, Said]:
        found: dict[str, Said] = {}
        for some in _parts(ids):
            rows = db.rows(
                "SELECT e.id, e.speaker, e.activity, e.about FROM revisions r JOIN entries e ON e.n = r.n"
                f" WHERE r.id IN ({marks(len(some))})",
                some,
            )
            found |= {note: Said(speaker=who, activity=where, about=about) for note, who, where, about in rows}
        return found

    return others


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(ids)
    return (every[start : start + _STEP] for start in range(0, len(every), _STEP))


def are_there(db: Database) -> bool:
    """Whether anything bars anything."""
    if db in _is_empty:
        return False
    found = db.one("SELECT 1 FROM bars LIMIT 1") is not None
    if not found and db not in _must_ask:
        _is_empty.add(db)
    return found


def forget(db: Database) -> None:
    """Drop every bar; projecting the consents again makes them anew and judges what they are about."""
    if are_there(db):
        look_again(db)
        db.run("DELETE FROM bars")


def look_again(db: Database) -> None:
    """From here on ask each time: the table is being written, and what was written may be rolled back."""
    _must_ask.add(db)
    _is_empty.discard(db)


def settle(db: Database, record: str, shown: Sequence[Logged]) -> set[str]:
    """Put a consent's bars in the place of those it had; what they are or were about, if that changed.

    ``shown`` are its accounts that nothing readable has replaced; empty where the record is no consent.
    """
    fresh = {
        (bar.about, bar.person, record, shown[0].revision.envelope.assessment or "", WHY[bar.why])
        for bar in bars_of(decode(item) for item in shown)
    }
    if not fresh and not are_there(db):
        return set()
    before = set(db.rows("SELECT about, person, record, assessment, why FROM bars WHERE record = ?", (record,)))
    if fresh == before:
        return set()
    look_again(db)
    db.run("DELETE FROM bars WHERE record = ?", (record,))
    db.many("INSERT INTO bars (about, person, record, assessment, why) VALUES (?, ?, ?, ?, ?)", sorted(fresh))
    return {about for about, *_ in fresh | before}


def of_one_person(db: Database, assessments: Iterable[str]) -> set[str]:
    """What bars of one person of a group are about: whom they are about may change with a merge of codes."""
    found: set[str] = set()
    if are_there(db):
        for assessment in sorted(set(assessments)):
            rows = db.rows("SELECT DISTINCT about FROM bars WHERE person <> '' AND assessment = ?", (assessment,))
            found |= {row[0] for row in rows}
    return found


def numbers_of(db: Database, abouts: Iterable[str]) -> list[int]:
    """The notes that depend on these: in the activity or about the record, or about what belongs to either."""
    found: set[int] = set()
    looked: set[str] = set()
    looking = set(abouts)
    while looking:
        looked |= looking
        below: set[str] = set()
        for some in _parts(looking):
            wanted = marks(len(some))
            rows = db.rows(
                f"SELECT n, id FROM entries WHERE activity IN ({wanted})"
                f" UNION SELECT n, id FROM entries WHERE about IN ({wanted})",
                (*some, *some),
            )
            found |= {row[0] for row in rows}
            below |= {row[1] for row in rows}
            below |= {row[0] for row in db.rows(f"SELECT record FROM records WHERE about IN ({wanted})", some)}
        looking = below - looked
    return sorted(found)


def ties(db: Database, record: str) -> str | None:
    """What a record of fieldwork belongs to, if it is known here: whether that changed has to be noticed."""
    return _above(db, [record]).get(record) if are_there(db) else None


def held_of_visits(db: Database) -> dict[str, int]:
    """By visit the notes made here that stay because a consent bars them; without bars nothing is counted."""
    if not are_there(db):
        return {}
    return dict(db.rows(f"SELECT visit, count(*) FROM entries WHERE n IN ({BARRED}) AND sharing = {STAYS} GROUP BY 1"))


def of_records(
    db: Database, found: Sequence[tuple[str, str, str, str | None]], everybody: Collection[str] = ()
) -> dict[str, Agreed]:
    """Records that are held with what they belong to, and why. ``found``: kind, assessment, record, about of each.

    ``everybody`` are those that anybody's no holds (``fieldkit.domain.barring.is_of_everybody``).
    """
    wanted = [one for one in found if is_held_with_consent(one[0])] if are_there(db) else []
    if not wanted:
        return {}
    chains = belongings({record: about for _, _, record, about in wanted}, lambda tops: _above(db, tops))
    places = {(assessment, place) for _, assessment, record, _ in wanted for place in chains[record]}
    barring, notes = _of_places(db, places), _barred_notes(db, {place for _, place in places})
    held: dict[str, Agreed] = {}
    for _, assessment, record, _ in wanted:
        bars = barring.get(assessment, NO_BARS)
        reason = bars.why_of_anybody(*chains[record]) if record in everybody else bars.why(None, *chains[record])
        for place in chains[record]:
            reason = stronger(reason, notes.get((assessment, place)))
        if reason is not None:
            held[record] = reason
    return held


def _above(db: Database, records: Collection[str]) -> dict[str, str | None]:
    kinds = sorted(FIELDWORK)
    found: dict[str, str | None] = {}
    for some in _parts(records):
        asked = f"kind IN ({marks(len(kinds))}) AND record IN ({marks(len(some))})"
        found |= dict(db.rows(f"SELECT record, about FROM records WHERE {asked}", (*kinds, *some)))
    return found


def _barred_notes(db: Database, ids: Collection[str]) -> dict[tuple[str, str], Agreed]:
    found: dict[tuple[str, str], Agreed] = {}
    for part in _parts(ids):
        rows = db.rows(
            "SELECT e.assessment, e.id, e.barred FROM revisions r JOIN entries e ON e.n = r.n"
            f" WHERE e.barred <> 0 AND r.id IN ({marks(len(part))})",
            part,
        )
        found |= {(assessment, entry): MEANT[barred] for assessment, entry, barred in rows}
    return found


def is_consent(item: Logged) -> bool:
    """Whether this is an account of a consent."""
    return item.revision.envelope.kind == Consent.KIND


def people_of(db: Database, assessment: str) -> list[Person]:
    """The people of an assessment, each as its head shows it."""
    columns = ", ".join("r." + name for name in COLUMNS.split(", "))
    rows = db.rows(
        f"SELECT {columns} FROM records k JOIN revisions r ON r.n = k.current"
        " WHERE k.kind = 'person' AND k.assessment = ?",
        (assessment,),
    )
    return [decode(read(row)) for row in rows]


def _people(db: Database, assessment: str, bars: Sequence[Bar]) -> list[Person]:
    return people_of(db, assessment) if any(bar.person for bar in bars) else []
