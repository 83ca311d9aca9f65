"""The words of escalations (ux 5.2, 5.3): nothing here says that anybody was told who was not, or sent what was not."""

from __future__ import annotations

from datetime import date, datetime

from fieldkit.app.escalation_rows import EscalationRow, Stage
from fieldkit.app.rows import RecordRow, SendStatus
from fieldkit.domain.disclosure import Pointer
from fieldkit.domain.escalation import Contact, Escalation
from fieldkit.domain.escalation_policy import EMERGENCY, PhoneNumber
from fieldkit.reports.escalation_words import CRITERION, DANGER, HOW, PRIORITY, REFERRAL, TWO_ACCOUNTS
from ui.presenters.wording import ui

__all__ = ["CRITERION", "DANGER", "HOW", "PRIORITY", "REFERRAL"]

NOBODY_TOLD = "No one has been told by this app. It cannot send an alert while you are on site."
CALL_FIRST = f"Call {EMERGENCY} first"
NO_NUMBER = "No number yet"
NOT_DELIVERED = "This escalation has not reached the central store. Phone your lead now."
UNCONFIRMED = "These times are a starting point. Your office has not confirmed them."


def status(row: EscalationRow, today: date) -> str:
    """The status words, and no others."""
    if row.stage is Stage.CLOSED and row.value.closed_at is not None:
        return f"Closed {ui.day_and_clock(row.value.closed_at, today)}"
    last = row.last_contact
    return f"Contact recorded {ui.day_and_clock(last.at, today)}" if last else "Recorded, no contact yet"


def tint(row: EscalationRow) -> str:
    """Beside the status words, which carry the meaning."""
    return {Stage.NO_CONTACT: "red", Stage.CONTACTED: "blue", Stage.CLOSED: "grey"}[row.stage]


def due(value: Escalation, row: EscalationRow, now: datetime) -> str:
    """The clock of an open one: ``Tell somebody by 11:34``, that it is late, or when an answer is due."""
    today = now.astimezone().date()
    last = row.last_contact
    if value.is_closed:
        return ""
    if last is None:
        at = ui.day_and_clock(value.due_at, today)
        return f"Late: somebody should have been told by {at}" if now > value.due_at else f"Tell somebody by {at}"
    if last.answer_due_at is None:
        return ""
    at = ui.day_and_clock(last.answer_due_at, today)
    return f"Late: answer was due {at}" if now > last.answer_due_at else f"Answer due {at}"


def delivered(row: EscalationRow, today: date, *, is_alone: bool) -> str:
    """Whether the central store has it: by its receipt or not at all."""
    return delivered_of(row.row, today, is_alone=is_alone)


def delivered_of(standing: RecordRow, today: date, *, is_alone: bool) -> str:
    """The same of any record."""
    if standing.status is SendStatus.FROM_TEAM:
        return f"From {standing.author_name}"
    if standing.status is SendStatus.CONFIRMED and standing.confirmed_at is not None:
        return f"Sent and confirmed by central store {ui.day_and_clock(standing.confirmed_at, today)}"
    if standing.status is SendStatus.QUARANTINED:
        return "Kept by the office, set aside"
    return ui.STANDALONE if is_alone else "Waiting to send"


def two_accounts(standing: RecordRow) -> str:
    """Of an escalation or a risk that two laptops changed at once: which account is shown, and what ends it."""
    if standing.heads < 2:
        return ""
    return TWO_ACCOUNTS


def seen(row: EscalationRow, today: date) -> str:
    """``Seen by Bob Brown 10:40``; that nobody has says so."""
    names = [f"{one.author_name} {ui.day_and_clock(one.value.at, today)}" for one in row.seen]
    return f"Seen by {', '.join(names)}" if names else "Not seen by a team-mate yet"


def contact(value: Contact, today: date) -> str:
    """``10:34  Ward manager, in person, “will call the on-call consultant”``."""
    how = HOW[value.how]
    answer = f". Answer due {ui.day_and_clock(value.answer_due_at, today)}" if value.answer_due_at else ""
    at = ui.day_and_clock(value.at, today)
    return f"{at}  {value.told}, {how[:1].lower()}{how[1:]}, “{value.said}”{answer}"


def spoken_numbers(numbers: tuple[PhoneNumber, ...]) -> str:
    """What is read out when somebody is in danger."""
    known = [f"{one.title}, {one.number}" for one in numbers if one.number]
    return f"{CALL_FIRST}. Then tell: {'; '.join(known)}" if known else f"{CALL_FIRST}. Then tell the site lead"


def pointer(value: Pointer) -> str:
    """``Concern passed on, reference SU-7K3QXM, to the regulator's speaking-up lead, 12 November 2026``."""
    return f"{value.title}, to {value.passed_to}, {ui.day(value.on)}"
