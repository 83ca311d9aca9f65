"""What a hello tells a laptop of itself: its certificate, what waits for a person, what it is asked to do."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import device_tables, tables
from central.alarms import HEARD_WIPED, raise_alarm
from central.chains import DeviceChain
from central.core import Core
from central.device_certificates import Kept, at_hello
from central.judge import KnownDevice
from fieldkit.domain.device_certificate import DeviceCertificate
from fieldkit.domain.receipt import Signed
from sync.wire.messages import HelloRequest
from sync.wire.requests import to_base64


def read_word(connection: Connection, sender: KnownDevice) -> Any:
    """Everything of it in one question."""
    return connection.execute(_WORD, {"device": sender.id, "user": sender.user}).one()


def said_of(core: Core, sender: KnownDevice, status: str, row: Any) -> tuple[str, dict[str, Any]]:
    """The status to tell, and the fields of the reply."""
    found = None
    if row.data is not None:
        signed = Signed(data=row.data, signature=row.signature)
        found = Kept(certificate=DeviceCertificate.from_bytes(row.data), signed=signed)
    told, certificate = at_hello(core, sender, status, found)
    if row.wiped:
        with core.database.write() as connection:
            raise_alarm(connection, core.stamp(), HEARD_WIPED, sender.id, "")
    asked = {"at": row.asked_at, "by": row.asked_by, "reason": row.asked_why} if row.asked_at else None
    return told, {
        "device_certificate": to_base64(certificate.data) if certificate else "",
        "device_signature": to_base64(certificate.signature) if certificate else "",
        "waiting": row.waiting, "decided": row.decided or 0, "erase": asked,
    }  # fmt: skip


def note_said(core: Core, sender: KnownDevice, request: HelloRequest, chain: DeviceChain) -> None:
    """Keep where its chain stands by its own word while the store has less: what is lost if the laptop is now."""
    if request.head_seq <= chain.highest or core.said.get(sender.id) == request.head_hash:
        return
    core.said[sender.id] = request.head_hash
    row = {"device": sender.id, "head": request.head_seq, "hash": request.head_hash, "at": core.stamp()}
    with core.database.write() as connection:
        core.database.upsert(connection, device_tables.device_said, [row])


def note_read(core: Core, device: str, reached: dict[str, int]) -> None:
    """Keep how far a laptop was given each assessment. A cursor that goes back (a new device id) takes nothing away."""
    if not reached:
        return
    table, now = device_tables.device_read, core.stamp()
    with core.database.write() as connection:
        before: dict[str, int] = dict(
            connection.execute(sa.select(table.c.assessment, table.c.upto).where(table.c.device == device)).all()
        )
        rows = [
            {"device": device, "assessment": place, "upto": upto, "at": now}
            for place, upto in sorted(reached.items())
            if upto > before.get(place, 0)
        ]
        core.database.upsert(connection, table, rows)


_device, _quarantine, _decided = tables.device.c, tables.quarantine.c, device_tables.intake_decision.c
_certificate, _ask, _wiped = (
    device_tables.device_certificate.c, device_tables.device_ask.c, device_tables.device_wiped.c
)  # fmt: skip
_MINE = sa.select(_device.id).where(_device.user == sa.bindparam("user"))
_WORD = (
    sa.select(
        _certificate.data, _certificate.signature, _ask.at.label("asked_at"), _ask.by.label("asked_by"),
        _ask.reason.label("asked_why"), sa.exists().where(_wiped.device == sa.bindparam("device")).label("wiped"),
        sa.select(sa.func.max(_decided.number))
        .where(_decided.user == sa.bindparam("user"))
        .scalar_subquery()
        .label("decided"),
        sa.select(sa.func.count())
        .select_from(tables.quarantine)
        .where(
            _quarantine.sender.in_(_MINE),
            _quarantine.released_as.is_(None),
            ~sa.exists().where(_decided.seq == _quarantine.seq),
        )
        .scalar_subquery()
        .label("waiting"),
    )
    .select_from(tables.device)
    .outerjoin(device_tables.device_certificate, _certificate.device == _device.id)
    .outerjoin(device_tables.device_ask, _ask.device == _device.id)
    .where(_device.id == sa.bindparam("device"))
)  # fmt: skip
