"""What is signed on the wire beside revisions and sheets: requests, hellos and enrolments, once for both sides.

Every message starts with a name of its own, so that a signature made for one purpose never holds for another.
A signed JSON body is taken as it was received, less its ``proof``: a field that a newer side adds is covered
too, and a reader that does not know it can still check the signature.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.signing import SigningKey

DEVICE_HEADER = "FieldKit-Device"
SIGNATURE_HEADER = "FieldKit-Signature"
PROBLEM_TYPE = "application/problem+json"

_REQUEST = b"fieldkit/request/v1\0"
_HELLO = b"fieldkit/hello/v1\0"
_ENROL = b"fieldkit/enrol/v1\0"
_ENROLLED = b"fieldkit/enrolled/v1\0"
_SUCCEED = b"fieldkit/succeed/v1\0"


def request_message(method: str, path: str, body_hash: bytes) -> bytes:
    """What a device signs for a request; ``body_hash`` is the SHA-256 of the body's bytes as sent.

    ``path`` is the path alone (``/v1/push``): no route that a laptop calls takes a query.
    """
    # Our own paths are ASCII; whatever else is asked for is no fault of the store's, so it has bytes too.
    return _REQUEST + f"{method} {path}\n".encode("utf-8", "surrogatepass") + body_hash


BRIEF = ("Prefer", "return=minimal")
"""A header by which a push asks for the receipts and nothing else (RFC 7240)."""


def request_headers(
    device: str, key: SigningKey, method: str, path: str, body: bytes, digest: bytes | None = None
) -> dict[str, str]:
    """The two headers that say which device asks, and prove it. ``digest``: the body's SHA-256, where it is known."""
    signature = key.sign(request_message(method, path, digest or hashlib.sha256(body).digest()))
    return {DEVICE_HEADER: device, SIGNATURE_HEADER: to_base64(signature)}


def hello_message(nonce: str, reply: Mapping[str, Any]) -> bytes:
    """What the store signs in a hello's reply; ``nonce`` is the one that was asked with (64 hex digits)."""
    return _HELLO + bytes.fromhex(nonce) + _without_proof(reply)


def enrol_message(request: Mapping[str, Any]) -> bytes:
    """What a new device signs to prove that it holds the key it registers."""
    return _ENROL + _without_proof(request)


def enrolled_message(request: Mapping[str, Any], reply: Mapping[str, Any]) -> bytes:
    """What the store signs in an enrolment's reply, bound to the request that it answers."""
    return _ENROLLED + hashlib.sha256(enrol_message(request)).digest() + _without_proof(reply)


def succeed_message(predecessor: str, request: Mapping[str, Any]) -> bytes:
    """What the new key of a device signs to go on after ``predecessor``, whose key signs the request itself."""
    return _SUCCEED + predecessor.encode("ascii") + b"\n" + _without_proof(request)


def to_base64(data: bytes) -> str:
    """Plain base64 with padding, as headers and JSON carry it."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Undo ``to_base64``. Raises ``Trouble('wire.damaged')`` for anything else."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Trouble("wire.damaged") from error


def _without_proof(body: Mapping[str, Any]) -> bytes:
    return canonical({name: value for name, value in body.items() if name != "proof"})
