"""Certificates of laptops at the store: issued at a hello, renewed by it, and judged by the store's clock alone.

A certificate says who may read. What its laptop hands in is taken in whatever the date: once even the grace is over it
waits for a person's decision (``central.intake``), and nothing is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import device_tables, tables
from central.core import Core
from central.judge import ACTIVE, KnownDevice
from fieldkit.domain.device_certificate import DeviceCertificate, sign_device
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import to_stamp

EXPIRED = "expired"
"""As a laptop's status: its certificate and the grace are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A certificate as it lies in the store."""

    certificate: DeviceCertificate
    signed: Signed


def kept(connection: Connection, device: str) -> Kept | None:
    """The certificate that holds now; ``None`` before a laptop's first hello to a store that gives them."""
    row = connection.execute(_KEPT, {"device": device}).first()
    if row is None:
        return None
    return Kept(
        certificate=DeviceCertificate.from_bytes(row.data), signed=Signed(data=row.data, signature=row.signature)
    )


def is_over(connection: Connection, device: str, now: str) -> bool:
    """Whether a laptop's certificate and its grace are over at the stamp ``now``."""
    until = connection.execute(_GRACE, {"device": device}).scalar()
    return until is not None and str(until) <= now


def at_hello(core: Core, sender: KnownDevice, status: str, found: Kept | None) -> tuple[str, Signed | None]:
    """The status to tell, and the certificate: a new one where there is none or two thirds of its time are over."""
    now = core.clock.now()
    if found is not None and now >= found.certificate.grace_until:
        return (EXPIRED if status == ACTIVE else status), found.signed
    if status != ACTIVE or (found is not None and not found.certificate.is_renewed(now)):
        return status, found.signed if found else None
    with core.database.write() as connection:
        return status, issue(core, connection, sender)


def issue(core: Core, connection: Connection, device: KnownDevice) -> Signed:
    """Sign a new certificate for ``device`` and keep it in the place of the one before."""
    name = connection.execute(sa.select(tables.user.c.name).where(tables.user.c.id == device.user)).scalar_one()
    certificate = DeviceCertificate.issued(
        store=core.store, office=core.office, device=device.id, user=device.user, name=name, key=device.key.hex(),
        now=core.clock.now(),
    )  # fmt: skip
    signed = sign_device(certificate, core.key)
    row = {
        "device": device.id, "issued_at": to_stamp(certificate.issued_at),
        "valid_until": to_stamp(certificate.valid_until), "grace_until": to_stamp(certificate.grace_until),
        "data": signed.data, "signature": signed.signature,
    }  # fmt: skip
    core.database.upsert(connection, device_tables.device_certificate, [row])
    return signed


_table = device_tables.device_certificate.c
_KEPT = sa.select(_table.data, _table.signature).where(_table.device == sa.bindparam("device"))
_GRACE = sa.select(_table.grace_until).where(_table.device == sa.bindparam("device"))
