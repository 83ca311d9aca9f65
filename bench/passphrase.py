"""The passphrase of vaults to measure with, and no stretching of it: for what is not about unlocking."""

from __future__ import annotations

import hashlib

from storage import keys
from storage.keyfile import Cost

PASSPHRASE = "a passphrase for the benchmark"


def without_stretching() -> None:
    """Replace Argon2id by one hash in this process."""

    def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        return hashlib.sha256(salt + passphrase.encode()).digest()

    keys.stretch = stretch
