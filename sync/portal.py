"""Whether a network stands in front of the store and wants a person to sign in: asked where TLS met a stranger.

Such networks answer for every name with a certificate of their own, which looks like an attack until one asks the same
name without protection: then they lead to their page. Nothing is sent but the name, which the network knows already.
"""

from __future__ import annotations

from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

_SECONDS = 5.0
_SIGN_IN_FIRST = 511


def wants_sign_in(url: str, port: int = 80) -> bool:
    """True where plain http at the store's name is led to another host, or told to sign in (RFC 6585)."""
    host = urlsplit(url).hostname or ""
    line = HTTPConnection(host, port, timeout=_SECONDS)
    with suppress(OSError, HTTPException, ValueError):
        try:
            line.request("GET", "/", headers={"User-Agent": "FieldKit"})
            reply = line.getresponse()
            led = urlsplit(reply.getheader("Location") or "").hostname
            return reply.status == _SIGN_IN_FIRST or (300 <= reply.status < 400 and led not in (None, host))
        finally:
            line.close()
    return False
