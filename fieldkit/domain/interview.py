"""An interview or focus group as it went: who was there when, what was asked, skipped and added, how it was recorded.

The words are in notes: an answer is a note of the activity with the question's id as its agenda item. A session holds
what no note can say. It is small, because it is revised during the interview; the questions themselves are in a record
of their own (``fieldkit.domain.asked``), written once. Source of the fields: facts 6, capture-and-exchange B.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain import strict
from fieldkit.domain.fieldwork import COUNT, LIST, TEXT, Types
from fieldkit.domain.framework import SpeakerKind
from fieldkit.domain.questions import Question
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId

LARGEST_GROUP = 40
"""People of a focus group; beyond that nobody can tell who spoke."""
_DIGITS = 4
"""Of the number of one of them."""


class Asked(StrEnum):
    """How a question stands. ``ANSWERED`` is never stored: the notes tell."""

    NOT_ASKED = "not_asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    ELSEWHERE = "answered_elsewhere"
    """What was said under another question answers this one too."""


class Recording(StrEnum):
    """Whether the other party records the conversation."""

    NOT_KNOWN = "not_known"
    NO = "no"
    SUSPECTED = "suspected"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A question that was passed over, and why."""

    state: Asked
    reason: str = ""

    def to_content(self) -> dict[str, Any]:
        return {"state": self.state.value, "reason": self.reason}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Mark:
        return cls(state=Asked(strict.text(raw, "state")), reason=strict.text(raw, "reason", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Somebody of the group by number, from when to when. ``left_at`` None = still there, or there to the end."""

    person: str
    joined_at: datetime
    left_at: datetime | None = None

    def to_content(self) -> dict[str, Any]:
        left = to_stamp(self.left_at) if self.left_at else ""
        return {"person": self.person, "joined_at": to_stamp(self.joined_at), "left_at": left}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Presence:
        person = strict.text(raw, "person")
        if not (person.isascii() and person.isdecimal() and len(person) <= _DIGITS):
            raise ValueError("people of a group are numbered")
        return cls(
            person=person, joined_at=from_stamp(strict.text(raw, "joined_at")),
            left_at=_moment(strict.text(raw, "left_at", "")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A break; nothing is asked in it. ``until`` None = it goes on."""

    since: datetime
    until: datetime | None = None

    def to_content(self) -> dict[str, Any]:
        return {"since": to_stamp(self.since), "until": to_stamp(self.until) if self.until else ""}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Pause:
        return cls(since=from_stamp(strict.text(raw, "since")), until=_moment(strict.text(raw, "until", "")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A question of the interviewer's own, asked after the question ``after`` (empty = before all others)."""

    question: Question
    after: str = ""

    def to_content(self) -> dict[str, Any]:
        return {"question": self.question.to_content(), "after": self.after}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Added:
        question = raw["question"]
        if not isinstance(question, dict):
            raise TypeError("not a question")
        return cls(question=Question.from_content(question), after=strict.text(raw, "after", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewSession:
    """``about`` is the activity; ``reference`` is what the interview is called wherever nobody may be named.

    ``band`` is on whose behalf the person speaks, the only thing said of them while they are not attributable; ``role``
    is a broad role of the pack, empty unless the consent allows it. ``guide`` and ``guide_version`` name the guide that
    was used, empty for a blank page. ``size`` counts the people at the beginning; ``read_back`` tells that the notes
    were read back to them.
    """

    KIND: ClassVar[str] = "session"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "reference": TEXT, "size": COUNT, "recording": TEXT, "presence": LIST,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    reference: str
    guide: str = ""
    guide_version: str = ""
    band: SpeakerKind | None = None
    role: str = ""
    size: int = 1
    presence: tuple[Presence, ...] = ()
    recording: Recording = Recording.NOT_KNOWN
    added: tuple[Added, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)
    started_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None
    read_back: bool = False

    @property
    def is_group(self) -> bool:
        """Whether more than one person speaks: notes then say which, by number."""
        return self.size > 1 or len(self.presence) > 1

    @property
    def is_paused(self) -> bool:
        """Whether there is a break now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def people(self) -> tuple[str, ...]:
        """The numbers of all who were ever there, in order of joining."""
        return tuple(dict.fromkeys(one.person for one in self.presence))

    @property
    def present(self) -> tuple[str, ...]:
        """The numbers of those who are there now."""
        return tuple(dict.fromkeys(one.person for one in self.presence if one.left_at is None))

    def lasted(self, now: datetime) -> timedelta:
        """How long the interview has gone on, breaks taken off; nothing before it has started."""
        if self.started_at is None:
            return timedelta()
        end = self.ended_at or now
        breaks = ((one.until or end) - one.since for one in self.pauses)
        return max(end - self.started_at - sum(breaks, timedelta()), timedelta())

    @property
    def title(self) -> str:
        return self.reference

    @property
    def words(self) -> str:
        return "\n".join((self.reference, *(one.question.text for one in self.added)))

    def to_content(self) -> dict[str, Any]:
        more = {
            "guide": self.guide, "guide_version": self.guide_version, "band": self.band.value if self.band else "",
            "role": self.role, "added": [one.to_content() for one in self.added],
            "marks": {key: mark.to_content() for key, mark in self.marks.items()},
            "started_at": to_stamp(self.started_at) if self.started_at else "",
            "pauses": [one.to_content() for one in self.pauses],
            "ended_at": to_stamp(self.ended_at) if self.ended_at else "", "read_back": self.read_back,
        }  # fmt: skip
        return {
            "assessment": self.assessment, "about": self.about, "reference": self.reference, "size": self.size,
            "recording": self.recording.value, "presence": [one.to_content() for one in self.presence],
            **strict.without_empty(more),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> InterviewSession:
        band, marks = strict.text(raw, "band", ""), raw.get("marks", {})
        if not isinstance(marks, dict):
            raise TypeError("marks is no object")
        return cls(
            id=RecordId(record), assessment=AssessmentId(strict.text(raw, "assessment")),
            about=RecordId(strict.text(raw, "about")), reference=strict.text(raw, "reference"),
            guide=strict.text(raw, "guide", ""), guide_version=strict.text(raw, "guide_version", ""),
            band=SpeakerKind(band) if band else None, role=strict.text(raw, "role", ""),
            size=strict.whole(raw, "size", most=strict.MOST_COUNTED),
            presence=tuple(Presence.from_content(one) for one in strict.objects(raw, "presence")),
            recording=Recording(strict.text(raw, "recording")),
            added=tuple(Added.from_content(one) for one in strict.objects(raw, "added")),
            marks={str(key): Mark.from_content(_object(mark)) for key, mark in marks.items()},
            started_at=_moment(strict.text(raw, "started_at", "")),
            pauses=tuple(Pause.from_content(one) for one in strict.objects(raw, "pauses")),
            ended_at=_moment(strict.text(raw, "ended_at", "")), read_back=strict.flag(raw, "read_back"),
        )  # fmt: skip


def in_order(questions: Iterable[Question], added: Iterable[Added]) -> tuple[Question, ...]:
    """The questions that are put to people with the interviewer's own among them, each behind the one it followed.

    What was added behind a question that is not there comes last: nothing that was asked may disappear.
    """
    found = [one for one in questions if one.is_asked]
    for one in added:
        places = {question.id: place for place, question in enumerate(found)}
        if one.question.id in places:
            continue
        place = places.get(one.after, len(found) - 1) + 1 if one.after else 0
        found.insert(place, one.question)
    return tuple(found)


def _moment(text: str) -> datetime | None:
    return from_stamp(text) if text else None


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value
