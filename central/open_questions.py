"""Open questions at the office: the same rule over the same set as on every laptop (``fieldkit.domain.merging``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables, tally
from central.core import Core
from central.held import Held, about_of, bars_in, by_record, notes_in, readable
from central.judge import KnownDevice
from central.proving import prove_all
from central.telling import Telling, agreed_in, silent_in
from central.visible import CONTENTS, PLACE, assert_may_read, at_home, contents, parents_of, shown, value_of
from fieldkit.domain.assessment import Assessor
from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.merging import DECISION, Account, Merge, merge
from fieldkit.domain.readable import READERS, parsed
from fieldkit.domain.revision import WRITTEN_ONCE
from fieldkit.domain.withdrawing import Said, contested, unknown_to
from fieldkit.kernel.ids import RecordId
from sync.wire.reading import QuestionAccount, QuestionItem, QuestionList

NOTE = Entry.KIND
_STEP = 500
_REVISED = tuple(sorted(set(READERS) - WRITTEN_ONCE - {Withdrawal.KIND}))
_OF_NOTES = (Addendum.KIND, Filing.KIND, Withdrawal.KIND)


def questions(core: Core, sender: KnownDevice | None, assessment: str) -> QuestionList:
    """What of an assessment waits for a person's decision. Raises ``Refusal('central.not_found')``."""
    prove_all(core)
    with core.database.read() as connection:
        assert_may_read(connection, sender, assessment)
        return QuestionList(assessment=assessment, questions=questions_in(connection, assessment))


def questions_in(connection: Connection, assessment: str) -> list[QuestionItem]:
    """The same, inside a reading that goes on."""
    names = {value.author: value.name for _, value in readable(contents(connection, assessment, (Assessor.KIND,)))}
    homes = _candidates(connection, assessment)
    found = {one: merged for one, some in homes.items() if (merged := _merge(some)).is_open}
    if found:  # what they belong to is in the others
        rows = contents(connection, assessment, tuple(FIELDWORK))
        homes = {**{one: at_home(one, some) for one, some in by_record(rows).items()}, **homes}
    return [*_of_records(connection, assessment, homes, found, names), *_of_notes(connection, assessment, names)]


def ask_again(core: Core, places: Collection[str]) -> None:
    """Bring the kept numbers of open questions up to date; of an assessment to which nothing came none is asked."""
    with core.database.read() as connection:
        counts = {
            place: (upto, open_count(connection, place)) for place, upto in tally.stirred(connection, places).items()
        }
    if counts:
        with core.database.write() as connection:
            for place, (upto, count) in counts.items():
                tally.note_asked(connection, place, upto, count)


def open_count(connection: Connection, assessment: str) -> int:
    """How many there are; of an assessment without any, little is read."""
    found = sum(_merge(some).is_open for some in _candidates(connection, assessment).values())
    return found + len(_of_notes(connection, assessment, {}))


def _candidates(connection: Connection, assessment: str) -> dict[str, list[Any]]:
    """The revisions of the records that may have several heads: those with more revisions than are named as parents."""
    several = connection.execute(_SEVERAL, {"place": assessment}).scalars().all()
    ids: set[str] = set()
    for start in range(0, len(several), _STEP):
        some = several[start : start + _STEP]
        ids |= {*some, *connection.execute(_LATER, {"some": some, "place": assessment}).scalars()}
    rows: list[Any] = []
    ordered = sorted(ids)
    for start in range(0, len(ordered), _STEP):
        rows += connection.execute(_ROWS, {"place": assessment, "some": ordered[start : start + _STEP]}).all()
    return {one: at_home(one, some) for one, some in by_record(rows).items()}


def _merge(rows: Sequence[Any]) -> Merge:
    kind = rows[0].kind if rows else ""
    return merge(kind, [_account(row) for row in rows]) if kind in _REVISED else Merge(heads=(), is_same=True)


def _account(row: Any) -> Account:
    body = parsed(row.content) if value_of(row) is not None else None
    return Account(revision=row.revision, hash=bytes(row.hash).hex(), parents=parents_of(row), body=body)


def _of_records(
    connection: Connection,
    assessment: str,
    homes: Mapping[str, Sequence[Any]],
    found: Mapping[str, Merge],
    names: Mapping[str, str],
) -> list[QuestionItem]:
    if not found:
        return []
    fieldwork = {one: some for one, some in homes.items() if some and some[0].kind in FIELDWORK}
    heads = {one: pair for one, some in fieldwork.items() if (pair := shown(readable(some))) is not None}
    bars = bars_in(connection, assessment)
    abouts = {one: about_of(row.kind, value) for one, (row, value) in heads.items()}
    held = Held(bars, abouts, notes_in(connection, assessment, bars))
    telling = Telling(agreed_in(fieldwork.values()), silent_in(connection, assessment, heads.values()))
    return [_item(record, homes[record], merged, names, held, telling) for record, merged in found.items()]


def _item(
    record: str, rows: Sequence[Any], merged: Merge, names: Mapping[str, str], held: Held, telling: Telling
) -> QuestionItem:
    kind = rows[0].kind
    barred = held.why(kind, record) if kind in FIELDWORK else None
    fields = sorted({field for part in merged.asked for field in part.fields})
    by_id = {row.revision: row for row in rows}
    last = [by_id[one] for one in merged.heads]
    says = {} if barred else {row.revision: _says(row, fields, telling) for row in last}
    before = {} if barred else {name: one for part in merged.asked for name, one in (part.base or {}).items()}
    if kind == "consent":  # whoever is named in it may be told no more
        before = {name: one for name, one in before.items() if name not in {"name", "given_by", "given_why"}}
    return QuestionItem(
        kind=kind, record=record, fields=fields, before=before, is_deletion=bool(merged.deleted_by),
        is_readable=merged.is_readable, barred=barred.value if barred else None,
        accounts=[_told(row, names, says.get(row.revision, {})) for row in last],
    )  # fmt: skip


def _says(row: Any, fields: Sequence[str], telling: Telling) -> dict[str, Any]:
    value = value_of(row)
    if value is None:
        return {}
    body = telling.told(value).to_content()
    return {name: body[name] for name in fields if name in body}


def _told(row: Any, names: Mapping[str, str], says: Mapping[str, Any]) -> QuestionAccount:
    marker = (parsed(row.content) or {}).get(DECISION)
    reason = marker.get("reason") if isinstance(marker, dict) else ""
    return QuestionAccount(
        revision=row.revision, author=row.author, author_name=names.get(row.author, ""), received_at=row.received_at,
        says=dict(says), reason=reason if isinstance(reason, str) else "",
    )  # fmt: skip


def _of_notes(connection: Connection, assessment: str, names: Mapping[str, str]) -> list[QuestionItem]:
    """Notes that one withdrew and another went on with. Their words stay where notes are read."""
    said: dict[str, list[Said]] = {}
    added: dict[str, list[tuple[RecordId, Any]]] = {}
    rows: dict[str, Any] = {}
    withdrawals = contents(connection, assessment, (Withdrawal.KIND,))
    if not withdrawals:
        return []
    for row, value in readable(contents(connection, assessment, _OF_NOTES)):
        if isinstance(value, Withdrawal):
            one = Said(revision=row.revision, hash=bytes(row.hash).hex(), parents=parents_of(row), value=value)
            said.setdefault(value.entry, []).append(one)
            rows[row.revision] = row
        elif isinstance(value, Addendum | Filing):
            added.setdefault(value.entry, []).append((value.id, row))
    found = []
    for note, some in said.items():
        known = added.get(note, [])
        ids = frozenset(one for one, _ in known)
        against = contested(some, ids)
        if against:
            unknown = frozenset[RecordId]().union(*(unknown_to(one.value, ids) for one in against))
            edits = [row for one, row in known if one in unknown]
            taken = [_told(rows[one.revision], names, {"withdrawn": one.value.reason}) for one in against]
            found.append(_note(note, [*taken, *(_told(row, names, {"added": row.kind}) for row in edits)]))
    return found


def _note(note: str, accounts: list[QuestionAccount]) -> QuestionItem:
    return QuestionItem(
        kind=NOTE, record=note, fields=["withdrawn"], before={}, is_deletion=True, is_readable=True, barred=None,
        accounts=accounts,
    )  # fmt: skip


_parent = tables.parent.c
_SOME: sa.BindParameter[Any] = sa.bindparam("some", expanding=True, type_=tables.Id)
_SEVERAL = (
    sa.select(_parent.record)
    .join_from(tables.log, tables.parent, _parent.revision == tables.log.c.revision)
    .where(tables.log.c.assessment == PLACE, tables.BESIDE_NOTES, _parent.assessment == PLACE)
    .group_by(_parent.record)
    .having(sa.func.count(_parent.revision.distinct()) >= sa.func.count(_parent.parent.distinct()) + 1)
    .order_by(_parent.record)
)
"""With one more for the first revision, which names no parent and so stands in no row. Asked through the log, which has
an index for an assessment's records beside its notes: alone the links of all assessments would be read."""
_LATER = sa.select(_parent.revision).distinct().where(_parent.record.in_(_SOME), _parent.assessment == PLACE)
_ROWS = CONTENTS.where(tables.log.c.revision.in_(_SOME))
