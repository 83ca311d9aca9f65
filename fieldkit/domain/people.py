"""People as the log knows them: a code and a role, never a name."""

from __future__ import annotations

from dataclasses import dataclass
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


def _maybe_person(value: object) -> PersonId | None:
    if value is None:
        return None
    if not is_id(value):
        raise ValueError("not a person's id")
    return PersonId(str(value))
