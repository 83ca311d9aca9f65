"""The store's signed word on what it holds of one device."""

from __future__ import annotations

from central.chains import DeviceChain, chain_of
from central.core import Core, standing
from fieldkit.domain.receipt import Certificate, Signed, sign_certificate
from fieldkit.kernel.ids import DeviceId
from sync.wire.messages import CertificateReply
from sync.wire.requests import to_base64


def certify(core: Core, device: str) -> Signed:
    """The certificate of ``device`` as the store stands now."""
    with core.database.read() as connection:
        return sign_for(core, standing(connection).epoch, chain_of(connection, device))


def sign_for(core: Core, epoch: str, chain: DeviceChain) -> Signed:
    """Sign for what is held of one device's chain."""
    certificate = Certificate(
        store=core.store, epoch=epoch, device=DeviceId(chain.device), high=chain.high, hash=chain.hash,
        contents=chain.contents, issued_at=core.stamp(),
    )  # fmt: skip
    return sign_certificate(certificate, core.key)


def certificate_reply(core: Core, device: str) -> CertificateReply:
    """The certificate as the wire carries it."""
    signed = certify(core, device)
    return CertificateReply(certificate=to_base64(signed.data), certificate_signature=to_base64(signed.signature))
