"""The intake inbox: what the store holds and keeps from the team until a person has decided.

Nothing that is handed in is refused or thrown away: work of a revoked laptop, of one whose certificate is over, of
somebody who is not on the team, for an assessment that was closed. It lies in the log byte for byte as it came, its
author sees that it waits and why, and somebody of the office accepts it or sets it aside with a reason. A decision is
a line of its own; a later one may differ, and none is ever changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, device_tables, tables
from central.core import Core, lock_standing, open_core
from central.release import release
from central.settings import Settings
from central.sql import among, listed
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake

ACCEPTED, SET_ASIDE = "accepted", "set_aside"

DECIDABLE = frozenset({"device_revoked", "certificate_expired", "not_member", "case_closed"})
"""Reasons that a person may overrule. The others are no question of rights: nobody can check the signature of a laptop
that is not enrolled, and a team-mate's laptop would not believe a name that is not its signer's."""

MOST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One revision in the inbox. ``decision`` is empty while it waits for one, else ``set_aside``.

    ``size`` is the bytes of its content; 0 where only its envelope came.
    """

    seq: int
    code: str
    person: str
    device: str
    assessment: str
    kind: str
    record: str
    received_at: str
    size: int
    decision: str = ""
    reason: str = ""
    by: str = ""
    decided_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One of them with its exact bytes."""

    row: Waiting
    hash: str
    envelope: bytes
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What became of the numbers: those decided now, and those that could not be, each with why."""

    done: tuple[int, ...]
    left: tuple[tuple[int, str], ...]


def listing(settings: Settings, *, also_set_aside: bool = False, clock: Clock | None = None) -> tuple[Waiting, ...]:
    """The inbox, oldest first. Raises ``Trouble('central.no_store')``."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        return tuple(read_inbox(connection, also_set_aside=also_set_aside))


def show(settings: Settings, seq: int, clock: Clock | None = None) -> Shown:
    """One of them, whole; that it was looked at is on record. Raises ``Mistake('central.not_waiting')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        found = next((row for row in read_inbox(connection, also_set_aside=True) if row.seq == seq), None)
        if found is None:
            raise Mistake("central.not_waiting", field="number", number=seq)
        row = connection.execute(_BYTES, {"seq": seq}).one()
        audit.note(core, connection, "intake.shown", found.record, number=seq)
    return Shown(row=found, hash=row.hash.hex(), envelope=row.envelope, content=row.content)


def accept(
    settings: Settings, numbers: Sequence[int], *, by: str = "", reason: str = "", clock: Clock | None = None
) -> Decided:
    """Let these in for the team, with new receipts for whoever sent them. What cannot be waits on, unchanged."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        return accept_within(core, connection, numbers, by=by, reason=reason)


def set_aside(
    settings: Settings, numbers: Sequence[int], *, by: str = "", reason: str, clock: Clock | None = None
) -> Decided:
    """Keep these from the team for good, or until somebody decides otherwise; they stay in the log as they came.

    Raises ``Mistake('central.no_reason')``: the author reads it.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        return set_aside_within(core, connection, numbers, by=by, reason=reason)


def accept_within(core: Core, connection: Connection, numbers: Sequence[int], *, by: str, reason: str) -> Decided:
    """``accept`` in the caller's transaction."""
    lock_standing(connection)
    found = _asked(connection, numbers)
    fit = [row.seq for row in found.values() if row.code in DECIDABLE]
    done = release(core, connection, fit, pardoned=DECIDABLE)
    left = [(seq, "not_waiting") for seq in numbers if seq not in found]
    left += [(row.seq, row.code) for row in found.values() if row.seq not in done]
    _write(core, connection, [found[seq] for seq in done], ACCEPTED, by, reason)
    return Decided(done=tuple(done), left=tuple(sorted(left)))


def set_aside_within(core: Core, connection: Connection, numbers: Sequence[int], *, by: str, reason: str) -> Decided:
    """``set_aside`` in the caller's transaction."""
    if not reason.strip():
        raise Mistake("central.no_reason", field="reason")
    lock_standing(connection)
    found = _asked(connection, numbers)
    _write(core, connection, list(found.values()), SET_ASIDE, by, reason)
    left = tuple((seq, "not_waiting") for seq in numbers if seq not in found)
    return Decided(done=tuple(sorted(found)), left=left)


def read_inbox(connection: Connection, *, also_set_aside: bool = False) -> list[Waiting]:
    """What is in the inbox, oldest first."""
    found = [
        Waiting(
            seq=row.seq, code=row.code, person=row.person, device=str(row.device), assessment=str(row.assessment),
            kind=row.kind, record=str(row.record), received_at=row.received_at, size=row.size,
            decision=row.decision or "", reason=row.reason or "", by=row.by or "", decided_at=row.decided_at or "",
        )
        for row in connection.execute(_INBOX)
    ]  # fmt: skip
    return [row for row in found if also_set_aside or not row.decision]


def _asked(connection: Connection, numbers: Sequence[int]) -> dict[int, Waiting]:
    wanted = set(numbers)
    return {row.seq: row for row in read_inbox(connection, also_set_aside=True) if row.seq in wanted}


def _write(core: Core, connection: Connection, rows: Sequence[Waiting], decision: str, by: str, reason: str) -> None:
    if not rows:
        return
    who, why, now = by.strip() or audit.at_the_server(), reason.strip()[:MOST_REASON], core.stamp()
    number = connection.execute(_LAST).scalar() or 0
    people = {row.seq: row for row in connection.execute(_WHOSE, {"numbers": listed(row.seq for row in rows)})}
    lines = [
        {
            "number": number + place, "seq": row.seq, "revision": people[row.seq].revision,
            "user": people[row.seq].user, "decision": decision, "reason": why, "by": who, "at": now,
        }
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    connection.execute(device_tables.intake_decision.insert(), lines)
    audit.note(core, connection, f"intake.{decision}", "", actor=by.strip(), numbers=[row.seq for row in rows])


_log, _quarantine, _device = tables.log.c, tables.quarantine.c, tables.device.c
_decided = device_tables.intake_decision.c
_LAST_OF_ROW = sa.select(_decided.seq, sa.func.max(_decided.number).label("number")).group_by(_decided.seq).subquery()
_INBOX = (
    sa.select(
        _quarantine.seq, _quarantine.code, tables.user.c.name.label("person"), _quarantine.sender.label("device"),
        _log.assessment, _log.kind, _log.record, _log.received_at,
        sa.func.coalesce(sa.func.length(_log.content), 0).label("size"),
        _decided.decision, _decided.reason, _decided.by, _decided.at.label("decided_at"),
    )
    .join_from(tables.quarantine, tables.log, _quarantine.seq == _log.seq)
    .join(tables.device, _device.id == _quarantine.sender)
    .join(tables.user, tables.user.c.id == _device.user)
    .outerjoin(_LAST_OF_ROW, _LAST_OF_ROW.c.seq == _quarantine.seq)
    .outerjoin(device_tables.intake_decision, _decided.number == _LAST_OF_ROW.c.number)
    .where(_quarantine.released_as.is_(None))
    .order_by(_quarantine.seq)
)  # fmt: skip
_BYTES = sa.select(_log.hash, _log.envelope, _log.content).where(_log.seq == sa.bindparam("seq"))
_LAST = sa.select(sa.func.max(_decided.number))
_WHOSE = (
    sa.select(_quarantine.seq, _log.revision, _device.user)
    .join_from(tables.quarantine, tables.log, _quarantine.seq == _log.seq)
    .join(tables.device, _device.id == _quarantine.sender)
    .where(among(_quarantine.seq, "numbers", "bigint"))
)
