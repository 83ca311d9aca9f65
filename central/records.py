"""Records of fieldwork for people and their programs: consents, cases, escalations and the rest, each as its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from central.core import Core
from central.held import Held, about_of, bars_in, by_record, notes_in, readable
from central.judge import KnownDevice
from central.proving import prove_all
from central.restricting import withheld
from central.telling import Telling, agreed_in, silent_in
from central.visible import Read, assert_may_read, at_home, contents, heads_of, shown, value_of
from fieldkit.domain.assessment import Assessor
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.barring import Bars, is_of_everybody
from fieldkit.domain.entry import Entry
from fieldkit.domain.held_files import held_by_file, names_of
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.readable import READERS, parsed
from fieldkit.domain.sharing import NEVER_SHARED
from sync.wire.reading import RecordItem, RecordList

_OTHERS = frozenset(READERS) - frozenset(FIELDWORK) | NEVER_SHARED
"""Kinds that are no records of fieldwork. What is neither was made with a later version, and is counted."""


def records(core: Core, sender: KnownDevice | None, assessment: str, kind: str = "") -> RecordList:
    """The records of one assessment, of one kind or all. Raises ``Refusal('central.not_found')``."""
    prove_all(core)
    with core.database.read(sender and sender.user) as connection:
        assert_may_read(connection, sender, assessment)
        hidden = withheld(connection, assessment, sender and sender.user)
        every = contents(connection, assessment, _OTHERS, others=True)
        rows = [row for row in every if row.record not in hidden]
        names = {value.author: value.name for _, value in readable(contents(connection, assessment, (Assessor.KIND,)))}
        bars = bars_in(connection, assessment)
        notes = notes_in(connection, assessment, bars)
        found = {record: at_home(record, some) for record, some in by_record(rows).items()}
        heads = {record: pair for record, some in found.items() if (pair := shown(readable(some))) is not None}
        telling = Telling(agreed_in(found.values()), silent_in(connection, assessment, heads.values()))
    held = _held(bars, heads, found, notes)
    items = [
        _item(row, telling.told(value), len(heads_of((one, None) for one in found[record])), names, held)
        for record, (row, value) in heads.items()
        if not kind or row.kind == kind
    ]
    unreadable = sum(value_of(row) is None for row in rows if not kind or row.kind == kind)
    restricted = {row.record for row in every if row.record in hidden and (not kind or row.kind == kind)}
    return RecordList(assessment=assessment, records=items, restricted=len(restricted), unreadable=unreadable)


def is_held(connection: Connection, assessment: str, record: str) -> bool:
    """Whether a consent keeps this attachment out of use; where no consent does so, little is read.

    Where one does, what this version cannot read is held too: nobody can tell what it belongs to.
    """
    bars = bars_in(connection, assessment)
    if not bars.by_place:
        return False
    found = by_record(contents(connection, assessment, _OTHERS, others=True))
    homes = {one: at_home(one, some) for one, some in found.items()}
    heads = {one: pair for one, some in homes.items() if (pair := shown(readable(some))) is not None}
    held = _held(bars, heads, homes, notes_in(connection, assessment, bars))
    return record not in heads or held.why(heads[record][0].kind, record) is not None


def _held(
    bars: Bars, heads: Mapping[str, Read], homes: Mapping[str, Sequence[Any]], notes: Mapping[str, Entry]
) -> Held:
    """What is held of these records, each with its rows: what belongs to something barred, and files with theirs."""
    abouts = {record: about_of(row.kind, value) for record, (row, value) in heads.items()}
    held = Held(bars, abouts, notes, _everybody(heads))
    if not bars.by_place:
        return held
    files = [record for record, (row, _) in heads.items() if row.kind == Attachment.KIND]
    names = {one: names_of("", [body for row in homes[one] if (body := parsed(row.content))]) for one in files}
    mine = {one: why for one in files if (why := held.why(Attachment.KIND, one)) is not None}
    return replace(held, files=held_by_file(names, mine))


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
