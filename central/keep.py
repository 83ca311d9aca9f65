"""Keeping one group of revisions: judged, numbered, chained, signed for and committed in one transaction.

The store's row is locked first and held to the commit. Whoever numbers next therefore sees everything that was
numbered before, and a reader never meets number 7 before number 6.
"""

from __future__ import annotations

from collections.abc import Set

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import alarms, restricting, tables
from central.chains import advance
from central.core import Core, lock_standing
from central.items import Item
from central.judge import COLLISION, DISTRIBUTED, QUARANTINED, Facts, Held, Judge, KnownDevice, Link, Verdict
from central.members import add_members
from central.numbering import Numbered, Numbering, said_anew
from central.sql import among, listed
from central.taking import against
from central.webhooks import note as note_urgent
from fieldkit.domain.receipt import Signed, Witness


def keep_group(core: Core, sender: KnownDevice, items: list[Item]) -> list[Signed]:
    """Keep ``items`` (checked) in one transaction and return every sheet that answers one of them."""
    with core.database.write() as connection:
        return keep_within(core, connection, sender, items)


def keep_within(
    core: Core, connection: Connection, sender: KnownDevice, items: list[Item], pardoned: Set[str] = frozenset()
) -> list[Signed]:
    """``keep_group`` inside a transaction that the caller commits; ``pardoned`` reasons set nothing aside."""
    before = lock_standing(connection)
    facts = _facts(connection, sender, items, pardoned, core.stamp())
    judge = Judge(facts)
    for item in items:
        judge.judge(item)
    judged = judge.result
    answers = _sheets(core, connection, before.epoch, judged.sheets)
    if judged.verdicts:
        now = core.stamp()
        numbering = Numbering(core, before, facts.sender, judged.verdicts, now)
        core.database.insert(connection, tables.log, numbering.log_rows(), len(judged.verdicts))
        _write(core, connection, numbering.rows)
        _write_sheets(core, connection, before, facts.sender, numbering)
        for assessment, user in judged.leads:
            add_members(connection, [assessment], user, "lead", now)
        _keep_in_step(core, connection, facts, numbering.rows, now)
        note_urgent(core, connection, _urgent(numbering.rows))
        restricting.keep_in_step(connection, numbering.rows)
        answers += numbering.signed
    return answers


def _facts(connection: Connection, sender: KnownDevice, items: list[Item], pardoned: Set[str], now: str) -> Facts:
    records = {item.record for item in items}
    is_expired, closed = against(connection, sender.id, {item.assessment for item in items}, now)
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
        is_expired=is_expired,
        closed=closed,
    )


def _write(core: Core, connection: Connection, rows: list[Numbered]) -> None:
    """What is computed from each of the log's rows alone; then the store's row says where the log stands."""
    links = [link for row in rows for link in _links(row.verdict)]
    core.database.insert(connection, tables.parent, links, len(links))
    connection.execute(_ADVANCE, {"number": rows[-1].seq, "chain": rows[-1].chain})
    news: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.verdict.outcome in DISTRIBUTED:
            news[row.verdict.item.assessment, row.verdict.item.device] = row.seq
    feed = [{"assessment": place, "device": device, "last": last} for (place, device), last in news.items()]
    core.database.upsert(connection, tables.feed, feed)


def _write_sheets(
    core: Core, connection: Connection, before: Witness, sender: KnownDevice, numbering: Numbering
) -> None:
    rows = numbering.rows
    places = {row.sheet: row.verdict.item.assessment for row in rows}
    sheets = [
        (number, sender.id, sender.user, place, before.epoch, page.data, page.signature)
        for (number, place), page in zip(places.items(), numbering.signed, strict=True)
    ]
    core.database.insert(connection, tables.sheet, sheets, len(sheets))
    aside = [(row.seq, row.verdict.code, sender.id, None, None) for row in rows if row.verdict.outcome == QUARANTINED]
    core.database.insert(connection, tables.quarantine, aside, len(aside))


def _links(verdict: Verdict) -> list[Link]:
    """The parents of a revision that the team sees for the first time; what waits aside shapes no heads."""
    item = verdict.item
    if not verdict.grows:
        return []
    return [Link(item.id, parent, item.record, item.assessment) for parent in dict.fromkeys(item.parents)]


def _urgent(rows: list[Numbered]) -> list[tuple[str, str, int]]:
    """What is urgent and new of these: id, assessment and number. What waits aside counts too: somebody is at risk."""
    found = [row for row in rows if row.verdict.is_new and _URGENT in row.verdict.item.envelope]
    return [(row.verdict.item.id, row.verdict.item.assessment, row.seq) for row in found]


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


def _sheets(core: Core, connection: Connection, epoch: str, numbers: list[int]) -> list[Signed]:
    """The sheets that answer duplicates, each as the store of this epoch says it."""
    if not numbers:
        return []
    rows = connection.execute(_SHEETS, {"numbers": listed(numbers)})
    found = [(row.epoch, Signed(data=row.data, signature=row.signature)) for row in rows]
    return [sheet if told_in == epoch else said_anew(core, sheet, epoch) for told_in, sheet in found]


_URGENT = b'"priority":0,'
"""In an envelope, which is canonical JSON; no other of its values can hold these bytes."""
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
_SHEETS = (
    sa.select(_sheet.epoch, _sheet.data, _sheet.signature)
    .where(among(_sheet.id, "numbers", "bigint"))
    .order_by(_sheet.id)
)
_ADVANCE = tables.store.update().values(number=sa.bindparam("number"), chain=sa.bindparam("chain"))
