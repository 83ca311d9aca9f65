"""What people read: the assessments of the store and their notes, computed by the domain's own rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables, tally
from central.core import Core
from central.held import Held, abouts_in, bars_in
from central.judge import DISTRIBUTED, KnownDevice
from central.members import PULLS, told_role
from central.open_questions import ask_again
from central.proving import prove_all
from central.restricting import withheld
from central.sources import sources_in
from central.sql import among, listed
from central.visible import SHOWN, VISIBLE, assert_may_read, contents, parents_of, shown, value_of
from fieldkit.domain.assessment import Assessment, Assessor
from fieldkit.domain.barring import Bars
from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal, standing_evidence, standing_secondary
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.domain.sources import Source
from fieldkit.domain.withdrawing import Said, standing
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.ids import ActivityId, RecordId
from sync.wire.reading import (
    AddendumItem,
    AssessmentItem,
    AssessmentList,
    EntryItem,
    EntryList,
    MemberItem,
    SecondaryItem,
    TagItem,
)

_KINDS = ("assessor", "entry", "addendum", "filing", "withdrawal")


def assessments(core: Core, sender: KnownDevice | None) -> AssessmentList:
    """The assessments of the asker's teams, or all of them for the office (``sender`` ``None``)."""
    prove_all(core)
    tally.count_all(core)
    with core.database.read(sender and sender.user) as connection:
        teams = _teams(connection, sender)
    ask_again(core, teams)
    with core.database.read(sender and sender.user) as connection:
        known, counts = _known(connection, teams), tally.tallies(connection, teams)
    found = [_assessment(one, known.get(one), counts.get(one, tally.Tally()), team) for one, team in teams.items()]
    return AssessmentList(assessments=sorted(found, key=lambda item: (item.name, item.id)))


def _teams(connection: Connection, sender: KnownDevice | None) -> dict[str, list[MemberItem]]:
    rows = connection.execute(_TEAMS).all()
    mine = {row.assessment for row in rows if sender is None or (row.user == sender.user and row.role in PULLS)}
    teams: dict[str, list[MemberItem]] = {place: [] for place in mine}
    for row in rows:
        if row.assessment in mine:
            teams[row.assessment].append(MemberItem(user=row.user, name=row.name, role=told_role(row.role)))
    return teams


def entries(core: Core, sender: KnownDevice | None, assessment: str) -> EntryList:
    """The notes of one assessment. Raises ``Refusal('central.not_found')`` for one that is not the asker's."""
    prove_all(core)
    with core.database.read(sender and sender.user) as connection:
        assert_may_read(connection, sender, assessment)
        hidden = withheld(connection, assessment, sender and sender.user)
        bars = bars_in(connection, assessment)
        pile = _Pile(
            bars=bars, abouts=abouts_in(connection, assessment, bars), sources=sources_in(connection, assessment)
        )
        restricted: set[str] = set()
        for row in contents(connection, assessment, _KINDS):
            if row.record not in hidden:
                pile.add(row)
            elif row.kind == Entry.KIND:
                restricted.add(row.record)
        sealed = connection.execute(_SEALED, {"place": assessment}).scalar_one()
    return EntryList(
        assessment=assessment, entries=pile.items(), sealed=sealed, restricted=len(restricted),
        unreadable=pile.unreadable,
    )  # fmt: skip


def _assessment(place: str, known: Assessment | None, count: tally.Tally, team: list[MemberItem]) -> AssessmentItem:
    return AssessmentItem(
        id=place, name=known.name if known else "", subject=known.subject.value if known else "",
        notes=count.notes, sealed=count.sealed, team=team, last_received_at=count.last, open_questions=count.questions,
    )  # fmt: skip


def _known(connection: Connection, places: Collection[str]) -> dict[str, Assessment]:
    """The records of these assessments themselves, each as every laptop shows it."""
    later = connection.execute(_LATER, {"places": listed(places)}).scalars()
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(_RECORDS, {"ids": listed({*places, *later})}):
        rows.setdefault(row.record, []).append(row)
    found = {place: _shown(some) for place, some in rows.items()}
    return {place: one for place, one in found.items() if one is not None}


def _shown(rows: Sequence[Any]) -> Assessment | None:
    """The record as every laptop shows it."""
    found = [(row, value) for row in rows if row.content is not None and isinstance(value := value_of(row), Assessment)]
    pair = shown(found)
    return None if pair is None else pair[1]


@dataclass(slots=True)
class _Pile:
    """The readable records of one assessment, sorted by what they belong to."""

    bars: Bars
    abouts: Mapping[str, str | None]
    sources: Mapping[ActivityId, Source]
    notes: dict[str, tuple[Entry, Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    filings: dict[str, list[Filing]] = field(default_factory=dict)
    addenda: dict[str, list[tuple[tuple[datetime, str], AddendumItem]]] = field(default_factory=dict)
    withdrawals: dict[str, list[Said]] = field(default_factory=dict)
    added: dict[str, list[RecordId]] = field(default_factory=dict)
    unreadable: int = 0

    def add(self, row: Any) -> None:
        """Sort one row in; what a later version wrote is counted and left."""
        value = value_of(row)
        if value is None:
            self.unreadable += 1
        elif isinstance(value, Assessor):
            self.names[value.author] = value.name
        elif isinstance(value, Entry):
            self.notes.setdefault(row.record, (value, row))
        elif isinstance(value, Filing):
            self.filings.setdefault(value.entry, []).append(value)
            self.added.setdefault(value.entry, []).append(value.id)
        elif isinstance(value, Addendum):
            order = (value.entered_at, str(value.id))
            self.added.setdefault(value.entry, []).append(value.id)
            self.addenda.setdefault(value.entry, []).append((order, _addendum(value, row)))
        elif isinstance(value, Withdrawal):
            said = Said(revision=row.revision, hash=bytes(row.hash).hex(), parents=parents_of(row), value=value)
            self.withdrawals.setdefault(value.entry, []).append(said)

    def items(self) -> list[EntryItem]:
        """The notes, oldest first."""
        ordered = sorted(self.notes.values(), key=lambda pair: (pair[0].noticed_at, pair[0].id))
        held = Held(self.bars, self.abouts, {record: entry for record, (entry, _) in self.notes.items()})
        return [self._item(entry, row, held) for entry, row in ordered]

    def _item(self, entry: Entry, row: Any, held: Held) -> EntryItem:
        """A note; of one that a consent bars no words, no speaker and no tags, and no code that may not be told."""
        barred = held.why_noted(entry)
        if barred is not None:
            return self._made(entry, row, text="", speaker=None, tags=[], addenda=[], barred=barred.value)
        filings = tuple(self.filings.get(entry.id, ()))
        tags = standing_evidence(entry, filings)
        source = self.sources.get(entry.activity)
        withheld = source is not None and source.withholds(entry.speaker)
        addenda = [item for _, item in sorted(self.addenda.get(entry.id, ()), key=lambda pair: pair[0])]
        return self._made(
            entry, row, text=entry.text, speaker=None if withheld else entry.speaker, speaker_withheld=withheld,
            tags=[_tag(item) for item in tags], addenda=addenda, barred=None,
            secondary=[_secondary(item) for item in standing_secondary(filings)],
        )  # fmt: skip

    def _made(self, entry: Entry, row: Any, **words: Any) -> EntryItem:
        return EntryItem(
            id=entry.id, author=row.author, author_name=self.names.get(row.author, ""), visit=entry.visit,
            activity=entry.activity, noticed_at=to_stamp(entry.noticed_at), entered_at=to_stamp(entry.entered_at),
            received_at=row.received_at, exact=entry.exact, follow_up=entry.follow_up, risk=entry.risk.value,
            own_view=entry.own_view, withdrawn=self._withdrawn(entry), **words,
        )  # fmt: skip

    def _withdrawn(self, entry: Entry) -> str | None:
        """The reason of a withdrawal that stands: of several that do, the one every laptop shows."""
        found = standing(self.withdrawals.get(entry.id, ()), self.added.get(entry.id, ()))
        return found.value.reason if found else None


def _tag(item: EvidenceItem) -> TagItem:
    return TagItem(
        id=item.id, pack=item.pack, statement=item.statement, category=item.category, bearing=item.bearing.value,
        strong=item.strong,
    )  # fmt: skip


def _secondary(item: SecondaryTag) -> SecondaryItem:
    return SecondaryItem(id=item.id, pack=item.pack, set=item.tag_set, tag=item.tag)


def _addendum(value: Addendum, row: Any) -> AddendumItem:
    return AddendumItem(text=value.text, reason=value.reason, entered_at=to_stamp(value.entered_at), author=row.author)


_log, _member = tables.log.c, tables.member.c
_TEAMS = (
    sa.select(_member.assessment, _member.user, _member.role, tables.user.c.name)
    .join_from(tables.member, tables.user, _member.user == tables.user.c.id)
    .order_by(_member.assessment, _member.since, tables.user.c.name)
)
_LATER = sa.select(tables.parent.c.revision).where(among(tables.parent.c.record, "places"))
_RECORDS = (
    sa.select(_log.revision, _log.record, _log.hash, _log.envelope, _log.content)
    .where(among(_log.revision, "ids"), _log.record == _log.assessment, *SHOWN)
    .order_by(_log.seq)
)
_opened = tables.log.alias("opened")
_SEALED = sa.select(sa.func.count(_log.record.distinct())).where(
    *VISIBLE,
    _log.kind == "entry",
    _log.part == "e",
    ~sa.exists().where(
        _opened.c.revision == _log.revision,
        _opened.c.assessment == _log.assessment,
        _opened.c.part == "c",
        _opened.c.outcome.in_(sorted(DISTRIBUTED)),
        _opened.c.seq.not_in(sa.select(tables.unproved.c.seq)),
    ),
)
