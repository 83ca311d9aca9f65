"""Joining: redeeming a one-time code for a device, and going on under a new device id."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from central import tables
from central.alarms import CONTINUED, COPIES, raise_alarm
from central.codes import code_digest
from central.core import Core, find_device, lock_standing, standing
from central.judge import ACTIVE, REVOKED, SUCCEEDED, KnownDevice
from central.members import add_members, assessments_of
from central.release import from_unknown, release, waiting
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal
from fieldkit.kernel.signing import VerifyKey
from sync.wire.messages import Done, EnrolReply, EnrolRequest, SucceedRequest
from sync.wire.requests import enrol_message, enrolled_message, from_base64, succeed_message, to_base64
from sync.wire.version import OLDEST_SPOKEN, PROTOCOL

MOST_TRIES = 10
TRIES_WITHIN = timedelta(minutes=5)


def enrol(core: Core, request: EnrolRequest, source: str) -> EnrolReply:
    """Redeem a code. ``source`` is the network address that asks, for counting wrong codes.

    Asking again with the same code, device and key changes nothing: the first reply may have been lost. A code for a
    laptop that is enrolled already puts its person on more teams.
    Raises ``Refusal`` with one of the codes named by ``routes.ENROL``.
    """
    if not OLDEST_SPOKEN <= request.protocol <= PROTOCOL:
        raise Refusal("central.protocol", oldest=OLDEST_SPOKEN, newest=PROTOCOL)
    body = request.model_dump()
    _check_proof(request.device_key, request.proof, enrol_message(body))
    _count_tries(core, source)
    try:
        with core.database.write() as connection:
            lock_standing(connection)  # before anything else that a push may hold
            user = _redeem(core, connection, request)
            reply = _reply(core, connection, user)
    except Refusal as refusal:
        if refusal.code == "central.code_wrong":
            _note_wrong_code(core, source)
        raise
    return EnrolReply(**reply, proof=to_base64(core.key.sign(enrolled_message(body, reply))))


def succeed(core: Core, sender: KnownDevice, request: SucceedRequest) -> Done:
    """Go on as ``request.device``. Both sides of a clone may do so; asking twice does no harm."""
    _check_proof(request.device_key, request.proof, succeed_message(sender.id, request.model_dump()))
    with core.database.write() as connection:
        known = find_device(connection, request.device)
        if known is not None:
            _same_or_taken(known, request.device_key, sender.user)
            return Done()
        old = connection.execute(sa.select(tables.device).where(tables.device.c.id == sender.id)).one()
        if old.status == REVOKED:
            raise Refusal("central.device_revoked")
        row = dict(old._mapping) | {
            "id": request.device, "key": bytes.fromhex(request.device_key), "status": ACTIVE,
            "predecessor": sender.id, "enrolled_at": core.stamp(), "seen_at": core.stamp(),
        }  # fmt: skip
        connection.execute(tables.device.insert(), row)
        connection.execute(tables.device.update().where(tables.device.c.id == sender.id).values(status=SUCCEEDED))
        _tell_of_copies(core, connection, sender.id)
    return Done()


def _tell_of_copies(core: Core, connection: Connection, device: str) -> None:
    """A laptop went on once: it was restored, or copied. More than once: there are copies, and these are they."""
    after = list(connection.execute(_AFTER, {"device": device}).scalars())
    kind = CONTINUED if len(after) == 1 else COPIES
    raise_alarm(connection, core.stamp(), kind, device, " ".join(str(one) for one in after))


def _check_proof(key: str, proof: str, message: bytes) -> None:
    try:
        holds = VerifyKey(bytes.fromhex(key)).holds(from_base64(proof), message)
    except (FieldKitError, ValueError):
        holds = False
    if not holds:
        raise Refusal("central.proof")


def _same_or_taken(known: KnownDevice, key: str, user: str) -> None:
    if known.key.hex() != key or known.user != user:
        raise Refusal("central.device_taken")


def _redeem(core: Core, connection: Connection, request: EnrolRequest) -> str:
    """Use the code up and register the device; returns its user. Whoever is refused has not used the code up."""
    invite, is_fresh = _claim(core, connection, request)
    known = find_device(connection, request.device)
    if known is None:
        _register(core, connection, request, invite)
    else:
        _same_or_taken(known, request.device_key, invite.user)
        if known.status == REVOKED:
            raise Refusal("central.device_revoked")
    if is_fresh:
        _join(core, connection, json.loads(invite.assessments), invite)
    return str(invite.user)


def _join(core: Core, connection: Connection, assessments: list[str], invite: Row[Any]) -> None:
    """Put the person on the teams, and let in what they sent of them before."""
    add_members(connection, assessments, invite.user, invite.role, core.stamp())
    for assessment in assessments:
        release(core, connection, waiting(connection, invite.user, assessment))


def _register(core: Core, connection: Connection, request: EnrolRequest, invite: Row[Any]) -> None:
    if connection.execute(_OTHERS, {"author": request.author, "user": invite.user}).first():
        raise Refusal("central.device_taken")
    now = core.stamp()
    row = {
        "id": request.device, "user": invite.user, "author": request.author, "key": bytes.fromhex(request.device_key),
        "status": ACTIVE, "predecessor": None, "name": request.name, "initials": request.initials, "app": request.app,
        "enrolled_at": now, "seen_at": now,
    }  # fmt: skip
    connection.execute(tables.device.insert(), row)
    release(core, connection, from_unknown(connection, request.device))


def _claim(core: Core, connection: Connection, request: EnrolRequest) -> tuple[Row[Any], bool]:
    """Mark the code as used by this device, and tell whether it was not before.

    One statement, so that of two at once exactly one gets it.
    """
    digest, now = code_digest(core.code_key, request.code), core.stamp()
    table = tables.invite
    fresh = (table.c.digest == digest, table.c.used_at.is_(None), table.c.expires_at > now)
    claimed = connection.execute(table.update().where(*fresh).values(used_at=now, device=request.device)).rowcount
    invite = connection.execute(table.select().where(table.c.digest == digest)).first()
    if invite is None:
        raise Refusal("central.code_wrong")
    if not claimed and invite.used_at is None:
        raise Refusal("central.code_expired")
    if not claimed and invite.device != request.device:
        raise Refusal("central.code_used")
    return invite, bool(claimed)


def _reply(core: Core, connection: Connection, user: str) -> dict[str, Any]:
    return {
        "office": core.office, "user": user, "store": core.store, "epoch": standing(connection).epoch,
        "recovery_key": core.recovery_key.hex() if core.recovery_key else None,
        "assessments": assessments_of(connection, user),
    }  # fmt: skip


def _count_tries(core: Core, source: str) -> None:
    since = to_stamp(core.clock.now() - TRIES_WITHIN)
    with core.database.read() as connection:
        if connection.execute(_TRIES, {"source": source, "since": since}).scalar_one() >= MOST_TRIES:
            raise Refusal("central.too_many_tries")


def _note_wrong_code(core: Core, source: str) -> None:
    table = tables.wrong_code
    with core.database.write() as connection:
        connection.execute(table.delete().where(table.c.at < to_stamp(core.clock.now() - TRIES_WITHIN)))
        connection.execute(table.insert().values(source=source, at=core.stamp()))


_OTHERS = sa.select(tables.device.c.id).where(
    tables.device.c.author == sa.bindparam("author"), tables.device.c.user != sa.bindparam("user")
)
_AFTER = (
    sa.select(tables.device.c.id)
    .where(tables.device.c.predecessor == sa.bindparam("device"))
    .order_by(tables.device.c.enrolled_at, tables.device.c.id)
)
_TRIES = sa.select(sa.func.count()).where(
    tables.wrong_code.c.source == sa.bindparam("source"), tables.wrong_code.c.at >= sa.bindparam("since")
)
