"""The sheet of an escalation: what is recorded now, who was told and what is still open.

Its times stand on the clock of the machine that makes it, with their zone beside them: it is read there and then, by
whoever is called next.
"""

from __future__ import annotations

from datetime import datetime

from fieldkit.app.escalation_rows import EscalationRow, Stage, escalation
from fieldkit.app.ports import Questions
from fieldkit.app.report_kinds import ReportChoice
from fieldkit.app.report_walls import restricted_in
from fieldkit.app.rows import RecordRow, SendStatus
from fieldkit.domain.escalation import Contact, Criterion
from fieldkit.kernel.errors import Mistake
from fieldkit.reports.blocks import Document
from fieldkit.reports.clock_words import whole
from fieldkit.reports.escalation_sheet import EscalationSheet, compose
from fieldkit.reports.escalation_words import CRITERION, DANGER, HOW, PRIORITY, REFERRAL, TWO_ACCOUNTS

_UNANSWERED = "Not considered yet"


def escalation_report(questions: Questions, choice: ReportChoice, at: datetime) -> Document:
    """For the catalogue. Raises ``Mistake('report.nothing')`` for one that only named people may read."""
    assert choice.escalation is not None
    row = escalation(questions, choice.escalation)
    walled = restricted_in(questions, choice.assessment.id)
    if walled & {str(row.value.id), str(row.value.about)}:
        raise Mistake("report.nothing", what="an escalation that only named people may read")
    return sheet_of(row, choice.assessment.name, at, is_alone=questions.enrolment() is None)


def of_escalation(_questions: Questions, choice: ReportChoice) -> frozenset[str]:
    """The records it rests on."""
    return frozenset({str(choice.escalation)})


def sheet_of(row: EscalationRow, assessment: str, now: datetime, *, is_alone: bool) -> Document:
    """What is recorded now, ready to be written in any medium."""
    value = row.value
    said = {True: "Yes", False: "No", None: _UNANSWERED}
    referral = REFERRAL[value.referral] + (
        f". Reference {value.referral_reference}" if value.referral_reference else ""
    )
    standing = (_due(row, now), _delivered(row.row, is_alone=is_alone), _seen(row), _accounts(row.row))
    return compose(
        EscalationSheet(
            what=value.what, status=_status(row), standing=". ".join(one for one in standing if one),
            assessment=assessment,
            facts=(
                ("Priority", PRIORITY[value.priority]), ("Anyone in immediate danger", DANGER[value.danger]),
                ("Where", value.place), ("Who is at risk", value.who), ("Organisation", value.organisation),
                ("Opened", _at(value.opened_at)), ("Somebody told by", _at(value.due_at)),
                ("Recorded by", row.opened_by),
            ),
            criteria=tuple((CRITERION[one], said[value.criteria.get(one)]) for one in Criterion), referral=referral,
            contacts=tuple(_contact(one.value) for one in row.contacts),
            outcome=f"{value.outcome} ({value.closed_by}, {_at(value.closed_at)})" if value.closed_at else "",
            reference=value.id, made_at=now,
        )
    )  # fmt: skip


def _status(row: EscalationRow) -> str:
    last = row.last_contact
    if row.stage is Stage.CLOSED and row.value.closed_at is not None:
        return f"Closed {_at(row.value.closed_at)}"
    return f"Contact recorded {_at(last.at)}" if last else "Recorded, no contact yet"


def _due(row: EscalationRow, now: datetime) -> str:
    value, last = row.value, row.last_contact
    if value.is_closed or (last is not None and last.answer_due_at is None):
        return ""
    if last is None:
        late = now > value.due_at
        return f"{'Late: somebody should have been told' if late else 'Tell somebody'} by {_at(value.due_at)}"
    assert last.answer_due_at is not None
    return f"{'Late: answer was due' if now > last.answer_due_at else 'Answer due'} {_at(last.answer_due_at)}"


def _delivered(standing: RecordRow, *, is_alone: bool) -> str:
    if standing.status is SendStatus.FROM_TEAM:
        return f"From {standing.author_name}"
    if standing.status is SendStatus.CONFIRMED and standing.confirmed_at is not None:
        return f"Sent and confirmed by central store {_at(standing.confirmed_at)}"
    if standing.status is SendStatus.QUARANTINED:
        return "Kept by the office, set aside"
    return "Only on this laptop: it is not connected to an office" if is_alone else "Waiting to send"


def _seen(row: EscalationRow) -> str:
    names = [f"{one.author_name} {_at(one.value.at)}" for one in row.seen]
    return f"Seen by {', '.join(names)}" if names else "Not seen by a team-mate yet"


def _accounts(standing: RecordRow) -> str:
    return TWO_ACCOUNTS if standing.heads > 1 else ""


def _contact(value: Contact) -> tuple[str, str, str, str, str]:
    due = _at(value.answer_due_at) if value.answer_due_at else ""
    return _at(value.at), f"{value.told}, by {value.by}", HOW[value.how], value.said, due


def _at(moment: datetime) -> str:
    return whole(moment.astimezone())
