"""The forms of quality risks as data: the level with its authoriser, and the reviews that were called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fieldkit.app.quality_risks import NewReview, NewRisk, RiskRow, add_review, change_review, change_risk, set_risk
from fieldkit.app.rows import RecordRow
from fieldkit.domain.quality_risk import CALLERS, FOR_DISCUSSION, Authority, Level, QualityReview, ReviewKind
from fieldkit.kernel.ids import AssessmentId, RecordId
from ui.presenters.dates import day_check, read_day
from ui.presenters.escalation import risk_words
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.services import Session
from ui.presenters.wording import ui

Done = Callable[[Any], None]


def risk_form(
    session: Session, assessment: AssessmentId, row: RiskRow | None, done: Done, *, about: RecordId | None = None,
    concern: str = "",
) -> Form:  # fmt: skip
    """A new risk, or another level for the one of ``row``."""
    before = row.value if row is not None else None

    def submit(values: Values) -> Action:
        today = session.clock.now().astimezone().date()
        new = NewRisk(
            assessment=assessment, visit=before.visit if before else None, about=before.about if before else about,
            concern=values["concern"], organisation=values["organisation"],
            level=Level(values["level"]) if values["level"] else None,
            authority=Authority(values["authority"]) if values["authority"] else None,
            authorised_by=values["authorised_by"], with_region=values["with_region"] == "yes",
            authorised_on=read_day(values["authorised_on"], today, "authorised_on"), reasons=values["reasons"],
            review_on=read_day(values["review_on"], today, "review_on"), step_down_reason=values["step_down_reason"],
        )  # fmt: skip
        if before is None:
            return lambda uow: set_risk(uow, new)
        return lambda uow: change_risk(uow, before.id, new)

    place = before.id if before is not None else assessment
    first = {"concern": concern, "authorised_on": "today"} if before is None else {
        "concern": before.concern, "organisation": before.organisation, "level": before.level.value,
        "authority": before.authority.value, "authorised_by": before.authorised_by,
        "with_region": "yes" if before.with_region else "", "authorised_on": "today", "reasons": before.reasons,
        "review_on": ui.day(before.review_on),
    }  # fmt: skip
    return Form(
        session, _risk_fields(before.level if before else None, session.clock.now().astimezone().date()),
        place=f"form/quality_risk/{place}", submit=submit,
        done=done, first=first, initiator="escalation",
    )  # fmt: skip


def _risk_fields(before: Level | None, today: date) -> tuple[FormField, ...]:
    order = [one.value for one in Level]

    def goes_down(values: Values) -> bool:
        level = values.get("level", "")
        return before is not None and level in order and order.index(level) < order.index(before.value)

    return (
        FormField(name="said", label=FOR_DISCUSSION, entry=Entry.WORDS),
        FormField(name="concern", needed="risk.no_concern", label="What is the risk?", entry=Entry.LONG, rows=2),
        FormField(name="organisation", label="Organisation or system"),
        FormField(name="level", needed="risk.no_level", label="Level", entry=Entry.CHOICE,
                  options=_options(risk_words.LEVEL)),
        FormField(
            name="authority", needed="risk.no_authority", label="Authorised by", entry=Entry.PICK,
            options=_options(risk_words.AUTHORITY),
            hint="Routine: the ICB or place. Enhanced: the ICB. Intensive: NHS England",
        ),
        FormField(name="authorised_by", label="Name or post of who authorised it"),
        FormField(
            name="with_region", label="The region takes part", entry=Entry.YES,
            shown=lambda values: values.get("level") == Level.ENHANCED.value,
        ),
        FormField(name="authorised_on", check=day_check(today), label="Authorised on",
                  hint="Like 12 November 2026, or today"),
        FormField(name="reasons", needed="risk.no_reasons", label="Reasons", entry=Entry.LONG, rows=3),
        FormField(name="review_on", needed="risk.no_review_date", check=day_check(today), label="Review by",
                  hint="Like 26 November 2026"),
        FormField(
            name="step_down_reason", needed="risk.no_step_down_reason", label="Reason for stepping down",
            entry=Entry.LONG, rows=2, shown=goes_down
        ),
    )  # fmt: skip


def review_form(session: Session, risk: RiskRow, review: RecordRow | None, done: Done) -> Form:
    """A Rapid Quality Review or a Quality Improvement Group, new or as it stands now."""
    before: QualityReview | None = review.value if review is not None else None

    def submit(values: Values) -> Action:
        today = session.clock.now().astimezone().date()
        new = NewReview(
            review=ReviewKind(values["review"]) if values["review"] else None,
            called_by=Authority(values["called_by"]) if values["called_by"] else None,
            on=read_day(values["on"], today, "on"), plan=values["plan"],
            next_on=read_day(values["next_on"], today, "next_on"), outcome=values["outcome"],
        )  # fmt: skip
        if before is None:
            return lambda uow: add_review(uow, risk.value.id, new)
        return lambda uow: change_review(uow, before.id, new)

    today = session.clock.now().astimezone().date()
    callers = {one: risk_words.AUTHORITY[one] for one in CALLERS}
    fields = (
        FormField(
            name="review",
            needed="review.no_kind",
            label="What was called?",
            entry=Entry.CHOICE,
            options=_options(risk_words.REVIEW),
        ),
        FormField(
            name="called_by", needed="review.no_caller", label="Called by", entry=Entry.PICK, options=_options(callers)
        ),
        FormField(
            name="on", needed="review.no_date", check=day_check(today), label="Date", hint="Like 18 November 2026"
        ),
        FormField(name="plan", label="Improvement plan", entry=Entry.LONG, rows=4),
        FormField(name="next_on", check=day_check(today), label="Next date", hint="Leave empty if there is none yet"),
        FormField(name="outcome", label="Outcome, once it has ended", entry=Entry.LONG, rows=2),
    )
    first = {} if before is None else {
        "review": before.review.value, "called_by": before.called_by.value, "on": ui.day(before.on),
        "plan": before.plan, "next_on": ui.day(before.next_on) if before.next_on else "", "outcome": before.outcome,
    }  # fmt: skip
    place = before.id if before is not None else f"{risk.value.id}/new"
    return Form(
        session, fields, place=f"form/quality_review/{place}", submit=submit, done=done, first=first,
        initiator="escalation",
    )  # fmt: skip


def _options(table: Any) -> tuple[Option, ...]:
    return tuple(Option(one.value, text) for one, text in table.items())
