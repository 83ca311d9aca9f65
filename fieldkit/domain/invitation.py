"""An office's invitation as one line of text, which a QR code carries too: address, seal of the store's key, code.

With the seal the laptop knows before anybody reads words aloud that the store which answers holds the key that the
office meant; the code alone would be redeemed by whoever answers at the address.
"""

from __future__ import annotations

import hashlib

SEAL_DIGITS = 32
"""Hex digits of the seal: 128 bits, so nobody makes a key that fits it."""


def seal_of(store_key: bytes) -> str:
    """What stands behind the address: a short hash of the store's public key."""
    return hashlib.sha256(b"fieldkit/invitation/v1\0" + store_key).hexdigest()[:SEAL_DIGITS]


def invitation_text(address: str, code: str, store_key: bytes) -> str:
    """The line: ``FieldKit https://store.example.org#1f0c… 7KQ4-M2XD-9RTA-0CVB``."""
    return f"FieldKit {address.rstrip('/')}#{seal_of(store_key)} {code}"


def split_address(address: str) -> tuple[str, str]:
    """The address and its seal, which is empty where none stands behind it."""
    plain, _, seal = address.strip().partition("#")
    return plain, seal.casefold()
