"""Whether a claim rests on more than one leg: notes, sources, methods, organisations and categories, counted once.

One rule for findings and the evidence board (facts, section 5, step 3: "corroborate"). A note counts once however many
tags or citations bring it here, so the same fact under several headings never looks like several facts. What carries a
claim is every note that does not contradict it; what contradicts is counted beside it and never corroborates.

From how much on something counts as triangulated is the pack's (``TriangulationRule``): by default 3 notes from 2
sources in 2 categories, which is *assumed*, no publication gives a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import TriangulationRule


class Side(StrEnum):
    """How a note stands to the claim."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One tag or citation of one note.

    ``source`` tells who or what it comes from apart from all others (a person's code with the visit, an activity);
    ``method`` is how it was gathered, ``category`` what kind of evidence it is: two things that one source mixes.
    ``organisation`` may be empty. ``side`` None: worked out of ``bearing``.
    """

    note: str
    source: str
    method: str
    category: str = ""
    organisation: str = ""
    bearing: Bearing = Bearing.NEUTRAL
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangulation:
    """The counts of what carries the claim, and how all notes stand to it."""

    items: int = 0
    sources: int = 0
    methods: int = 0
    organisations: int = 0
    categories: int = 0
    agree: int = 0
    contradict: int = 0
    unclear: int = 0
    strengths: int = 0
    shortfalls: int = 0
    """Notes that are a strength, and those that are a shortfall, whatever is claimed."""
    rule: TriangulationRule = field(default_factory=TriangulationRule)

    @property
    def is_single_source(self) -> bool:
        """Whether everything that carries the claim comes from one person or one place."""
        return self.items > 0 and self.sources == 1

    @property
    def is_enough(self) -> bool:
        """Whether it is triangulated by the rule of the pack."""
        return not self.missing

    @property
    def is_split(self) -> bool:
        """Whether some notes say the one and some the other."""
        return self.contradict > 0 or (self.strengths > 0 and self.shortfalls > 0)

    @property
    def missing(self) -> tuple[tuple[str, int], ...]:
        """What the rule asks for and is not there, with how many more: ``(("source", 1),)``."""
        rule = self.rule
        wanted = (
            ("note", rule.items, self.items), ("source", rule.sources, self.sources),
            ("category", rule.categories, self.categories),
        )  # fmt: skip
        return tuple((what, least - there) for what, least, there in wanted if there < least)

    @property
    def sentence(self) -> str:
        """The counts in one sentence, and what it still takes: for screens, commands and paper alike."""
        if not self.items and not self.contradict:
            return "No evidence yet."
        carries = (
            f"{_many(self.items, 'note')} from {_many(self.sources, 'source')}, by {_many(self.methods, 'method')}"
        )
        where = [
            _many(count, what)
            for count, what in ((self.organisations, "organisation"), (self.categories, "category"))
            if count
        ]
        if where:
            carries += f", in {_and(where)}"
        parts = [carries if self.items else "Nothing agrees"]
        if self.contradict:
            verb = "contradicts" if self.contradict == 1 else "contradict"
            parts.append(f"{_many(self.contradict, 'note')} {verb}")
        elif self.is_split:
            parts.append(f"{self.strengths} a strength, {self.shortfalls} a shortfall")
        if self.is_single_source:
            parts.append("single source")
        said = "; ".join(parts) + "."
        if not self.missing:
            return f"{said} Triangulated."
        return f"{said} Not triangulated yet: {_and([_more(count, what) for what, count in self.missing])} to go."


def triangulate(
    rows: Iterable[EvidenceRow], rule: TriangulationRule | None = None, *, claim: Bearing | None = None
) -> Triangulation:
    """Count ``rows``. ``claim`` is what is claimed; None: what most of the notes say, and nothing where they are level.

    A note that is a strength contradicts a shortfall and the other way round; one that is mixed or neutral is unclear.
    A claim that is mixed or neutral is contradicted only by what somebody marked so. A note marked as contradicting
    once contradicts, whatever its tags say.
    """
    by_note: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        by_note.setdefault(row.note, []).append(row)
    leans = {note: _lean(found) for note, found in by_note.items()}
    claimed = claim if claim is not None else _most(list(leans.values()))
    sides = {note: _side(found, leans[note], claimed) for note, found in by_note.items()}
    carrying = [row for note, found in by_note.items() if sides[note] is not Side.CONTRADICTS for row in found]
    count = list(sides.values()).count
    return Triangulation(
        items=len({row.note for row in carrying}), sources=_told_apart([row.source for row in carrying]),
        methods=_told_apart([row.method for row in carrying]),
        organisations=_told_apart([row.organisation for row in carrying]),
        categories=_told_apart([row.category for row in carrying]),
        agree=count(Side.AGREES), contradict=count(Side.CONTRADICTS), unclear=count(Side.UNCLEAR),
        strengths=list(leans.values()).count(Bearing.STRENGTH),
        shortfalls=list(leans.values()).count(Bearing.SHORTFALL),
        rule=rule or TriangulationRule(),
    )  # fmt: skip


def _lean(rows: Sequence[EvidenceRow]) -> Bearing:
    """What a note says by all its tags: one that is a strength here and a shortfall there is mixed."""
    said = {row.bearing for row in rows} - {Bearing.NEUTRAL}
    if not said:
        return Bearing.NEUTRAL
    return said.pop() if len(said) == 1 else Bearing.MIXED


def _most(leans: Sequence[Bearing]) -> Bearing | None:
    strengths, shortfalls = leans.count(Bearing.STRENGTH), leans.count(Bearing.SHORTFALL)
    if strengths == shortfalls:
        return None
    return Bearing.STRENGTH if strengths > shortfalls else Bearing.SHORTFALL


def _side(rows: Sequence[EvidenceRow], lean: Bearing, claim: Bearing | None) -> Side:
    marked = {row.side for row in rows} - {None}
    for side in (Side.CONTRADICTS, Side.AGREES, Side.UNCLEAR):
        if side in marked:
            return side
    one_way = {Bearing.STRENGTH, Bearing.SHORTFALL}
    if claim is None or lean is Bearing.NEUTRAL:
        return Side.UNCLEAR
    if claim in one_way and lean in one_way:
        return Side.AGREES if lean is claim else Side.CONTRADICTS
    return Side.AGREES if lean is claim else Side.UNCLEAR


def _told_apart(names: Sequence[str]) -> int:
    return len(set(names) - {""})


def _many(count: int, what: str) -> str:
    return f"{count} {_word(count, what)}"


def _more(count: int, what: str) -> str:
    return f"{count} more {_word(count, what)}"


def _word(count: int, what: str) -> str:
    if count == 1:
        return what
    return f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
