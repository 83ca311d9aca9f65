"""Consent: whether somebody agreed to take part, how their words may be used, and when that was taken back.

A consent belongs to an activity (an interview, a case), to one person within it (a focus group) or to a record that
was looked at. What depends on one that is refused or withdrawn is *barred*: kept, and used in nothing that leaves.
Source of the five states: facts, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain import strict
from fieldkit.domain.fieldwork import FLAG, MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId


class Agreed(StrEnum):
    """Whether somebody agreed to take part."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    GIVEN_FOR_THEM = "given_for_them"
    """Somebody else agreed for them; ``given_by`` says who and why."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_REQUIRED = "not_required"
    """A power to look or ask without consent was used; ``power`` names it."""


class Attribution(StrEnum):
    """How what they say may be used; the first is the default and protects most."""

    NONE = "not_attributable"
    ROLE = "by_role"
    NAME = "by_name"


class Quoting(StrEnum):
    """Whether their exact words may be used."""

    UNNAMED = "unnamed"
    YES = "yes"
    ASK = "ask_back"
    """Each quotation is to be shown to them first."""
    NO = "no"


_ATTRIBUTIONS = (Attribution.NAME, Attribution.ROLE, Attribution.NONE)
_QUOTINGS = (Quoting.YES, Quoting.UNNAMED, Quoting.ASK, Quoting.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """``about`` is the activity or record it is for; ``person`` a code where it is for one person of a group.

    ``how`` tells how it was given (spoken, written). ``script`` is the id and version of the words that were read out.
    ``given_why``: why somebody else agreed for them. ``decided_at`` is when it was decided, which may be before it was
    written down.
    ``name`` is empty unless ``attribution`` is by name. ``reason``: why it protects less than before, or was withdrawn.
    """

    KIND: ClassVar[str] = "consent"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "person": TEXT, "agreed": TEXT, "how": TEXT, "given_by": TEXT,
        "power": TEXT, "attribution": TEXT, "quoting": TEXT, "may_contact": FLAG, "name": TEXT, "script": TEXT,
        "reason": TEXT, "withdrawn_on": MAYBE_TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    agreed: Agreed
    person: str = ""
    how: str = ""
    given_by: str = ""
    power: str = ""
    attribution: Attribution = Attribution.NONE
    quoting: Quoting = Quoting.UNNAMED
    may_contact: bool = False
    name: str = ""
    script: str = ""
    reason: str = ""
    withdrawn_on: date | None = None
    given_why: str = ""
    decided_at: datetime | None = None

    @property
    def bars(self) -> bool:
        """Whether what depends on it may not be used: refused or withdrawn."""
        return self.agreed in (Agreed.REFUSED, Agreed.WITHDRAWN)

    @property
    def allows(self) -> bool:
        """Whether notes may be taken under it."""
        return self.agreed in (Agreed.GIVEN, Agreed.GIVEN_FOR_THEM, Agreed.NOT_REQUIRED)

    def protects_less_than(self, other: Consent) -> bool:
        """Whether more may be told of the person than under ``other``, or it allows again what ``other`` forbids."""
        return (self.allows and other.bars) or any(
            mine < theirs for mine, theirs in zip(self.protection, other.protection, strict=True)
        )

    def told(self) -> Consent:
        """As it may be shown, printed and exported: whoever said no is named nowhere, nor is who agreed for them."""
        blank: dict[str, Any] = dict(self.untold())
        return replace(self, **blank)

    def untold(self) -> dict[str, str]:
        """The fields that are left out of whatever is shown, each with nothing in it."""
        by_name = self.allows and self.attribution is Attribution.NAME
        left_out = [*([] if by_name else ["name"]), *(["given_by", "given_why"] if self.bars else [])]
        return {field: "" for field in left_out if getattr(self, field)}

    @property
    def protection(self) -> tuple[int, int, int]:
        """How much it protects: who it was, their words, where to reach them; more is more."""
        return (_ATTRIBUTIONS.index(self.attribution), _QUOTINGS.index(self.quoting), int(not self.may_contact))

    @property
    def title(self) -> str:
        return f"Consent: {self.agreed.value.replace('_', ' ')}" + (f" ({self.person})" if self.person else "")

    @property
    def words(self) -> str:
        return ""  # a name may stand in it

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "person": self.person, "agreed": self.agreed.value,
            "how": self.how, "given_by": self.given_by, "power": self.power, "attribution": self.attribution.value,
            "quoting": self.quoting.value, "may_contact": self.may_contact, "name": self.name, "script": self.script,
            "reason": self.reason, "withdrawn_on": self.withdrawn_on.isoformat() if self.withdrawn_on else None,
            **({"given_why": self.given_why} if self.given_why else {}),
            **({"decided_at": to_stamp(self.decided_at)} if self.decided_at else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Consent:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(raw["about"]),
            person=raw["person"], agreed=Agreed(raw["agreed"]), how=raw["how"], given_by=raw["given_by"],
            power=raw["power"], attribution=Attribution(raw["attribution"]), quoting=Quoting(raw["quoting"]),
            may_contact=raw["may_contact"], name=raw["name"], script=raw["script"], reason=raw["reason"],
            withdrawn_on=date.fromisoformat(raw["withdrawn_on"]) if raw["withdrawn_on"] else None,
            given_why=strict.text(raw, "given_why", ""),
            decided_at=from_stamp(raw["decided_at"]) if "decided_at" in raw else None,
        )  # fmt: skip
