"""Escalations: a risk that somebody must act on, who was told of it, and that a team-mate has seen it.

Contacts and what was seen are records of their own that point to the escalation, so that two laptops may each add one
in the same minute and both stay. Source of what is asked: facts, section 6 (immediate risk), and ux S11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import MAYBE_TEXT, OBJECT, TEXT, Types
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId, RevisionId, VisitId, is_id

FIRST = 0
"""The priority of every revision of these records: they leave before thousands of waiting notes."""
_TITLE = 60


class Danger(StrEnum):
    """Whether anyone is in immediate danger."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Priority(StrEnum):
    """How urgent it is; P1 is the highest."""

    P1 = "p1"
    P2 = "p2"
    P3 = "p3"
    P4 = "p4"


class Criterion(StrEnum):
    """When an inspector refers to safeguarding themself; any one that applies is enough (facts, section 6)."""

    FIRST_TO_HEAR = "first_to_hear"
    PROVIDER_IMPLICATED = "provider_implicated"
    NOT_REFERRED_IN_TIME = "not_referred_in_time"
    DOUBT_THEY_CAN = "doubt_they_can"
    INSTITUTIONAL_ABUSE = "institutional_abuse"


class Referral(StrEnum):
    """Whether the inspector referred to safeguarding themself."""

    UNDECIDED = "undecided"
    MADE = "made"
    NOT_NEEDED = "not_needed"


class How(StrEnum):
    """How somebody was told."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    EMAIL = "email"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """What is happening, to whom (a code or no name), where, and how urgent it is.

    ``about`` is the note, activity or record it came from, ``due_at`` by when somebody must have been told.
    ``criteria`` holds yes or no for each of the five that was considered. ``outcome`` is empty exactly while it is
    open; ``closed_by`` is the name of whoever closed it.
    """

    KIND: ClassVar[str] = "escalation"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "visit": MAYBE_TEXT, "about": MAYBE_TEXT, "what": TEXT, "who": TEXT, "place": TEXT,
        "organisation": TEXT, "danger": TEXT, "priority": TEXT, "criteria": OBJECT, "referral": TEXT,
        "referral_reference": TEXT, "opened_at": TEXT, "due_at": TEXT, "outcome": TEXT, "closed_at": MAYBE_TEXT,
        "closed_by": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    visit: VisitId | None
    about: RecordId | None
    what: str
    danger: Danger
    priority: Priority
    opened_at: datetime
    due_at: datetime
    who: str = ""
    place: str = ""
    organisation: str = ""
    criteria: Mapping[Criterion, bool] = field(default_factory=dict)
    referral: Referral = Referral.UNDECIDED
    referral_reference: str = ""
    outcome: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether an outcome was recorded."""
        return self.closed_at is not None

    @property
    def asks_for_referral(self) -> bool:
        """Whether a criterion applies and nobody has said yet what became of it."""
        return any(self.criteria.values()) and self.referral is Referral.UNDECIDED

    @property
    def title(self) -> str:
        return f"Escalation {self.priority.value.upper()}: {_short(self.what)}"

    @property
    def words(self) -> str:
        return " ".join((self.what, self.who, self.place, self.organisation, self.outcome, self.referral_reference))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "about": self.about, "what": self.what,
            "who": self.who, "place": self.place, "organisation": self.organisation, "danger": self.danger.value,
            "priority": self.priority.value, "criteria": {one.value: said for one, said in self.criteria.items()},
            "referral": self.referral.value, "referral_reference": self.referral_reference,
            "opened_at": to_stamp(self.opened_at), "due_at": to_stamp(self.due_at), "outcome": self.outcome,
            "closed_at": to_stamp(self.closed_at) if self.closed_at else None, "closed_by": self.closed_by,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Escalation:
        made = cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]),
            visit=VisitId(_id(raw["visit"])) if raw["visit"] else None,
            about=RecordId(_id(raw["about"])) if raw["about"] else None,
            what=raw["what"], who=raw["who"], place=raw["place"], organisation=raw["organisation"],
            danger=Danger(raw["danger"]), priority=Priority(raw["priority"]),
            criteria={Criterion(one): _flag(said) for one, said in raw["criteria"].items()},
            referral=Referral(raw["referral"]), referral_reference=raw["referral_reference"],
            opened_at=from_stamp(raw["opened_at"]), due_at=from_stamp(raw["due_at"]), outcome=raw["outcome"],
            closed_at=from_stamp(raw["closed_at"]) if raw["closed_at"] else None, closed_by=raw["closed_by"],
        )  # fmt: skip
        if not made.what.strip() or bool(made.outcome.strip()) is not made.is_closed:
            raise ValueError("says nothing, or is closed without an outcome")
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody was told: who, when, by whom, how, what they said they would do, and by when they answer."""

    KIND: ClassVar[str] = "escalation_contact"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "told": TEXT, "at": TEXT, "by": TEXT, "how": TEXT, "said": TEXT,
        "answer_due_at": MAYBE_TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    told: str
    at: datetime
    by: str
    how: How
    said: str
    answer_due_at: datetime | None = None

    @property
    def title(self) -> str:
        return f"Escalation contact: {_short(self.told)}"

    @property
    def words(self) -> str:
        return f"{self.told} {self.said}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "told": self.told, "at": to_stamp(self.at),
            "by": self.by, "how": self.how.value, "said": self.said,
            "answer_due_at": to_stamp(self.answer_due_at) if self.answer_due_at else None,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Contact:
        due = raw["answer_due_at"]
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(_id(raw["about"])),
            told=raw["told"], at=from_stamp(raw["at"]), by=raw["by"], how=How(raw["how"]), said=raw["said"],
            answer_due_at=from_stamp(due) if due else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A team-mate opened an escalation. Who is the author of the revision; ``revision`` is what they were shown."""

    KIND: ClassVar[str] = "escalation_seen"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    OUTLIVES_CONSENT: ClassVar[bool] = True
    FIELDS: ClassVar[Types] = {"assessment": TEXT, "about": TEXT, "revision": TEXT, "at": TEXT}

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    revision: RevisionId
    at: datetime

    @property
    def title(self) -> str:
        return "Escalation seen"

    @property
    def words(self) -> str:
        return ""

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "revision": self.revision, "at": to_stamp(self.at),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Seen:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(_id(raw["about"])),
            revision=RevisionId(_id(raw["revision"])), at=from_stamp(raw["at"]),
        )  # fmt: skip


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1].rstrip()}…"


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError("not a record's id")
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("not yes or no")
    return value
