"""The forms of escalations as data: who was told, what is decided, how it ends, whom to ring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldkit.app.escalation_policy import keep_numbers
from fieldkit.app.escalation_rows import EscalationRow
from fieldkit.app.escalations import (
    Decisions,
    NewContact,
    add_contact,
    check_answer_time,
    check_time,
    close_escalation,
    decide,
)
from fieldkit.domain.escalation import Criterion, Danger, How, Priority, Referral
from fieldkit.domain.escalation_policy import PhoneNumber, Policy
from ui.presenters.escalation import words
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values, chosen
from ui.presenters.services import Session
from ui.presenters.wording import ui

Done = Callable[[Any], None]


def contact_form(session: Session, row: EscalationRow, done: Done) -> Form:
    """Say who was told."""

    def submit(values: Values) -> Action:
        new = NewContact(
            told=values["told"], said=values["said"], at=values["at"], how=How(values["how"] or How.IN_PERSON),
            by=values["by"], answer_due=values["answer_due"],
        )  # fmt: skip
        return lambda uow: add_contact(uow, row.value.id, new)

    fields = (
        FormField(
            name="told", needed="escalation.no_told", label="Who did you tell?", hint="Their role, not their name"
        ),
        FormField(
            name="said", needed="escalation.no_said", label="What they said they would do", entry=Entry.LONG, rows=2
        ),
        FormField(name="at", check=check_time, label="When", hint="Like 10:34"),
        FormField(name="how", label="How", entry=Entry.PICK, options=_options(words.HOW)),
        FormField(name="by", label="Told by"),
        FormField(
            name="answer_due",
            check=check_answer_time,
            label="Answer due by",
            hint="Like 15:00. Leave empty if they gave no time",
        ),
    )
    first = {"at": ui.clock(session.clock.now()), "how": How.IN_PERSON.value, "by": session.name}
    return Form(
        session, fields, place=f"form/escalation_contact/{row.value.id}", submit=submit, done=done, first=first,
        initiator="escalation",
    )  # fmt: skip


def decide_form(session: Session, row: EscalationRow, policy: Policy, done: Done) -> Form:
    """Change what is known, the priority, the five criteria and what became of a referral."""
    value = row.value

    def submit(values: Values) -> Action:
        ticked = chosen(values["criteria"])
        was_considered = bool(ticked or value.criteria)
        decisions = Decisions(
            what=values["what"], place=values["place"], who=values["who"], organisation=values["organisation"],
            danger=Danger(values["danger"]), priority=Priority(values["priority"]),
            criteria={one: one.value in ticked for one in Criterion} if was_considered else None,
            referral=Referral(values["referral"]), referral_reference=values["reference"],
        )  # fmt: skip
        return lambda uow: decide(uow, value.id, decisions, policy)

    return Form(
        session, _decide_fields(), place=f"form/escalation_decide/{row.row.revision}", submit=submit, done=done,
        first={
            "what": value.what, "place": value.place, "who": value.who, "organisation": value.organisation,
            "danger": value.danger.value, "priority": value.priority.value, "referral": value.referral.value,
            "criteria": "\n".join(one.value for one, said in value.criteria.items() if said),
            "reference": value.referral_reference,
        },
        initiator="escalation",
    )  # fmt: skip


def _decide_fields() -> tuple[FormField, ...]:
    return (
        FormField(name="what", needed="escalation.no_what", label="What is happening", entry=Entry.LONG, rows=3),
        FormField(name="place", label="Where"),
        FormField(name="who", label="Who is at risk (no names)"),
        FormField(name="organisation", label="Organisation"),
        FormField(
            name="danger", label="Is anyone in immediate danger?", entry=Entry.CHOICE, options=_options(words.DANGER)
        ),
        FormField(name="priority", label="Priority", entry=Entry.PICK, options=_options(words.PRIORITY)),
        FormField(
            name="criteria", label="Do I refer to safeguarding myself?", entry=Entry.CHECKS,
            hint="Tick each that applies. Any one of them is a reason to refer", options=_options(words.CRITERION),
        ),
        FormField(name="referral", label="What became of it", entry=Entry.PICK, options=_options(words.REFERRAL)),
        FormField(
            name="reference", label="Reference of the referral",
            shown=lambda values: values.get("referral") == Referral.MADE.value,
        ),
    )  # fmt: skip


def close_form(session: Session, row: EscalationRow, done: Done) -> Form:
    """Close it with its outcome."""
    field = FormField(
        name="outcome", needed="escalation.no_outcome", label="What was the outcome?", entry=Entry.LONG, rows=4,
        hint="What was done, by whom, and whether people are safe now",
    )  # fmt: skip
    return Form(
        session, (field,), place=f"form/escalation_close/{row.value.id}",
        submit=lambda values: lambda uow: close_escalation(uow, row.value.id, values["outcome"]), done=done,
        initiator="escalation",
    )  # fmt: skip


def numbers_form(session: Session, numbers: tuple[PhoneNumber, ...], done: Done) -> Form:
    """Whom to ring, one a line: ``Site lead: 01632 960001``."""
    field = FormField(
        name="numbers", label="Numbers to ring, one a line", entry=Entry.LONG, rows=8,
        hint="Whose it is, a colon, the number. Kept on this laptop only. Empty: those of the framework pack",
    )  # fmt: skip
    return Form(
        session, (field,), place="form/escalation_numbers",
        submit=lambda values: lambda uow: keep_numbers(uow, read_numbers(values["numbers"])), done=done,
        first={"numbers": "\n".join(f"{one.title}: {one.number}".rstrip() for one in numbers)},
        initiator="escalation",
    )  # fmt: skip


def read_numbers(text: str) -> tuple[PhoneNumber, ...]:
    """One a line, the number after the last colon; a line without one is somebody whose number is not known yet."""
    found = []
    for line in text.splitlines():
        title, colon, number = line.rpartition(":")
        if line.strip():
            found.append(PhoneNumber(title=(title if colon else line).strip(), number=number.strip() if colon else ""))
    return tuple(found)


def _options(table: Any) -> tuple[Option, ...]:
    return tuple(Option(one.value, text) for one, text in table.items())
