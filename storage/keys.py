"""Keys: from a passphrase or a recovery key to the vault's master key, and from there to everything else.

Only this file, ``vault.py`` and ``recovery.py`` ever see a key. Python cannot promise to wipe memory; keys are kept in
one ``bytearray`` that is overwritten on lock, which is the most that can be done.
"""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import replace

from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from fieldkit.kernel.signing import derive, open_box, seal, seal_to, unseal
from storage import recovery_key
from storage.keyfile import FLOOR, Cost, KeyFile, Slot

MASTER_BYTES = 32
SHORTEST_PASSPHRASE = 14
_SALT_BYTES = 16
_MEMORY_STEPS = (256 * 1024, 128 * 1024)
_LONGEST_SECONDS = 1.0


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Argon2id of the passphrase (in Unicode's NFC, so that two keyboards' accents agree): 32 bytes."""
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, cost.t, cost.m_kib, cost.p, MASTER_BYTES, Type.ID)


def fitting_cost() -> Cost:
    """The most memory (64, 128 or 256 MiB) with which one guess takes at most a second on this laptop."""
    started = time.perf_counter()
    stretch("how long does this take", bytes(_SALT_BYTES), FLOOR)
    taken = time.perf_counter() - started
    for m_kib in _MEMORY_STEPS:
        if taken * m_kib / FLOOR.m_kib <= _LONGEST_SECONDS:
            return replace(FLOOR, m_kib=m_kib)
    return FLOOR


def check_new_passphrase(passphrase: str) -> None:
    """Raise ``Mistake('passphrase.empty')`` or ``Mistake('passphrase.short')``."""
    if not passphrase:
        raise Mistake("passphrase.empty", field="passphrase")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Mistake("passphrase.short", field="passphrase", shortest=SHORTEST_PASSPHRASE)


def new_keys(vault: str, passphrase: str, created_at: str, cost: Cost) -> tuple[KeyFile, bytearray, str]:
    """A new key file, its master key, and the recovery key to show once."""
    master = bytearray(os.urandom(MASTER_BYTES))
    empty = KeyFile(vault=vault, created_at=created_at, cost=cost, salt=b"", slots=())
    keyed = with_passphrase(empty, master, passphrase, cost)
    secret = recovery_key.new_secret()
    return with_recovery(keyed, master, secret), master, recovery_key.to_text(secret)


def unlock(keys: KeyFile, passphrase: str) -> bytearray:
    """The master key. Raises ``Trouble('vault.passphrase_wrong')``."""
    slot = keys.slot("passphrase")
    if slot is None:
        raise Refusal("vault.key_altered")
    try:
        kek = stretch(passphrase, keys.salt, keys.cost)
        return bytearray(unseal(kek, slot.sealed, keys.bound_to("passphrase")))
    except Refusal as error:
        raise Trouble("vault.passphrase_wrong") from error


def unlock_by_recovery_key(keys: KeyFile, text: str) -> bytearray:
    """The master key by the recovery key as typed. Raises ``Trouble('vault.recovery_key_wrong')``."""
    secret = recovery_key.from_text(text)
    slot = keys.slot("recovery")
    if slot is None:
        raise Refusal("vault.key_altered")
    try:
        return bytearray(unseal(_recovery_kek(secret), slot.sealed, keys.bound_to("recovery")))
    except Refusal as error:
        raise Trouble("vault.recovery_key_wrong") from error


def unlock_by_office_key(keys: KeyFile, private: bytes) -> bytearray:
    """The master key by the organisation's private recovery key. Raises ``Trouble('vault.recovery_key_wrong')``."""
    slot = keys.slot("office")
    if slot is None:
        raise Refusal("vault.no_office_slot")
    try:
        return bytearray(open_box(private, slot.sealed, keys.bound_to("office")))
    except Refusal as error:
        raise Trouble("vault.recovery_key_wrong") from error


def with_passphrase(keys: KeyFile, master: bytearray, passphrase: str, cost: Cost) -> KeyFile:
    """The key file with a new passphrase, salt and cost. Proved to open before it is returned."""
    fresh = replace(keys, cost=cost, salt=os.urandom(_SALT_BYTES))
    bound = fresh.bound_to("passphrase")
    kek = stretch(passphrase, fresh.salt, cost)
    sealed = seal(kek, bytes(master), bound)
    if unseal(kek, sealed, bound) != master:
        raise Refusal("vault.key_altered")
    return fresh.with_slot(Slot(kind="passphrase", sealed=sealed))


def with_recovery(keys: KeyFile, master: bytearray, secret: bytes) -> KeyFile:
    """The key file with a recovery slot for this secret."""
    sealed = seal(_recovery_kek(secret), bytes(master), keys.bound_to("recovery"))
    return keys.with_slot(Slot(kind="recovery", sealed=sealed))


def with_office(keys: KeyFile, master: bytearray, public: bytes) -> KeyFile:
    """The key file with a slot that the organisation's recovery key opens (X25519, offered at enrolment)."""
    return keys.with_slot(
        Slot(kind="office", sealed=seal_to(public, bytes(master), keys.bound_to("office")), to=public)
    )


def database_key(master: bytearray) -> bytearray:
    """SQLCipher's raw key literal: 32 bytes of key and 16 of salt, both outside the database file.

    With the salt only in page 1, 22 of 18,900 simulated power cuts left a vault that nobody could open.
    """
    key = derive(bytes(master), "fieldkit/db-key/v1", 32)
    salt = derive(bytes(master), "fieldkit/db-salt/v1", 16)
    return bytearray(b"x'" + (key + salt).hex().encode("ascii") + b"'")


def wipe(secret: bytearray) -> None:
    """Overwrite a key."""
    secret[:] = bytes(len(secret))


def _recovery_kek(secret: bytes) -> bytes:
    return derive(secret, "fieldkit/recovery/v1")
