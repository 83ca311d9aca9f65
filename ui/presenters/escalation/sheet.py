"""The sheet of an escalation, in the words of the screen."""

from __future__ import annotations

from datetime import datetime

from fieldkit.app.escalation_rows import EscalationRow
from fieldkit.domain.escalation import Contact, Criterion
from fieldkit.reports.blocks import Document
from fieldkit.reports.escalation_sheet import EscalationSheet, compose
from ui.presenters.escalation import words
from ui.presenters.wording import ui

_UNANSWERED = "Not considered yet"


def sheet_of(row: EscalationRow, assessment: str, now: datetime, *, is_alone: bool) -> Document:
    """What is recorded now, ready to be written as PDF, HTML or text."""
    value, today = row.value, now.astimezone().date()
    said = {True: "Yes", False: "No", None: _UNANSWERED}
    criteria = tuple((words.CRITERION[one], said[value.criteria.get(one)]) for one in Criterion)
    referral = words.REFERRAL[value.referral] + (
        f". Reference {value.referral_reference}" if value.referral_reference else ""
    )
    standing = (
        words.due(value, row, now), words.delivered(row, today, is_alone=is_alone), words.seen(row, today),
        words.two_accounts(row.row),
    )  # fmt: skip
    return compose(
        EscalationSheet(
            what=value.what, status=words.status(row, today), standing=". ".join(one for one in standing if one),
            assessment=assessment,
            facts=(
                ("Priority", words.PRIORITY[value.priority]),
                ("Anyone in immediate danger", words.DANGER[value.danger]),
                ("Where", value.place), ("Who is at risk", value.who), ("Organisation", value.organisation),
                ("Opened", _at(value.opened_at)), ("Somebody told by", _at(value.due_at)),
                ("Recorded by", row.opened_by),
            ),
            criteria=criteria, referral=referral,
            contacts=tuple(_contact(one.value) for one in row.contacts),
            outcome=f"{value.outcome} ({value.closed_by}, {_at(value.closed_at)})" if value.closed_at else "",
            reference=value.id, made_at=now,
        )
    )  # fmt: skip


def _contact(value: Contact) -> tuple[str, str, str, str, str]:
    due = _at(value.answer_due_at) if value.answer_due_at else ""
    return _at(value.at), f"{value.told}, by {value.by}", words.HOW[value.how], value.said, due


def _at(moment: datetime) -> str:
    return f"{ui.day(moment.astimezone().date())} {ui.clock(moment)}"
