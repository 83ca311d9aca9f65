"""What consents keep out of use at the office: ``fieldkit.domain.barring`` over what was handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection

from central.visible import Read, at_home, contents, heads_of, shown, value_of
from fieldkit.domain.barring import Bars, Said, bars_of, belongings, is_held_with_consent, stronger, ties_of
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.entry import Entry
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.people import Person

KINDS = (Consent.KIND, Person.KIND)


def bars_in(connection: Connection, assessment: str) -> Bars:
    """The bars of an assessment."""
    records = by_record(contents(connection, assessment, KINDS))
    found = [readable(at_home(record, rows)) for record, rows in records.items()]
    consents = [value for one in found for _, value in heads_of(one) if isinstance(value, Consent)]
    people = [pair[1] for one in found if (pair := shown(one)) is not None and isinstance(pair[1], Person)]
    return Bars.made(bars_of(consents), people)


def by_record(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """The rows of each record, in the order in which the records came."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.record, []).append(row)
    return found


def readable(rows: Iterable[Any]) -> list[Read]:
    """The rows that laptops show, each with its value."""
    return [(row, value) for row in rows if (value := value_of(row)) is not None]


@dataclass(frozen=True, slots=True)
class Held:
    """Which notes and records of fieldwork are held with what they belong to."""

    bars: Bars
    abouts: Mapping[str, str | None]
    """What each record belongs to."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """The notes, where anything is barred at all: a file may belong to one."""
    everybody: Collection[str] = ()
    """The records that anybody's no holds: recordings of sound."""
    files: Mapping[str, Agreed] = field(default_factory=dict)
    """The attachments that are held because their file is (``fieldkit.domain.held_files``)."""

    def why(self, kind: str, record: str) -> Agreed | None:
        """Why a record is held; ``None`` if it is not."""
        if not self.bars.by_place or not is_held_with_consent(kind):
            return None
        chain = belongings({record: self.abouts.get(record)}, self._above)[record]
        reason = self.bars.why_of_anybody(*chain) if record in self.everybody else self.bars.why(None, *chain)
        for note in (self.entries[place] for place in chain if place in self.entries):
            reason = stronger(reason, self.why_noted(note))
        return stronger(reason, self.files.get(record))

    def why_noted(self, entry: Entry) -> Agreed | None:
        """Why a note is held; ``None`` if it is not."""
        if not self.bars.by_place:
            return None
        return self.bars.why_of_all(ties_of({entry.id: _said(entry)}, self._above, self._told)[entry.id])

    def _above(self, records: Collection[str]) -> dict[str, str | None]:
        return {one: self.abouts[one] for one in records if one in self.abouts}

    def _told(self, ids: Collection[str]) -> dict[str, Said]:
        return {one: _said(self.entries[one]) for one in ids if one in self.entries}


def abouts_in(connection: Connection, assessment: str, bars: Bars) -> dict[str, str | None]:
    """What the records of an assessment belong to, read only where something is barred."""
    if not bars.by_place:
        return {}
    found = by_record(contents(connection, assessment, tuple(FIELDWORK)))
    heads = {record: shown(readable(at_home(record, rows))) for record, rows in found.items()}
    return {record: about_of(pair[0].kind, pair[1]) for record, pair in heads.items() if pair is not None}


def about_of(kind: str, value: Any) -> str | None:
    """The record that one of fieldwork belongs to."""
    name = FIELDWORK[kind].ABOUT
    return (value.to_content().get(name) or None) if name else None


def notes_in(connection: Connection, assessment: str, bars: Bars) -> dict[str, Entry]:
    """The notes by id, read only where something is barred."""
    if not bars.by_place:
        return {}
    found = ((row.record, value_of(row)) for row in contents(connection, assessment, (Entry.KIND,)))
    return {record: value for record, value in found if value is not None}


def _said(entry: Entry) -> Said:
    return Said(speaker=entry.speaker, activity=entry.activity, about=entry.about)
