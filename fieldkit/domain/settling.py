"""Which score of a statement stands, from what each assessor judged and what the team settled on.

Pure and the same everywhere. Nobody's score is ever taken for the team's where another assessor gave a different one:
then none stands until the two are moderated (sync.md: scores are never merged silently).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fieldkit.domain.judgement import Judged, Judgement, Moderation, Override
from fieldkit.domain.marks import Mark
from fieldkit.kernel.ids import AuthorId, RecordId


class Stand(StrEnum):
    """How the score of a statement stands."""

    NONE = "none"
    """Nobody scored it; words may stand already."""
    ONE = "one"
    """One assessor scored it."""
    AGREE = "agree"
    """Several did, and all the same."""
    DIFFER = "differ"
    """Several did, and not the same: none stands until they are moderated."""
    MODERATED = "moderated"
    """The team settled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One assessor's judgement, who and when. ``heads`` above 1: two accounts of it are an open question."""

    value: Judgement
    author: AuthorId
    name: str
    at: datetime
    heads: int = 1
    is_mine: bool = False
    """Whether the person at this laptop gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderated:
    """A moderation, who recorded it and when."""

    value: Moderation
    author: AuthorId
    name: str
    at: datetime
    heads: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """An override, who recorded it and when."""

    value: Override
    author: AuthorId
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The score of one statement (in one category, where the pack scores those) and all that it came from."""

    judged: Judged
    stand: Stand
    mark: Mark | None
    given: tuple[Given, ...] = ()
    moderation: Moderated | None = None

    @property
    def is_open(self) -> bool:
        """Whether two accounts of one judgement, or of the moderation, wait for a person's decision."""
        heads = [one.heads for one in self.given]
        return max([*heads, self.moderation.heads if self.moderation else 1]) > 1

    @property
    def changed_since(self) -> tuple[Given, ...]:
        """Judgements that were given or changed after the team settled."""
        if self.moderation is None:
            return ()
        return tuple(one for one in self.given if one.at > self.moderation.at)


def settle(given: Iterable[Given], moderations: Iterable[Moderated]) -> Mapping[Judged, Settled]:
    """By statement: the latest moderation, else the score that all who scored it gave.

    An open question between two accounts of one judgement leaves no score: which of them is meant, a person says.
    """
    by_place: dict[Judged, list[Given]] = {}
    for one in given:
        by_place.setdefault(one.value.judged, []).append(one)
    latest: dict[Judged, Moderated] = {}
    for settled in sorted(moderations, key=lambda one: (one.at, one.value.id)):
        latest[settled.value.judged] = settled
    places = dict.fromkeys([*by_place, *latest])
    return {place: _settled(place, by_place.get(place, []), latest.get(place)) for place in places}


def latest_overrides(overrides: Iterable[Overridden]) -> Mapping[str, Overridden]:
    """The override that stands, by figure; one that was taken back is left out."""
    latest: dict[str, Overridden] = {}
    for one in sorted(overrides, key=lambda one: (one.at, one.value.id)):
        latest[one.value.figure] = one
    return {figure: one for figure, one in latest.items() if one.value.band is not None}


def _settled(place: Judged, given: list[Given], moderation: Moderated | None) -> Settled:
    ordered = tuple(sorted(given, key=lambda one: (one.at, one.value.id)))
    if moderation is not None:
        mark = moderation.value.mark if moderation.heads == 1 else None
        return Settled(judged=place, stand=Stand.MODERATED, mark=mark, given=ordered, moderation=moderation)
    scored = [one for one in ordered if one.value.is_scored]
    if not scored:
        return Settled(judged=place, stand=Stand.NONE, mark=None, given=ordered)
    if any(one.heads > 1 for one in scored):
        return Settled(judged=place, stand=Stand.DIFFER, mark=None, given=ordered)
    marks = {(one.value.value, one.value.insufficient) for one in scored}
    if len(marks) > 1:
        return Settled(judged=place, stand=Stand.DIFFER, mark=None, given=ordered)
    stand = Stand.AGREE if len(scored) > 1 else Stand.ONE
    return Settled(judged=place, stand=stand, mark=scored[0].value.mark, given=ordered)


def considered(settled: Settled) -> tuple[RecordId, ...]:
    """The judgements a moderation is made of: those that are scored."""
    return tuple(one.value.id for one in settled.given if one.value.is_scored)
