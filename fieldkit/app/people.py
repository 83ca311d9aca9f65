"""Use cases of person codes: add somebody by role, change the role."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.app.assessments import introduce_author
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.app.texts import typed
from fieldkit.app.told import silent_activities
from fieldkit.domain.assessment import Visit
from fieldkit.domain.people import LETTERS, Person, joined, next_code, parted, survivors
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, PersonId, new_id

LONGEST = 200
"""Characters of a role or an organisation: one word of 10,000 pushed everything else of the page off the screen."""

_CODE = re.compile(r"[a-z][a-z0-9]{0,7}")


def read_code(text: str) -> str:
    """A code as it is kept: one to eight letters and digits that start with a letter, in lower case.

    Raises ``Mistake('person.no_code' | 'person.code')``.
    """
    short = text.strip().lower()
    if not short:
        raise Mistake("person.no_code", field="code")
    if _CODE.fullmatch(short) is None:
        raise Mistake("person.code", field="code", code=text.strip()[:40])
    return short


def add_person(uow: UnitOfWork, visit: Visit, code: str, role: str, organisation: str = "") -> Person:
    """Add a person to a visit by code and role; never a name.

    Raises as ``read_code``, ``Mistake('person.code_taken' | 'person.no_role' | 'person.too_long')``, all at once.
    """
    finding = Finding()
    short = finding.read(lambda: read_code(code)) or ""
    _check_words(finding, role, organisation)
    is_free = all(person.code != short for person in uow.questions.people(visit.id))
    finding.unless(is_free, "person.code_taken", field="code", code=short)
    finding.settle()
    person = Person(
        id=PersonId(new_id()), assessment=visit.assessment, visit=visit.id, code=short, role=typed(role),
        organisation=typed(organisation),
    )  # fmt: skip
    uow.append(person.id, person, assessment=visit.assessment)
    introduce_author(uow, visit.assessment)
    return person


def revise_person(uow: UnitOfWork, person: Person, *, role: str, organisation: str) -> Person:
    """Change what is known of a person's role; their code and earlier revisions stay.

    Whom they were merged into since ``person`` was read stays too.
    """
    finding = Finding()
    _check_words(finding, role, organisation)
    finding.settle()
    current = _person(uow.questions, person.id)
    changed = dataclasses.replace(current, role=typed(role), organisation=typed(organisation))
    uow.append(changed.id, changed, assessment=changed.assessment, parents=uow.questions.over(changed.id))
    return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Somebody of an assessment as lists show them: the code that stands, the codes merged into it, their notes."""

    person: Person
    others: tuple[Person, ...] = ()
    notes: int = 0


def people_of(questions: Questions, assessment: AssessmentId) -> list[Person]:
    """Everybody coded on any visit of an assessment."""
    return [one for visit in questions.visits(assessment) for one in questions.people(visit.id)]


def coded(people: list[Person], notes: Mapping[str, int]) -> tuple[Coded, ...]:
    """The people as lists show them, in the order of codes; ``notes`` by code, those of merged codes are theirs too."""
    standing = survivors(people)
    found = []
    for one in people:
        if standing[one.id] == one.id:
            others = tuple(each for each in people if standing[each.id] == one.id and each.id != one.id)
            count = sum(notes.get(code, 0) for code in {each.code for each in (one, *others)})
            found.append(Coded(person=one, others=others, notes=count))
    return tuple(sorted(found, key=lambda each: code_order(each.person.code)))


def notes_by_code(questions: Questions, assessment: AssessmentId) -> dict[str, int]:
    """How many standing notes each code of an assessment has; as many as a few ms each allow to count."""
    counts, silent = {}, silent_activities(questions, assessment)
    for code in {one.code for one in people_of(questions, assessment)}:
        terms = (
            Term(facet=Facet.SPEAKER, values=(code,), apart=silent),
            Term(facet=Facet.MARK, values=("withdrawn",), negated=True),
        )  # fmt: skip
        counts[code] = questions.tally(EntryFilter(assessment=assessment, terms=terms)).count
    return counts


def code_order(code: str) -> tuple[str, int, str]:
    """``p2`` before ``p10``."""
    letters = code.rstrip("0123456789")
    return letters, int(code[len(letters) :] or 0), code


def proposed_code(questions: Questions, assessment: AssessmentId, letters: str) -> str:
    """The next code of these letters in an assessment. Raises ``Mistake('person.letters')``."""
    if letters not in LETTERS:
        raise Mistake("person.letters", field="letters", known=", ".join(one.upper() for one in LETTERS))
    return next_code(letters, (one.code for one in people_of(questions, assessment)))


def merge_people(uow: UnitOfWork, person: PersonId, into: PersonId) -> Person:
    """``person`` is the same as ``into``, whose code is shown from here on; notes keep the code they were made with.

    Gives the account that changed: that of whoever was shown for ``person`` till now.
    Raises ``Mistake('person.same')`` for one and the same, ``Mistake('person.merged')`` where they are one already,
    ``Mistake('person.elsewhere')`` for people of different assessments.
    """
    found, other = _person(uow.questions, person), _person(uow.questions, into)
    if found.id == other.id:
        raise Mistake("person.same", field="into", code=found.code.upper())
    if found.assessment != other.assessment:
        raise Mistake("person.elsewhere", field="into")
    people = people_of(uow.questions, found.assessment)
    standing = survivors(people)
    if standing.get(found.id) == standing.get(other.id):
        raise Mistake("person.merged", field="into", code=found.code.upper(), into=other.code.upper())
    return _revised(uow, joined(people, found.id, other.id))


def unmerge_person(uow: UnitOfWork, person: PersonId) -> Person:
    """They are two people after all. Raises ``Mistake('person.not_merged')``."""
    found = _person(uow.questions, person)
    changed = parted(people_of(uow.questions, found.assessment), person)
    if not changed:
        raise Mistake("person.not_merged", code=found.code.upper())
    first, *_ = [_revised(uow, one) for one in changed]  # every one of them is revised
    return first


def _check_words(finding: Finding, role: str, organisation: str) -> None:
    finding.unless(bool(role.strip()), "person.no_role", field="role")
    for field, text in (("role", role), ("organisation", organisation)):
        length = len(typed(text))
        finding.when(length > LONGEST, "person.too_long", field=field, most=LONGEST, length=f"{length:,}")


def _person(questions: Questions, person: PersonId) -> Person:
    for row in questions.assessments():
        for one in people_of(questions, row.assessment.id):
            if one.id == person:
                return one
    raise Mistake("person.unknown")


def _revised(uow: UnitOfWork, changed: Person) -> Person:
    introduce_author(uow, changed.assessment)
    uow.append(changed.id, changed, assessment=changed.assessment, parents=uow.questions.over(changed.id))
    return changed
