"""What is assessed, by whom, with which framework, and on which visits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.kernel.ids import ActivityId, AssessmentId, AuthorId, VisitId


class SubjectKind(StrEnum):
    """What kind of body is assessed."""

    INTEGRATED_CARE_SYSTEM = "integrated_care_system"
    LOCAL_AUTHORITY = "local_authority"
    PROVIDER = "provider"


class ActivityKind(StrEnum):
    """What is done in the field; decides the default evidence category through the pack."""

    OBSERVATION = "observation"
    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    CASE_TRACK = "case_track"
    DROP_IN = "drop_in"
    RECORD_REVIEW = "record_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPin:
    """The framework pack an assessment is judged by, down to its bytes (SHA-256 of the pack)."""

    id: str
    version: str
    digest: str

    def to_content(self) -> dict[str, Any]:
        return {"id": self.id, "version": self.version, "digest": self.digest}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> PackPin:
        return cls(id=raw["id"], version=raw["version"], digest=raw["digest"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessor:
    """A member of the team as an assessment's records show them (kind ``assessor``).

    Written once into each assessment a person works in, so that their name travels with their evidence.
    """

    KIND: ClassVar[str] = "assessor"
    SHAPE: ClassVar[int] = 1

    author: AuthorId
    name: str
    initials: str

    def to_content(self) -> dict[str, Any]:
        return {"author": self.author, "name": self.name, "initials": self.initials}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Assessor:
        return cls(author=raw["author"], name=raw["name"], initials=raw["initials"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment of one body, pinning at least one framework pack (the first is the main one)."""

    KIND: ClassVar[str] = "assessment"
    SHAPE: ClassVar[int] = 1

    id: AssessmentId
    name: str
    subject: SubjectKind
    packs: tuple[PackPin, ...]
    is_practice: bool = False

    def to_content(self) -> dict[str, Any]:
        return {
            "name": self.name, "subject": self.subject.value,
            "packs": [pin.to_content() for pin in self.packs], "is_practice": self.is_practice,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Assessment:
        return cls(
            id=AssessmentId(record), name=raw["name"], subject=SubjectKind(raw["subject"]),
            packs=tuple(PackPin.from_content(pin) for pin in raw["packs"]),
            is_practice=raw.get("is_practice", False),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Some days on site within an assessment. ``starts_on`` and ``ends_on`` are local dates."""

    KIND: ClassVar[str] = "visit"
    SHAPE: ClassVar[int] = 1

    id: VisitId
    assessment: AssessmentId
    name: str
    place: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "name": self.name, "place": self.place,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Visit:
        return cls(
            id=VisitId(record), assessment=AssessmentId(raw["assessment"]), name=raw["name"], place=raw["place"],
            starts_on=_day(raw["starts_on"]), ends_on=_day(raw["ends_on"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of a meeting's agenda; ``starts`` is ``HH:MM`` local, or empty."""

    id: str
    title: str
    starts: str = ""

    def to_content(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "starts": self.starts}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> AgendaItem:
        return cls(id=raw["id"], title=raw["title"], starts=raw["starts"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One thing done on a visit: a meeting observed, an interview, … ``on`` is the local date.

    ``starts`` and ``ends`` are ``HH:MM`` local or empty. A cancelled activity is kept and shown as such. ``order``
    (see ``fieldkit.domain.programme``) places it among those of the same day and time. An empty one, which the first of
    its time has, is left out of the content, so that what earlier versions wrote keeps its bytes; so are an empty
    ``stream`` (of those that run side by side) and ``assigned`` (names or initials of the assessors who go).
    """

    KIND: ClassVar[str] = "activity"
    SHAPE: ClassVar[int] = 1

    id: ActivityId
    assessment: AssessmentId
    visit: VisitId
    kind: ActivityKind
    title: str
    on: date | None = None
    starts: str = ""
    ends: str = ""
    place: str = ""
    organisation: str = ""
    items: tuple[AgendaItem, ...] = field(default=())
    is_cancelled: bool = False
    order: str = ""
    stream: str = ""
    assigned: tuple[str, ...] = field(default=())

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "kind": self.kind.value, "title": self.title,
            "on": self.on.isoformat() if self.on else None, "starts": self.starts, "ends": self.ends,
            "place": self.place, "organisation": self.organisation,
            "items": [item.to_content() for item in self.items], "is_cancelled": self.is_cancelled,
            **({"order": self.order} if self.order else {}), **({"stream": self.stream} if self.stream else {}),
            **({"assigned": list(self.assigned)} if self.assigned else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Activity:
        return cls(
            id=ActivityId(record), assessment=AssessmentId(raw["assessment"]), visit=VisitId(raw["visit"]),
            kind=ActivityKind(raw["kind"]), title=raw["title"], on=_day(raw["on"]), starts=raw["starts"],
            ends=raw["ends"], place=raw["place"], organisation=raw["organisation"],
            items=tuple(AgendaItem.from_content(item) for item in raw["items"]),
            is_cancelled=raw.get("is_cancelled", False), order=_text(raw.get("order", "")),
            stream=_text(raw.get("stream", "")), assigned=tuple(_text(one) for one in raw.get("assigned", ())),
        )  # fmt: skip


def _text(value: object) -> str:
    """Raises ``ValueError`` for what cannot stand there: a later version's, or a stranger's."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
