"""The forms of the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from fieldkit.app.requests import add_request, change_request, close, receive
from fieldkit.domain.framework import Framework
from fieldkit.domain.request import InformationRequest, RequestStatus
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.dates import day_check, read_day
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.services import Session
from ui.presenters.wording import ui

Done = Callable[[Any], None]


def request_form(
    session: Session,
    assessment: AssessmentId,
    frameworks: Sequence[Framework],
    request: InformationRequest | None,
    done: Done,
) -> Form:
    """A new request, or the words of one that is there."""
    options = tuple(
        Option(f"{pack.id}/{one.id}", f"{one.code}  {one.title}") for pack in frameworks for one in pack.statements
    )
    fields = [
        FormField(
            name="what", needed="request.no_what", label="What do you ask for?", entry=Entry.LONG, rows=2,
            hint="Like falls audit, Ward 4, 2025"
        ),
        FormField(name="reason", needed="request.no_reason", label="Why is it needed?", entry=Entry.LONG, rows=2),
        FormField(name="statement", label="Statement (optional)", entry=Entry.PICK, options=options),
        FormField(name="asked_of", label="Asked of (optional)", hint="A role and body, like governance team, ICB"),
        FormField(name="due_on", check=day_check(session.clock.now().astimezone().date()), label="Due (optional)",
                  hint="Like 4 December 2026"),
        FormField(
            name="held", label="What is held or public, and why ask all the same (optional)", entry=Entry.LONG, rows=2
        ),
    ]  # fmt: skip
    if request is None:
        fields.append(FormField(name="is_asked", label="It was asked already", entry=Entry.YES))

    def submit(values: Values) -> Action:
        today = session.clock.now().astimezone().date()
        due = read_day(values["due_on"], today, "due_on")
        statements = (values["statement"],) if values["statement"] else ()
        if request is None:
            return lambda uow: add_request(
                uow, assessment, values["what"], values["reason"], asked_of=values["asked_of"], due_on=due,
                statements=statements, held=values["held"], is_asked=values["is_asked"] == "yes",
            )  # fmt: skip
        changed = replace(
            request, what=values["what"].strip(), reason=values["reason"].strip(), asked_of=values["asked_of"].strip(),
            due_on=due, statements=statements, held=values["held"].strip(),
        )  # fmt: skip
        return lambda uow: change_request(uow, changed)

    first = {}
    if request is not None:
        first = {
            "what": request.what, "reason": request.reason, "asked_of": request.asked_of, "held": request.held,
            "due_on": ui.day(request.due_on) if request.due_on else "",
            "statement": request.statements[0] if request.statements else "",
        }  # fmt: skip
    place = f"form/request/{request.id if request else assessment}"
    return Form(session, fields, place=place, submit=submit, done=done, first=first, initiator="requests")


def receive_form(session: Session, request: InformationRequest, done: Done) -> Form:
    """Something came: all of it, or a part."""
    fields = (
        FormField(
            name="whole", needed="request.no_whole", label="Is it all that was asked for?", entry=Entry.CHOICE,
            options=(Option("yes", "Yes, all of it"), Option("no", "No, a part")),
        ),
        FormField(name="outcome", label="What came, and where it is (optional)", entry=Entry.LONG, rows=3),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        is_whole = values["whole"] == "yes"
        return lambda uow: receive(uow, request.id, is_whole=is_whole, outcome=values["outcome"])

    return Form(session, fields, place=f"form/received/{request.id}", submit=submit, done=done, initiator="requests")


def close_form(session: Session, request: InformationRequest, done: Done) -> Form:
    """Refused, or not needed, with why."""
    fields = (
        FormField(
            name="status", needed="request.status", label="How does it end?", entry=Entry.CHOICE,
            options=(
                Option(RequestStatus.NOT_NEEDED.value, "Not needed: held already, public, or no longer asked for"),
                Option(RequestStatus.REFUSED.value, "Refused"),
            ),
        ),
        FormField(name="outcome", needed="request.no_outcome", label="Why?", entry=Entry.LONG, rows=3),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        return lambda uow: close(uow, request.id, RequestStatus(values["status"]), values["outcome"])

    return Form(session, fields, place=f"form/closed/{request.id}", submit=submit, done=done, initiator="requests")
