"""Parts of an assessment whose evidence is counted by itself: a visit, a place, an organisation.

A place is where a visit is; an organisation is whose meeting, service or case an activity was about. Spelling, letter
case and spaces make no other place of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.ports import Questions
from fieldkit.domain.framework import lookup_key
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId


class PartKind(StrEnum):
    """What divides the evidence; the value is the word of the filter language."""

    VISIT = "visit"
    PLACE = "place"
    ORGANISATION = "org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """``key`` is a visit's id, or a place or an organisation as it is compared; ``name`` as somebody wrote it."""

    kind: PartKind
    key: str
    name: str

    @property
    def words(self) -> str:
        """For lists: "Visit 2", "Place: Northshire", "Organisation: Acute trust"."""
        if self.kind is PartKind.VISIT:
            return self.name
        return f"{'Place' if self.kind is PartKind.PLACE else 'Organisation'}: {self.name}"


def parts_of(questions: Questions, assessment: AssessmentId) -> tuple[Part, ...]:
    """Visits in their order, then places, then organisations by name; only what has activities."""
    visits = questions.visits(assessment)
    places, organisations = dict[str, str](), dict[str, str]()
    for visit in visits:
        if visit.place.strip():
            places.setdefault(lookup_key(visit.place), " ".join(visit.place.split()))
        for row in questions.activities(visit.id):
            name = " ".join(row.activity.organisation.split())
            if name:
                organisations.setdefault(lookup_key(name), name)
    return (
        *(Part(kind=PartKind.VISIT, key=one.id, name=one.name) for one in visits),
        *(Part(kind=PartKind.PLACE, key=key, name=name) for key, name in sorted(places.items())),
        *(Part(kind=PartKind.ORGANISATION, key=key, name=name) for key, name in sorted(organisations.items())),
    )  # fmt: skip


def activities_of(questions: Questions, assessment: AssessmentId, part: Part) -> frozenset[ActivityId]:
    """Whose notes belong to the part."""
    found: set[ActivityId] = set()
    for visit in questions.visits(assessment):
        is_visit = part.kind is PartKind.VISIT and visit.id == part.key
        if is_visit or (part.kind is PartKind.PLACE and lookup_key(visit.place) == part.key):
            found |= {row.activity.id for row in questions.activities(visit.id)}
        elif part.kind is PartKind.ORGANISATION:
            rows = questions.activities(visit.id)
            found |= {row.activity.id for row in rows if lookup_key(row.activity.organisation) == part.key}
    return frozenset(found)


def part_named(questions: Questions, assessment: AssessmentId, kind: PartKind, wanted: str) -> Part:
    """By name, or the beginning of one. Raises ``Mistake('coverage.no_part')``."""
    parts = [one for one in parts_of(questions, assessment) if one.kind is kind]
    key = lookup_key(wanted)
    exact = [one for one in parts if lookup_key(one.name) == key]
    found = exact or [one for one in parts if lookup_key(one.name).startswith(key)]
    if len(found) != 1:
        names = ", ".join(one.name for one in parts) or "none"
        raise Mistake("coverage.no_part", part=wanted, names=names, field=kind.value)
    return found[0]
