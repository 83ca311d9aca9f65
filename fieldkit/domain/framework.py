"""What an assessment is made against: statements, themes, categories and the words around them.

A ``Framework`` is one version of one framework pack, read by ``fieldkit.frameworks`` and never changed
afterwards. Titles and their order differ between publications of the same framework, so everything
points at stable ids; codes, positions, titles and aliases are only ways to find one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fieldkit.domain.crosswalk import Crosswalk, Former
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.method import Method, Scale
from fieldkit.domain.metric import MetricRule


class Need(StrEnum):
    """Whether a framework wants evidence of one category for one statement."""

    REQUIRED = "required"
    EXPECTED = "expected"
    NOT_USED = "not_used"


class Status(StrEnum):
    """Where the framework itself stands: ``live`` is in force, ``paused`` is on hold at the regulator."""

    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    RETIRED = "retired"


class SpeakerKind(StrEnum):
    """On whose behalf somebody speaks; decides the default evidence category before the activity does."""

    PERSON = "person"
    CARER = "carer"
    STAFF = "staff"
    LEADER = "leader"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something a user of the pack should know; ``unconfirmed`` where no published source settles it."""

    id: str
    text: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A group of statements, in the order of the pack. ``letter`` starts its position labels (Q1)."""

    id: str
    letter: str
    title: str
    number: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A quality statement.

    ``code`` is the two letters people type (``lc``), ``position`` the label they read (``Q2``), ``number``
    its place in the pack from 1. ``descriptor`` and ``prompts`` (what a person should be able to say) are
    our own words.
    """

    id: str
    code: str
    position: str
    number: int
    theme_id: str
    title: str
    aliases: tuple[str, ...] = ()
    descriptor: str = ""
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A kind of evidence. ``number`` is what Alt+1 to Alt+6 and ``#2.5`` use; ``short`` fits a column head."""

    id: str
    code: str
    number: int
    title: str
    short: str
    aliases: tuple[str, ...] = ()
    descriptor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """What evidence is needed for one kind of subject: every statement against every category."""

    subject: str
    title: str
    needs: Mapping[tuple[str, str], Need]

    def need(self, statement_id: str, category_id: str) -> Need:
        """The need of one cell. Raises ``KeyError`` for ids of another framework."""
        return self.needs[statement_id, category_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRule:
    """From how much evidence a cell counts as enough or strong; counts of items, sources, activities."""

    enough_items: int = 3
    enough_sources: int = 2
    strong_items: int = 5
    strong_activities: int = 2
    strong_category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriangulationRule:
    """From how many notes, separate sources and evidence categories a claim counts as triangulated.

    The numbers that stand where a pack names none are *assumed*: no publication gives any.
    """

    items: int = 3
    sources: int = 2
    categories: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A secondary tag: never scored, only counted."""

    id: str
    title: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSet:
    """A family of secondary tags, such as the four purposes of a system."""

    id: str
    title: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightSource:
    """A kind of source with the category its evidence is filed under unless the assessor says otherwise."""

    id: str
    title: str
    origin: str
    nature: str
    category_id: str | None
    descriptor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A broad role people are coded by (``ch`` Chair) and on whose behalf it speaks; None = it depends."""

    code: str
    title: str
    speaker: SpeakerKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the framework and its meaning in plain English."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form people type or say, and what it stands for."""

    short: str
    long: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One version of a framework pack; ``digest`` is the SHA-256 (hex) of the files it was read from.

    ``activity_categories`` and ``speaker_categories`` give the category id a note gets by default from
    the kind of activity or of speaker; a kind that is absent has no default. The speaker decides only in
    ``speaker_activities``: what is said in a meeting under observation stays an observation. Iterating
    yields the statements in the pack's order.
    """

    id: str
    version: str
    title: str
    short_title: str
    digest: str
    status: Status
    effective_from: date
    effective_to: date | None = None
    remarks: tuple[Remark, ...] = ()
    themes: tuple[Theme, ...]
    statements: tuple[Statement, ...]
    categories: tuple[Category, ...]
    matrices: tuple[Matrix, ...]
    scales: tuple[Scale, ...] = ()
    method: Method
    coverage: CoverageRule = CoverageRule()
    triangulation: TriangulationRule = TriangulationRule()
    activity_categories: Mapping[str, str] = field(default_factory=dict)
    speaker_categories: Mapping[str, str] = field(default_factory=dict)
    speaker_activities: tuple[str, ...] = ()
    tag_sets: tuple[TagSet, ...] = ()
    insight_sources: tuple[InsightSource, ...] = ()
    roles: tuple[Role, ...] = ()
    glossary: tuple[Term, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    escalation_numbers: tuple[PhoneNumber, ...] = ()
    """Whom to ring about an immediate risk; empty where the pack names nobody."""
    escalation_minutes: Mapping[str, int] = field(default_factory=dict)
    """Minutes until somebody must have been told, by priority (``p1`` … ``p4``)."""
    characteristics: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """What a statement looks like at a step of the scale it is judged on, by statement id and step."""
    crosswalks: tuple[Crosswalk, ...] = ()
    """How tags of other packs, or of earlier versions of this one, are carried over to this one."""
    marking: str = ""
    """What stands at the top and the foot of every page of a report; empty for nothing."""
    metrics: tuple[MetricRule, ...] = ()
    """Which statements an imported metric is evidence for."""
    _statements: Mapping[str, Statement] = field(init=False, repr=False, compare=False)
    _categories: Mapping[str, Category] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        statements = {key: one for one in self.statements for key in statement_keys(one)}
        categories = {key: one for one in self.categories for key in category_keys(one)}
        object.__setattr__(self, "_statements", statements)
        object.__setattr__(self, "_categories", categories)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)

    def __hash__(self) -> int:
        return hash((self.id, self.version, self.digest))

    @property
    def unconfirmed(self) -> tuple[Remark, ...]:
        """What no published source settles; screens and reports say so."""
        return tuple(remark for remark in self.remarks if remark.unconfirmed)

    def statement_by(self, text: str) -> Statement | None:
        """The statement with this id, code (``lc``), position (``Q2``), number (``2``), title or alias.

        Letter case and spacing do not matter. None where nothing is called that.
        """
        return self._statements.get(lookup_key(text))

    def category_by(self, text: str) -> Category | None:
        """The category with this id, code (``pr``), number (``5``), title, short title or alias."""
        return self._categories.get(lookup_key(text))

    def role_by(self, text: str) -> Role | None:
        """The role with this code or title."""
        key = lookup_key(text)
        return next((role for role in self.roles if key in (role.code, lookup_key(role.title))), None)

    def characteristic(self, statement_id: str, value: int) -> str:
        """What the statement looks like at this step; empty where the pack says nothing."""
        return self.characteristics.get((statement_id, value), "")

    def crosswalk_from(self, pack: str, version: str) -> Crosswalk | None:
        """How tags of that pack and version are carried over to this one; None where the pack does not say."""
        return next((one for one in self.crosswalks if (one.pack, one.version) == (pack, version)), None)

    def former(self, statement_id: str) -> Former | None:
        """A statement of an earlier version of this pack that this one no longer has."""
        found = (one for walk in self.crosswalks if walk.pack == self.id for one in walk.former)
        return next((one for one in found if one.id == statement_id), None)

    def theme_of(self, statement: Statement) -> Theme:
        """The theme a statement of this framework belongs to."""
        return next(theme for theme in self.themes if theme.id == statement.theme_id)

    def statements_of(self, theme_id: str) -> tuple[Statement, ...]:
        """The statements of a theme in the pack's order; empty for an unknown theme."""
        return tuple(one for one in self.statements if one.theme_id == theme_id)

    def matrix(self, subject: str | None = None) -> Matrix:
        """The matrix for a kind of subject; the first of the pack where none is named or known."""
        return next((one for one in self.matrices if one.subject == subject), self.matrices[0])

    def need(self, statement_id: str, category_id: str, subject: str | None = None) -> Need:
        """Whether the framework wants evidence of this category for this statement."""
        return self.matrix(subject).need(statement_id, category_id)

    def default_category(self, *, activity: str | None = None, speaker: str | None = None) -> Category | None:
        """The category a note gets when its author names none; None where the pack has no default.

        ``activity`` and ``speaker`` are words of ``ActivityKind`` and ``SpeakerKind``.
        """
        category = None
        if speaker is not None and (activity is None or activity in self.speaker_activities):
            category = self.speaker_categories.get(speaker)
        if category is None and activity is not None:
            category = self.activity_categories.get(activity)
        return None if category is None else self.category_by(category)


def lookup_key(text: str) -> str:
    """The form in which names are compared: case folded, runs of white space as one space."""
    return " ".join(text.casefold().split())


def statement_keys(statement: Statement) -> tuple[str, ...]:
    """Every name that finds this statement, in the form of ``lookup_key``."""
    names = (statement.id, statement.code, statement.position, str(statement.number), statement.title)
    return tuple(lookup_key(name) for name in (*names, *statement.aliases))


def category_keys(category: Category) -> tuple[str, ...]:
    """Every name that finds this category, in the form of ``lookup_key``."""
    names = (category.id, category.code, str(category.number), category.title, category.short)
    return tuple(lookup_key(name) for name in (*names, *category.aliases))
