"""Use cases of person codes: add somebody by role, change the role."""

from __future__ import annotations

import dataclasses
import re

from fieldkit.app.assessments import introduce_author
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Visit
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import PersonId, new_id

_CODE = re.compile(r"[a-z][a-z0-9]{0,7}")


def add_person(uow: UnitOfWork, visit: Visit, code: str, role: str, organisation: str = "") -> Person:
    """Add a person to a visit by code and role; never a name.

    Codes are one to eight letters and digits starting with a letter, kept in lower case. Raises
    ``Mistake('person.no_code')``, ``Mistake('person.code')``, ``Mistake('person.code_taken')`` or
    ``Mistake('person.no_role')``.
    """
    short = code.strip().lower()
    if not short:
        raise Mistake("person.no_code", field="code")
    if _CODE.fullmatch(short) is None:
        raise Mistake("person.code", field="code", code=code.strip())
    if not role.strip():
        raise Mistake("person.no_role", field="role")
    if any(person.code == short for person in uow.questions.people(visit.id)):
        raise Mistake("person.code_taken", field="code", code=short)
    person = Person(
        id=PersonId(new_id()), assessment=visit.assessment, visit=visit.id, code=short, role=typed(role),
        organisation=typed(organisation),
    )  # fmt: skip
    uow.append(person.id, person, assessment=visit.assessment)
    introduce_author(uow, visit.assessment)
    return person


def revise_person(uow: UnitOfWork, person: Person, *, role: str, organisation: str) -> Person:
    """Change what is known of a person's role; their code and earlier revisions stay."""
    if not role.strip():
        raise Mistake("person.no_role", field="role")
    changed = dataclasses.replace(person, role=typed(role), organisation=typed(organisation))
    uow.append(changed.id, changed, assessment=changed.assessment, parents=uow.questions.heads(changed.id))
    return changed
