"""The way out of this network: through which proxy, with whose password, and whom to trust beside the machine's own.

What the system and the environment say (``HTTPS_PROXY``, ``NO_PROXY``; the settings of Windows and macOS) is taken
unless a person chose otherwise. A proxy script (PAC) is not read: whoever has one enters the address that it gives.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from fieldkit.app.network_choices import NetworkChoices

SYSTEM: Final = ""
DIRECT: Final = "direct"
PROXY_KINDS: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """``proxy`` is ``SYSTEM``, ``DIRECT`` or an address; ``user`` and ``password`` are for whichever proxy it is.

    ``authorities`` is a file of certificates (PEM) that are trusted beside those of the machine.
    """

    proxy: str = SYSTEM
    user: str = ""
    password: str = ""
    authorities: str = ""

    @classmethod
    def of(cls, choices: NetworkChoices) -> Way:
        """What a person chose."""
        return cls(
            proxy=choices.proxy.rstrip("/"), user=choices.user, password=choices.password,
            authorities=choices.authorities,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"Way(proxy={urlsplit(self.proxy).hostname or self.proxy!r}, user={bool(self.user)})"

    def proxy_for(self, url: str) -> str:
        """The proxy's address for this one, or nothing. No proxy serves this very machine."""
        parts = urlsplit(url)
        if self.proxy == DIRECT or is_loopback(parts.hostname):
            return ""
        return self.proxy or _of_system(parts.scheme, parts.netloc.rpartition("@")[2])


def is_loopback(host: str | None) -> bool:
    """Whether this names the very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _of_system(scheme: str, place: str) -> str:
    from urllib.request import getproxies, proxy_bypass

    if proxy_bypass(place):
        return ""
    known = getproxies()
    address = known.get(scheme) or known.get("all") or ""
    return address if not address or "://" in address else f"http://{address}"
