"""What a case's events amount to: their order, the waits between them, hand-overs, referrals nobody took up.

Waits are counted from the earliest day of one event to the earliest day of the next. That is the only rule under which
the waits add up to the time from the first event to the last however vague the dates are; where a date is vague the
least and the most it can have been are told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fieldkit.domain.touchpoint import HandOver, Touchpoint, TouchpointKind
from fieldkit.domain.when import When

_TAKES_UP = frozenset({
    TouchpointKind.CONTACT, TouchpointKind.ASSESSMENT, TouchpointKind.DECISION, TouchpointKind.ADMISSION,
    TouchpointKind.REVIEW,
})  # fmt: skip
"""Kinds that show that a service has seen the person or dealt with them: one of them ends a referral's wait."""
_HANDS_OVER = frozenset({TouchpointKind.HAND_OVER, TouchpointKind.DISCHARGE, TouchpointKind.REFERRAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Days between two moments; ``least`` and ``most`` differ from ``days`` where one of them is vague.

    ``minutes`` is known where both have a time of day on one day.
    """

    since: When
    until: When
    days: int
    least: int
    most: int
    minutes: int | None = None

    @property
    def is_vague(self) -> bool:
        """Whether it can have been more or fewer days."""
        return self.least != self.days or self.most != self.days

    @property
    def is_backwards(self) -> bool:
        """Whether the second is dated before the first: somebody left it below all the same."""
        return self.until.earliest < self.since.earliest


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An event with the wait that ended with it; None for the first, and for what somebody said of it all."""

    touchpoint: Touchpoint
    wait: Wait | None = None
    since: Touchpoint | None = None
    """The event the wait began with."""

    @property
    def is_over(self) -> bool:
        """Whether the wait was longer than the standard; a referral's standard is for what follows it."""
        standard = self.touchpoint.standard_days
        if self.wait is None or standard is None or self.touchpoint.kind is TouchpointKind.REFERRAL:
            return False
        return self.wait.days > standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A referral and the first contact that followed it; ``first`` None = still open, and ``days`` are until today."""

    made: Touchpoint
    first: Touchpoint | None
    days: int

    @property
    def is_open(self) -> bool:
        """Whether no contact followed."""
        return self.first is None

    @property
    def is_over(self) -> bool:
        """Whether it took, or takes, longer than its standard."""
        return self.made.standard_days is not None and self.days > self.made.standard_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The person came from one service to another. ``hand_over`` None = nobody noted how."""

    left: Touchpoint
    reached: Touchpoint
    wait: Wait
    hand_over: HandOver | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A whole case at a glance; ``days`` is the sum of all waits."""

    steps: tuple[Step, ...]
    referrals: tuple[Referral, ...]
    transitions: tuple[Transition, ...]
    services: tuple[str, ...]
    """In the order in which the person met them."""
    days: int
    longest: Step | None
    """The step with the longest wait of a day or more."""

    @property
    def over_standard(self) -> int:
        """How many waits were longer than their standard."""
        return sum(step.is_over for step in self.steps) + sum(one.is_over for one in self.referrals)

    @property
    def open_referrals(self) -> tuple[Referral, ...]:
        """Referrals without a first contact."""
        return tuple(one for one in self.referrals if one.is_open)


def pathway(touchpoints: Iterable[Touchpoint], today: date) -> Pathway:
    """Everything that follows from the events of a case; those taken off are left out. The same on every laptop."""
    found = steps(touchpoints)
    waits = [step for step in found if step.wait is not None and step.wait.days > 0]
    return Pathway(
        steps=found, referrals=_referrals([step.touchpoint for step in found], today), transitions=_transitions(found),
        services=services([step.touchpoint for step in found]),
        days=sum(step.wait.days for step in found if step.wait is not None),
        longest=max(waits, key=_days, default=None),
    )  # fmt: skip


def in_order(touchpoints: Iterable[Touchpoint]) -> list[Touchpoint]:
    """By the day they are sorted under (the earliest of a vague date), then by ``order``, then by id."""
    standing = (one for one in touchpoints if not one.withdrawn)
    return sorted(standing, key=lambda one: (one.day, one.order, one.id))


def steps(touchpoints: Iterable[Touchpoint]) -> tuple[Step, ...]:
    """The events in order, each with the wait since the service's event before it."""
    found: list[Step] = []
    last: Touchpoint | None = None
    for one in in_order(touchpoints):
        if not one.is_service:
            found.append(Step(touchpoint=one))
            continue
        wait = wait_between(last.when, one.when) if last is not None else None
        found.append(Step(touchpoint=one, wait=wait, since=last))
        last = one
    return tuple(found)


def wait_between(since: When, until: When) -> Wait:
    """The days from one moment to another; none where they are the wrong way round."""
    return Wait(
        since=since, until=until, days=max(0, (until.earliest - since.earliest).days),
        least=max(0, (until.earliest - since.latest).days), most=max(0, (until.latest - since.earliest).days),
        minutes=_minutes(since, until),
    )  # fmt: skip


def services(touchpoints: Sequence[Touchpoint]) -> tuple[str, ...]:
    """The organisations of ``touchpoints`` in order of first meeting; those only referred to follow at the end."""
    met = dict.fromkeys(one.organisation for one in touchpoints if one.organisation)
    asked = dict.fromkeys(one.towards for one in touchpoints if one.towards and one.towards not in met)
    return (*met, *asked)


def _referrals(ordered: Sequence[Touchpoint], today: date) -> tuple[Referral, ...]:
    found = []
    for at, made in enumerate(ordered):
        if made.kind is TouchpointKind.REFERRAL:
            first = next((one for one in ordered[at + 1 :] if _takes_up(one, made)), None)
            until = first.when.earliest if first is not None else today
            found.append(Referral(made=made, first=first, days=max(0, (until - made.when.earliest).days)))
    return tuple(found)


def _takes_up(one: Touchpoint, made: Touchpoint) -> bool:
    if one.kind not in _TAKES_UP:
        return False
    return one.organisation == made.towards if made.towards else one.organisation != made.organisation


def _transitions(found: Sequence[Step]) -> tuple[Transition, ...]:
    there = [step.touchpoint for step in found if step.touchpoint.is_service and step.touchpoint.organisation]
    return tuple(
        Transition(
            left=left, reached=reached, wait=wait_between(left.when, reached.when), hand_over=_how(left, reached)
        )
        for left, reached in pairwise(there)
        if left.organisation != reached.organisation
    )


def _how(left: Touchpoint, reached: Touchpoint) -> HandOver | None:
    """What a service that hands over noted is of the way on from it, never of the way that led there."""
    if left.kind in _HANDS_OVER and left.hand_over is not None:
        return left.hand_over
    return reached.hand_over if reached.kind not in _HANDS_OVER else None


def _minutes(since: When, until: When) -> int | None:
    if not since.at or not until.at or since.earliest != until.earliest:
        return None
    start, end = (int(one.at[:2]) * 60 + int(one.at[3:]) for one in (since, until))
    return end - start if end >= start else None


def _days(step: Step) -> int:
    return step.wait.days if step.wait is not None else 0
