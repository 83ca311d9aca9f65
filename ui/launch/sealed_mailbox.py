"""The sealed mailbox for screens; the HTTP client behind it is imported when somebody first asks the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.http import CentralStore
    from sync.link import Call
    from sync.mailbox import Mailbox, Taken, Waits


class LateMailbox:
    """Implements ``ui.presenters.services.Mailbox``; ``call`` runs a transaction on the store lane.

    ``connect`` takes the way out that was chosen in Settings, as sending does.
    """

    def __init__(self, call: Call, connect: Callable[[str], CentralStore]) -> None:
        self._call, self._connect = call, connect

    def holders(self) -> Sequence[tuple[str, bytes]]:
        """Who holds the role."""
        return self._mailbox.holders()

    def publish(self, public: bytes) -> None:
        """Say which key is to be sealed to."""
        self._mailbox.publish(public)

    def leave(self, to: bytes, sealed: bytes) -> Taken:
        """Leave something for a holder."""
        return self._mailbox.leave(to, sealed)

    def waiting(self) -> tuple[Sequence[Waits], bool]:
        """What waits for this person."""
        return self._mailbox.waiting()

    def done(self, ids: Sequence[str]) -> None:
        """The office may destroy these."""
        self._mailbox.done(ids)

    @cached_property
    def _mailbox(self) -> Mailbox:
        from sync.mailbox import Mailbox

        return Mailbox(self._call, self._connect)
