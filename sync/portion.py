"""How much to hand in at once, so that one revision the store chokes on never holds up the rest.

Everything goes in one request until the store meets a fault of its own over it; then a quarter, and so on down
to one, which the others then go past. Each success goes up again by the same step, so that with one bad revision
among 20,000 the others arrive within the same round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

STEP = 4
EVERYTHING = 1 << 40

MOST_REQUESTS = 64
"""In one round. Two bad revisions among 20,000 need about forty."""

MOST_SUSPECTS = 8
"""Faults over single revisions in a row, with no success between, until it is the store that is broken."""

_MOST_SILENCES = 3
_LONGEST_REST = 64
"""Rounds; with a look for news every minute about an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One revision that others went past: why, how often it was tried since, and in how many rounds it is due."""

    code: str
    tries: int = 0
    rest: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """The most revisions to put into one request, and those that others go before.

    ``suspects`` (revision to code) met a fault or silence alone; the next success of another convicts them and puts
    them ``aside``: from then on they are tried alone, after all others, ever more rarely. ``silences`` counts
    requests over one alone that got no answer.
    """

    limit: int = EVERYTHING
    aside: Mapping[str, Aside] = field(default_factory=dict)
    suspects: Mapping[str, str] = field(default_factory=dict)
    silences: int = 0

    def leaves_out(self, revision: str) -> bool:
        """Whether this revision does not go with the others."""
        return revision in self.aside or revision in self.suspects

    @property
    def due(self) -> tuple[str, ...]:
        """Those aside whose turn has come to be tried alone."""
        return tuple(revision for revision, aside in self.aside.items() if aside.rest <= 0)

    def next_round(self) -> Portion:
        """A round begins: those aside have rested one more."""
        return replace(self, aside={name: replace(one, rest=one.rest - 1) for name, one in self.aside.items()})

    def after_fault(self, tried: list[str], code: str) -> Portion:
        """The store met a fault over these: fewer next, or without the one that was alone."""
        if len(tried) > 1:
            return replace(self, limit=max(1, min(self.limit, len(tried)) // STEP))
        return replace(self, suspects={**self.suspects, tried[0]: code}, silences=0)

    def after_silence(self, tried: list[str], code: str) -> Portion:
        """No whole answer came: the line, or a revision that the store never gets over."""
        if len(tried) > 1 or self.silences + 1 >= _MOST_SILENCES:
            return self.after_fault(tried, code)
        return replace(self, silences=self.silences + 1)

    def after_success(self) -> Portion:
        """What was left out meanwhile is to blame for the faults before."""
        blamed = {suspect: Aside(code=code) for suspect, code in self.suspects.items()}
        return Portion(limit=min(EVERYTHING, self.limit * STEP), aside={**self.aside, **blamed})

    def acquitted(self) -> Portion:
        """Nothing else went through either, so it was not they: offer the suspects again."""
        return replace(self, suspects={})

    def tried_alone(self, revision: str, code: str) -> Portion:
        """One that was aside was tried: out of the way if it went through (no ``code``), else to rest longer."""
        others = {name: one for name, one in self.aside.items() if name != revision}
        if not code:
            return replace(self, aside=others)
        tries = self.aside[revision].tries + 1
        again = Aside(code=code, tries=tries, rest=min(_LONGEST_REST, 2**tries))
        return replace(self, aside={**others, revision: again})
