"""What the office does about laptops: look, stop, report a lost one, renew, ask for a vault to be erased.

Each opens the store, does one thing in one transaction and closes it again, whether or not the server is running.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, device_tables, tables
from central.core import Core, find_device, lock_standing, open_core
from central.device_certificates import issue
from central.device_report import Stopped, Words, facts_of, lineage
from central.device_wiped import WIPED, checked, keep
from central.judge import ACTIVE, REVOKED, SUCCEEDED, KnownDevice
from central.settings import Settings
from fieldkit.domain.receipt import Signed
from fieldkit.domain.wiped import Wiped
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import is_id
from fieldkit.reports.lost_laptop import LostLaptop

MOST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """One enrolled laptop. ``goes_on`` names the ids that follow it: more than one are copies of one vault."""

    device: str
    person: str
    status: str
    enrolled_at: str
    seen_at: str
    valid_until: str
    is_expired: bool
    high: int
    told: int
    is_forked: bool
    goes_on: tuple[str, ...]
    follows: str
    erase_asked: str
    wiped_at: str


def laptops(settings: Settings, clock: Clock | None = None) -> tuple[Laptop, ...]:
    """Every laptop, by person. Raises ``Trouble('central.no_store')``."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        rows = connection.execute(_LAPTOPS).all()
        after: dict[str, list[str]] = {}
        for row in rows:
            if row.predecessor:
                after.setdefault(str(row.predecessor), []).append(str(row.id))
        now = core.stamp()
        return tuple(
            Laptop(
                device=str(row.id), person=row.person, status=row.status, enrolled_at=row.enrolled_at,
                seen_at=row.seen_at, valid_until=row.valid_until or "",
                is_expired=bool(row.grace_until and row.grace_until <= now), high=row.high or 0, told=row.head or 0,
                is_forked=bool(row.forked), goes_on=tuple(after.get(str(row.id), ())),
                follows=str(row.predecessor or ""), erase_asked=row.asked_at or "", wiped_at=row.wiped_at or "",
            )
            for row in rows
        )  # fmt: skip


def report(settings: Settings, device: str, words_of: Words, clock: Clock | None = None) -> LostLaptop:
    """What is known of a laptop, changing nothing. Raises ``Mistake('central.device')``."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        known(connection, device)
        return facts_of(core, connection, device, _stopped(connection, device), words_of)


def lost(
    settings: Settings, device: str, words_of: Words, *, by: str = "", reason: str = "", clock: Clock | None = None
) -> LostLaptop:
    """Stop a lost laptop under every id it goes by, and say what it held. Raises ``Mistake('central.device')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        known(connection, device)
        for one in lineage(connection, device):
            _stop(connection, one)
        who = note_event(core, connection, device, "lost", by, reason)
        found = facts_of(core, connection, device, Stopped(by=who, reason=reason.strip()), words_of)
        audit.note(core, connection, "laptop.lost", device, actor=by.strip(), reason=reason.strip()[:MOST_REASON])
        return found


def stop(settings: Settings, device: str, *, by: str = "", reason: str = "", clock: Clock | None = None) -> None:
    """End a laptop's right to read; what it still sends waits in the inbox. Raises ``Mistake('central.device')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)  # a push that is being kept right now comes before or after, never half
        known(connection, device)
        _stop(connection, device)
        note_event(core, connection, device, "revoked", by, reason)
        audit.note(core, connection, "laptop.revoked", device, actor=by.strip())


def renew(settings: Settings, device: str, *, by: str = "", reason: str = "", clock: Clock | None = None) -> str:
    """A new certificate for a laptop that was away for too long; until when it holds.

    It may read again from its next hello on. What it sent in between stays in the inbox for a decision.
    Raises ``Mistake('central.device' | 'central.device_stopped')``.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        found = known(connection, device)
        if found.status == REVOKED:
            raise Mistake("central.device_stopped", field="device", device=device)
        issue(core, connection, found)
        note_event(core, connection, device, "renewed", by, reason)
        audit.note(core, connection, "laptop.renewed", device, actor=by.strip())
        table = device_tables.device_certificate.c
        return str(connection.execute(sa.select(table.valid_until).where(table.device == device)).scalar_one())


def ask_to_erase(settings: Settings, device: str, *, by: str = "", reason: str, clock: Clock | None = None) -> None:
    """Ask for a vault to be erased once all of it is handed in; its person is told who asks and why.

    Raises ``Mistake('central.device' | 'central.no_reason')``.
    """
    if not reason.strip():
        raise Mistake("central.no_reason", field="reason")
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        known(connection, device)
        who = note_event(core, connection, device, "erase_asked", by, reason)
        row = {"device": device, "at": core.stamp(), "by": who, "reason": reason.strip()[:MOST_REASON]}
        core.database.upsert(connection, device_tables.device_ask, [row])
        audit.note(core, connection, "laptop.erase_asked", device, actor=by.strip())


def take_back_erase(settings: Settings, device: str, *, by: str = "", clock: Clock | None = None) -> bool:
    """Ask no more; whether it was asked. Raises ``Mistake('central.device')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        known(connection, device)
        table = device_tables.device_ask
        was_asked = bool(connection.execute(table.delete().where(table.c.device == device)).rowcount)
        if was_asked:
            note_event(core, connection, device, "erase_taken_back", by, "")
            audit.note(core, connection, "laptop.erase_taken_back", device, actor=by.strip())
        return was_asked


def take_wiped(settings: Settings, signed: Signed, clock: Clock | None = None) -> tuple[Wiped, bool]:
    """Check and keep a statement of an erased vault that came as a file; and whether it was new.

    Raises ``Refusal('central.wiped')``.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        statement = checked(core, connection, signed)
        return statement, keep(core, connection, statement, signed)


def known(connection: Connection, device: str) -> KnownDevice:
    """The enrolled laptop with this id. Raises ``Mistake('central.device')``."""
    found = find_device(connection, device) if is_id(device) else None
    if found is None:
        raise Mistake("central.device", field="device", device=device)
    return found


def note_event(core: Core, connection: Connection, device: str, event: str, by: str, reason: str) -> str:
    """Keep what a person decided about a laptop; who that was."""
    who = by.strip() or audit.at_the_server()
    row = {"device": device, "at": core.stamp(), "event": event, "by": who, "reason": reason.strip()[:MOST_REASON]}
    connection.execute(device_tables.device_event.insert(), row)
    return who


def _stop(connection: Connection, device: str) -> None:
    table = tables.device
    may_read = table.c.status.in_((ACTIVE, SUCCEEDED))
    connection.execute(table.update().where(table.c.id == device, may_read).values(status=REVOKED))


def _stopped(connection: Connection, device: str) -> Stopped:
    row = connection.execute(_EVENT, {"device": device}).first()
    return Stopped(by=row.by if row else "", reason=row.reason if row else "")


_device, _event = tables.device.c, device_tables.device_event.c
_certificate, _said, _ask = (
    device_tables.device_certificate, device_tables.device_said, device_tables.device_ask,
)  # fmt: skip
_LAPTOPS = (
    sa.select(
        _device.id, tables.user.c.name.label("person"), _device.status, _device.predecessor, _device.enrolled_at,
        _device.seen_at, _certificate.c.valid_until, _certificate.c.grace_until, tables.chain.c.high,
        tables.chain.c.forked, _said.c.head, _ask.c.at.label("asked_at"), WIPED.c.wiped_at,
    )
    .join_from(tables.device, tables.user, _device.user == tables.user.c.id)
    .outerjoin(tables.chain, tables.chain.c.device == _device.id)
    .outerjoin(_certificate, _certificate.c.device == _device.id)
    .outerjoin(_said, _said.c.device == _device.id)
    .outerjoin(_ask, _ask.c.device == _device.id)
    .outerjoin(WIPED, WIPED.c.device == _device.id)
    .order_by(tables.user.c.name, _device.enrolled_at, _device.id)
)  # fmt: skip
_EVENT = (
    sa.select(_event.by, _event.reason)
    .where(_event.device == sa.bindparam("device"), _event.event.in_(("lost", "revoked")))
    .order_by(_event.id.desc())
    .limit(1)
)
