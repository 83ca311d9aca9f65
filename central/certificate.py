"""The store's signed word on what it holds of one device."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from central.chains import chain_of
from central.core import Core, standing
from fieldkit.domain.receipt import Certificate, Signed, sign_certificate
from fieldkit.kernel.ids import DeviceId
from sync.wire.messages import CertificateReply
from sync.wire.requests import to_base64


def certify(core: Core, device: str) -> Signed:
    """The certificate of ``device`` as the store stands now."""
    with core.database.read() as connection:
        return certify_within(core, connection, device)


def certify_within(core: Core, connection: Connection, device: str) -> Signed:
    """``certify`` in a transaction that is open already."""
    chain = chain_of(connection, device)
    certificate = Certificate(
        store=core.store, epoch=standing(connection).epoch, device=DeviceId(device), high=chain.high, hash=chain.hash,
        contents=chain.contents, issued_at=core.stamp(),
    )  # fmt: skip
    return sign_certificate(certificate, core.key)


def certificate_reply(core: Core, device: str) -> CertificateReply:
    """The certificate as the wire carries it."""
    signed = certify(core, device)
    return CertificateReply(certificate=to_base64(signed.data), certificate_signature=to_base64(signed.signature))
