"""The check phrase of an urgent item: six words for the telephone, the same on the laptop and at the office.

It names one revision: whoever wrote the call down before the item arrived finds the item by it, so that nothing stands
there twice. It proves nothing about who rang; the item's own signature does that once it is there.
"""

from __future__ import annotations

import hashlib

WORDS = 6
"""72 bits: nobody finds another item with the same words by trying, and a slip of the ear meets no second item."""

_BITS = 12
_NAME = b"fieldkit/urgent/phrase/v1\0"


def phrase_numbers(revision_hash: str) -> tuple[int, ...]:
    """Six numbers below 4,096 of a revision's hash (hex); each names a word of the shipped list."""
    bits = int.from_bytes(hashlib.sha256(_NAME + bytes.fromhex(revision_hash)).digest(), "big")
    return tuple(bits >> 256 - _BITS * (n + 1) & (1 << _BITS) - 1 for n in range(WORDS))
