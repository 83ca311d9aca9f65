"""What of an assessment people may read, and reading it: rows of the log that laptops show too, as domain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.judge import DISTRIBUTED, KnownDevice
from central.members import may_read
from central.proving import HANDED_ON
from fieldkit.domain.readable import READERS, parsed, why_not
from fieldkit.domain.revision import Envelope, gone_over, heads
from fieldkit.domain.showing import Weight, weight
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RevisionId, is_id

Read = tuple[Any, Any]
"""A row and the value it holds."""


def assert_may_read(connection: Connection, sender: KnownDevice | None, assessment: str) -> None:
    """Raises ``Refusal('central.not_found')`` for an assessment that is not the asker's, or is none."""
    user = None if sender is None else sender.user
    if not is_id(assessment) or not connection.execute(_ALLOWED, {"place": assessment, "user": user}).first():
        raise Refusal("central.not_found")


def contents(connection: Connection, assessment: str, kinds: Collection[str], *, others: bool = False) -> list[Any]:
    """The rows with content of these kinds, in order; with ``others`` those of every other kind."""
    which = _log.kind.not_in(sorted(kinds)) if others else _log.kind.in_(sorted(kinds))
    return list(connection.execute(CONTENTS.where(which), {"place": assessment}))


def value_of(row: Any) -> Any:
    """The record, or ``None`` for one that laptops do not show either (``fieldkit.domain.readable``)."""
    envelope, body = Envelope.from_bytes(row.envelope), parsed(row.content)
    if body is None or why_not(envelope, row.content, lambda: body) is not None:
        return None
    return READERS[envelope.kind].make(envelope.record, body)


def parents_of(row: Any) -> tuple[RevisionId, ...]:
    """The revisions that this one replaces."""
    return Envelope.from_bytes(row.envelope).parents


def heads_of(found: Iterable[Read]) -> list[Read]:
    """Those of a record's readable revisions that no other of them replaces; all where they go round in a circle."""
    found = list(found)
    last = heads({RevisionId(row.revision): parents_of(row) for row, _ in found})
    return [pair for pair in found if pair[0].revision in last] or found


def shown(found: Iterable[Read]) -> Read | None:
    """The revision of a record that every laptop shows: of several heads the one that ``domain.showing`` says."""
    found = list(found)
    last = heads_of(found)
    if len(last) < 2:
        return last[0] if last else None
    parents = {RevisionId(row.revision): parents_of(row) for row, _ in found}

    def weighed(pair: Read) -> Weight:
        row, value = pair
        return weight(value, gone_over(RevisionId(row.revision), parents), bytes(row.hash).hex())

    return max(last, key=weighed)


def at_home(record: str, rows: Iterable[Any]) -> list[Any]:
    """Those of a record's revisions that are of its own kind, which its first revision names (``storage.log``)."""
    rows = list(rows)
    kinds = {row.revision: row.kind for row in rows}
    home = kinds[record] if record in kinds else min(kinds.values(), default="")
    return [row for row in rows if row.kind == home]


_log, _member = tables.log.c, tables.member.c
PLACE: sa.BindParameter[str] = sa.bindparam("place", type_=tables.Id)
_USER: sa.BindParameter[str] = sa.bindparam("user", type_=tables.Id)
_ALLOWED = sa.select(_member.role).where(
    _member.assessment == PLACE, sa.or_(_USER.is_(None), sa.and_(_member.user == _USER, may_read()))
)
SHOWN: tuple[sa.ColumnElement[bool], ...] = (_log.outcome.in_(sorted(DISTRIBUTED)), HANDED_ON)
"""What a team sees, of whichever assessment."""
VISIBLE: tuple[sa.ColumnElement[bool], ...] = (_log.assessment == PLACE, *SHOWN)
CONTENTS = (
    sa.select(
        _log.revision, _log.record, _log.kind, _log.author, _log.received_at, _log.hash, _log.envelope, _log.content
    )
    .where(*VISIBLE, _log.content.is_not(None))
    .order_by(_log.seq)
)
