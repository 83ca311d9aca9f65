"""When to try again (full-jitter back-off, so that two hundred laptops never knock together), and how much at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

FIRST = 2.0
CAP = 300.0
URGENT_CAP = 30.0
"""Seconds at most between tries while something with priority 0 waits."""

_MOST_DOUBLINGS = 20

STEP_SECONDS = 0.005
"""How long one step of keeping a page may take while somebody types: what a key may have to wait for."""
_LEAST, _START, _MOST = 10, 50, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """``tries`` in a row that did not go through."""

    tries: int = 0

    def after_trouble(self) -> Pace:
        """One more."""
        return replace(self, tries=self.tries + 1)

    def after_success(self) -> Pace:
        """From the start."""
        return Pace()

    def wait(self, chance: Callable[[], float], *, urgent: bool = False, told: float = 0.0) -> float:
        """Seconds until the next try: random in [0, min(cap, 2 s * 2**tries)], never sooner than ``told``.

        ``chance`` gives numbers in [0, 1); ``told`` is the store's own ``Retry-After``, which always wins.
        """
        cap = URGENT_CAP if urgent else CAP
        longest = min(cap, FIRST * 2.0 ** min(max(self.tries - 1, 0), _MOST_DOUBLINGS))
        return max(told, chance() * longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many revisions to keep in one step while somebody types: fewer on a laptop that is slow or busy."""

    size: int = _START

    def after(self, seconds: float) -> Part:
        """The next, when this one took so long: half as many, or a quarter more, between 10 and 100."""
        if seconds > STEP_SECONDS * 2:
            return Part(size=max(_LEAST, self.size // 2))
        return Part(size=min(_MOST, self.size * 5 // 4)) if seconds < STEP_SECONDS else self
