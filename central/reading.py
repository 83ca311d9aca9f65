"""What people read: the assessments of the store and their notes, computed by the domain's own rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import Core
from central.judge import DISTRIBUTED, KnownDevice
from central.proving import HANDED_ON, prove_all
from fieldkit.domain.assessment import Assessment, Assessor
from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal, standing_evidence
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.readable import READERS, parsed, why_not
from fieldkit.domain.revision import Envelope, heads
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RevisionId, is_id
from sync.wire.reading import AddendumItem, AssessmentItem, AssessmentList, EntryItem, EntryList, MemberItem, TagItem

_KINDS = ("assessor", "entry", "addendum", "filing", "withdrawal")


def assessments(core: Core, sender: KnownDevice | None) -> AssessmentList:
    """The assessments of the asker's teams, or all of them for the office (``sender`` ``None``)."""
    prove_all(core)
    with core.database.read() as connection:
        rows = connection.execute(_TEAMS).all()
        mine = {row.assessment for row in rows if sender is None or row.user == sender.user}
        teams: dict[str, list[MemberItem]] = {place: [] for place in mine}
        for row in rows:
            if row.assessment in mine:
                teams[row.assessment].append(MemberItem(user=row.user, name=row.name, role=row.role))
        found = [_assessment(connection, place, team) for place, team in teams.items()]
    return AssessmentList(assessments=sorted(found, key=lambda item: (item.name, item.id)))


def entries(core: Core, sender: KnownDevice | None, assessment: str) -> EntryList:
    """The notes of one assessment. Raises ``Refusal('central.not_found')`` for one that is not the asker's."""
    prove_all(core)
    with core.database.read() as connection:
        user = None if sender is None else sender.user
        if not is_id(assessment) or not connection.execute(_ALLOWED, {"place": assessment, "user": user}).first():
            raise Refusal("central.not_found")
        pile = _Pile()
        for row in connection.execute(_CONTENTS, {"place": assessment}):
            pile.add(row)
        sealed = connection.execute(_SEALED, {"place": assessment}).scalar_one()
    return EntryList(assessment=assessment, entries=pile.items(), sealed=sealed, unreadable=pile.unreadable)


def _assessment(connection: Connection, place: str, team: list[MemberItem]) -> AssessmentItem:
    known = _shown(connection.execute(_RECORD, {"place": place}).all())
    count = connection.execute(_COUNT, {"place": place}).one()
    sealed = connection.execute(_SEALED, {"place": place}).scalar_one()
    return AssessmentItem(
        id=place, name=known.name if known else "", subject=known.subject.value if known else "",
        notes=count.notes, sealed=sealed, team=team, last_received_at=count.last or "",
    )  # fmt: skip


def _shown(rows: Sequence[Any]) -> Assessment | None:
    """The record as every laptop shows it: of several heads that can be read the one with the largest hash."""
    found = [(row, value) for row in rows if row.content is not None and isinstance(value := _read(row), Assessment)]
    newest = heads({RevisionId(row.revision): _parents(row) for row, _ in found})
    named = [(row.hash, value) for row, value in found if row.revision in newest]
    return max(named, key=lambda pair: pair[0])[1] if named else None


@dataclass(slots=True)
class _Pile:
    """The readable records of one assessment, sorted by what they belong to."""

    notes: dict[str, tuple[Entry, Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    filings: dict[str, list[Filing]] = field(default_factory=dict)
    addenda: dict[str, list[tuple[tuple[datetime, str], AddendumItem]]] = field(default_factory=dict)
    withdrawals: dict[str, dict[RevisionId, tuple[RevisionId, ...]]] = field(default_factory=dict)
    reasons: dict[str, tuple[bytes, Withdrawal]] = field(default_factory=dict)
    unreadable: int = 0

    def add(self, row: Any) -> None:
        """Sort one row in; what a later version wrote is counted and left."""
        value = _read(row)
        if value is None:
            self.unreadable += 1
        elif isinstance(value, Assessor):
            self.names[value.author] = value.name
        elif isinstance(value, Entry):
            self.notes.setdefault(row.record, (value, row))
        elif isinstance(value, Filing):
            self.filings.setdefault(value.entry, []).append(value)
        elif isinstance(value, Addendum):
            order = (value.entered_at, str(value.id))
            self.addenda.setdefault(value.entry, []).append((order, _addendum(value, row)))
        elif isinstance(value, Withdrawal):
            self.withdrawals.setdefault(value.entry, {})[RevisionId(row.revision)] = _parents(row)
            self.reasons[row.revision] = (row.hash, value)

    def items(self) -> list[EntryItem]:
        """The notes, oldest first."""
        ordered = sorted(self.notes.values(), key=lambda pair: (pair[0].noticed_at, pair[0].id))
        return [self._item(entry, row) for entry, row in ordered]

    def _item(self, entry: Entry, row: Any) -> EntryItem:
        tags = standing_evidence(entry, tuple(self.filings.get(entry.id, ())))
        addenda = [item for _, item in sorted(self.addenda.get(entry.id, ()), key=lambda pair: pair[0])]
        return EntryItem(
            id=entry.id, author=row.author, author_name=self.names.get(row.author, ""), visit=entry.visit,
            activity=entry.activity, noticed_at=to_stamp(entry.noticed_at), entered_at=to_stamp(entry.entered_at),
            received_at=row.received_at, speaker=entry.speaker, text=entry.text, exact=entry.exact,
            follow_up=entry.follow_up, risk=entry.risk.value, own_view=entry.own_view,
            tags=[_tag(item) for item in tags], addenda=addenda, withdrawn=self._withdrawn(entry),
        )  # fmt: skip

    def _withdrawn(self, entry: Entry) -> str | None:
        """The reason of a withdrawal that stands: of several heads that do, the one every laptop shows."""
        last = heads(self.withdrawals.get(entry.id, {}))
        standing = [self.reasons[revision] for revision in last if self.reasons[revision][1].stands]
        return max(standing, key=lambda pair: pair[0])[1].reason if standing else None


def _read(row: Any) -> Any:
    """The record, or ``None`` for one that laptops do not show either (``fieldkit.domain.readable``)."""
    envelope, body = Envelope.from_bytes(row.envelope), parsed(row.content)
    if body is None or why_not(envelope, row.content, lambda: body) is not None:
        return None
    return READERS[envelope.kind].make(envelope.record, body)


def _parents(row: Any) -> tuple[RevisionId, ...]:
    return Envelope.from_bytes(row.envelope).parents


def _tag(item: EvidenceItem) -> TagItem:
    return TagItem(
        id=item.id, pack=item.pack, statement=item.statement, category=item.category, bearing=item.bearing.value,
        strong=item.strong,
    )  # fmt: skip


def _addendum(value: Addendum, row: Any) -> AddendumItem:
    return AddendumItem(text=value.text, reason=value.reason, entered_at=to_stamp(value.entered_at), author=row.author)


_log, _member = tables.log.c, tables.member.c
_place: sa.BindParameter[str] = sa.bindparam("place", type_=tables.Id)
_TEAMS = (
    sa.select(_member.assessment, _member.user, _member.role, tables.user.c.name)
    .join_from(tables.member, tables.user, _member.user == tables.user.c.id)
    .order_by(_member.assessment, _member.since, tables.user.c.name)
)
_ALLOWED = sa.select(_member.role).where(
    _member.assessment == _place,
    sa.or_(_member.user == sa.bindparam("user", type_=tables.Id), sa.bindparam("user", type_=tables.Id).is_(None)),
)
_VISIBLE: Iterable[sa.ColumnElement[bool]] = (
    _log.assessment == _place,
    _log.outcome.in_(sorted(DISTRIBUTED)),
    HANDED_ON,
)
_CONTENTS = (
    sa.select(
        _log.revision, _log.record, _log.kind, _log.author, _log.received_at, _log.hash, _log.envelope, _log.content
    )
    .where(*_VISIBLE, _log.content.is_not(None), _log.kind.in_(_KINDS))
    .order_by(_log.seq)
)
_RECORD = (
    sa.select(_log.revision, _log.record, _log.hash, _log.envelope, _log.content)
    .where(
        *_VISIBLE,
        sa.or_(
            _log.revision == _place,
            _log.revision.in_(sa.select(tables.parent.c.revision).where(tables.parent.c.record == _place)),
        ),
    )
    .order_by(_log.seq)
)
_COUNT = sa.select(
    sa.func.count(_log.record.distinct()).label("notes"), sa.func.max(_log.received_at).label("last")
).where(*_VISIBLE, _log.kind == "entry", _log.content.is_not(None))
_opened = tables.log.alias("opened")
_SEALED = sa.select(sa.func.count(_log.record.distinct())).where(
    *_VISIBLE,
    _log.kind == "entry",
    _log.part == "e",
    ~sa.exists().where(_opened.c.revision == _log.revision, _opened.c.part == "c"),
)
