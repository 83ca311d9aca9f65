"""How much of a file goes at once on this line, and how little of it lies in the machine's own buffers.

What a request has handed to the operating system can no longer be held back for something urgent. So on a slow line
pieces are small and so are the buffers: about a second of what the line carries.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sync.wire import files as tus

LEAST_PART = 256 * 2**10
"""Bytes; a part that breaks off is sent again, and each costs a turn and a flush of the store's disk."""

FIRST_PART = 16 * 2**10
"""Bytes of the first part on a line of which nothing is known. With the little buffer that such a line gets it measures
that buffer and not the line (256 KiB took 18 s on loopback), so it is over soon; the next ones measure the line."""

SLOW = 8 * 2**10
"""Bytes a second below which a line is slow: a part of 256 KiB takes half a minute."""

PART_SECONDS = 8.0
"""How long a part is to take: words that were just written wait for nothing, but a broken part costs its whole time."""

_STEP = 4
_SMALLEST_PIECE, _LARGEST_PIECE = 2**10, 64 * 2**10
_SMALLEST_BUFFER, _LARGEST_BUFFER = 2 * 2**10, 4 * 2**20
_PIECE_SECONDS, _BUFFER_SECONDS = 0.25, 1.0
_OLD = 0.5
"""The share of what was known of the line in each new estimate."""


@dataclass(slots=True, kw_only=True)
class Flow:
    """What is known of the line. ``rate`` is in bytes a second, 0 while nothing is known."""

    rate: float = 0.0
    part: int = 0
    _now: Callable[[], float] = field(default=time.monotonic)

    @property
    def part_size(self) -> int:
        """Bytes of the next part of a file: between 256 KiB and 8 MiB, and fewer of the very first."""
        return min(self.stream_size, tus.MOST_AT_ONCE)

    @property
    def stream_size(self) -> int:
        """Bytes of the next stream, where the store takes one: so long as a part takes, and as many as that brings."""
        return self.part or min(FIRST_PART, tus.PART)

    @property
    def piece_size(self) -> int:
        """Bytes handed over at once, between two looks whether something urgent waits."""
        return _within(self.rate * _PIECE_SECONDS, _SMALLEST_PIECE, _LARGEST_PIECE)

    @property
    def is_slow(self) -> bool:
        """Whether it was measured below what counts as slow."""
        return 0 < self.rate < SLOW

    @property
    def buffer_size(self) -> int:
        """Bytes that may lie in the machine's send buffer: few while nothing is known, for it would take them all."""
        return _within(self.rate * _BUFFER_SECONDS, _SMALLEST_BUFFER, _LARGEST_BUFFER)

    def went(self, size: int, seconds: float) -> None:
        """So many bytes were taken by the store in so many seconds, pauses left out."""
        rate = self.saw(size, seconds)
        fits = _within(rate * PART_SECONDS, min(LEAST_PART, tus.PART), tus.LONGEST_STREAM)
        self.part = min(fits, self.stream_size * _STEP)

    def saw(self, size: int, seconds: float) -> float:
        """So many bytes left, in the middle of a stream; bytes a second of this very look."""
        rate = size / max(seconds, 0.001)
        self.rate = rate if not self.rate else self.rate * _OLD + rate * (1 - _OLD)
        return rate

    def broke(self) -> None:
        """A part did not arrive: smaller ones from here on."""
        self.part = max(min(LEAST_PART, tus.PART), self.part_size // _STEP)
        self.rate /= 2


def _within(value: float, least: int, most: int) -> int:
    return int(max(least, min(most, value)))
