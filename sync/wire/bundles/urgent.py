"""An urgent item as a line of capitals and digits: small enough for one QR code, sealed to the central store.

Any phone can scan it and send it by any way there is: nobody but the office reads it. What is inside is a body of push,
so that it is the same item when it comes again by itself.
"""

from __future__ import annotations

import base64
import binascii
import uuid

from fieldkit.kernel.box_keys import open_with, seal_for
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import is_id
from fieldkit.kernel.signing import SigningKey

PREFIX = "FKURGENT1."
MOST = 20_000
"""Characters that are read: a code holds a tenth of that."""

_BOUND = b"fieldkit/urgent/v1\0"
_DEVICE = 16


def to_text(device: str, body: bytes, store: bytes) -> str:
    """Seal a body of push, made by ``device``, to the store. Raises ``Refusal('key.unusable')``."""
    sealed = seal_for(store, uuid.UUID(device).bytes + body, _BOUND)
    return PREFIX + base64.b32encode(sealed).decode("ascii").rstrip("=")


def from_text(text: str, store: SigningKey) -> tuple[str, bytes]:
    """Device and body. Spaces and line ends that a phone or a mail put in do no harm.

    Raises ``Refusal('urgent.text')`` for what is no such line, or a part of it, or one for another store.
    """
    line = "".join(text.split()).upper()
    try:
        if not line.startswith(PREFIX) or len(line) > MOST:
            raise ValueError("no urgent item")
        letters = line[len(PREFIX) :]
        sealed = base64.b32decode(letters + "=" * (-len(letters) % 8))
        plain = open_with(store, sealed, _BOUND)
    except (ValueError, binascii.Error, Refusal) as error:
        raise Refusal("urgent.text") from error
    device = str(uuid.UUID(bytes=plain[:_DEVICE])) if len(plain) > _DEVICE else ""
    if not is_id(device):
        raise Refusal("urgent.text")
    return device, plain[_DEVICE:]
