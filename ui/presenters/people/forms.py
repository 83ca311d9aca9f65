"""The forms of the page of people: add by letter, change, say that two codes are one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fieldkit.app.people import Coded, add_person, merge_people, proposed_code, read_code, revise_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import LETTERS, Person
from fieldkit.kernel.ids import PersonId
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.people.words import title
from ui.presenters.services import Session

Done = Callable[[Any], None]


def add_form(session: Session, visit: Visit, frameworks: Sequence[Framework], done: Done) -> Form:
    """The code follows from the letter; one of their own may be entered instead."""
    kinds = tuple(Option(letters, f"{words} ({letters.upper()}1, {letters.upper()}2 …)") for letters, words in
                  LETTERS.items())  # fmt: skip
    fields = (
        FormField(name="letters", needed="person.kind", label="Who is it?", entry=Entry.CHOICE,
                  options=(*kinds, Option("own", "Own code"))),
        FormField(name="code", needed="person.no_code", check=read_code, label="Code",
                  hint="1 to 8 letters and figures, like ch",
                  shown=lambda v: v["letters"] == "own"),
        *_about(frameworks),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        def action(uow: UnitOfWork) -> Person:
            code = values["code"]
            if values["letters"] != "own":
                code = proposed_code(uow.questions, visit.assessment, values["letters"])
            return add_person(uow, visit, code, values["role"], values["organisation"])

        return action

    return Form(session, fields, place=f"form/person/{visit.id}", submit=submit, done=done, initiator="people")


def change_form(session: Session, person: Person, frameworks: Sequence[Framework], done: Done) -> Form:
    """Role and organisation; the code stays, because notes speak of it."""

    def submit(values: Values) -> Action:
        return lambda uow: revise_person(uow, person, role=values["role"], organisation=values["organisation"])

    first = {"role": person.role, "organisation": person.organisation}
    return Form(
        session, _about(frameworks), place=f"form/person/{person.id}", submit=submit, done=done, first=first,
        initiator="people",
    )  # fmt: skip


def same_form(session: Session, person: Person, others: Sequence[Coded], done: Done) -> Form:
    """Whose code stays."""
    fields = (
        FormField(
            name="effect", entry=Entry.WORDS,
            label=f"{person.code.upper()} is then shown as the other code, everywhere. Its notes keep the code they "
            "were made with, and it can be undone.",
        ),
        FormField(
            name="into", needed="person.no_into", label="Same person as", entry=Entry.PICK,
            options=tuple(Option(one.person.id, title(one)) for one in others if one.person.id != person.id),
        ),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        return lambda uow: merge_people(uow, person.id, PersonId(values["into"]))

    return Form(session, fields, place=f"form/same/{person.id}", submit=submit, done=done, initiator="people")


def _about(frameworks: Sequence[Framework]) -> tuple[FormField, ...]:
    roles = tuple(dict.fromkeys(role.title for pack in frameworks for role in pack.roles))
    return (
        FormField(
            name="role",
            needed="person.no_role",
            label="Role",
            hint="No name",
            options=tuple(Option(one, one) for one in roles),
        ),
        FormField(name="organisation", label="Organisation (optional)"),
    )
