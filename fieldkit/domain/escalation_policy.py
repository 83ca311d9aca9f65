"""Whom to ring and by when somebody must have been told: data of an office or a pack, never a rule of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldkit.domain.escalation import Danger, Priority

EMERGENCY = "999"
"""Shown before everything else where anyone is in immediate danger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumber:
    """Somebody to ring. ``number`` is empty until a person has put it in."""

    title: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """``minutes`` from opening to the first contact, by priority; ``is_confirmed`` where an office stands behind it."""

    minutes: Mapping[Priority, int]
    numbers: tuple[PhoneNumber, ...] = ()
    is_confirmed: bool = False

    def due(self, priority: Priority, opened_at: datetime) -> datetime:
        """By when somebody must have been told."""
        return opened_at + timedelta(minutes=self.minutes[priority])


def priority_of(danger: Danger) -> Priority:
    """The priority an answer begins with; not knowing counts as danger until somebody knows better."""
    return Priority.P2 if danger is Danger.NO else Priority.P1


def with_numbers(policy: Policy, numbers: Sequence[PhoneNumber]) -> Policy:
    """The policy with these numbers in the place of its own."""
    return Policy(minutes=policy.minutes, numbers=tuple(numbers), is_confirmed=policy.is_confirmed)
