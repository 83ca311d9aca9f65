"""What a request about a file must bring: tus 1.0, whole numbers, the right checksum, and room on the disk."""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode

from central.core import Core
from central.endpoint import Call
from fieldkit.kernel.errors import Refusal
from sync.wire.files import CHECKSUM, CHECKSUMS, TUS_HEADER, TUS_VERSION

KEPT_FREE = 10**9
"""Bytes that files leave free on the store's disk: notes need room too, and a full disk stops the database."""


def check_version(call: Call) -> None:
    """Raises ``Refusal('central.tus')``."""
    if call.headers.get(TUS_HEADER) != TUS_VERSION:
        raise Refusal("central.tus")


def check_checksum(call: Call) -> None:
    """Raises ``Refusal('central.file_checksum')`` where the bytes do not have the checksum that is stated.

    ``Refusal('central.malformed')`` is for one that does not read, or is of a kind that is not spoken here.
    """
    stated = call.headers.get(CHECKSUM)
    if stated is None:
        return
    kind, _, text = stated.partition(" ")
    try:
        wanted = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        wanted = b""
    if kind not in CHECKSUMS or not wanted:
        raise Refusal("central.malformed", reason=CHECKSUM)
    if wanted != (call.digest if kind == "sha256" else _sha1(call)):
        raise Refusal("central.file_checksum")


def check_room(core: Core, more: int) -> None:
    """Raises ``Refusal('central.files_full')`` where ``more`` bytes would leave less than is kept free."""
    if more and (free := core.free(core.settings.folder)) < more + KEPT_FREE:
        raise Refusal("central.files_full", free=f"{free / 10**9:.1f}", kept=KEPT_FREE // 10**9)


def number(call: Call, header: str) -> int:
    """A header that holds a whole number. Raises ``Refusal('central.malformed')``."""
    text = call.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Refusal("central.malformed", reason=header)
    return int(text)


def _sha1(call: Call) -> bytes:
    """What tus asks every server for; it finds a broken line, and no more is asked of it."""
    digest = hashlib.sha1(usedforsecurity=False)
    for chunk in call.chunks():
        digest.update(chunk)
    return digest.digest()
