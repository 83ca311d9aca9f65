"""The draft assessment report and the list of findings as values, gathered from the vault and composed on paper.

Every text in them was checked already: words of a note that counts no more stand nowhere, and ``None`` in the place of
a text says that it was left out for that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.settling import Departure


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNote:
    """A cited note. ``words`` empty: they may not stand here, and ``standing`` says why."""

    note: str
    on: date | None = None
    source: str = ""
    words: str = ""
    standing: str = ""
    elsewhere: tuple[str, ...] = ()
    is_exact: bool = False
    """Whether they are somebody's own, and not left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """A finding. ``claim`` or ``sentence`` ``None``: left out, it repeats a note that counts no more."""

    reference: str
    claim: str | None
    sentence: str | None
    bearing: str
    state: str
    strength: str
    why: str
    by_rule: str
    """What the rule suggests where the assessor departs from it; else empty."""
    corroboration: str
    is_strength: bool = False
    is_shortfall: bool = False
    supports: tuple[ToldNote, ...] = ()
    contradicts: tuple[ToldNote, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Written texts with who wrote them, where that matters; ``left_out`` were left out for the words in them."""

    texts: tuple[tuple[str, str], ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStatement:
    """A statement with everything the report says of it."""

    label: str
    title: str
    message: Texts = field(default_factory=lambda: Texts())
    judgement: Texts = field(default_factory=lambda: Texts())
    findings: tuple[ToldFinding, ...] = ()
    rating: str = ""
    """The rating chosen by its characteristic, only where ratings were asked for and are no figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How much was heard on whose behalf: distinct notes and distinct sources."""

    who: str
    notes: int
    sources: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTheme:
    """A theme. ``figure`` with its override, if any, only where ratings were asked for."""

    letter: str
    title: str
    direction: Texts = field(default_factory=lambda: Texts())
    voices: Texts = field(default_factory=lambda: Texts())
    heard: tuple[Voice, ...] = ()
    notes: int = 0
    statements: tuple[ToldStatement, ...] = ()
    figure: tuple[Outcome, Departure | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """``cited`` are distinct notes under findings, ``shared`` those under more than one; ``missing`` are sentences."""

    assessment: str
    framework: Framework
    at: datetime
    summary: Texts
    themes: tuple[ToldTheme, ...]
    overall: tuple[Outcome, Departure | None] | None = None
    has_ratings: bool = False
    cited: int = 0
    shared: int = 0
    missing: tuple[str, ...] = ()
