"""Joining by the organisation's own sign-in (OpenID Connect) in the place of a one-time code.

The laptop takes the person through the provider's pages and hands the ID token on; the store believes the provider's
signature, never the laptop. The token's ``nonce`` is a hash over the device and its key, so a token that leaks on the
way enrols no other laptop.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from fieldkit.kernel.canonical import canonical
from sync.wire.messages import Base64, Hex64, Line, SignInModel, ToLaptop, ToStore, Uuid

_NONCE = b"fieldkit/sign-in-nonce/v1\0"
_SIGN_IN = b"fieldkit/sign-in/v1\0"
_SIGNED_IN = b"fieldkit/signed-in/v1\0"

Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~+/=-]*$", max_length=64 * 1024)]
"""As a header would carry it; with a long list of groups an ID token reaches some ten kilobytes."""


class SignInWay(ToLaptop):
    """How people sign in here; ``sign_in`` null: by one-time codes alone."""

    office: str
    sign_in: SignInModel | None = None


class SignInRequest(ToStore):
    """Join, or go on reading, as whoever the provider says. ``proof`` signs ``sign_in_message``.

    ``salt`` made the token's nonce (``sign_in_nonce``). ``access_token`` lets the store ask the provider for claims
    that are not in the ID token; ``code`` ties the account to the person a one-time code was made for.
    """

    protocol: int
    id_token: Token
    access_token: Token = ""
    salt: Hex64
    code: Annotated[str, Field(max_length=64)] = ""
    device: Uuid
    device_key: Hex64
    author: Uuid
    name: Annotated[Line, Field(min_length=1, max_length=200)]
    initials: Annotated[Line, Field(min_length=1, max_length=8)]
    app: Annotated[Line, Field(max_length=64)]
    proof: Base64


def sign_in_nonce(device: str, device_key: str, salt: str) -> str:
    """The nonce that the provider puts into the token for this device and key; ``salt`` is fresh for each attempt."""
    digest = hashlib.sha256(_NONCE + f"{device}\n{device_key}\n{salt}".encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def sign_in_message(request: Mapping[str, Any]) -> bytes:
    """What the device signs to prove that it holds the key it registers."""
    return _SIGN_IN + _without_proof(request)


def signed_in_message(request: Mapping[str, Any], reply: Mapping[str, Any]) -> bytes:
    """What the store signs in its reply, bound to the request that it answers."""
    return _SIGNED_IN + hashlib.sha256(sign_in_message(request)).digest() + _without_proof(reply)


def _without_proof(body: Mapping[str, Any]) -> bytes:
    return canonical({name: value for name, value in body.items() if name != "proof"})
