"""Quality risks at a system: how closely they are watched, on whose authority, and the reviews that were called.

The levels and who may authorise each are the National Quality Board's (facts, section 7). FieldKit records what was
decided and checks that it fits; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import FLAG, MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId, is_id

FOR_DISCUSSION = "For discussion. The decision belongs to the ICB or NHS England."


class Level(StrEnum):
    """How closely a risk is watched; later is closer."""

    ROUTINE = "routine"
    ENHANCED = "enhanced"
    INTENSIVE = "intensive"


class Authority(StrEnum):
    """Who may authorise a level or call a review."""

    PLACE = "place"
    """A place within the ICB, with its providers."""
    ICB = "icb"
    REGION = "region"
    NHS_ENGLAND = "nhs_england"
    REGULATOR = "regulator"
    LOCAL_AUTHORITY = "local_authority"


AUTHORISERS: Mapping[Level, tuple[Authority, ...]] = {
    Level.ROUTINE: (Authority.ICB, Authority.PLACE),
    Level.ENHANCED: (Authority.ICB,),
    Level.INTENSIVE: (Authority.NHS_ENGLAND,),
}
"""Who authorises each level; at the enhanced one the region takes part as required."""

CALLERS = (Authority.ICB, Authority.NHS_ENGLAND, Authority.REGULATOR, Authority.LOCAL_AUTHORITY)
"""Who may call a Rapid Quality Review."""


class ReviewKind(StrEnum):
    """What was called; a group follows a review where the plan needs one."""

    RAPID_REVIEW = "rapid_quality_review"
    IMPROVEMENT_GROUP = "quality_improvement_group"


def is_lower(level: Level, than: Level) -> bool:
    """Whether going to ``level`` is a step down."""
    order = list(Level)
    return order.index(level) < order.index(than)


def may_authorise(authority: Authority, level: Level) -> bool:
    """Whether this authority is the one a level needs."""
    return authority in AUTHORISERS[level]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRisk:
    """A risk and the level it is held at. ``step_down_reason`` is set exactly where the level went down last.

    ``about`` is the escalation it grew from, if any; ``authorised_by`` names the person or post.
    """

    KIND: ClassVar[str] = "quality_risk"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "visit": MAYBE_TEXT, "about": MAYBE_TEXT, "concern": TEXT, "organisation": TEXT,
        "level": TEXT, "authority": TEXT, "authorised_by": TEXT, "with_region": FLAG, "authorised_on": TEXT,
        "reasons": TEXT, "review_on": TEXT, "step_down_reason": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    visit: VisitId | None
    about: RecordId | None
    concern: str
    level: Level
    authority: Authority
    authorised_on: date
    reasons: str
    review_on: date
    organisation: str = ""
    authorised_by: str = ""
    with_region: bool = False
    step_down_reason: str = ""

    @property
    def title(self) -> str:
        return f"Quality risk, {self.level.value}: {' '.join(self.concern.split())[:60]}"

    @property
    def words(self) -> str:
        return " ".join((self.concern, self.organisation, self.reasons, self.authorised_by, self.step_down_reason))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "about": self.about, "concern": self.concern,
            "organisation": self.organisation, "level": self.level.value, "authority": self.authority.value,
            "authorised_by": self.authorised_by, "with_region": self.with_region,
            "authorised_on": self.authorised_on.isoformat(), "reasons": self.reasons,
            "review_on": self.review_on.isoformat(), "step_down_reason": self.step_down_reason,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> QualityRisk:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]),
            visit=VisitId(_id(raw["visit"])) if raw["visit"] else None,
            about=RecordId(_id(raw["about"])) if raw["about"] else None,
            concern=raw["concern"], organisation=raw["organisation"], level=Level(raw["level"]),
            authority=Authority(raw["authority"]), authorised_by=raw["authorised_by"],
            with_region=raw["with_region"], authorised_on=date.fromisoformat(raw["authorised_on"]),
            reasons=raw["reasons"], review_on=date.fromisoformat(raw["review_on"]),
            step_down_reason=raw["step_down_reason"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReview:
    """A Rapid Quality Review or a Quality Improvement Group about a risk, with its improvement plan.

    ``next_on`` is when it meets or reports next; an ``outcome`` ends it.
    """

    KIND: ClassVar[str] = "quality_review"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "review": TEXT, "called_by": TEXT, "on": TEXT, "plan": TEXT,
        "next_on": MAYBE_TEXT, "outcome": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    review: ReviewKind
    called_by: Authority
    on: date
    plan: str = ""
    next_on: date | None = None
    outcome: str = ""

    @property
    def title(self) -> str:
        return f"{self.review.value.replace('_', ' ').capitalize()}, {self.on.isoformat()}"

    @property
    def words(self) -> str:
        return f"{self.review.value.replace('_', ' ')} {self.plan} {self.outcome}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "review": self.review.value,
            "called_by": self.called_by.value, "on": self.on.isoformat(), "plan": self.plan,
            "next_on": self.next_on.isoformat() if self.next_on else None, "outcome": self.outcome,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> QualityReview:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(_id(raw["about"])),
            review=ReviewKind(raw["review"]), called_by=Authority(raw["called_by"]),
            on=date.fromisoformat(raw["on"]), plan=raw["plan"],
            next_on=date.fromisoformat(raw["next_on"]) if raw["next_on"] else None, outcome=raw["outcome"],
        )  # fmt: skip


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError("not a record's id")
    return str(value)
