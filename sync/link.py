"""What every step of a round shares: the store at the far end, the vault at the near end, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Protocol, TypeVar

from fieldkit.app.giving_way import GivingWay
from fieldkit.app.ports import Identity, Outgoing, SyncStore
from fieldkit.kernel.errors import Trouble
from sync.flow import Flow
from sync.http import CentralStore

T = TypeVar("T")

FRAMES = 20
"""Revisions packed or unpacked between two looks whether a key is on its way to the screen: some 1 ms."""


class Call(Protocol):
    """Runs one local transaction on the store lane and waits for its result."""

    def __call__(self, use: Callable[[SyncStore], T], /) -> T: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """``progress(done, total)`` is told of receipts as they are kept; ``stopping`` is asked between steps.

    No local transaction is ever open while the network is waited for: ``call`` returns before anything is sent.
    """

    far: CentralStore
    call: Call
    progress: Callable[[int, int], None]
    stopping: Callable[[], bool]
    filing: Callable[[str, int, int], None] = lambda exhibit, done, total: None
    """Told of the file that is going or coming: its exhibit number, bytes done and in all."""
    way: GivingWay = field(default_factory=GivingWay)
    """Lets keys pass, between two steps of a few ms."""
    flow: Flow = field(default_factory=Flow)
    """What is known of the line: how much of a file goes at once."""
    reading: Callable[[int], None] = lambda done: None
    """Told how many of the team's revisions are kept; how many are to come nobody says."""
    part_went: Callable[[], None] = lambda: None
    """Told of each part of a file that the store has taken."""

    def urgent(self, after: int, limit: int) -> list[Outgoing]:
        """A page of what has priority 0 and no receipt yet; one row is read where there is nothing of it."""
        first = self.call(lambda store: store.outgoing(after, 1))
        if not first or not is_urgent(first[0]):
            return []
        return list(takewhile(is_urgent, self.outgoing(after, limit)))

    def outgoing(self, after: int, limit: int) -> list[Outgoing]:
        """A page of what has no receipt yet."""
        return self.call(lambda store: store.outgoing(after, limit))

    def held(self, after: int, limit: int) -> list[Outgoing]:
        """A page of everything held."""
        return self.call(lambda store: store.held(after, limit))

    def go_on(self) -> None:
        """Raises ``Trouble('send.stopped')`` once stopping was asked for; all progress is in the vault."""
        if self.stopping():
            raise Trouble("send.stopped")


def is_urgent(item: Outgoing) -> bool:
    """Whether it goes before everything that is not."""
    return item.revision.envelope.priority == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks in this round, and the key of the office's store that was pinned at enrolment."""

    identity: Identity
    store_key: bytes
