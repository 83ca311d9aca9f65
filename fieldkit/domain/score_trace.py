"""The trace of a rating as values: everything from a note to the rating, so that a stranger can redo it by hand.

Reviews of October 2024 attacked exactly this: nobody could see how a rating came about, and old scores were mixed
with new ones (facts, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.score_age import Badge
from fieldkit.domain.settling import Departure, Given, Settled
from fieldkit.kernel.ids import EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A note that a judgement cites. ``standing`` is empty, or why it counts no more: withdrawn, held, not here.

    Without its words: a trace goes further than the notes, and its reader finds them by their id in the evidence pack.
    """

    note: EntryId
    on: date | None = None
    source: str = ""
    tags: tuple[EvidenceItem, ...] = ()
    standing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedJudgement:
    """One assessor's judgement with what it cites."""

    given: Given
    relied_on: tuple[Cited, ...]
    against: tuple[Cited, ...]

    @property
    def oldest(self) -> date | None:
        """The day of the oldest note it relies on."""
        return min((one.on for one in self.relied_on if one.on is not None), default=None)

    @property
    def lost(self) -> tuple[Cited, ...]:
        """What it relies on that counts no more."""
        return tuple(one for one in self.relied_on if one.standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """One account of a score. ``before`` is what stood before it, empty for a first one; ``kind`` is the record's."""

    at: datetime
    name: str
    kind: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedStatement:
    """A statement, what was judged of it and which score stands."""

    id: str
    category: str | None
    label: str
    title: str
    settled: Settled | None
    judgements: tuple[TracedJudgement, ...]
    badges: tuple[Badge, ...] = ()
    history: tuple[ScoreChange, ...] = ()
    """Every account of it, oldest first; empty where there never was another than those that stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """``figures`` are the themes and the overall figure with the override of each, if any."""

    assessment: str
    framework: Framework
    at: datetime
    statements: tuple[TracedStatement, ...]
    figures: tuple[tuple[Outcome, Departure | None], ...]
    is_blind: bool = False
    """Others' scores are left out of it until whoever makes it has scored."""
    below: tuple[Outcome, ...] = ()
    """The statements' own figures, where the pack scores their evidence categories."""
