"""What the operating system knows of the network: metered, a page to sign in on, another one than before.

Qt asks the system (NetworkManager, Windows, macOS). Where it can say nothing, nothing is claimed: a person says in
Settings that a connection is metered. Loaded once something is to be sent, never before the first screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldkit.kernel.topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known just now."""

    is_metered: bool = False
    wants_sign_in: bool = False
    is_there: bool = True
    name: str = ""


class Watched:
    """Follows the system from ``start`` on; used on the screens' thread."""

    def __init__(self) -> None:
        self.seen = Seen()
        self.changed: Topic[Seen] = Topic()
        self._information: Any = None

    def start(self) -> None:
        """Begin to follow; more than once does no harm."""
        if self._information is not None:
            return
        from PySide6.QtNetwork import QNetworkInformation as Information

        if not Information.loadDefaultBackend():
            return
        self._information = Information.instance()
        for signal in (
            self._information.isMeteredChanged, self._information.isBehindCaptivePortalChanged,
            self._information.reachabilityChanged, self._information.transportMediumChanged,
        ):  # fmt: skip
            signal.connect(lambda *_: self._look())
        self._look()

    def _look(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation as Information

        now = self._information
        seen = Seen(
            is_metered=now.isMetered(), wants_sign_in=now.isBehindCaptivePortal(),
            is_there=now.reachability() is not Information.Reachability.Disconnected,
            name=now.transportMedium().name,
        )  # fmt: skip
        if seen != self.seen:
            self.seen = seen
            self.changed.tell(seen)
