"""The forms of a record review: what has to be said before a record is opened, and consent that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from fieldkit.app.record_access import LookAnswers, check_whose, open_record, take_back_consent
from fieldkit.domain.assessment import Activity
from fieldkit.domain.record_access import Basis, Capacity, RecordAccess, Told
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.record.words import BASIS, CAPACITY, TOLD
from ui.presenters.services import Session

KINDS = (
    "Care plan", "Assessment of needs", "Case notes", "Medicines record", "Daily record", "GP record",
    "Hospital record", "Safeguarding record", "Incident report", "Complaint", "Carer’s assessment", "Staff file",
)  # fmt: skip
"""Offered while typing; anything else may be entered."""


def look_form(session: Session, activity: Activity, codes: Sequence[str], done: Callable[[Any], None]) -> Form:
    """``codes`` are those of people and cases that are known here."""
    return Form(
        session, _fields(codes), place=f"form/access/{activity.id}", submit=partial(_submit, activity), done=done,
        first={"place": activity.place}, initiator="record",
    )  # fmt: skip


def take_back_form(session: Session, access: RecordAccess, done: Callable[[Any], None]) -> Form:
    """The person no longer agrees."""
    fields = (
        FormField(
            name="effect", entry=Entry.WORDS,
            label="Every note of this record is held from here on: it stays on record, and leaves in no report, "
            "export or sending. That somebody looked stays in the access log.",
        ),
        FormField(name="reason", label="Why (optional)", entry=Entry.LONG, rows=2),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        return partial(take_back_consent, access=access.id, reason=values["reason"])

    return Form(session, fields, place=f"form/take_back/{access.id}", submit=submit, done=done, initiator="record")


def _submit(activity: Activity, values: Values) -> Action:
    basis = _one(Basis, values["basis"])
    answers = LookAnswers(
        whose=values["whose"], what=values["what"], system=values["system"], covers=values["covers"],
        why=values["why"], basis=basis, allowed_by=values[basis.value] if basis else "",
        capacity=_one(Capacity, values["capacity"]), capacity_how=values["capacity_how"],
        told=_one(Told, values["told"]), told_why=values["told_why"],
        copied={"yes": True, "no": False}.get(values["copied"]), copied_what=values["copied_what"],
        place=values["place"],
    )  # fmt: skip
    return partial(open_record, activity=activity, answers=answers)


def _fields(codes: Sequence[str]) -> tuple[FormField, ...]:
    return (
        FormField(
            name="whose", needed="access.whose", check=check_whose, label="Whose record is it?",
            hint="By code, like P2 or C03. No name",
            options=tuple(Option(code, code) for code in codes),
        ),
        FormField(name="what", needed="access.what", label="What do you look at?",
                  hint="Like care plan or incident report",
                  options=tuple(Option(one, one) for one in KINDS)),
        FormField(name="covers", label="Which dates does it cover? (optional)", hint="Like March to October 2026"),
        FormField(name="system", label="System or place it is kept (optional)"),
        FormField(name="why", needed="access.why", label="Why is it necessary to look?", entry=Entry.LONG, rows=2),
        FormField(
            name="basis", needed="access.basis", label="What allows you to look?", entry=Entry.CHOICE,
            options=tuple(Option(one, words) for one, words in BASIS.items()),
        ),
        FormField(name="power", needed="access.power", label="Which power?",
                  shown=lambda v: v["basis"] == Basis.POWER.value),
        FormField(name="consent", needed="access.consent", label="How did they agree?",
                  shown=lambda v: v["basis"] == Basis.CONSENT.value,
                  hint="Like: spoken, to their nurse, this morning"),
        FormField(
            name="capacity", needed="access.capacity",
            label="Did you consider if they can decide about this themselves?", entry=Entry.CHOICE,
            options=tuple(Option(one, words) for one, words in CAPACITY.items()),
        ),
        FormField(
            name="capacity_how", needed="access.capacity_how", label="How, or why not?",
            shown=lambda v: v["capacity"] in (Capacity.YES.value, Capacity.NO.value),
        ),
        FormField(
            name="told", needed="access.told", label="When is the person told?", entry=Entry.CHOICE,
            options=tuple(Option(one, words) for one, words in TOLD.items()),
        ),
        FormField(name="told_why", needed="access.told_why", label="Why are they not told?",
                  shown=lambda v: v["told"] == Told.NOT.value),
        FormField(
            name="copied", needed="access.copied", label="Is anything copied?", entry=Entry.CHOICE,
            options=(Option("no", "No"), Option("yes", "Yes")),
        ),
        FormField(name="copied_what", needed="access.copied_what", label="What is copied, and where is the copy?",
                  shown=lambda v: v["copied"] == "yes"),
        FormField(name="place", label="Where do you look at it? (optional)"),
    )  # fmt: skip


def _one(kind: Any, value: str) -> Any:
    try:
        return kind(value) if value else None
    except ValueError:  # a draft of a later version
        return None
