"""The two files of restricted disclosures: one that was sealed to a holder, and a holder's public key.

A sealed file is its mark, the key it is sealed to, and ciphertext: nothing in it tells who made it or when.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.disclosures import Holder
from fieldkit.app.texts import typed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Refusal

SEALED_ENDING = ".fksealed"
KEY_ENDING = ".fkrole"
LARGEST_KEY_FILE = 4096
LARGEST_SEALED_FILE = 16 * 2**20
"""Bytes; a pack of the longest account is a quarter of that."""
_MARK = b"FieldKit sealed 1\n"
_KEY_BYTES = 32
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """What is in one."""

    to: bytes
    sealed: bytes


def write_sealed(to: bytes, sealed: bytes) -> bytes:
    """The bytes of the file."""
    return _MARK + to + sealed


def read_sealed(data: bytes) -> SealedFile:
    """Undo ``write_sealed``. Raises ``Refusal('disclosure.not_sealed')``."""
    body = data.removeprefix(_MARK)
    if len(body) == len(data) or len(body) <= _KEY_BYTES or len(data) > LARGEST_SEALED_FILE:
        raise Refusal("disclosure.not_sealed")
    return SealedFile(to=body[:_KEY_BYTES], sealed=body[_KEY_BYTES:])


def write_key(holder: Holder) -> bytes:
    """The file with the public key of somebody who holds the role."""
    return canonical({"fieldkit": "speaking-up key", "v": 1, "name": holder.name, "public": holder.public.hex()})


def read_key(data: bytes) -> Holder:
    """Undo ``write_key``. Raises ``Refusal('disclosure.not_a_key')``; trusted only once the words were compared."""
    try:
        raw = parse(data[:LARGEST_KEY_FILE])
        name, public = raw["name"], bytes.fromhex(raw["public"])
        is_one = raw["fieldkit"] == "speaking-up key" and raw["v"] == 1 and isinstance(name, str)
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("disclosure.not_a_key") from error
    if not is_one or len(public) != _KEY_BYTES or not name.strip() or len(name) > _LONGEST_NAME:
        raise Refusal("disclosure.not_a_key")
    return Holder(name=typed(name), public=public)
