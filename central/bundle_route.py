"""``POST /v1/bundles``: a hand-over file, stretch by stretch, from whoever carries it."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from central import bundles
from central.certificate import certify
from central.core import Core
from fieldkit.kernel.errors import FieldKitError, Refusal
from sync.wire.bundles.entries import Kind
from sync.wire.carried import BundleReply, BundleRequest
from sync.wire.requests import from_base64, to_base64


def take(core: Core, request: BundleRequest) -> BundleReply:
    """Take in what is whole in a stretch, for the laptop that signed it: the carrier has no part in it.

    Raises ``Refusal('central.bundle')`` with the code of what is wrong with the file.
    """
    try:
        source = io.BytesIO(from_base64(request.data))
        part, device = bundles.open_for(core, source, request.first)
        account = bundles.begin(part)
        with tempfile.TemporaryDirectory(prefix="bundle-", dir=core.settings.folder) as place:
            folder = Path(place)
            with bundles.answering(core, device, folder, "receipt", part.head.bundle) as answer:
                reached = bundles.take_part(answer, part, account, request.first)
                certificate = certify(core, device.id)
                answer.add(Kind.CERTIFICATE, certificate.data, certificate.signature)
            receipt = answer.writer.written[0].read_bytes()
    except FieldKitError as error:
        if error.code.startswith("handover."):
            raise Refusal("central.bundle", reason=error.code) from error
        raise
    return BundleReply(
        receipt=to_base64(receipt), taken=account.taken, spoilt=account.spoilt, next=reached, gaps=account.gaps
    )
