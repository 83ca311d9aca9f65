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
from sync.wire.sign_in import SignInRequest
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
    check_proof(request.device_key, request.proof, enrol_message(body))
    count_tries(core, source)
    try:
        with core.database.write() as connection:
            lock_standing(connection)  # before anything else that a push may hold
            user = _redeem(core, connection, request)
            reply = enrolled_reply(core, connection, user)
    except Refusal as refusal:
        if refusal.code == "central.code_wrong":
            note_wrong_code(core, source)
        raise
    return EnrolReply(**reply, proof=to_base64(core.key.sign(enrolled_message(body, reply))))


def succeed(core: Core, sender: KnownDevice, request: SucceedRequest) -> Done:
    """Go on as ``request.device``. Both sides of a clone may do so; asking twice does no harm."""
    check_proof(request.device_key, request.proof, succeed_message(sender.id, request.model_dump()))
    with core.database.write() as connection:
        known = find_device(connection, request.device)
        if known is not None:
            same_or_taken(known, request.device_key, sender.user)
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


def check_proof(key: str, proof: str, message: bytes) -> None:
    """Raises ``Refusal('central.proof')`` unless ``key`` signed ``message``."""
    try:
        holds = VerifyKey(bytes.fromhex(key)).holds(from_base64(proof), message)
    except (FieldKitError, ValueError):
        holds = False
    if not holds:
        raise Refusal("central.proof")


def same_or_taken(known: KnownDevice, key: str, user: str) -> None:
    """Raises ``Refusal('central.device_taken')`` where the id belongs to another key or person."""
    if known.key.hex() != key or known.user != user:
        raise Refusal("central.device_taken")


def _redeem(core: Core, connection: Connection, request: EnrolRequest) -> str:
    """Use the code up and register the device; returns its user. Whoever is refused has not used the code up."""
    invite, is_fresh = claim(core, connection, request.code, request.device)
    known = find_device(connection, request.device)
    if known is None:
        register(core, connection, request, str(invite.user))
    else:
        same_or_taken(known, request.device_key, invite.user)
        if known.status == REVOKED:
            raise Refusal("central.device_revoked")
    if is_fresh:
        join(core, connection, json.loads(invite.assessments), invite.user, invite.role)
    return str(invite.user)


def join(core: Core, connection: Connection, assessments: list[str], user: str, role: str, number: int = 0) -> None:
    """Put the person on the teams, and let in what they sent of them before; ``number``: where the log stands."""
    add_members(connection, assessments, user, role, core.stamp(), number=number)
    for assessment in assessments:
        release(core, connection, waiting(connection, user, assessment))


def register(core: Core, connection: Connection, request: EnrolRequest | SignInRequest, user: str) -> None:
    """Make the device known as ``user``'s. Raises ``Refusal('central.device_taken')``."""
    if connection.execute(_OTHERS, {"author": request.author, "user": user}).first():
        raise Refusal("central.device_taken")
    now = core.stamp()
    row = {
        "id": request.device, "user": user, "author": request.author, "key": bytes.fromhex(request.device_key),
        "status": ACTIVE, "predecessor": None, "name": request.name, "initials": request.initials, "app": request.app,
        "enrolled_at": now, "seen_at": now,
    }  # fmt: skip
    connection.execute(tables.device.insert(), row)
    release(core, connection, from_unknown(connection, request.device))


def claim(core: Core, connection: Connection, code: str, device: str) -> tuple[Row[Any], bool]:
    """Mark the code as used by this device, and tell whether it was not before.

    One statement, so that of two at once exactly one gets it.
    """
    digest, now = code_digest(core.code_key, code), core.stamp()
    table = tables.invite
    fresh = (table.c.digest == digest, table.c.used_at.is_(None), table.c.expires_at > now)
    claimed = connection.execute(table.update().where(*fresh).values(used_at=now, device=device)).rowcount
    invite = connection.execute(table.select().where(table.c.digest == digest)).first()
    if invite is None:
        raise Refusal("central.code_wrong")
    if not claimed and invite.used_at is None:
        raise Refusal("central.code_expired")
    if not claimed and invite.device != device:
        raise Refusal("central.code_used")
    return invite, bool(claimed)


def enrolled_reply(core: Core, connection: Connection, user: str) -> dict[str, Any]:
    """What a new laptop is told, unsigned."""
    return {
        "office": core.office, "user": user, "store": core.store, "epoch": standing(connection).epoch,
        "recovery_key": core.recovery_key.hex() if core.recovery_key else None,
        "assessments": assessments_of(connection, user),
    }  # fmt: skip


def count_tries(core: Core, source: str) -> None:
    """Raises ``Refusal('central.too_many_tries')`` where ten wrong codes came from ``source`` of late."""
    since = to_stamp(core.clock.now() - TRIES_WITHIN)
    with core.database.read() as connection:
        if connection.execute(_TRIES, {"source": source, "since": since}).scalar_one() >= MOST_TRIES:
            raise Refusal("central.too_many_tries")


def note_wrong_code(core: Core, source: str) -> None:
    """Count one more."""
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
