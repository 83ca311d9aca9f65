"""Who asks: found before a body is read, so a stranger cannot make the store read one, and proved after it.

A device's key, person and author never change, so they are remembered; its status is read afresh by every route
that depends on it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import NamedTuple

from central.core import Core, find_device, verify_key
from central.device_certificates import is_over
from central.judge import REVOKED, KnownDevice
from central.readers import CARRIES, person_with
from fieldkit.kernel.errors import FieldKitError, Refusal
from fieldkit.kernel.ids import is_id
from sync.wire.requests import DEVICE_HEADER, SIGNATURE_HEADER, from_base64, request_message
from sync.wire.routes import Asker, Route

_ANY_STATUS = frozenset({Asker.SENDER, Asker.CARRIER})
_BY_KEY = frozenset({Asker.READER, Asker.CARRIER})


class Claim(NamedTuple):
    """Who says they ask: a device, with the signature that has yet to prove it, or a person whose key was shown."""

    device: KnownDevice
    signature: str | None


def remembered(core: Core, route: Route, headers: Mapping[str, str]) -> Claim | None:
    """The claim of a device seen before, where the route takes it whatever its status is now."""
    device, signature = core.devices.get(headers.get(DEVICE_HEADER, "")), headers.get(SIGNATURE_HEADER)
    if device is None or signature is None or route.asker not in _ANY_STATUS:
        return None
    return Claim(device, signature)


def claimed(core: Core, route: Route, headers: Mapping[str, str]) -> Claim | None:
    """Who says they ask; ``None`` for anyone and for the office's token. Raises ``Refusal`` for who may not ask."""
    if route.asker is Asker.ANYONE:
        return None
    if route.asker in _BY_KEY and "authorization" in headers:
        return _reader(core, headers["authorization"], route)
    name, signature = headers.get(DEVICE_HEADER), headers.get(SIGNATURE_HEADER)
    if name is None or signature is None:
        raise Refusal("central.not_signed")
    with core.database.glance() as connection:
        device = find_device(connection, name) if is_id(name) else None
        may_send_only = route.asker not in _ANY_STATUS and is_over(connection, name, core.stamp()) if device else False
    if device is None:
        raise Refusal("central.device_unknown")
    core.devices[device.id] = device
    if device.status == REVOKED and route.asker not in _ANY_STATUS:
        raise Refusal("central.device_revoked")
    if may_send_only:
        raise Refusal("central.device_expired")
    return Claim(device, signature)


def proved(core: Core, claim: Claim | None, method: str, path: str, digest: bytes) -> KnownDevice | None:
    """The device that asks, now that the body is known. Raises ``Refusal('central.signature')``."""
    if claim is None or claim.signature is None:
        return claim.device if claim is not None else None
    try:
        signature = from_base64(claim.signature)
    except FieldKitError:
        signature = b""
    if not verify_key(core, claim.device).holds(signature, request_message(method, path, digest)):
        raise Refusal("central.signature")
    return claim.device


def _reader(core: Core, header: str, route: Route) -> Claim | None:
    token = header.removeprefix("Bearer ").strip()
    if route.asker is Asker.CARRIER:
        if not token.startswith(CARRIES):  # a key for reading, and the office's token, hand nothing in
            raise Refusal("central.token")
    elif hmac.compare_digest(hashlib.sha256(token.encode()).digest(), core.token_hash):
        return None
    person = person_with(core, token)
    if person is None:
        raise Refusal("central.token")
    return Claim(person, None)
