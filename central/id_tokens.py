"""The one door to joserfc: whether an ID token is what the organisation's provider signed, for us, now.

Only signatures by a public key count. ``none`` and the ``HS`` family are not among the algorithms at all: with them
anybody, or whoever knows the public key, could write a token.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from fieldkit.kernel.errors import Refusal

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
SKEW_SECONDS = 120
"""By so much the provider's clock and the store's may differ."""


class NoSuchKeyError(Exception):
    """The token names a key that is not among these: the provider may have changed its keys since they were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a token must say. ``now`` is the store's own time."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime


def verify(token: str, keys: dict[str, Any], wanted: Wanted) -> dict[str, Any]:
    """The claims of a token that holds; ``keys`` is the provider's key set as it was read (RFC 7517).

    Follows OpenID Connect Core 3.1.3.7. Raises ``NoSuchKeyError``, ``Refusal('central.sign_in_token')`` with a
    ``reason``, or ``Refusal('central.sign_in_time')`` where only the time is wrong.
    """
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError
    from joserfc.jwk import KeySet

    try:
        found = jwt.decode(token, KeySet(_signing_keys(keys)), algorithms=list(ALGORITHMS))
    except InvalidKeyIdError as error:
        raise NoSuchKeyError from error
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _no(f"its signature does not hold ({type(error).__name__})") from error
    claims = found.claims
    _check_parties(claims, wanted)
    _check_time(claims, wanted.now.timestamp())
    return claims


def _signing_keys(keys: dict[str, Any]) -> list[Any]:
    """Those that may sign; a key of a kind that is not understood here is left out, the others hold."""
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    kept = []
    for key in keys.get("keys", []):
        if not isinstance(key, dict) or key.get("use", "sig") != "sig" or key.get("kty") == "oct":
            continue
        with suppress(JoseError, ValueError, TypeError, KeyError):
            kept.append(import_key(key))
    if not kept:
        raise NoSuchKeyError
    return kept


def _check_parties(claims: dict[str, Any], wanted: Wanted) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    subject = claims.get("sub")
    if claims.get("iss") != wanted.issuer:
        raise _no("another provider made it")
    if wanted.client_id not in audiences:
        raise _no("it was made for another program")
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != wanted.client_id:
        raise _no("it was handed to another program")
    if claims.get("nonce") != wanted.nonce:
        raise _no("it was made for another laptop or another attempt")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise _no("it names nobody")


def _check_time(claims: dict[str, Any], now: float) -> None:
    ends, made, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf")
    if not _is_time(ends) or not _is_time(made):
        raise _no("it does not say how long it holds")
    latest = max(made, begins) if _is_time(begins) else made
    if now - ends >= SKEW_SECONDS or latest - now > SKEW_SECONDS:
        raise Refusal("central.sign_in_time")


def _is_time(value: Any) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 2**40


def _no(reason: str) -> Refusal:
    return Refusal("central.sign_in_token", reason=reason)
