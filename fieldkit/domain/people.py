"""People as the log knows them: a code and a role, never a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from fieldkit.kernel.ids import AssessmentId, PersonId, VisitId, is_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody spoken to or heard on a visit, coded by role (``ch`` Chair). Lower case, unique in a visit.

    The key that links codes to names is kept apart and is no part of the log.
    """

    KIND: ClassVar[str] = "person"
    SHAPE: ClassVar[int] = 1

    id: PersonId
    assessment: AssessmentId
    visit: VisitId
    code: str
    role: str
    organisation: str = ""
    merged_into: PersonId | None = None
    """The code that stands for the same person and is used instead; this one stays for what was noted under it."""

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "code": self.code, "role": self.role,
            "organisation": self.organisation, **({"merged_into": self.merged_into} if self.merged_into else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Person:
        return cls(
            id=PersonId(record), assessment=AssessmentId(raw["assessment"]), visit=VisitId(raw["visit"]),
            code=raw["code"], role=raw["role"], organisation=raw["organisation"],
            merged_into=_maybe_person(raw.get("merged_into")),
        )  # fmt: skip


LETTERS: Mapping[str, str] = {
    "p": "Person who uses services", "c": "Carer or family", "s": "Staff", "m": "Manager", "l": "Leader",
    "pa": "Partner organisation",
}  # fmt: skip
"""The letters a code begins with, and whom they stand for; a number follows (``p1``, ``s3``)."""


def next_code(letters: str, taken: Iterable[str]) -> str:
    """The next code of these letters: one more than the highest number that was ever given, so none is used twice."""
    numbers = [
        int(rest) for code in taken if code.startswith(letters) and (rest := code[len(letters) :]).isdecimal()
    ]  # fmt: skip
    return f"{letters}{max(numbers, default=0) + 1}"


def survivors(people: Iterable[Person]) -> dict[PersonId, PersonId]:
    """For each person the one whose code is shown for them: themselves, or whom they were merged into in the end.

    Laptops that merged the same people in opposite directions made a circle: the least code on it is shown, so that
    every laptop that holds the same records shows the same, whatever came first.
    """
    known = {one.id: one for one in people}
    found: dict[PersonId, PersonId] = {}
    for start in known:
        way: list[PersonId] = []
        at = start
        while at not in way:
            way.append(at)
            after = known[at].merged_into
            if after is None or after not in known:
                break
            at = after
        else:
            at = min(way[way.index(at) :], key=lambda one: (known[one].code, one))
        found[start] = at
    return found


def shown_codes(people: Iterable[Person]) -> dict[str, str]:
    """For each code that was merged the code that is shown for it; all others are left out."""
    known = {one.id: one for one in people}
    return {
        known[one].code: known[other].code for one, other in survivors(known.values()).items() if one != other
    }  # fmt: skip


def standing_people(people: Iterable[Person]) -> tuple[Person, ...]:
    """Those whose code is shown: without the ones that were merged into others."""
    known = list(people)
    standing = survivors(known)
    return tuple(one for one in known if standing[one.id] == one.id)


def joined(people: Iterable[Person], person: PersonId, into: PersonId) -> Person:
    """The one whose account changes when two are found to be one: whoever is shown for ``person`` till now.

    So everybody who was one with either of them before stays so. Both must be among ``people`` and not be one already.
    """
    known = {one.id: one for one in people}
    return replace(known[survivors(known.values())[person]], merged_into=into)


def parted(people: Iterable[Person], person: PersonId) -> tuple[Person, ...]:
    """The accounts that change so that ``person`` stands for themselves; empty where they do already.

    Whoever was shown for them stays shown for the others. Codes that were merged into ``person`` go with them. Where
    laptops had joined both ways, the way back is cut too: else the two would only have changed places.
    """
    known = {one.id: one for one in people}
    shown, one = survivors(known.values())[person], known[person]
    if one.merged_into is None or (shown == person and one.merged_into in known):
        return ()
    alone = replace(one, merged_into=None)
    known[person] = alone
    if shown != person and survivors(known.values())[shown] == person:
        return alone, replace(known[shown], merged_into=None)
    return (alone,)


def _maybe_person(value: object) -> PersonId | None:
    if value is None:
        return None
    if not is_id(value):
        raise ValueError("not a person's id")
    return PersonId(str(value))
