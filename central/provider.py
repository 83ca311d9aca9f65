"""What the store reads from the organisation's sign-in provider: its description, its keys, and claims of a person.

Keys are kept for ten minutes, so that a key taken out of use there stops counting here; a token signed with a key
that is not known makes the store look again, at most every ten seconds, so that nobody can make it ask in a loop.
"""

from __future__ import annotations

import ipaddress
import json
import ssl
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from central.id_tokens import NoSuchKeyError, Wanted, verify
from fieldkit.kernel.errors import Refusal

KEPT_SECONDS = 600.0
LEAST_BETWEEN = 10.0
TIMEOUT = 10.0
LARGEST = 2**20


@dataclass(slots=True)
class _Known:
    document: dict[str, Any]
    keys: dict[str, Any]
    read_at: float


@dataclass(slots=True)
class Provider:
    """Shared by all threads of a store."""

    _known: dict[str, _Known] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def verified(self, token: str, wanted: Wanted) -> dict[str, Any]:
        """The claims of a token. Raises ``Refusal`` as ``id_tokens.verify``, or ``central.provider``."""
        try:
            return verify(token, self._read(wanted.issuer, KEPT_SECONDS).keys, wanted)
        except NoSuchKeyError:
            try:
                return verify(token, self._read(wanted.issuer, LEAST_BETWEEN).keys, wanted)
            except NoSuchKeyError as error:
                reason = "it is signed with a key that the provider does not name"
                raise Refusal("central.sign_in_token", reason=reason) from error

    def about(self, issuer: str, access_token: str, subject: str) -> dict[str, Any]:
        """What the provider says of ``subject`` beside the ID token; nothing where it has no such page."""
        address = self._read(issuer, KEPT_SECONDS).document.get("userinfo_endpoint")
        if not isinstance(address, str) or not access_token:
            return {}
        try:
            said = fetch(address, bearer=access_token)
        except Refusal as refusal:
            if str(refusal.details.get("reason")).startswith("HTTP 4"):  # it says no more of this person
                return {}
            raise
        return said if said.get("sub") == subject else {}  # of somebody else: OpenID Connect Core 5.3.2

    def _read(self, issuer: str, oldest: float) -> _Known:
        with self._lock:
            known = self._known.get(issuer)
            if known is None or time.monotonic() - known.read_at >= oldest:
                document = describe(issuer)
                known = _Known(document, fetch(str(document["jwks_uri"])), time.monotonic())
                self._known[issuer] = known
            return known


def describe(issuer: str) -> dict[str, Any]:
    """The provider's own description (OpenID Connect Discovery 4). Raises ``Refusal('central.provider')``."""
    document = fetch(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise Refusal("central.provider", reason=f"it calls itself {str(document.get('issuer'))[:200]}")
    if not isinstance(document.get("jwks_uri"), str):
        raise Refusal("central.provider", reason="it names no keys")
    return document


def is_protected(address: str) -> bool:
    """Whether an address is https, or on this very machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname)))


def fetch(address: str, bearer: str = "") -> dict[str, Any]:
    """A JSON object at ``address``. No redirect is followed. Raises ``Refusal('central.provider')``."""
    if not is_protected(address):
        raise Refusal("central.provider", reason=f"{address[:200]} is not protected by https")
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    proxies = [urllib.request.ProxyHandler({})] if _is_here(urlsplit(address).hostname) else []
    way = urllib.request.build_opener(
        *proxies, _Stay(), urllib.request.HTTPSHandler(context=ssl.create_default_context())
    )
    try:
        with way.open(urllib.request.Request(address, headers=headers), timeout=TIMEOUT) as reply:
            found = json.loads(reply.read(LARGEST))
    except (OSError, ValueError, RecursionError, urllib.error.URLError) as error:
        raise Refusal("central.provider", reason=_why(error)) from error
    if not isinstance(found, dict):
        raise Refusal("central.provider", reason="its answer is not an object")
    return found


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _why(error: Exception) -> str:
    return f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else type(error).__name__


def _is_here(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
