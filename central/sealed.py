"""The sealed mailbox: hand-overs of restricted disclosures wait here for whoever holds the speaking-up role.

The store holds ciphertext for a key, and the day. It keeps nothing of who brought it: no device, no person, no
address, no hour. It can be taken away only by somebody who holds the role and gave that very key.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.alarms import FILLING, raise_alarm
from central.core import Core
from central.judge import KnownDevice
from fieldkit.kernel.errors import FieldKitError, Refusal
from fieldkit.kernel.ids import is_id
from sync.wire.messages import Done
from sync.wire.requests import from_base64, to_base64
from sync.wire.sealed import (
    LARGEST_SEALED,
    HolderModel,
    HoldersReply,
    KeyRequest,
    SealedItem,
    SealedList,
    SealRequest,
    TakenReply,
    holders_message,
    taken_message,
)

SPEAKING_UP = "speaking_up"
MOST_WAITING = 500
"""For one key: more than a year of them, and a stranger inside cannot fill the disk."""
KEPT_FOR_THE_REST = 100
"""Of these the last places, which only those may take who left little that day: nobody shuts the others out alone."""
_GIVEN_AT_ONCE = 16 * 2**20


def holders(core: Core, device: KnownDevice) -> HoldersReply:
    """Who holds the role and gave a key."""
    with core.database.read() as connection:
        rows = connection.execute(_HOLDERS).all()
    body: dict[str, Any] = {
        "store": core.store, "device": device.id, "day": _today(core),
        "holders": [{"name": row.name, "public": row.public.hex()} for row in rows],
    }  # fmt: skip
    proof = to_base64(core.key.sign(holders_message(body)))
    return HoldersReply(**{**body, "holders": [HolderModel(**one) for one in body["holders"]]}, proof=proof)


def keep_key(core: Core, device: KnownDevice, request: KeyRequest) -> Done:
    """The asker's key, in the place of an earlier one. Raises ``Refusal('central.not_holder')``."""
    public, table = bytes.fromhex(request.public), tables.sealed_key
    with core.database.write() as connection:
        _check_holds(connection, device.user)
        other = sa.select(table.c.user).where(table.c.public == public, table.c.user != device.user)
        if connection.execute(other).first() is not None:  # else one could take away what waits for another
            raise Refusal("central.not_holder")
        connection.execute(table.delete().where(table.c.user == device.user))
        connection.execute(table.insert().values(user=device.user, public=public))
    return Done()


def take(core: Core, device: KnownDevice, request: SealRequest) -> TakenReply:
    """Take something in. The same bytes again change nothing: the first receipt may have been lost.

    Whoever leaves many finds the mailbox shut before anybody else does (``central.pace``), and the office is told when
    one fills. Raises ``Refusal`` with ``central.malformed``, ``central.too_many_sealed``, ``central.no_such_holder`` or
    ``central.sealed_full``.
    """
    public, data = bytes.fromhex(request.to), _bytes(request.sealed)
    digest = hashlib.sha256(data).digest()
    with core.database.write() as connection:
        _check_known(connection, public)
        count = connection.execute(_COUNT, {"public": public}).scalar_one()
        nearly = count >= MOST_WAITING - KEPT_FOR_THE_REST
        if not core.sealing.allows(device.user, _today(core), is_nearly_full=nearly):
            raise Refusal("central.too_many_sealed")
        kept = connection.execute(_KEPT, {"public": public, "digest": digest}).scalar()
        day = kept or _today(core)
        if kept is None:
            if count >= MOST_WAITING:
                raise Refusal("central.sealed_full")
            row = {"id": str(uuid.uuid4()), "public": public, "day": day, "digest": digest, "data": data}
            connection.execute(tables.sealed.insert(), row)
            if nearly:  # with the day alone, like everything here
                raise_alarm(connection, f"{day}T00:00:00.000Z", FILLING, None, request.to[:16])
    body = {"store": core.store, "to": request.to, "digest": digest.hex(), "day": day}
    return TakenReply(**body, proof=to_base64(core.key.sign(taken_message(body))))


def waiting(core: Core, device: KnownDevice) -> SealedList:
    """What waits for the asker, the shortest first. Raises ``Refusal('central.not_holder')``.

    What cannot be opened is never taken away: long rubbish before a hand-over would keep it from its reader for ever.
    All ``MOST_WAITING`` of the length of a usual hand-over fit into one answer.
    """
    items, room = list[SealedItem](), _GIVEN_AT_ONCE
    with core.database.read() as connection:
        _check_holds(connection, device.user)
        ids = list(connection.execute(_WAITING, {"user": device.user}).all())
        for row in ids:
            if items and row.size > room:
                break
            room -= row.size
            data = connection.execute(_DATA, {"id": row.id}).scalar_one()
            items.append(SealedItem(id=str(row.id), day=row.day, sealed=to_base64(data)))
    return SealedList(items=items, more=len(items) < len(ids))


def drop(core: Core, device: KnownDevice, name: str) -> Done:
    """Destroy one that its reader keeps elsewhere. Raises ``Refusal('central.not_holder' | 'central.not_found')``."""
    with core.database.write() as connection:
        _check_holds(connection, device.user)
        mine = sa.select(tables.sealed_key.c.public).where(tables.sealed_key.c.user == device.user)
        table = tables.sealed
        wanted = (table.c.id == name, table.c.public.in_(mine))
        if not is_id(name) or not connection.execute(table.delete().where(*wanted)).rowcount:
            raise Refusal("central.not_found")
    return Done()


def _check_holds(connection: Connection, user: str) -> None:
    if connection.execute(_HOLDS, {"user": user}).first() is None:
        raise Refusal("central.not_holder")


def _check_known(connection: Connection, public: bytes) -> None:
    """Raises ``Refusal('central.no_such_holder')``: it would wait for nobody."""
    if all(row.public != public for row in connection.execute(_HOLDERS)):
        raise Refusal("central.no_such_holder")


def _bytes(text: str) -> bytes:
    try:
        data = from_base64(text)
    except FieldKitError as error:
        raise Refusal("central.malformed", reason="sealed: not base64") from error
    if len(data) > LARGEST_SEALED:
        raise Refusal("central.too_large", largest=LARGEST_SEALED)
    return data


def _today(core: Core) -> str:
    return core.stamp()[:10]


_duty, _key, _sealed = tables.duty.c, tables.sealed_key.c, tables.sealed.c
_HOLDS = sa.select(_duty.user).where(_duty.user == sa.bindparam("user"), _duty.role == SPEAKING_UP)
_HOLDERS = (
    sa.select(tables.user.c.name, _key.public)
    .select_from(tables.sealed_key.join(tables.user, tables.user.c.id == _key.user))
    .join(tables.duty, sa.and_(_duty.user == _key.user, _duty.role == SPEAKING_UP))
    .order_by(tables.user.c.name)
)
_KEPT = sa.select(_sealed.day).where(_sealed.public == sa.bindparam("public"), _sealed.digest == sa.bindparam("digest"))
_COUNT = sa.select(sa.func.count()).select_from(tables.sealed).where(_sealed.public == sa.bindparam("public"))
_WAITING = (
    sa.select(_sealed.id, _sealed.day, sa.func.length(_sealed.data).label("size"))
    .join_from(tables.sealed, tables.sealed_key, _key.public == _sealed.public)
    .where(_key.user == sa.bindparam("user"))
    .order_by(sa.func.length(_sealed.data), _sealed.day, _sealed.id)
)
_DATA = sa.select(_sealed.data).where(_sealed.id == sa.bindparam("id"))
