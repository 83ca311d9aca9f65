"""How much to hand in at once, so that one revision the store chokes on never holds up the rest.

Everything goes in one request until the store meets a fault of its own over it; then a quarter, and so on down
to one, which is left aside. Each success goes up again by the same step, so that with one bad revision among
20,000 the others arrive within the same round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

STEP = 4
EVERYTHING = 1 << 40

MOST_REQUESTS = 64
"""In one round. Two bad revisions among 20,000 need about forty."""

MOST_SUSPECTS = 8
"""Faults over single revisions in a row, with no success between, until it is the store that is broken."""

_MOST_SILENCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """The most revisions to put into one request, and those left aside until the next try by hand.

    ``silences`` counts requests over one revision alone that were never answered.
    """

    limit: int = EVERYTHING
    aside: frozenset[str] = frozenset()
    silences: int = 0

    def smaller(self, tried: int) -> Portion:
        """After a fault over ``tried`` revisions."""
        return replace(self, limit=max(1, min(self.limit, tried) // STEP))

    def larger(self) -> Portion:
        """After a success."""
        return replace(self, limit=min(EVERYTHING, self.limit * STEP), silences=0)

    def without(self, revision: str) -> Portion:
        """After a fault over this one alone: leave it and take up the others again."""
        return replace(self, aside=self.aside | {revision}, silences=0)

    def forgiving(self, revisions: frozenset[str]) -> Portion:
        """It was not these revisions: offer them again."""
        return replace(self, aside=self.aside - revisions)

    def unanswered(self, revisions: list[str]) -> Portion:
        """After silence: next time less, and in the end without the one that is always met by silence."""
        if len(revisions) > 1:
            return self.smaller(len(revisions))
        if self.silences + 1 >= _MOST_SILENCES:
            return self.without(revisions[0])
        return replace(self, silences=self.silences + 1)
