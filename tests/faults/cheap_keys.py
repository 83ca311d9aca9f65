"""Vaults for the fault campaign open thousands of times, so their passphrase is not stretched."""

from __future__ import annotations

import hashlib

from storage import keys
from storage.keyfile import Cost

PASSPHRASE = "four words for the campaign"


def use() -> None:
    """Replace Argon2id (0.3 s a guess) by one hash, in this process only; nothing else changes."""

    def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        return hashlib.sha256(salt + passphrase.encode()).digest()

    keys.stretch = stretch
