"""The address of a central store, as somebody typed it or a code carries it."""

from __future__ import annotations

from urllib.parse import urlsplit

from fieldkit.kernel.errors import Mistake
from sync.way import is_loopback


def checked_address(url: str) -> str:
    """The address without a closing slash. Raises ``Mistake`` unless it is https, or http on this machine."""
    parts = urlsplit(url.strip())
    try:
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.query or parts.fragment or parts.username or parts.scheme not in {"http", "https"}:
        raise Mistake("send.address", field="url", address=url)
    if parts.scheme == "http" and not is_loopback(host):
        raise Mistake("send.address_not_protected", field="url", address=url)
    return parts.geturl().rstrip("/")
