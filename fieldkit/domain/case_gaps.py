"""Gaps of a pathway as things of their own, each at an event: what took too long, what nobody took up, what lacked.

A gap is more than a mark in a drawing: it can be gone to, and made a note that counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.pathway import Pathway, Referral, Step, Transition
from fieldkit.kernel.ids import RecordId


class GapKind(StrEnum):
    """What kind of gap it is."""

    LONG_WAIT = "long_wait"
    """A wait longer than its standard."""
    REFERRAL = "referral"
    """A referral nobody took up, or later than its standard."""
    HAND_OVER = "hand_over"
    """A hand-over of which something was not done."""
    WAIT = "wait"
    """Days that passed, with no standard to hold them against: a gap only if somebody calls it one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap, with the part of the pathway it is found in. ``event`` is where it is shown, and noted about."""

    kind: GapKind
    event: RecordId
    step: Step | None = None
    referral: Referral | None = None
    transition: Transition | None = None


def gaps(path: Pathway) -> tuple[Gap, ...]:
    """Waits over their standard, then referrals, then hand-overs; each group in the order of the pathway."""
    waits = [
        Gap(kind=GapKind.LONG_WAIT, event=step.touchpoint.id, step=step)
        for step in path.steps
        if step.is_over and step.wait is not None
    ]
    referrals = [
        Gap(kind=GapKind.REFERRAL, event=one.made.id, referral=one)
        for one in path.referrals
        if one.is_open or one.is_over
    ]
    lacking = [
        Gap(kind=GapKind.HAND_OVER, event=_noted_at(one), transition=one)
        for one in path.transitions
        if one.hand_over is not None and one.hand_over.lacking
    ]
    return (*waits, *referrals, *lacking)


def gaps_at(path: Pathway, event: RecordId) -> tuple[Gap, ...]:
    """The gaps of one event; where it has none, the days that passed before it."""
    found = tuple(gap for gap in gaps(path) if gap.event == event)
    if found:
        return found
    step = next((one for one in path.steps if one.touchpoint.id == event), None)
    if step is None or step.wait is None or not step.wait.days:
        return ()
    return (Gap(kind=GapKind.WAIT, event=event, step=step),)


def next_gap(path: Pathway, after: RecordId | None) -> Gap | None:
    """The first gap at a later event than ``after``, from the top again behind the last; ``None`` without any."""
    order = {step.touchpoint.id: at for at, step in enumerate(path.steps)}
    here = order.get(after, -1) if after is not None else -1
    found = sorted(gaps(path), key=lambda gap: order[gap.event])
    return next((gap for gap in found if order[gap.event] > here), found[0] if found else None)


def _noted_at(one: Transition) -> RecordId:
    return one.left.id if one.hand_over is one.left.hand_over else one.reached.id
