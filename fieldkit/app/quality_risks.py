"""Use cases of quality risks: set a level, step it up or down, record a review and its improvement plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import RecordRow
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.escalation import FIRST
from fieldkit.domain.quality_risk import (
    CALLERS,
    Authority,
    Level,
    QualityReview,
    QualityRisk,
    ReviewKind,
    is_lower,
    may_authorise,
)
from fieldkit.kernel.errors import Finding
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId, new_id

_NOT_THEIRS = {
    Level.ROUTINE: "risk.authority_routine",
    Level.ENHANCED: "risk.authority_enhanced",
    Level.INTENSIVE: "risk.authority_intensive",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRisk:
    """A risk and the level it is to be held at. ``step_down_reason`` is wanted only where the level goes down."""

    assessment: AssessmentId
    visit: VisitId | None = None
    about: RecordId | None = None
    concern: str = ""
    organisation: str = ""
    level: Level | None = None
    authority: Authority | None = None
    authorised_by: str = ""
    with_region: bool = False
    authorised_on: date | None = None
    reasons: str = ""
    review_on: date | None = None
    step_down_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """A Rapid Quality Review or a Quality Improvement Group."""

    review: ReviewKind | None = None
    called_by: Authority | None = None
    on: date | None = None
    plan: str = ""
    next_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk with its reviews, oldest first."""

    row: RecordRow
    reviews: tuple[RecordRow, ...]

    @property
    def value(self) -> QualityRisk:
        """The risk as it stands."""
        found: QualityRisk = self.row.value
        return found

    @property
    def next_on(self) -> date:
        """The nearest date on which somebody has to look at it again: the risk's own, or that of an open review."""
        reviews: list[QualityReview] = [one.value for one in self.reviews]
        return min([self.value.review_on, *(one.next_on for one in reviews if one.next_on and not one.outcome)])


def set_risk(uow: UnitOfWork, new: NewRisk) -> QualityRisk:
    """Record a risk at a level. Raises ``Mistake`` with a code ``risk.…`` for what is missing or does not fit."""
    made = _checked(new, RecordId(new_id()), uow.clock.now().astimezone().date())
    keep(uow, made, priority=FIRST)
    return made


def change_risk(uow: UnitOfWork, risk: RecordId, new: NewRisk) -> QualityRisk:
    """Another level, authoriser, reason or review date; every earlier account stays.

    Raises as ``set_risk``, and ``Mistake('risk.no_step_down_reason')`` for a lower level without a reason.
    """
    before: QualityRisk = uow.questions.record(QualityRisk.KIND, risk).value
    made = _checked(new, risk, uow.clock.now().astimezone().date(), before)
    if not is_lower(made.level, before.level):
        kept = before.step_down_reason if made.level is before.level else ""
        made = replace(made, step_down_reason=kept)
    if made != before:
        revise(uow, made, priority=FIRST)
    return made


def add_review(uow: UnitOfWork, risk: RecordId, new: NewReview) -> QualityReview:
    """Record a review. Raises ``Mistake('review.no_kind' | 'review.no_caller' | 'review.caller' | 'review.no_date' |
    'review.next_before')``.
    """
    about: QualityRisk = uow.questions.record(QualityRisk.KIND, risk).value
    made = _checked_review(new, RecordId(new_id()), about)
    keep(uow, made, priority=FIRST)
    return made


def change_review(uow: UnitOfWork, review: RecordId, new: NewReview) -> QualityReview:
    """The plan, the next date or the outcome of a review. Raises as ``add_review``."""
    before: QualityReview = uow.questions.record(QualityReview.KIND, review).value
    about: QualityRisk = uow.questions.record(QualityRisk.KIND, before.about).value
    made = _checked_review(new, review, about)
    if made != before:
        revise(uow, made, priority=FIRST)
    return made


def risks(questions: Questions, *, assessment: AssessmentId | None = None) -> list[RiskRow]:
    """All of them, the closest watched first."""
    reviews = questions.records(QualityReview.KIND, assessment=assessment)
    found = [
        RiskRow(row=row, reviews=tuple(one for one in reviews if one.value.about == row.record))
        for row in questions.records(QualityRisk.KIND, assessment=assessment)
    ]
    order = list(Level)
    return sorted(found, key=lambda one: (-order.index(one.value.level), one.next_on))


def risk(questions: Questions, record: RecordId) -> RiskRow:
    """One of them. Raises ``Mistake('record.unknown')``."""
    return RiskRow(
        row=questions.record(QualityRisk.KIND, record),
        reviews=tuple(questions.records(QualityReview.KIND, about=record)),
    )


def _checked(new: NewRisk, record: RecordId, today: date, before: QualityRisk | None = None) -> QualityRisk:
    on = new.authorised_on or today
    finding = Finding()
    finding.unless(bool(new.concern.strip()), "risk.no_concern", field="concern")
    finding.unless(new.level is not None, "risk.no_level", field="level")
    finding.unless(new.authority is not None, "risk.no_authority", field="authority")
    if new.authority is not None and new.level is not None:
        finding.unless(may_authorise(new.authority, new.level), _NOT_THEIRS[new.level], field="authority")
    finding.unless(bool(new.reasons.strip()), "risk.no_reasons", field="reasons")
    finding.unless(new.review_on is not None, "risk.no_review_date", field="review_on")
    finding.unless(on <= today, "risk.date_ahead", field="authorised_on")
    finding.unless(new.review_on is None or new.review_on >= on, "risk.review_before", field="review_on")
    goes_down = before is not None and new.level is not None and is_lower(new.level, before.level)
    is_said = not goes_down or bool(new.step_down_reason.strip())
    finding.unless(is_said, "risk.no_step_down_reason", field="step_down_reason")
    is_short = len(new.concern + new.reasons + new.step_down_reason) <= LONGEST_TEXT
    finding.unless(is_short, "risk.too_long", field="reasons", longest=LONGEST_TEXT)
    finding.settle()
    assert new.level is not None
    assert new.authority is not None
    assert new.review_on is not None
    return QualityRisk(
        id=record, assessment=new.assessment, visit=new.visit, about=new.about, concern=typed(new.concern),
        organisation=typed(new.organisation), level=new.level, authority=new.authority,
        authorised_by=typed(new.authorised_by), with_region=new.with_region and new.level is Level.ENHANCED,
        authorised_on=on, reasons=typed(new.reasons), review_on=new.review_on,
        step_down_reason=typed(new.step_down_reason),
    )  # fmt: skip


def _checked_review(new: NewReview, record: RecordId, about: QualityRisk) -> QualityReview:
    finding = Finding()
    finding.unless(new.review is not None, "review.no_kind", field="review")
    finding.unless(new.called_by is not None, "review.no_caller", field="called_by")
    finding.unless(new.called_by is None or new.called_by in CALLERS, "review.caller", field="called_by")
    finding.unless(new.on is not None, "review.no_date", field="on")
    is_after = new.on is None or new.next_on is None or new.next_on >= new.on
    finding.unless(is_after, "review.next_before", field="next_on")
    is_short = len(new.plan + new.outcome) <= LONGEST_TEXT
    finding.unless(is_short, "risk.too_long", field="plan", longest=LONGEST_TEXT)
    finding.settle()
    assert new.review is not None
    assert new.called_by is not None
    assert new.on is not None
    return QualityReview(
        id=record, assessment=about.assessment, about=about.id, review=new.review, called_by=new.called_by, on=new.on,
        plan=typed(new.plan), next_on=new.next_on, outcome=typed(new.outcome),
    )  # fmt: skip
