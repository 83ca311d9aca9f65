"""Records of fieldwork for people and their programs: consents, cases, escalations and the rest, each as its head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from central.core import Core
from central.held import Held, bars_in, by_record, notes_in, readable
from central.judge import KnownDevice
from central.proving import prove_all
from central.visible import assert_may_read, at_home, contents, heads_of, shown, value_of
from fieldkit.domain.assessment import Assessor
from fieldkit.domain.barring import is_of_everybody
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.readable import READERS
from fieldkit.domain.sharing import NEVER_SHARED
from sync.wire.reading import RecordItem, RecordList

_OTHERS = frozenset(READERS) - frozenset(FIELDWORK) | NEVER_SHARED
"""Kinds that are no records of fieldwork. What is neither was made with a later version, and is counted."""


def records(core: Core, sender: KnownDevice | None, assessment: str, kind: str = "") -> RecordList:
    """The records of one assessment, of one kind or all. Raises ``Refusal('central.not_found')``."""
    prove_all(core)
    with core.database.read() as connection:
        assert_may_read(connection, sender, assessment)
        rows = contents(connection, assessment, _OTHERS, others=True)
        names = {value.author: value.name for _, value in readable(contents(connection, assessment, (Assessor.KIND,)))}
        bars = bars_in(connection, assessment)
        notes = notes_in(connection, assessment, bars)
    found = {record: at_home(record, some) for record, some in by_record(rows).items()}
    heads = {record: pair for record, some in found.items() if (pair := shown(readable(some))) is not None}
    held = Held(
        bars, {record: _about(row.kind, value) for record, (row, value) in heads.items()}, notes, _everybody(heads)
    )
    items = [
        _item(row, value, len(heads_of((one, None) for one in found[record])), names, held)
        for record, (row, value) in heads.items()
        if not kind or row.kind == kind
    ]
    unreadable = sum(value_of(row) is None for row in rows if not kind or row.kind == kind)
    return RecordList(assessment=assessment, records=items, unreadable=unreadable)


def is_held(connection: Connection, assessment: str, record: str) -> bool:
    """Whether a consent keeps this record out of use; where no consent does so, little is read."""
    bars = bars_in(connection, assessment)
    if not bars.by_place:
        return False
    found = by_record(contents(connection, assessment, _OTHERS, others=True))
    heads = {one: pair for one, some in found.items() if (pair := shown(readable(at_home(one, some)))) is not None}
    held = Held(
        bars,
        {one: _about(row.kind, value) for one, (row, value) in heads.items()},
        notes_in(connection, assessment, bars),
        _everybody(heads),
    )
    return record in heads and held.why(heads[record][0].kind, record) is not None


def _item(row: Any, value: Any, heads: int, names: Mapping[str, str], held: Held) -> RecordItem:
    barred = held.why(row.kind, row.record)
    return RecordItem(
        kind=row.kind, id=row.record, title="" if barred else value.title,
        content={} if barred else value.to_content(), author=row.author, author_name=names.get(row.author, ""),
        received_at=row.received_at, heads=heads, barred=barred.value if barred else None,
    )  # fmt: skip


def _everybody(heads: Mapping[str, tuple[Any, Any]]) -> frozenset[str]:
    return frozenset(
        one for one, (row, value) in heads.items() if is_of_everybody(row.kind, str(getattr(value, "origin", "")))
    )


def _about(kind: str, value: Any) -> str | None:
    name = FIELDWORK[kind].ABOUT
    return (value.to_content().get(name) or None) if name else None
