"""The recovery key as a person reads it: 40 characters of Crockford's base32 in eight groups of five."""

from __future__ import annotations

import os

from fieldkit.kernel.errors import Mistake

CHARACTERS = 40
SECRET_BYTES = 25
"""200 bits: no guessing, so no slow key derivation is needed."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 5


def new_secret() -> bytes:
    """A new random recovery secret."""
    return os.urandom(SECRET_BYTES)


def to_text(secret: bytes) -> str:
    """``ABCDE-FGHJK-…``, eight groups."""
    value = int.from_bytes(secret, "big")
    letters = "".join(_ALPHABET[value >> _GROUP * place & 31] for place in reversed(range(CHARACTERS)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, CHARACTERS, _GROUP))


def from_text(text: str) -> bytes:
    """Read a key as typed: any case, with spaces or hyphens, ``O`` for 0 and ``I`` or ``L`` for 1.

    Raises ``Mistake('vault.recovery_key_length')`` or ``Mistake('vault.recovery_key_letter')``.
    """
    letters = [letter for letter in text.upper() if letter not in " -\t\r\n\u2010\u2011\u2013"]
    if not letters:
        raise Mistake("vault.recovery_key_empty", field="recovery_key")
    if len(letters) != CHARACTERS:
        raise Mistake("vault.recovery_key_length", field="recovery_key", length=len(letters))
    if strange := next((letter for letter in letters if letter not in _VALUES), None):
        raise Mistake("vault.recovery_key_letter", field="recovery_key", letter=strange)
    value = 0
    for letter in letters:
        value = value << _GROUP | _VALUES[letter]
    return value.to_bytes(SECRET_BYTES, "big")
