"""Cases side by side: the same step of the way in each, how long it took there, and what its handover lacked.

One case that waited is a story; the same wait in four of six is a finding about the system.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldkit.domain.pathway import Pathway, Referral, Transition
from fieldkit.domain.touchpoint import HandOver

Way = tuple[str, str]
"""From which service to which, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One kind of transition in all cases. ``found`` has a tuple for each case, in their order; empty = it has none."""

    left: str
    reached: str
    found: tuple[tuple[Transition, ...], ...]

    @property
    def cases(self) -> int:
        """In how many cases it is."""
        return sum(bool(one) for one in self.found)

    @property
    def longest(self) -> int:
        """Days of its longest wait in any case."""
        return max((step.wait.days for one in self.found for step in one), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Referrals to one service in all cases, or (``is_by``) by one that did not say where to; ``found`` as in
    ``Passage``.
    """

    service: str
    is_by: bool
    found: tuple[tuple[Referral, ...], ...]

    @property
    def cases(self) -> int:
        """In how many cases it was asked."""
        return sum(bool(one) for one in self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One point of a safe handover: of each case how often it was not done, and of how many handovers that is known."""

    point: str
    found: tuple[tuple[int, int], ...]

    @property
    def total(self) -> tuple[int, int]:
        """Not done, and known, in all cases together."""
        return sum(lacking for lacking, _ in self.found), sum(known for _, known in self.found)


def passages(paths: Sequence[Pathway]) -> tuple[Passage, ...]:
    """Every kind of transition, those of most cases first, then by the longest wait."""
    by_way = [_by_way(path.transitions) for path in paths]
    ways = dict.fromkeys(way for one in by_way for way in one)
    found = [Passage(**_named(way, by_way), found=tuple(tuple(one.get(way, ())) for one in by_way)) for way in ways]
    return tuple(sorted(found, key=lambda one: (-one.cases, -one.longest, one.left, one.reached)))


def asked(paths: Sequence[Pathway]) -> tuple[Asked, ...]:
    """Referrals by the service they went to, those of most cases first; without one, by who referred."""
    names: dict[tuple[str, bool], str] = {}
    for path in paths:
        for one in path.referrals:
            names.setdefault(_asked_of(one), one.made.towards or one.made.organisation)
    found = [
        Asked(
            service=name, is_by=key[1],
            found=tuple(tuple(one for one in path.referrals if _asked_of(one) == key) for path in paths),
        )
        for key, name in names.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.cases, one.service, one.is_by)))


def lacks(paths: Sequence[Pathway]) -> tuple[Lack, ...]:
    """The points of a handover that were not done in any case, those not done most often first."""
    checks = [[one.hand_over for one in path.transitions if one.hand_over is not None] for path in paths]
    found = [Lack(point=point, found=tuple(_counted(point, one) for one in checks)) for point in HandOver.points()]
    lacking = [one for one in found if one.total[0]]
    return tuple(sorted(lacking, key=lambda one: -one.total[0]))


def _by_way(transitions: Iterable[Transition]) -> dict[Way, list[Transition]]:
    found: dict[Way, list[Transition]] = {}
    for one in transitions:
        found.setdefault((one.left.organisation.casefold(), one.reached.organisation.casefold()), []).append(one)
    return found


def _named(way: Way, cases: Sequence[dict[Way, list[Transition]]]) -> dict[str, str]:
    first = next(one[way][0] for one in cases if way in one)
    return {"left": first.left.organisation, "reached": first.reached.organisation}


def _asked_of(one: Referral) -> tuple[str, bool]:
    return (one.made.towards or one.made.organisation).casefold(), not one.made.towards


def _counted(point: str, checks: Sequence[HandOver]) -> tuple[int, int]:
    known = [check for check in checks if check.answer(point).value != "unknown"]
    return sum(point in check.lacking for check in known), len(known)
