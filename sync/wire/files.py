"""How the files of attachments travel: tus 1.0 (creation, with upload, checksum, expiration, termination), signed.

A sending is created for an attachment whose record the store has, a small file's with its bytes; the others follow, in
one stream where the store takes one, else in parts with a SHA-256 each; a HEAD tells where it stands. When all have
come, the store's signed word that it holds the file comes in a header of the reply: the bodies of tus are empty.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.wire.requests import from_base64, to_base64

TUS_VERSION = "1.0.0"
TUS_HEADER = "Tus-Resumable"
TUS = {TUS_HEADER: TUS_VERSION}
OFFSET = "Upload-Offset"
LENGTH = "Upload-Length"
METADATA = "Upload-Metadata"
CHECKSUM = "Upload-Checksum"
EXPIRES = "Upload-Expires"
RECEIPT = "FieldKit-File-Receipt"
OFFSET_TYPE = "application/offset+octet-stream"
FILE_TYPE = "application/octet-stream"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
CHECKSUMS = ("sha256", "sha1")
"""Ours, and the one that every server of tus has to take."""

SIGNS = "FieldKit-Signs"
"""Of a request: what its signature covers in the place of the body's SHA-256. Of a reply: that this may be so."""

SIGNS_FILE = "file"
"""The SHA-256 of the whole file, which its record names: the store proves who sends before a byte has come, writes the
bytes as they come, and believes them when the whole file has this hash."""

SETTLES = "FieldKit-Settles"
"""Of a request: ``SETTLES_BEHIND`` where its sender goes on with another file. Of a reply: that nothing is said yet of
the bytes beyond ``Upload-Offset``, and that the store's word follows with a later reply on the same line."""

SETTLES_BEHIND = "behind"

EARLIER = "FieldKit-Earlier-Receipts"
"""The store's words of files that were settled behind, each as in ``RECEIPT``, with commas between them."""

NEXT = "FieldKit-Next"
"""Of a stream: the file that goes after this one (``next_file``), begun while this one comes. Of its reply: where that
one stands (``next_place``); nothing where it is to be begun by itself, as one is that the store has already."""

SMALL = 256 * 2**10
"""Bytes of a file that goes with the very request that begins its sending; where it was there already, so many were
sent for nothing."""

PART = 4 * 2**20
"""Bytes between two looks whether words wait; and of the first parts, where the store takes no stream."""

LARGEST_PART = 16 * 2**20
"""What the store takes at once; proxies on the way may allow less."""

MOST_AT_ONCE = 8 * 2**20
"""Bytes that a laptop sends at once at most: what the store holds in memory while it checks who sends them."""

LARGEST_FILE = 2**40

LONGEST_STREAM = 240 * 2**20
"""Bytes that a laptop sends as one stream at most: as many as proxies are told to let through (``deploy/``)."""


def revision_metadata(revision: str) -> str:
    """``Upload-Metadata`` for the file of an attachment, named by a revision of its record."""
    return f"revision {to_base64(revision.encode('ascii'))}"


def read_metadata(header: str) -> dict[str, str]:
    """The pairs of an ``Upload-Metadata`` header. Raises ``Refusal('central.malformed')``."""
    found = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except ValueError as error:
            raise Refusal("central.malformed", reason=METADATA) from error
    return found


def next_file(size: int, metadata: str) -> str:
    """The file that goes next, as one header."""
    return f"{size} {metadata}"


def next_place(place: str, offset: int) -> str:
    """Where the next file goes, and its bytes that are there, as one header."""
    return f"{place} {offset}"


def checksum(digest: bytes) -> str:
    """``Upload-Checksum`` for a SHA-256."""
    return f"sha256 {to_base64(digest)}"


def receipt_header(data: bytes, signature: bytes) -> str:
    """A signed statement as one header."""
    return f"{to_base64(data)}.{to_base64(signature)}"


def read_receipt(headers: Mapping[str, str]) -> tuple[bytes, bytes] | None:
    """Bytes and signature of the statement in a reply (names in lower case), or ``None``."""
    return _one_receipt(headers.get(RECEIPT.lower(), ""))


def read_earlier(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """The same for files that were settled behind; what cannot be read is left out."""
    found = (_one_receipt(one.strip()) for one in headers.get(EARLIER.lower(), "").split(","))
    return [one for one in found if one is not None]


def _one_receipt(text: str) -> tuple[bytes, bytes] | None:
    data, _, signature = text.partition(".")
    if not signature:
        return None
    try:
        return from_base64(data), from_base64(signature)
    except FieldKitError:
        return None


def answer_of(status: int) -> FieldKitError | None:
    """What a status of tus says where no problem of ours stands beside it: of a HEAD, or from another's server."""
    if status in {404, 410}:
        return Refusal("central.not_found", status=status)
    if status == 409:
        return Refusal("central.file_offset", status=status)
    if status == 460:
        return Refusal("central.file_checksum", status=status)
    if status == 412:
        return Refusal("central.tus", status=status)
    if status == 423:  # somebody else is writing to it: wait, and never begin again
        return Trouble("send.busy", status=status, retry_after=0.0)
    return None
