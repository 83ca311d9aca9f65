"""The one door to ``cryptography``: signatures, sealing, key derivation.

Functions import the library when first called: it costs about 40 ms, and the unlock screen must be
painted before anything needs a key.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEED_BYTES = 32
SIGNATURE_BYTES = 64
_NONCE_BYTES = 12


def get_ready() -> None:
    """Import what unlocking will need, while somebody types a passphrase."""
    import cryptography.exceptions
    import cryptography.hazmat.primitives.asymmetric.ed25519
    import cryptography.hazmat.primitives.ciphers.aead
    import cryptography.hazmat.primitives.kdf.hkdf  # noqa: F401


class SigningKey:
    """An Ed25519 private key (RFC 8032). ``public`` is its 32-byte public key."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key: Ed25519PrivateKey = Ed25519PrivateKey.from_private_bytes(bytes(seed))
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> SigningKey:
        """A new random key."""
        return cls(os.urandom(SEED_BYTES))

    def seed(self) -> bytes:
        """The 32 secret bytes; keep them only inside the vault."""
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of ``message``."""
        return self._key.sign(message)


class VerifyKey:
    """An Ed25519 public key, parsed once so that checking a run of signatures costs only the checks."""

    __slots__ = ("_key", "public")

    def __init__(self, public: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        self.public = public
        self._key: Ed25519PublicKey = Ed25519PublicKey.from_public_bytes(public)

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Whether ``signature`` is this key's signature of ``message``."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def derive(secret: bytes, info: str, length: int = 32) -> bytes:
    """HKDF-SHA256 (RFC 5869) without salt: one sub-key of ``secret`` for the purpose ``info``."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt=None, info=info.encode("ascii")).derive(bytes(secret))


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front; ``bound_to`` is authenticated, not stored."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(bytes(key)).encrypt(nonce, bytes(plain), bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Undo ``seal``. Raises ``Refusal('key.does_not_open')`` for a wrong key or altered bytes."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(bytes(key)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Refusal("key.does_not_open") from error


class PieceSealer:
    """``seal`` and ``unseal`` for the many pieces of one file: the key is set up once (it costs a tenth of a piece)."""

    __slots__ = ("_key",)
    EXTRA = _NONCE_BYTES + 16
    """Bytes by which a sealed piece is longer: its nonce in front, its tag behind."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._key: AESGCM = AESGCM(bytes(key))

    def seal(self, plain: bytes, bound_to: bytes) -> bytes:
        """AES-256-GCM with a random nonce in front; ``bound_to`` is authenticated, not stored."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._key.encrypt(nonce, plain, bound_to)

    def unseal(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Undo ``seal``. Raises ``Refusal('key.does_not_open')`` for other bytes, another key or another binding."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError) as error:
            raise Refusal("key.does_not_open") from error


def new_box_keys() -> tuple[bytes, bytes]:
    """A new X25519 key pair (private, public) for ``seal_to``."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    key = X25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def seal_to(public: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Seal to an X25519 public key with a throw-away sender key (as a sealed box: 32-byte sender key first)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    sender = X25519PrivateKey.generate()
    mine = sender.public_key().public_bytes_raw()
    shared = sender.exchange(X25519PublicKey.from_public_bytes(public))
    return mine + seal(derive(shared + mine + public, "fieldkit/box/v1"), plain, bound_to)


def open_box(private: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Undo ``seal_to``. Raises ``Refusal('key.does_not_open')`` for a wrong key or altered bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    key = X25519PrivateKey.from_private_bytes(bytes(private))
    mine = key.public_key().public_bytes_raw()
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    except ValueError as error:
        raise Refusal("key.does_not_open") from error
    return unseal(derive(shared + sealed[:32] + mine, "fieldkit/box/v1"), sealed[32:], bound_to)


def fingerprint(public: bytes) -> tuple[int, ...]:
    """Six numbers of 12 bits from SHA-256 of a public key; each names a word of the shipped list.

    72 bits: two people reading six words to each other notice an impostor's key.
    """
    bits = int.from_bytes(hashlib.sha256(b"fieldkit/fingerprint/v1\0" + public).digest(), "big")
    return tuple(bits >> 256 - 12 * (n + 1) & 0xFFF for n in range(6))
