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
    """The most revisions to put into one request, and those left out of it.

    ``suspects`` (revision, code) met a fault or silence alone; the next success convicts them and puts them
    ``aside`` until a person asks for another try. ``silences`` counts requests over one alone that got no answer.
    """

    limit: int = EVERYTHING
    aside: frozenset[str] = frozenset()
    suspects: tuple[tuple[str, str], ...] = ()
    silences: int = 0

    def leaves_out(self, revision: str) -> bool:
        """Whether this revision is not offered for now."""
        return revision in self.aside or any(revision == suspect for suspect, _ in self.suspects)

    def after_fault(self, tried: list[str], code: str) -> Portion:
        """The store met a fault over these: fewer next, or without the one that was alone."""
        if len(tried) > 1:
            return replace(self, limit=max(1, min(self.limit, len(tried)) // STEP))
        return replace(self, suspects=(*self.suspects, (tried[0], code)), silences=0)

    def after_silence(self, tried: list[str], code: str) -> Portion:
        """No whole answer came: the line, or a revision that the store never gets over."""
        if len(tried) > 1 or self.silences + 1 >= _MOST_SILENCES:
            return self.after_fault(tried, code)
        return replace(self, silences=self.silences + 1)

    def after_success(self) -> Portion:
        """What was left out meanwhile is to blame for the faults before, and stays out."""
        blamed = self.aside | {suspect for suspect, _ in self.suspects}
        return Portion(limit=min(EVERYTHING, self.limit * STEP), aside=blamed)

    def acquitted(self) -> Portion:
        """Nothing else went through either, so it was not they: offer the suspects again."""
        return replace(self, suspects=())
