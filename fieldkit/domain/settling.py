"""Which score of a statement stands, from what each assessor judged and what the team settled on.

Pure and the same everywhere. Nobody's score is ever taken for the team's where another assessor gave a different one,
and no moderation or override for the only one where another laptop made a different one at the same time: then none
stands until a person settles it (sync.md: scores are never merged silently).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

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
    TWICE = "twice"
    """It was settled differently on two laptops: none stands until it is settled again."""
    HIDDEN = "hidden"
    """Others scored it, and the round is blind: they are shown once one's own is written."""
    OPEN = "open"
    """Two accounts of one judgement, or of the moderation, wait for a person's decision."""


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
    heads: int = 1


_Made = TypeVar("_Made", Moderated, Overridden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The score of one statement (in one category, where the pack scores those) and all that it came from.

    ``moderations`` are those that no other one has considered; more than one is what two laptops did at once.
    """

    judged: Judged
    stand: Stand
    mark: Mark | None
    given: tuple[Given, ...] = ()
    moderations: tuple[Moderated, ...] = ()
    hidden: int = 0
    """Scores of others that are not among ``given`` (``domain.blinding``)."""

    @property
    def moderation(self) -> Moderated | None:
        """What the team settled on last."""
        return self.moderations[-1] if self.moderations else None

    @property
    def changed_since(self) -> tuple[Given, ...]:
        """Judgements that were given or changed after the team settled."""
        if self.moderation is None:
            return ()
        return tuple(one for one in self.given if one.at > self.moderation.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The override of one figure. ``band`` None: it was taken back, or two laptops decided differently at once."""

    band: str | None
    made: tuple[Overridden, ...]

    @property
    def last(self) -> Overridden:
        """Who decided it last, and why."""
        return self.made[-1]

    @property
    def is_open(self) -> bool:
        """Whether a person has to decide which of several stands."""
        return self.band is None and (len(self.made) > 1 or self.last.heads > 1)


def settle(given: Iterable[Given], moderations: Iterable[Moderated]) -> Mapping[Judged, Settled]:
    """By statement: what the team settled on, else the score that all who scored it gave."""
    by_place: dict[Judged, list[Given]] = {}
    for one in given:
        by_place.setdefault(one.value.judged, []).append(one)
    settled: dict[Judged, list[Moderated]] = {}
    for each in moderations:
        settled.setdefault(each.value.judged, []).append(each)
    places = dict.fromkeys([*by_place, *settled])
    return {
        place: _settled(place, _in_order(by_place.get(place, [])), standing(settled.get(place, []))) for place in places
    }


def departures(overrides: Iterable[Overridden]) -> Mapping[str, Departure]:
    """The override that stands, by figure; one that was taken back is left out."""
    by_figure: dict[str, list[Overridden]] = {}
    for one in overrides:
        by_figure.setdefault(one.value.figure, []).append(one)
    found = {}
    for figure, several in by_figure.items():
        made = standing(several)
        bands = {one.value.band for one in made}
        is_one = len(bands) == 1 and all(one.heads == 1 for one in made)
        departure = Departure(band=bands.pop() if is_one else None, made=made)
        if departure.band is not None or departure.is_open:
            found[figure] = departure
    return found


def considered(settled: Settled) -> tuple[RecordId, ...]:
    """What a moderation is made of: the judgements that are scored."""
    return tuple(one.value.id for one in settled.given if one.value.is_scored)


def standing(several: Iterable[_Made]) -> tuple[_Made, ...]:
    """Those that no other one has considered, in their order; all of them where they considered each other."""
    made = sorted(several, key=lambda one: (one.at, one.value.id))
    replaced = {other for one in made for other in one.value.considered if other != one.value.id}
    return tuple(one for one in made if one.value.id not in replaced) or tuple(made)


def _settled(place: Judged, given: tuple[Given, ...], moderations: tuple[Moderated, ...]) -> Settled:
    stand, mark = _moderated(moderations) if moderations else _agreed(given)
    return Settled(judged=place, stand=stand, mark=mark, given=given, moderations=moderations)


def _moderated(moderations: Sequence[Moderated]) -> tuple[Stand, Mark | None]:
    if any(one.heads > 1 for one in moderations):
        return Stand.OPEN, None
    if len({one.value.mark for one in moderations}) > 1:
        return Stand.TWICE, None
    return Stand.MODERATED, moderations[-1].value.mark


def _agreed(given: Sequence[Given]) -> tuple[Stand, Mark | None]:
    scored = [one for one in given if one.value.is_scored]
    if not scored:
        return Stand.NONE, None
    if any(one.heads > 1 for one in scored):
        return Stand.OPEN, None
    if len({one.value.mark for one in scored}) > 1:
        return Stand.DIFFER, None
    return Stand.AGREE if len(scored) > 1 else Stand.ONE, scored[0].value.mark


def _in_order(given: Iterable[Given]) -> tuple[Given, ...]:
    return tuple(sorted(given, key=lambda one: (one.at, one.value.id)))
