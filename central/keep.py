"""Keeping one group of revisions: judged, numbered, chained, signed for and committed in one transaction.

The store's row is locked first and held to the commit. Whoever numbers next therefore sees everything that was
numbered before, and a reader never meets number 7 before number 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import alarms, tables
from central.chains import advance
from central.core import Core, lock_standing
from central.items import Item
from central.judge import COLLISION, DISTRIBUTED, ERASED, QUARANTINED, Facts, Held, Judge, KnownDevice, Link, Verdict
from central.members import add_members
from central.sql import among, listed
from central.witnesses import mark
from fieldkit.domain.receipt import (
    SHEET_LINES,
    Outcome,
    ReceiptLine,
    ReceiptSheet,
    Signed,
    Witness,
    next_chain,
    sign_sheet,
)
from fieldkit.kernel.ids import DeviceId, RevisionId


class Numbered(NamedTuple):
    """A row of the log as it is about to be written."""

    seq: int
    sheet: int
    verdict: Verdict
    has_content: bool
    chain: str


def keep_group(core: Core, sender: KnownDevice, items: list[Item]) -> list[Signed]:
    """Keep ``items`` (checked) in one transaction and return every sheet that answers one of them."""
    with core.database.write() as connection:
        return keep_within(core, connection, sender, items)


def keep_within(
    core: Core, connection: Connection, sender: KnownDevice, items: list[Item], pardoned: Set[str] = frozenset()
) -> list[Signed]:
    """``keep_group`` inside a transaction that the caller commits; ``pardoned`` reasons set nothing aside."""
    before = lock_standing(connection)
    facts = _facts(connection, sender, items, pardoned)
    judge = Judge(facts)
    for item in items:
        judge.judge(item)
    judged = judge.result
    answers = _sheets(connection, judged.sheets)
    if judged.verdicts:
        now = core.stamp()
        rows, signed = _numbered(core, before, facts.sender, judged.verdicts, now)
        _write(core, connection, rows, now)
        _write_sheets(core, connection, before, facts.sender, rows, signed)
        for assessment, user in judged.leads:
            add_members(connection, [assessment], user, "lead", now)
        _keep_in_step(core, connection, facts, rows, now)
        answers += signed
    return answers


def _facts(connection: Connection, sender: KnownDevice, items: list[Item], pardoned: Set[str]) -> Facts:
    records = {item.record for item in items}
    asked = {
        "ids": listed(records.union(item.id for item in items)),
        "records": listed(records),
        "places": listed({item.assessment for item in items}),
        "devices": listed({sender.id, *(item.device for item in items)}),
    }
    devices: dict[str, KnownDevice] = {}
    team: dict[tuple[str, str], str] = {}
    assessments: set[str] = set()
    parents: list[Link] = []
    erased: set[str] = set()
    for what, *row in connection.execute(_STANDING, asked):
        if what == "device":
            devices[row[0]] = KnownDevice(*row)
        elif what == "member":
            team[row[0], row[1]] = row[4]
        elif what == "place":
            assessments.add(row[0])
        elif what == "parent":
            parents.append(Link(row[0], row[1], row[4], row[2]))
        else:
            erased.add(row[0])
    return Facts(
        sender=devices.get(sender.id, sender),
        devices=devices,
        team=team,
        assessments=assessments,
        erased=erased,
        held=[Held(row[0], row[1].hex(), *row[2:]) for row in connection.execute(_HELD, asked)],
        parents=parents,
        pardoned=pardoned,
    )


def _numbered(
    core: Core, before: Witness, sender: KnownDevice, verdicts: list[Verdict], now: str
) -> tuple[list[Numbered], list[Signed]]:
    """Number and chain the rows, and sign the sheets that tell of them."""
    number, chain = before.seq, before.chain
    rows: list[Numbered] = []
    signed: list[Signed] = []
    for page in _sheetfuls(verdicts):
        first, opened, lines = number + 1, chain, []
        for verdict in page:
            item = verdict.item
            number += 1
            has_content = item.content is not None and verdict.outcome != ERASED
            chain = next_chain(chain, item.id, item.hash, has_content)
            rows.append(Numbered(number, first, verdict, has_content, chain))
            lines.append(_line(rows[-1]))
        sheet = ReceiptSheet(
            store=core.store, epoch=before.epoch, device=DeviceId(sender.id), received_at=now, before=opened,
            chain=chain, lines=tuple(lines), proof=mark(core, before.epoch, number, chain),
        )  # fmt: skip
        signed.append(sign_sheet(sheet, core.key))
    return rows, signed


def _sheetfuls(verdicts: list[Verdict]) -> Iterator[list[Verdict]]:
    """What goes on one sheet: of one assessment only, so that none tells of another's, and not too much."""
    for _, group in groupby(sorted(verdicts, key=_place), key=_place):
        part = list(group)
        for start in range(0, len(part), SHEET_LINES):
            yield part[start : start + SHEET_LINES]


def _line(row: Numbered) -> ReceiptLine:
    item = row.verdict.item
    return ReceiptLine(
        revision=RevisionId(item.id), hash=item.hash, seq=row.seq, outcome=_MEMBERS[row.verdict.outcome],
        has_content=row.has_content, code=row.verdict.code,
    )  # fmt: skip


def _write(core: Core, connection: Connection, rows: list[Numbered], now: str) -> None:
    """The log's rows and what is computed from each alone; then the store's row says where the log stands."""
    insert = core.database.insert
    insert(connection, tables.log, [_log_row(row, now) for row in rows])
    insert(connection, tables.parent, [link for row in rows for link in _links(row.verdict)])
    connection.execute(_ADVANCE, {"number": rows[-1].seq, "chain": rows[-1].chain})
    news: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.verdict.outcome in DISTRIBUTED:
            news[row.verdict.item.assessment, row.verdict.item.device] = row.seq
    feed = [{"assessment": place, "device": device, "last": last} for (place, device), last in news.items()]
    core.database.upsert(connection, tables.feed, feed)


def _write_sheets(
    core: Core, connection: Connection, before: Witness, sender: KnownDevice, rows: list[Numbered], signed: list[Signed]
) -> None:
    places = {row.sheet: row.verdict.item.assessment for row in rows}
    sheets = [
        (number, sender.id, sender.user, place, before.epoch, page.data, page.signature)
        for (number, place), page in zip(places.items(), signed, strict=True)
    ]
    core.database.insert(connection, tables.sheet, sheets)
    aside = [(row.seq, row.verdict.code, sender.id, None, None) for row in rows if row.verdict.outcome == QUARANTINED]
    core.database.insert(connection, tables.quarantine, aside)


def _log_row(row: Numbered, now: str) -> tuple[object, ...]:
    item, has = row.verdict.item, row.has_content
    return (
        row.seq, row.sheet, item.id, "c" if has else "e", row.verdict.outcome, row.verdict.code, item.assessment,
        item.kind, item.record, item.device, item.seq, item.author, now, bytes.fromhex(item.hash),
        bytes.fromhex(row.chain), item.envelope, item.signature, item.salt if has else None,
        item.content if has else None,
    )  # fmt: skip


def _links(verdict: Verdict) -> list[Link]:
    """The parents of a revision that the team sees for the first time; what waits aside shapes no heads."""
    item = verdict.item
    if not verdict.grows:
        return []
    return [Link(item.id, parent, item.record, item.assessment) for parent in dict.fromkeys(item.parents)]


def _keep_in_step(core: Core, connection: Connection, facts: Facts, rows: list[Numbered], now: str) -> None:
    """Bring the devices' chains up to date and tell the office what it should know."""
    by_device: dict[str, list[Verdict]] = {}
    for row in rows:
        by_device.setdefault(row.verdict.item.device, []).append(row.verdict)
        if row.verdict.outcome == COLLISION:
            alarms.raise_alarm(connection, now, alarms.COLLISION, row.verdict.item.device, row.verdict.item.id)
    if any(row.verdict.code == "device_revoked" for row in rows):
        alarms.raise_alarm(connection, now, alarms.REVOKED_WORK, facts.sender.id, "")
    for device, verdicts in by_device.items():
        if device in facts.devices:
            fresh = [verdict.item for verdict in verdicts if verdict.is_new]
            contents = sum(verdict.adds_content for verdict in verdicts)
            if advance(core.database, connection, device, fresh, contents).forked:
                alarms.raise_alarm(connection, now, alarms.FORK, device, "")


def _sheets(connection: Connection, numbers: list[int]) -> list[Signed]:
    if not numbers:
        return []
    rows = connection.execute(_SHEETS, {"numbers": listed(numbers)})
    return [Signed(data=row.data, signature=row.signature) for row in rows]


def _place(verdict: Verdict) -> str:
    return verdict.item.assessment


_MEMBERS = {outcome.value: outcome for outcome in Outcome}
_log, _sheet = tables.log.c, tables.sheet.c
_device, _member, _parent, _feed = tables.device.c, tables.member.c, tables.parent.c, tables.feed.c
_NO_ID, _NO_KEY = sa.null().cast(tables.Id), sa.null().cast(sa.LargeBinary)
_STANDING = sa.union_all(
    sa.select(sa.literal("device"), _device.id, _device.user, _device.author, _device.key, _device.status).where(
        among(_device.id, "devices")
    ),
    sa.select(sa.literal("member"), _member.assessment, _member.user, _NO_ID, _NO_KEY, _member.role).where(
        among(_member.assessment, "places")
    ),
    sa.select(sa.literal("place"), _feed.assessment, _NO_ID, _NO_ID, _NO_KEY, sa.literal("")).where(
        among(_feed.assessment, "places")
    ),
    sa.select(sa.literal("erased"), tables.erasure.c.revision, _NO_ID, _NO_ID, _NO_KEY, sa.literal("")).where(
        among(tables.erasure.c.revision, "ids")
    ),
    sa.select(
        sa.literal("parent"),
        _parent.revision,
        _parent.parent,
        _parent.assessment,
        _NO_KEY,
        _parent.record.cast(sa.Text),
    ).where(among(_parent.record, "records")),
)
"""Devices, teams, assessments, erasures and known parents that bear on a group, in one question."""
_HELD = (
    sa.select(
        _log.revision, _log.hash, _log.part, _log.outcome, _log.code, _log.record, _log.assessment, _log.sheet,
        _sheet.user,
    )
    .join_from(tables.log, tables.sheet, _log.sheet == _sheet.id)
    .where(among(_log.revision, "ids"))
)  # fmt: skip
"""What is held of the revisions at hand and of their records' first ones (which give a record its id)."""
_SHEETS = sa.select(_sheet.data, _sheet.signature).where(among(_sheet.id, "numbers", "bigint")).order_by(_sheet.id)
_ADVANCE = tables.store.update().values(number=sa.bindparam("number"), chain=sa.bindparam("chain"))
