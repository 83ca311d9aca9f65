"""From fifty cases to ten and a few in reserve: a sample that covers as many kinds of people as it can.

Nothing is drawn by lot: the same list gives the same proposal on every laptop, each pick says why it was made, and a
person may swap any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldkit.domain.case import CHARACTERISTICS, Case, Sampling, number_of

SAMPLE = 10
RESERVES = 4
ENGAGED = 6
"""Fifty are listed, ten chosen, six aimed at (facts, section 5)."""

Trait = tuple[str, str]
"""A characteristic and what it is for a case, folded: ``("need", "dementia")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A case that was picked. ``adds`` are the characteristics no earlier pick had, in the list's own words.

    ``stands_by`` names, for a reserve, the picked case it is most like.
    """

    case: Case
    adds: tuple[Trait, ...] = ()
    stands_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A sample and its reserves, in the order of picking."""

    sample: tuple[Pick, ...]
    reserves: tuple[Pick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many cases have one value of a characteristic: on the list, in the sample, among those who take part.

    ``value`` empty = not known. The sample counts those who take part or were asked, too; reserves are not in it.
    """

    characteristic: str
    value: str
    listed: int
    sampled: int
    engaged: int


def propose(cases: Sequence[Case], *, size: int = SAMPLE, reserves: int = RESERVES) -> Proposal:
    """Pick ``size`` cases that cover the list best, and ``reserves`` more that are like them.

    Each pick is the case with the most characteristics no pick had yet, among equals the one whose new ones are shared
    by the fewest on the list. Once none has anything new, it is the one whose characteristics were picked least often:
    where only how rare they are decided, seven of ten picks of a list of fifty were one kind of person.
    Cases that take part stay in, and those that were asked and do not stay out.
    """
    open_ones = [one for one in _sorted(cases) if one.sampling is not Sampling.NOT_ENGAGED]
    shared = Counter(trait for one in open_ones for trait in traits(one))
    picked = [_fixed(one) for one in open_ones if one.sampling is Sampling.ENGAGED]
    rest = [one for one in open_ones if one.sampling is not Sampling.ENGAGED]
    had = Counter(trait for pick in picked for trait in traits(pick.case))
    while rest and len(picked) < size:
        best = max(rest, key=lambda one: _worth(one, had, shared))
        rest.remove(best)
        picked.append(Pick(case=best, adds=_said(best, [trait for trait in traits(best) if not had[trait]])))
        had.update(traits(best))
    return Proposal(sample=tuple(picked), reserves=tuple(_reserves(picked, rest, reserves)))


def swapped(cases: Sequence[Case], proposal: Proposal, case: Case) -> Proposal:
    """The proposal with ``case`` taken out and the next best in its place, or put in for the last that was picked.

    A case that takes part stays in, and one that does not stays out.
    """
    there = [pick.case for pick in proposal.sample]
    reserves = len(proposal.reserves)
    if case in there:
        if case.sampling is Sampling.ENGAGED:
            return proposal
        kept = [one for one in there if one != case]
        rest = [one for one in _sorted(cases) if one not in there and one.sampling is not Sampling.NOT_ENGAGED]
        if rest:
            kept.append(_best(kept, rest, cases))
        return _proposal(cases, kept, reserves, out=case)
    if case.sampling is Sampling.NOT_ENGAGED:
        return proposal
    free = [one for one in there if one.sampling is not Sampling.ENGAGED]
    return _proposal(cases, [one for one in there if one not in free[-1:]] + [case], reserves)


def coverage(cases: Iterable[Case]) -> tuple[Coverage, ...]:
    """The list, the sample and those who take part, side by side: by characteristic, the commonest value first."""
    everyone = tuple(cases)
    rows: list[Coverage] = []
    for name in CHARACTERISTICS:
        spelt: dict[str, str] = {}
        groups: dict[str, list[Case]] = {}
        for one in _sorted(everyone):
            said = " ".join(one.characteristic(name).split())
            spelt.setdefault(said.casefold(), said)
            groups.setdefault(said.casefold(), []).append(one)
        found = [_counted(name, spelt[key], group) for key, group in groups.items()]
        rows.extend(sorted(found, key=lambda row: (not row.value, -row.listed, row.value.casefold())))
    return tuple(rows)


def replacement(cases: Sequence[Case], gone: Case) -> Case | None:
    """The reserve that is most like a case that does not take part; None without a reserve."""
    waiting = [one for one in _sorted(cases) if one.sampling is Sampling.RESERVE and one.id != gone.id]
    return max(waiting, key=lambda one: _likeness(one, gone), default=None)


def traits(case: Case) -> frozenset[Trait]:
    """What is known of a case, folded so that ``Dementia`` and ``dementia`` are one."""
    said = ((name, " ".join(case.characteristic(name).split()).casefold()) for name in CHARACTERISTICS)
    return frozenset((name, value) for name, value in said if value)


def _best(kept: Sequence[Case], rest: Sequence[Case], cases: Sequence[Case]) -> Case:
    had = Counter(trait for one in kept for trait in traits(one))
    shared = Counter(trait for one in cases for trait in traits(one))
    return max(rest, key=lambda one: _worth(one, had, shared))


def _proposal(cases: Sequence[Case], chosen: Sequence[Case], reserves: int, out: Case | None = None) -> Proposal:
    """These cases as a proposal, with what each adds to those before it."""
    had: set[Trait] = set()
    picked = []
    for one in chosen:
        picked.append(Pick(case=one, adds=_said(one, traits(one) - had)))
        had |= traits(one)
    left_out = (*chosen, out)
    rest = [one for one in _sorted(cases) if one not in left_out and one.sampling is not Sampling.NOT_ENGAGED]
    return Proposal(sample=tuple(picked), reserves=tuple(_reserves(picked, rest, reserves)))


def _worth(one: Case, had: Counter[Trait], shared: Counter[Trait]) -> tuple[int, float, float, int]:
    own = sorted(traits(one))
    fresh = [trait for trait in own if not had[trait]]
    rarity = sum(1 / shared[trait] for trait in fresh)
    missed = sum(1 / (1 + had[trait]) for trait in own)  # less for each time that a characteristic was picked before
    return len(fresh), round(rarity, 9), round(missed, 9), -number_of(one.code)


def _reserves(picked: Sequence[Pick], rest: list[Case], count: int) -> Iterable[Pick]:
    """In turn for each picked case the one left that is most like it, from the first picked on."""
    for place in range(min(count, len(rest))):
        if not picked:
            return
        stands_by = picked[place % len(picked)].case
        best = max(rest, key=lambda one: _likeness(one, stands_by))
        rest.remove(best)
        yield Pick(case=best, stands_by=stands_by.code)


def _likeness(one: Case, other: Case) -> tuple[int, int]:
    return len(traits(one) & traits(other)), -number_of(one.code)


def _fixed(one: Case) -> Pick:
    return Pick(case=one)


def _said(one: Case, wanted: Iterable[Trait]) -> tuple[Trait, ...]:
    names = {name for name, _ in wanted}
    return tuple((name, one.characteristic(name)) for name in CHARACTERISTICS if name in names)


def _counted(name: str, value: str, group: Sequence[Case]) -> Coverage:
    in_sample = (Sampling.SAMPLED, Sampling.ENGAGED)
    return Coverage(
        characteristic=name, value=value, listed=len(group), sampled=sum(one.sampling in in_sample for one in group),
        engaged=sum(one.sampling is Sampling.ENGAGED for one in group),
    )  # fmt: skip


def _sorted(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda one: (number_of(one.code), one.id))
