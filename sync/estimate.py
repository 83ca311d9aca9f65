"""The time left of a transfer, true and calm: what moved lately counts, a single fast or slow moment hardly does."""

from __future__ import annotations

import math

SETTLING = 20.0
"""Seconds over which the estimate follows the line: a tunnel of five changes it by a fifth."""

FIRST_AFTER = 5.0
"""Seconds before which nothing is said: the first figures of a transfer are those of buffers, not of the line."""


class Estimate:
    """Told of every amount that moved, with the time; every time is given by the caller."""

    def __init__(self, now: float) -> None:
        self._began = self._at = now
        self._rate = 0.0
        self._moved = 0.0

    def moved(self, amount: float, now: float) -> None:
        """So much more has arrived."""
        self._moved += amount
        passed = now - self._at
        if passed < 0.5:
            return
        fresh = 1.0 if not self._rate else 1.0 - math.exp(-passed / SETTLING)
        self._rate += fresh * (self._moved / passed - self._rate)
        self._at, self._moved = now, 0.0

    def left(self, amount: float, now: float) -> float | None:
        """Seconds for what is left; ``None`` where nobody can know yet."""
        if now - self._began < FIRST_AFTER or self._rate <= 0:
            return None
        return amount / self._rate
