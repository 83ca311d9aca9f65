"""Use cases of need to know: restrict what a record says to roles and people, change that, lift it.

A restriction leaves before what it covers (priority 0). Nothing here hides anything on this laptop: who writes it holds
the words already. What the office gives to whom is decided there (``fieldkit.domain.restriction``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import AssessorRow, RecordRow
from fieldkit.domain.escalation import FIRST
from fieldkit.domain.restriction import Restriction
from fieldkit.domain.roles import Role
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, RecordId, new_id

MOST_WORDS = 300
"""Characters of the reason, which the whole team reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRestriction:
    """Who may know: words of roles, author ids of people. Empty = who sees all that is restricted, and the author."""

    roles: Sequence[str] = ()
    people: Sequence[str] = ()
    reason: str = ""


def restrict(uow: UnitOfWork, about: str, new: NewRestriction) -> Restriction:
    """Restrict a note, an activity or a record; one that I restricted already gets the new names.

    Raises ``Mistake`` with ``restrict.unknown``, ``restrict.role``, ``restrict.person`` or ``restrict.too_long``.
    """
    place = assessment_of(uow.questions, about)
    roles, people = _roles(new.roles), _people(uow.questions.assessors(place), new.people)
    if len(new.reason.strip()) > MOST_WORDS:
        raise Mistake("restrict.too_long", field="reason", most=MOST_WORDS)
    before = next((row for row in standing(uow.questions, place, about) if row.is_mine), None)
    if before is not None:
        made: Restriction = replace(before.value, roles=roles, people=people, reason=new.reason.strip())
        revise(uow, made, priority=FIRST)
        return made
    made = Restriction(
        id=RecordId(new_id()), assessment=place, about=about, roles=roles, people=people, reason=new.reason.strip()
    )
    keep(uow, made, priority=FIRST)
    return made


def lift(uow: UnitOfWork, restriction: RecordId) -> Restriction:
    """From here on it restricts nothing. At the office it counts from its author, who is named, and who sees all.

    Raises ``Mistake('record.unknown')``.
    """
    row = uow.questions.record(Restriction.KIND, restriction)
    made: Restriction = replace(row.value, lifted=True)
    revise(uow, made, priority=FIRST)
    return made


def standing(questions: Questions, assessment: AssessmentId | None = None, about: str | None = None) -> list[RecordRow]:
    """The restrictions that stand, oldest first."""
    rows = questions.records(Restriction.KIND, assessment=assessment)
    return [row for row in rows if not row.value.lifted and about in (None, row.value.about)]


def assessment_of(questions: Questions, record: str) -> AssessmentId:
    """The assessment of a note, an activity or a record of fieldwork. Raises ``Mistake('restrict.unknown')``."""
    for found in (
        lambda: questions.entry(EntryId(record)).entry.assessment,
        lambda: questions.activity(ActivityId(record)).assessment,
        lambda: questions.history(record)[-1].value.assessment,
    ):
        try:
            return AssessmentId(found())
        except (Mistake, IndexError):
            continue
    raise Mistake("restrict.unknown", record=record)


def people_named(questions: Questions, restriction: Restriction) -> tuple[str, ...]:
    """The names of the people it names, as far as they have introduced themselves here."""
    names = {str(one.author): one.name for one in questions.assessors(restriction.assessment)}
    return tuple(names.get(one, one) for one in restriction.people)


def _roles(words: Sequence[str]) -> tuple[str, ...]:
    found = []
    for word in words:
        role = Role.of(word.strip().casefold())
        if role is None:
            raise Mistake("restrict.role", field="to", role=word, roles=", ".join(Role))
        found.append(role.value)
    return tuple(dict.fromkeys(found))


def _people(team: Sequence[AssessorRow], wanted: Sequence[str]) -> tuple[str, ...]:
    found = []
    for word in wanted:
        key = word.strip().casefold()
        same = [one for one in team if key in (one.name.casefold(), one.initials.casefold(), str(one.author))]
        if len(same) != 1:
            raise Mistake("restrict.person", field="person", person=word)
        found.append(str(same[0].author))
    return tuple(dict.fromkeys(found))
