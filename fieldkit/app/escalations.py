"""Use cases of escalations: record a risk, say who was told, revise, close with an outcome, and that it was seen.

Every revision leaves first (``FIRST``). Nothing here tells anybody anything: a record is no telephone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.escalation import FIRST, Contact, Criterion, Danger, Escalation, How, Priority, Referral, Seen
from fieldkit.domain.escalation_policy import Policy, priority_of
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId, new_id

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_AHEAD = timedelta(minutes=2)
"""A clock that is read from the wall may be ahead of the laptop's by as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEscalation:
    """What the card hands over. ``danger`` is None while nobody has answered."""

    assessment: AssessmentId
    visit: VisitId | None = None
    about: RecordId | None = None
    danger: Danger | None = None
    what: str = ""
    who: str = ""
    place: str = ""
    organisation: str = ""
    priority: Priority | None = None
    """None takes the one that goes with the danger."""
    opened_at: datetime | None = None
    """When the card was opened; the clock runs from then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """Somebody was told. ``at`` and ``answer_due`` are times of the day; empty: now, none."""

    told: str = ""
    said: str = ""
    at: str = ""
    how: How = How.IN_PERSON
    by: str = ""
    """Empty for oneself."""
    answer_due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What may be changed while an escalation is open; None leaves a field as it is."""

    what: str | None = None
    who: str | None = None
    place: str | None = None
    organisation: str | None = None
    danger: Danger | None = None
    priority: Priority | None = None
    criteria: Mapping[Criterion, bool] | None = None
    referral: Referral | None = None
    referral_reference: str | None = None


def escalate(uow: UnitOfWork, new: NewEscalation, policy: Policy) -> Escalation:
    """Record a risk. Raises ``Mistake('escalation.no_danger' | 'escalation.no_what' | 'escalation.too_long')``."""
    finding = Finding()
    finding.unless(new.danger is not None, "escalation.no_danger", field="danger")
    finding.unless(bool(new.what.strip()), "escalation.no_what", field="what")
    finding.read(lambda: _check_length(new.what + new.who + new.place + new.organisation, "what"))
    finding.settle()
    assert new.danger is not None
    now = uow.clock.now()
    opened = min(new.opened_at or now, now)
    priority = new.priority or priority_of(new.danger)
    made = Escalation(
        id=RecordId(new_id()), assessment=new.assessment, visit=new.visit, about=new.about, what=typed(new.what),
        who=typed(new.who), place=typed(new.place), organisation=typed(new.organisation), danger=new.danger,
        priority=priority, opened_at=opened, due_at=policy.due(priority, opened),
    )  # fmt: skip
    keep(uow, made, priority=FIRST)
    return made


def add_contact(uow: UnitOfWork, escalation: RecordId, new: NewContact) -> Contact:
    """Record who was told and what they said they would do.

    Raises ``Mistake`` ``escalation.no_told``, ``escalation.no_said``, ``escalation.time``, ``escalation.time_ahead``,
    ``escalation.answer_time`` or ``escalation.too_long``.
    """
    now = uow.clock.now()
    finding = Finding()
    finding.unless(bool(new.told.strip()), "escalation.no_told", field="told")
    finding.unless(bool(new.said.strip()), "escalation.no_said", field="said")
    finding.read(lambda: _check_length(new.told + new.said, "said"))
    at = (finding.read(lambda: _moment(new.at, now, "at", "escalation.time")) if new.at.strip() else now) or now
    finding.unless(at <= now + _AHEAD, "escalation.time_ahead", field="at")
    answer_due_at = finding.read(lambda: _answer_due(new.answer_due, at))
    finding.settle()
    about: Escalation = uow.questions.record(Escalation.KIND, escalation).value
    made = Contact(
        id=RecordId(new_id()), assessment=about.assessment, about=escalation, told=typed(new.told),
        said=typed(new.said), at=min(at, now), by=typed(new.by) or uow.identity.name, how=new.how,
        answer_due_at=answer_due_at,
    )  # fmt: skip
    keep(uow, made, priority=FIRST)
    return made


def decide(uow: UnitOfWork, escalation: RecordId, decisions: Decisions, policy: Policy) -> Escalation:
    """Change what is known of an open escalation; another priority sets its clock anew from when it was opened.

    Raises ``Mistake('escalation.closed')``, ``Mistake('escalation.no_what')`` or ``Mistake('escalation.too_long')``.
    """
    before: Escalation = uow.questions.record(Escalation.KIND, escalation).value
    if before.is_closed:
        raise Mistake("escalation.closed", field="what")
    given: dict[str, Any] = {
        one.name: typed(value) if type(value) is str else value
        for one in fields(decisions)
        if (value := getattr(decisions, one.name)) is not None
    }
    after = replace(before, **given)
    if not after.what:
        raise Mistake("escalation.no_what", field="what")
    _check_length(after.words, "what")
    if after.priority is not before.priority:
        after = replace(after, due_at=policy.due(after.priority, after.opened_at))
    if after != before:
        revise(uow, after, priority=FIRST)
    return after


def close_escalation(uow: UnitOfWork, escalation: RecordId, outcome: str) -> Escalation:
    """Close it. Raises ``Mistake('escalation.no_outcome')``, ``Mistake('escalation.closed')`` or, while a criterion
    applies and nothing is said of a referral, ``Mistake('escalation.no_referral')``.
    """
    before: Escalation = uow.questions.record(Escalation.KIND, escalation).value
    if before.is_closed:
        raise Mistake("escalation.closed", field="outcome")
    if not outcome.strip():
        raise Mistake("escalation.no_outcome", field="outcome")
    if before.asks_for_referral:
        raise Mistake("escalation.no_referral", field="referral")
    _check_length(outcome, "outcome")
    after = replace(before, outcome=typed(outcome), closed_at=uow.clock.now(), closed_by=uow.identity.name)
    revise(uow, after, priority=FIRST)
    return after


def reopen_escalation(uow: UnitOfWork, escalation: RecordId) -> Escalation:
    """Take a closing back; the outcome that was written stays in its history."""
    before: Escalation = uow.questions.record(Escalation.KIND, escalation).value
    after = replace(before, outcome="", closed_at=None, closed_by="")
    if before.is_closed:
        revise(uow, after, priority=FIRST)
    return after


def mark_seen(uow: UnitOfWork, escalation: RecordId) -> Seen | None:
    """A team-mate has opened it here. Written once for each account; ``None`` for one's own or seen before."""
    row = uow.questions.record(Escalation.KIND, escalation)
    before = uow.questions.records(Seen.KIND, about=escalation)
    if row.is_mine or any(one.is_mine and one.value.revision == row.revision for one in before):
        return None
    seen = Seen(
        id=RecordId(new_id()), assessment=row.value.assessment, about=escalation, revision=row.revision,
        at=uow.clock.now(),
    )  # fmt: skip
    keep(uow, seen, priority=FIRST)
    return seen


def check_time(text: str) -> None:
    """Whether it is a time like 10:34. Raises ``Mistake('escalation.time')``."""
    if _TIME.fullmatch(text.strip()) is None:
        raise Mistake("escalation.time", field="at", text=text.strip()[:20])


def check_answer_time(text: str) -> None:
    """The same of when an answer is due. Raises ``Mistake('escalation.answer_time')``."""
    if _TIME.fullmatch(text.strip()) is None:
        raise Mistake("escalation.answer_time", field="answer_due", text=text.strip()[:20])


def _check_length(text: str, field: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Mistake("escalation.too_long", field=field, longest=LONGEST_TEXT)


def _moment(text: str, on: datetime, field: str, code: str) -> datetime:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise Mistake(code, field=field, text=text.strip()[:20])
    return on.astimezone().replace(hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0)


def _answer_due(text: str, told_at: datetime) -> datetime | None:
    """A time before the telling is one of the next day: told at 23:10, an answer by 07:00."""
    if not text.strip():
        return None
    due = _moment(text, told_at, "answer_due", "escalation.answer_time")
    return due if due > told_at else due + timedelta(days=1)
