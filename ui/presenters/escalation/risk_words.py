"""The words of quality risks; whatever is shown says that the decision is somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fieldkit.app.quality_risks import RiskRow
from fieldkit.domain.quality_risk import Authority, Level, QualityReview, QualityRisk, ReviewKind, may_authorise
from ui.presenters.wording import ui

LEVEL: Mapping[Level, str] = {
    Level.ROUTINE: "Routine assurance", Level.ENHANCED: "Enhanced assurance", Level.INTENSIVE: "Intensive assurance",
}  # fmt: skip
AUTHORITY: Mapping[Authority, str] = {
    Authority.PLACE: "Place with its providers", Authority.ICB: "Integrated care board", Authority.REGION: "Region",
    Authority.NHS_ENGLAND: "NHS England", Authority.REGULATOR: "Regulator",
    Authority.LOCAL_AUTHORITY: "Local authority",
}  # fmt: skip
REVIEW: Mapping[ReviewKind, str] = {
    ReviewKind.RAPID_REVIEW: "Rapid Quality Review",
    ReviewKind.IMPROVEMENT_GROUP: "Quality Improvement Group",
}


def authorised(value: QualityRisk) -> str:
    """``Authorised by Integrated care board (A. Chair) on 12 November 2026``; one that does not match is said."""
    who = f" ({value.authorised_by})" if value.authorised_by else ""
    region = ", with the region" if value.with_region else ""
    doubt = "" if may_authorise(value.authority, value.level) else ". This is not who authorises this level"
    return f"Authorised by {AUTHORITY[value.authority]}{who}{region} on {ui.day(value.authorised_on)}{doubt}"


def review_due(on: date, today: date) -> str:
    """``Review by 26 November 2026``, or that it is late."""
    return f"Late: review was due {ui.day(on)}" if on < today else f"Review by {ui.day(on)}"


def review(value: QualityReview) -> str:
    """One line about a review."""
    called = f"called by {AUTHORITY[value.called_by]}, {ui.day(value.on)}"
    if value.outcome:
        return f"{REVIEW[value.review]}, {called}. Ended: {value.outcome}"
    again = f". Next {ui.day(value.next_on)}" if value.next_on else ""
    plan = f". Improvement plan: {value.plan}" if value.plan else ". No improvement plan recorded"
    return f"{REVIEW[value.review]}, {called}{plan}{again}"


def status(row: RiskRow, today: date) -> str:
    """The second line of a risk in the list."""
    reviews = f" · {ui.count(len(row.reviews), 'review')}" if row.reviews else ""
    return f"{LEVEL[row.value.level]} · {review_due(row.next_on, today)}{reviews}"
