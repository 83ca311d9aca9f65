"""Sealing to a signing key: its point on the other form of the same curve, so that no second key has to be handed out.

Whoever knows the Ed25519 key of a laptop or of the central store (every laptop knows those of its team, and its
office's) can seal something to it without a network. The two uses never meet: what is sealed passes through HKDF under
a name of its own, and what is signed begins with one (docs/decisions/0145).
"""

from __future__ import annotations

import hashlib

from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey, open_box, seal_to

_FIELD = 2**255 - 19
_CURVE_D = -121665 * pow(121666, -1, _FIELD) % _FIELD


def seal_for(public: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Seal to the holder of the Ed25519 key ``public``. Raises ``Refusal('key.unusable')`` for what is no such key."""
    try:
        return seal_to(_exchange_key(public), plain, bound_to)
    except ValueError as error:
        raise Refusal("key.unusable") from error


def open_with(key: SigningKey, sealed: bytes, bound_to: bytes) -> bytes:
    """Undo ``seal_for``. Raises ``Refusal('key.does_not_open')`` for another's, or altered bytes."""
    private = hashlib.sha512(key.seed()).digest()[:32]
    return open_box(private, sealed, bound_to)


def _exchange_key(public: bytes) -> bytes:
    """The Montgomery form (RFC 7748, section 4.1) of an Edwards point: u = (1 + y) / (1 - y).

    Raises ``ValueError`` for bytes that are no point of the curve.
    """
    if len(public) != 32:
        raise ValueError("not 32 bytes")
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    if y >= _FIELD or y == 1 or not _is_on_curve(y):
        raise ValueError("not a point")
    return ((1 + y) * pow(1 - y, -1, _FIELD) % _FIELD).to_bytes(32, "little")


def _is_on_curve(y: int) -> bool:
    """Whether x**2 = (y**2 - 1) / (d * y**2 + 1) has a root (Euler's criterion)."""
    square = (y * y - 1) * pow(_CURVE_D * y * y + 1, -1, _FIELD) % _FIELD
    return square == 0 or pow(square, (_FIELD - 1) // 2, _FIELD) == 1
