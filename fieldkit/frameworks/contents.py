"""What a pack is made of while it is read, before it is known to be sound enough to become a Framework."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fieldkit.domain.crosswalk import Crosswalk
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.framework import (
    Abbreviation,
    Category,
    CoverageRule,
    InsightSource,
    Matrix,
    Need,
    Remark,
    Role,
    Statement,
    Status,
    TagSet,
    Term,
    Theme,
    TriangulationRule,
)
from fieldkit.domain.method import Method, Scale, ScoredAt
from fieldkit.domain.metric import MetricRule
from fieldkit.frameworks.names import Names

ABOUT = "pack.yaml"
CATEGORIES = "categories.yaml"
STATEMENTS = "statements.yaml"
EVIDENCE = "evidence.yaml"
SCORING = "scoring.yaml"
WORDS = "words.yaml"
EXAMPLES = "examples.yaml"
CHARACTERISTICS = "characteristics.yaml"
CROSSWALK = "crosswalk.yaml"
METRICS = "metrics.yaml"
OPTIONAL = (CHARACTERISTICS, CROSSWALK, METRICS)
"""What only some frameworks have: ratings in words, an older version to be carried over from, figures that are held."""
FILES = (ABOUT, CATEGORIES, STATEMENTS, EVIDENCE, SCORING, WORDS, EXAMPLES, *OPTIONAL)


@dataclass(slots=True)
class Contents:
    """Filled file by file in the order of ``FILES``; later files refer to what earlier ones declare."""

    id: str = ""
    version: str = ""
    title: str = ""
    short_title: str = ""
    marking: str = ""
    status: Status = Status.DRAFT
    effective_from: date | None = None
    effective_to: date | None = None
    remarks: tuple[Remark, ...] = ()
    themes: list[Theme] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    coverage: CoverageRule = field(default_factory=CoverageRule)
    triangulation: TriangulationRule = field(default_factory=TriangulationRule)
    activity_categories: dict[str, str] = field(default_factory=dict)
    speaker_categories: dict[str, str] = field(default_factory=dict)
    speaker_activities: tuple[str, ...] = ()
    scales: list[Scale] = field(default_factory=list)
    method: Method = field(default_factory=lambda: Method(scored_at=ScoredAt.NONE))
    tag_sets: list[TagSet] = field(default_factory=list)
    insight_sources: list[InsightSource] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    glossary: list[Term] = field(default_factory=list)
    abbreviations: list[Abbreviation] = field(default_factory=list)
    escalation_numbers: list[PhoneNumber] = field(default_factory=list)
    escalation_minutes: dict[str, int] = field(default_factory=dict)
    characteristics: dict[tuple[str, int], str] = field(default_factory=dict)
    crosswalks: list[Crosswalk] = field(default_factory=list)
    metrics: list[MetricRule] = field(default_factory=list)
    statement_names: Names = field(default_factory=lambda: Names("statement"))
    category_names: Names = field(default_factory=lambda: Names("category"))
    theme_names: Names = field(default_factory=lambda: Names("theme"))

    def is_never_used(self, category_id: str | None) -> bool:
        """Whether every matrix says that this category is not used for any statement."""
        needs = {need for matrix in self.matrices for (_, id), need in matrix.needs.items() if id == category_id}
        return needs == {Need.NOT_USED}
