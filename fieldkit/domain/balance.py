"""Whose voices are in the evidence, and what the time on site went into: two balances a team looks at each evening.

People's experience weighs the same as everything else (facts, section 2), and is the first to be crowded out by what is
easy to reach: staff, leaders and meetings. Nothing here says what a good balance is; no publication gives a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import SpeakerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Of one kind of voice: notes, separate people or groups, talks at drop-ins and the people in them."""

    kind: SpeakerKind | None
    notes: int = 0
    sources: int = 0
    talks: int = 0
    people: int = 0

    @property
    def is_unheard(self) -> bool:
        """Nobody of this kind was heard at all."""
        return not (self.notes or self.talks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one kind of activity took: ``minutes`` from first to last note of each day, drop-in talks as told."""

    kind: ActivityKind
    activities: int = 0
    minutes: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """``unnoted`` activities were planned and have no note, so nobody knows what they took."""

    heard: tuple[Heard, ...]
    spent: tuple[Spent, ...]
    by_organisation: Mapping[str, int]
    """Minutes by organisation; what belongs to none is under the empty name."""
    by_place: Mapping[str, int] = field(default_factory=dict)
    """Minutes by place of the visit; a visit without one is under the empty name."""
    unnoted: int = 0
    secondary: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Notes by secondary tag, of each set that any note has one of: its title, its tags in the pack's order."""

    @property
    def notes(self) -> int:
        """All notes that count."""
        return sum(one.notes for one in self.heard)

    @property
    def unheard(self) -> tuple[SpeakerKind, ...]:
        """Kinds of voices that are not in the evidence at all."""
        return tuple(one.kind for one in self.heard if one.kind is not None and one.is_unheard)

    @property
    def minutes(self) -> int:
        """All minutes."""
        return sum(one.minutes for one in self.spent)


def part_words(part: int, whole: int) -> str:
    """``12 of 40``, and the whole per cent, rounded half up; no per cent of nothing."""
    if not whole:
        return "0"
    return f"{part:,} of {whole:,} ({(200 * part + whole) // (2 * whole)}%)"


def hours(minutes: int) -> str:
    """``2 h 5 min``, ``40 min``."""
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if whole else f"{rest} min"


def loudest(heard: Sequence[Heard]) -> Heard | None:
    """The kind of voice with more than half of all notes of somebody; ``None`` where there is none."""
    voices = [one for one in heard if one.kind is not None]
    total = sum(one.notes for one in voices)
    return next((one for one in voices if 2 * one.notes > total), None)
