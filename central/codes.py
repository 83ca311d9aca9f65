"""One-time enrolment codes: sixteen letters and numbers that are easy to read aloud and to type.

Crockford's base32 has no I, L, O or U. Sixteen characters are 80 bits; the store keeps only an HMAC of them,
so its database alone lets nobody enrol.
"""

from __future__ import annotations

import hashlib
import hmac
import os

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 16
_MISREAD = str.maketrans("OIL", "011", " -\t\u2010\u2011\u2013")


def new_code() -> str:
    """A new code in four groups of four."""
    number = int.from_bytes(os.urandom(_LENGTH * 5 // 8), "big")
    text = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def code_digest(key: bytes, code: str) -> bytes:
    """What is stored of a code: the same for every way of writing it (case, spaces, dashes, O for 0)."""
    plain = code.upper().translate(_MISREAD)
    return hmac.new(key, plain.encode("utf-8"), hashlib.sha256).digest()
