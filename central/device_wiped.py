"""Statements of erased vaults: held against the store's own chains, and kept exactly as they were signed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, device_tables, tables
from central.chains import chain_of
from central.core import Core, find_devices, lock_standing, verify_key
from central.judge import KnownDevice
from fieldkit.domain.receipt import Signed
from fieldkit.domain.wiped import Wiped, read_wiped
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import FieldKitError, Refusal
from fieldkit.kernel.ids import is_id
from sync.wire.devices import WipedReply, WipedRequest
from sync.wire.requests import from_base64


def take(core: Core, sender: KnownDevice, request: WipedRequest) -> WipedReply:
    """Keep a statement. Raises ``Refusal('central.wiped')`` for one that does not hold; asking twice does no harm."""
    try:
        signed = Signed(data=from_base64(request.statement), signature=from_base64(request.signature))
    except FieldKitError as error:
        raise Refusal("central.wiped") from error
    with core.database.write() as connection:
        lock_standing(connection)
        statement = checked(core, connection, signed)
        device = find_devices(connection, [statement.device])[statement.device]
        if device.user != sender.user:
            raise Refusal("central.wiped")
        keep(core, connection, statement, signed)
    return WipedReply(device=statement.device)


def checked(core: Core, connection: Connection, signed: Signed) -> Wiped:
    """Read a statement and hold it against the store: its signer, its person's laptops, and where each chain ends.

    Raises ``Refusal('central.wiped')``.
    """
    try:
        named = Wiped.from_bytes(signed.data)
        ids = [named.device, *(one.device for one in named.chains)]
        if not all(is_id(one) for one in ids) or named.store != core.store:
            raise Refusal("central.wiped")
        devices = find_devices(connection, ids)
        signer = devices.get(named.device)
        if signer is None or any(ids[n] not in devices or devices[ids[n]].user != signer.user for n in range(len(ids))):
            raise Refusal("central.wiped")
        statement = read_wiped(signed, verify_key(core, signer))
    except Refusal as error:
        raise Refusal("central.wiped") from error
    for end in statement.chains:
        held = chain_of(connection, end.device)
        if (held.high, held.hash) != (end.high, end.hash):
            raise Refusal("central.wiped")
    return statement


def keep(core: Core, connection: Connection, statement: Wiped, signed: Signed) -> bool:
    """Keep a checked statement, and end what the office asked for; whether it was new."""
    table, ask = device_tables.device_wiped, device_tables.device_ask
    if connection.execute(sa.select(table.c.id).where(table.c.data == signed.data)).first() is not None:
        return False
    row = {
        "device": statement.device, "at": to_stamp(statement.at), "received_at": core.stamp(), "data": signed.data,
        "signature": signed.signature,
    }  # fmt: skip
    connection.execute(table.insert(), row)
    connection.execute(ask.delete().where(ask.c.device == statement.device))
    name = connection.execute(
        sa.select(tables.user.c.name)
        .join_from(tables.device, tables.user, tables.user.c.id == tables.device.c.user)
        .where(tables.device.c.id == statement.device)
    ).scalar_one()
    audit.note(core, connection, "device.wiped", statement.device, actor=name, records=dict(statement.kinds))
    return True


_wiped = device_tables.device_wiped.c
WIPED = sa.select(_wiped.device, sa.func.max(_wiped.at).label("wiped_at")).group_by(_wiped.device).subquery()
"""When each laptop's vault was last erased, by the laptop's own signed word."""
