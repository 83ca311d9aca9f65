"""Looking at somebody's record: whose, what, why it was necessary, by which power or consent, and what they were told.

Each look is an entry of its own in the access log, and a note of a record review belongs to one: confidential personal
information that is looked at without a reason is an offence (facts, section 6; s.76 of the Health and Social Care Act
2008). Whose record it is stands as a code, never as a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import FLAG, MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId


class Basis(StrEnum):
    """What allows the look."""

    CONSENT = "consent"
    POWER = "power"


class Capacity(StrEnum):
    """Whether it was considered if the person can decide about this themselves."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Told(StrEnum):
    """Whether the person is told of the look, and when."""

    BEFORE = "before"
    AFTER = "after"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAccess:
    """``reference`` is ``A-AL-3``: by the initials of who looked, so that two laptops never give the same.

    ``whose`` is a person or case code. ``covers`` says which dates of the record, in words. ``allowed_by`` names the
    power, or how consent was given. ``capacity_how``, ``told_why`` and ``copied_what`` stand beside their answers.
    ``closed_at`` is None while it is open.
    """

    KIND: ClassVar[str] = "access"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "reference": TEXT, "whose": TEXT, "what": TEXT, "system": TEXT,
        "covers": TEXT, "why": TEXT, "basis": TEXT, "allowed_by": TEXT, "capacity": TEXT, "capacity_how": TEXT,
        "told": TEXT, "told_why": TEXT, "copied": FLAG, "copied_what": TEXT, "place": TEXT, "opened_at": TEXT,
        "closed_at": MAYBE_TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    reference: str
    whose: str
    what: str
    why: str
    basis: Basis
    capacity: Capacity
    told: Told
    copied: bool
    opened_at: datetime
    system: str = ""
    covers: str = ""
    allowed_by: str = ""
    capacity_how: str = ""
    told_why: str = ""
    copied_what: str = ""
    place: str = ""
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is being looked at."""
        return self.closed_at is None

    @property
    def title(self) -> str:
        return f"{self.reference}: {self.what}, {self.whose}"

    @property
    def words(self) -> str:
        return " ".join((self.reference, self.whose, self.what, self.system, self.covers, self.why, self.allowed_by))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "reference": self.reference, "whose": self.whose,
            "what": self.what, "system": self.system, "covers": self.covers, "why": self.why,
            "basis": self.basis.value, "allowed_by": self.allowed_by, "capacity": self.capacity.value,
            "capacity_how": self.capacity_how, "told": self.told.value, "told_why": self.told_why,
            "copied": self.copied, "copied_what": self.copied_what, "place": self.place,
            "opened_at": to_stamp(self.opened_at),
            "closed_at": to_stamp(self.closed_at) if self.closed_at is not None else None,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> RecordAccess:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(raw["about"]),
            reference=raw["reference"], whose=raw["whose"], what=raw["what"], system=raw["system"],
            covers=raw["covers"], why=raw["why"], basis=Basis(raw["basis"]), allowed_by=raw["allowed_by"],
            capacity=Capacity(raw["capacity"]), capacity_how=raw["capacity_how"], told=Told(raw["told"]),
            told_why=raw["told_why"], copied=raw["copied"], copied_what=raw["copied_what"], place=raw["place"],
            opened_at=from_stamp(raw["opened_at"]),
            closed_at=from_stamp(raw["closed_at"]) if raw["closed_at"] is not None else None,
        )  # fmt: skip
