"""What the system says of the network, and whether files may go over it. Told by whoever can know (``ui.qt``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FilesOver(StrEnum):
    """What a person chose for the files of attachments on a connection that is paid for by the amount."""

    ASK = "ask"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """``is_metered``: the system says so, or a person. ``name`` tells networks apart as far as anybody can."""

    is_metered: bool = False
    wants_sign_in: bool = False
    is_there: bool = True
    name: str = ""


class Allowance:
    """Whether files may go just now. Words are never asked about: they always go."""

    def __init__(self) -> None:
        self.network = Network()
        self.over = FilesOver.ASK
        self._allowed: Network | None = None

    def allow(self) -> None:
        """A person let the files go over this very connection, once."""
        self._allowed = self.network

    def take(self, network: Network) -> bool:
        """Another connection; whether a try at once may now get through. What was allowed does not go along."""
        before, self.network = self.network, network
        return before != network and network.is_there

    @property
    def may_go(self) -> bool:
        """Whether files may go."""
        if not self.network.is_metered or self.over is FilesOver.ALWAYS:
            return True
        return self.over is FilesOver.ASK and self._allowed == self.network
