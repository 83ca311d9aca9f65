"""Letting in what waits aside: judged again, numbered anew, with a receipt of its own for the laptop."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import device_tables, tables
from central.core import Core, find_device, find_devices, verify_key
from central.items import Item, genuine, read_item
from central.judge import KnownDevice
from central.keep import keep_within
from central.sql import among, listed
from fieldkit.domain.receipt import SHEET_LINES, Outcome, ReceiptSheet
from fieldkit.domain.revision import digest_of
from sync.wire.frames import WireRevision

NOBODY = ""
"""As the sender of what waits: every signature is checked by itself."""

PARDONABLE = frozenset({"device_revoked", "certificate_expired"})
"""What is let in by its number although it would be set aside again; everything else must judge well by itself."""


def waiting(connection: Connection, user: str, assessment: str) -> list[int]:
    """What a person's laptops sent of one assessment while the person was not on its team, and nobody set aside."""
    found = connection.execute(_WAITING, {"user": user, "place": assessment})
    return list(found.scalars())


def from_unknown(connection: Connection, device: str) -> list[int]:
    """What waits because this laptop was not enrolled yet when somebody brought it."""
    return list(connection.execute(_FROM_UNKNOWN, {"device": device}).scalars())


def release(core: Core, connection: Connection, numbers: Sequence[int], pardoned: Set[str] = PARDONABLE) -> list[int]:
    """Let in what can be let in; returns the numbers that were. The rest waits on, unchanged.

    ``pardoned`` are the reasons that a person overrules. Runs inside the caller's transaction, so people join a team
    and their work arrives at once.
    """
    released: list[int] = []
    rows = connection.execute(_ROWS, {"numbers": listed(numbers)}).all()
    for sender_id, group in groupby(rows, key=lambda row: str(row.sender)):
        sender = find_device(connection, sender_id)
        part = list(group)
        for start in range(0, len(part), SHEET_LINES):
            if sender is not None:
                released += _release_some(core, connection, sender, part[start : start + SHEET_LINES], pardoned)
    return released


def _release_some(
    core: Core, connection: Connection, sender: KnownDevice, rows: list[Any], pardoned: Set[str]
) -> list[int]:
    """One sender's rows, at most a sheet of them."""
    items = {row.seq: _item(row) for row in rows}
    devices = find_devices(connection, list({item.device for item in items.values()}))
    keys = {device.id: verify_key(core, device) for device in devices.values()}
    known = [item for item in items.values() if item.device in keys]
    whole = [item for item, holds in zip(known, genuine(known, keys, NOBODY), strict=True) if holds]
    sheets = keep_within(core, connection, sender, whole, pardoned=pardoned) if whole else []
    lines: dict[tuple[str, str], int] = {
        (line.revision, line.hash): line.seq
        for sheet in sheets
        for line in ReceiptSheet.from_bytes(sheet.data).lines
        if line.outcome is not Outcome.QUARANTINED
    }
    let_in = {seq: lines[item.id, item.hash] for seq, item in items.items() if (item.id, item.hash) in lines}
    now = core.stamp()
    for seq, new in let_in.items():
        change = tables.quarantine.update().where(tables.quarantine.c.seq == seq)
        connection.execute(change.values(released_as=new, released_at=now))
    return sorted(let_in)


def _item(row: Any) -> Item:
    wire = WireRevision(row.envelope, row.signature, row.salt, row.content)
    digest = digest_of(row.salt, row.content) if row.content is not None else ""
    return read_item(wire, row.hash.hex(), digest)


_log, _quarantine = tables.log.c, tables.quarantine.c
_NOT_DECIDED = ~sa.exists().where(device_tables.intake_decision.c.seq == _quarantine.seq)
_FROM_UNKNOWN = (
    sa.select(_quarantine.seq)
    .join_from(tables.quarantine, tables.log, _quarantine.seq == _log.seq)
    .where(
        _quarantine.code == "device_unknown",
        _quarantine.released_as.is_(None),
        _log.device == sa.bindparam("device"),
        _NOT_DECIDED,
    )
    .order_by(_quarantine.seq)
)
_WAITING = (
    sa.select(_quarantine.seq)
    .join_from(tables.quarantine, tables.log, _quarantine.seq == _log.seq)
    .join(tables.device, tables.device.c.id == _quarantine.sender)
    .where(
        _quarantine.code == "not_member",
        _quarantine.released_as.is_(None),
        _NOT_DECIDED,
        _log.assessment == sa.bindparam("place"),
        tables.device.c.user == sa.bindparam("user"),
    )
    .order_by(_quarantine.seq)
)
_ROWS = (
    sa.select(
        _quarantine.seq, _quarantine.sender, _log.envelope, _log.signature, _log.salt, _log.content, _log.hash,
        _log.device, _log.device_seq,
    )
    .join_from(tables.quarantine, tables.log, _quarantine.seq == _log.seq)
    .where(among(_quarantine.seq, "numbers", "bigint"), _quarantine.released_as.is_(None))
    .order_by(_quarantine.sender, _log.device, _log.device_seq, _quarantine.seq)
)  # fmt: skip
