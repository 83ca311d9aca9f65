"""The store as its office sees it: assessments, people, laptops, what waits and what went wrong."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables, tally
from central.core import open_core, standing
from central.device_wiped import WIPED
from central.reading import assessments
from central.settings import Settings
from fieldkit.domain.receipt import Witness
from fieldkit.kernel.signing import fingerprint
from sync.wire.reading import AssessmentItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody the office invited. ``teams`` maps assessment ids to the role there."""

    user: str
    name: str
    teams: dict[str, str]
    devices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """One enrolled device and what the store holds of it, whole up to ``high``; ``fingerprint`` names its key.

    ``wiped_at``: when its vault was erased, by its own signed statement; empty while it is in use.
    """

    device: str
    person: str
    status: str
    enrolled_at: str
    seen_at: str
    high: int
    contents: int
    is_forked: bool
    fingerprint: tuple[int, ...]
    wiped_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A revision kept apart: ``seq`` names it for ``release``."""

    seq: int
    code: str
    person: str
    assessment: str
    kind: str
    received_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """Something the office should know; ``kind`` is one of ``central.alarms``."""

    at: str
    kind: str
    device: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything ``fieldkit central show`` tells. ``witness`` is worth printing beside every backup."""

    office: str
    store: str
    fingerprint: tuple[int, ...]
    made_at: str
    witness: Witness
    revisions: int
    assessments: tuple[AssessmentItem, ...]
    people: tuple[Person, ...]
    laptops: tuple[Laptop, ...]
    waiting: tuple[Waiting, ...]
    alarms: tuple[Alarm, ...]
    open_codes: int


def show(settings: Settings) -> Overview:
    """Look at a store. Raises ``Trouble('central.no_store')``."""
    with closing(open_core(settings)) as core:
        teams = assessments(core, None).assessments
        with core.database.read() as connection:
            made_at = connection.execute(sa.select(tables.store.c.made_at)).scalar_one()
            open_codes = connection.execute(_OPEN_CODES, {"now": core.stamp()}).scalar_one()
            return Overview(
                office=core.office, store=core.store, fingerprint=fingerprint(core.key.public), made_at=made_at,
                witness=standing(connection), revisions=tally.everything(connection),
                assessments=tuple(teams), people=_people(connection), laptops=_laptops(connection),
                waiting=_waiting(connection), alarms=_alarms(connection), open_codes=open_codes,
            )  # fmt: skip


def members(settings: Settings) -> tuple[Person, ...]:
    """The people of a store, by name. Raises ``Trouble('central.no_store')``."""
    with closing(open_core(settings)) as core, core.database.read() as connection:
        return _people(connection)


def _people(connection: Connection) -> tuple[Person, ...]:
    devices: dict[str, int] = {row[0]: row[1] for row in connection.execute(_DEVICE_COUNTS)}
    teams: dict[str, dict[str, str]] = {}
    for row in connection.execute(sa.select(tables.member)):
        teams.setdefault(row.user, {})[row.assessment] = row.role
    people = connection.execute(sa.select(tables.user).order_by(tables.user.c.name))
    return tuple(
        Person(user=row.id, name=row.name, teams=teams.get(row.id, {}), devices=devices.get(row.id, 0))
        for row in people
    )


def _laptops(connection: Connection) -> tuple[Laptop, ...]:
    return tuple(
        Laptop(
            device=row.id, person=row.person, status=row.status, enrolled_at=row.enrolled_at, seen_at=row.seen_at,
            high=row.high or 0, contents=row.contents or 0, is_forked=bool(row.forked),
            fingerprint=fingerprint(row.key), wiped_at=row.wiped_at or "",
        )
        for row in connection.execute(_LAPTOPS)
    )  # fmt: skip


def _waiting(connection: Connection) -> tuple[Waiting, ...]:
    return tuple(Waiting(**row._mapping) for row in connection.execute(_WAITING))


def _alarms(connection: Connection) -> tuple[Alarm, ...]:
    rows = connection.execute(sa.select(tables.alarm).order_by(tables.alarm.c.id))
    return tuple(Alarm(at=row.at, kind=row.kind, device=row.device or "", details=row.details) for row in rows)


_device, _chain, _quarantine, _log = tables.device.c, tables.chain.c, tables.quarantine.c, tables.log.c
_DEVICE_COUNTS = sa.select(_device.user, sa.func.count()).group_by(_device.user)
_OPEN_CODES = sa.select(sa.func.count()).where(
    tables.invite.c.used_at.is_(None), tables.invite.c.expires_at > sa.bindparam("now")
)
_LAPTOPS = (
    sa.select(
        _device.id, tables.user.c.name.label("person"), _device.status, _device.enrolled_at, _device.seen_at,
        _device.key, _chain.high, _chain.contents, _chain.forked, WIPED.c.wiped_at,
    )
    .join_from(tables.device, tables.user, _device.user == tables.user.c.id)
    .join(tables.chain, _chain.device == _device.id, isouter=True)
    .join(WIPED, WIPED.c.device == _device.id, isouter=True)
    .order_by(tables.user.c.name, _device.enrolled_at, _device.id)
)  # fmt: skip
_WAITING = (
    sa.select(
        _quarantine.seq, _quarantine.code, tables.user.c.name.label("person"), _log.assessment, _log.kind,
        _log.received_at,
    )
    .join_from(tables.quarantine, tables.log, _quarantine.seq == _log.seq)
    .join(tables.device, _device.id == _quarantine.sender)
    .join(tables.user, tables.user.c.id == _device.user)
    .where(_quarantine.released_as.is_(None))
    .order_by(_quarantine.seq)
)  # fmt: skip
