"""When the next round is due: pure bookkeeping of nudges, pauses and tries, in seconds of a monotonic clock."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sync.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Seconds. A save waits ``settle`` for the next one, yet never longer than ``longest_settle`` in all.

    ``watch`` is how often a connected laptop asks for its team's news; one hello is under 500 bytes.
    """

    settle: float = 5.0
    longest_settle: float = 20.0
    watch: float = 60.0


SLEPT = 60.0
"""Seconds by which the wall clock ran ahead of the other one: the laptop slept, or somebody set the clock."""

MOST_AT_ONCE = 5
"""Rounds that may follow each other without a pause; a store that always has "more" must not keep a laptop awake."""


class Sleep:
    """Notices that the laptop was asleep. A clock that was set looks alike and costs one greeting, nothing else."""

    def __init__(self, now: float, wall: float) -> None:
        self._now, self._wall = now, wall

    def was(self, now: float, wall: float) -> bool:
        """Whether it slept since it was asked last."""
        ahead = (wall - self._wall) - (now - self._now)
        self._now, self._wall = now, wall
        return ahead > SLEPT


class Triggers:
    """Knows when to try next. Every time is given by the caller, so a test needs no clock."""

    def __init__(self, pauses: Pauses, chance: Callable[[], float], now: float) -> None:
        self._pauses = pauses
        self._chance = chance
        self._first_nudge: float | None = None
        self._hurried = False
        self._at_once = 0
        self._due = now
        self.pace = Pace()

    @property
    def due(self) -> float:
        """When the next round is to start."""
        return self._due

    def begin(self) -> None:
        """A round starts: what is nudged from here on may have come too late for it."""
        self._first_nudge = None
        self._hurried = False
        self._due = math.inf

    def nudge(self, now: float, *, urgent: bool = False) -> None:
        """Something was saved. While the store cannot be reached the back-off stands, unless it is urgent."""
        if urgent:
            self._hurried = True
            self._due = min(self._due, now)
        elif not self.pace.tries:
            self._first_nudge = now if self._first_nudge is None else self._first_nudge
            settled = min(now + self._pauses.settle, self._first_nudge + self._pauses.longest_settle)
            self._due = settled if not self._hurried else min(self._due, settled)

    def hurry(self, now: float) -> None:
        """A person asked: at once, whatever went before."""
        self.pace = Pace()
        self._hurried = True
        self._due = now

    def went_through(self, now: float, *, again: bool) -> None:
        """A round ended well."""
        self.pace = self.pace.after_success()
        self._at_once = self._at_once + 1 if again else 0
        if again and self._at_once <= MOST_AT_ONCE:
            self._due = now
        else:
            self._at_once = 0
            self._due = min(self._due, now + self._pauses.watch)

    def did_not(self, now: float, *, urgent: bool, told: float) -> float:
        """A round did not go through; returns the seconds until the next: half a minute at most where it is urgent."""
        self.pace = self.pace.after_trouble()
        wait = 0.0 if self._hurried else self.pace.wait(self._chance, urgent=urgent, told=told)
        self._due = now + wait
        return wait
