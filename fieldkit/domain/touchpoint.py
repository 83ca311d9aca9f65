"""A touchpoint: one event of a case, as the services, the person, a carer or a record tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.case import Answer, maybe_count, text
from fieldkit.domain.fieldwork import FLAG, LIST, MAYBE_COUNT, MAYBE_TEXT, OBJECT, TEXT, Types
from fieldkit.domain.when import When
from fieldkit.kernel.ids import AssessmentId, RecordId, is_id


class TouchpointKind(StrEnum):
    """What kind of event it is."""

    CONTACT = "contact"
    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    HAND_OVER = "hand_over"
    ADMISSION = "admission"
    DISCHARGE = "discharge"
    NO_SHOW = "no_show"
    CRISIS = "crisis"
    REVIEW = "review"
    WORDS = "words"
    """What the person or a carer says of it all: no service's event, and no wait ends with it."""


class Source(StrEnum):
    """Who or what tells of it."""

    PERSON = "person"
    CARER = "carer"
    STAFF = "staff"
    RECORD = "record"
    OBSERVATION = "observation"


class Accord(StrEnum):
    """Whether the sources tell the same."""

    UNKNOWN = "unknown"
    AGREE = "agree"
    DIFFER = "differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One source of a touchpoint, with what it says where that is worth keeping apart."""

    source: Source
    words: str = ""

    def to_content(self) -> dict[str, Any]:
        return {"source": self.source.value, "words": self.words}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Told:
        return cls(source=Source(raw["source"]), words=text(raw["words"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What a safe hand-over needs, each point yes, no or unknown."""

    sent: Answer = Answer.UNKNOWN
    received: Answer = Answer.UNKNOWN
    information_complete: Answer = Answer.UNKNOWN
    person_told: Answer = Answer.UNKNOWN
    risk_passed_on: Answer = Answer.UNKNOWN
    named_owner: Answer = Answer.UNKNOWN

    @classmethod
    def points(cls) -> tuple[str, ...]:
        """The names of the points, in the order in which they are asked."""
        return tuple(one.name for one in fields(cls))

    def answer(self, point: str) -> Answer:
        """The answer to one of ``points``."""
        return Answer(getattr(self, point))

    @property
    def lacking(self) -> tuple[str, ...]:
        """The points that were not done."""
        return tuple(point for point in self.points() if self.answer(point) is Answer.NO)

    def to_content(self) -> dict[str, Any]:
        return {point: self.answer(point).value for point in self.points()}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> HandOver:
        return cls(**{point: Answer(raw[point]) for point in cls.points()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    """``organisation`` is the service it happened at; ``towards`` the one a referral or a hand-over goes to.

    ``standard_days``: the longest wait that would have been in order, counted from the event before it; of a referral,
    counted to the first contact. ``placed``: where it stands although its date says otherwise, under this day.
    ``order`` sorts events of one day (``fieldkit.domain.programme.place_between``). ``statements`` are I statements.
    ``exact_words`` are somebody's own. ``withdrawn``: taken off the timeline, with the reason; kept.
    """

    KIND: ClassVar[str] = "touchpoint"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "case"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "case": TEXT, "when": OBJECT, "placed": MAYBE_TEXT, "order": TEXT, "kind": TEXT,
        "organisation": TEXT, "towards": TEXT, "happened": TEXT, "should_have": TEXT, "sources": LIST, "accord": TEXT,
        "exact_words": TEXT, "standard_days": MAYBE_COUNT, "hand_over": (dict, type(None)), "statements": LIST,
        "is_concern": FLAG, "withdrawn": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    case: RecordId
    when: When
    kind: TouchpointKind
    organisation: str = ""
    towards: str = ""
    happened: str = ""
    should_have: str = ""
    sources: tuple[Told, ...] = field(default=())
    accord: Accord = Accord.UNKNOWN
    exact_words: str = ""
    standard_days: int | None = None
    hand_over: HandOver | None = None
    statements: tuple[str, ...] = field(default=())
    is_concern: bool = False
    placed: date | None = None
    order: str = ""
    withdrawn: str = ""

    @property
    def day(self) -> date:
        """The day it is sorted under: its earliest, unless somebody left it in another place."""
        return self.placed or self.when.earliest

    @property
    def is_service(self) -> bool:
        """Whether it is something a service did or missed, so that a wait can end or begin with it."""
        return self.kind is not TouchpointKind.WORDS

    @property
    def title(self) -> str:
        said = self.happened or self.exact_words
        return f"{self.when.words()}: {' '.join(said.split())[:80]}"

    @property
    def words(self) -> str:
        told = (one.words for one in self.sources)
        parts = (self.organisation, self.towards, self.happened, self.should_have, self.exact_words, *told)
        return " ".join(part for part in parts if part)

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "case": self.case, "when": self.when.to_content(),
            "placed": self.placed.isoformat() if self.placed else None, "order": self.order, "kind": self.kind.value,
            "organisation": self.organisation, "towards": self.towards, "happened": self.happened,
            "should_have": self.should_have, "sources": [one.to_content() for one in self.sources],
            "accord": self.accord.value, "exact_words": self.exact_words, "standard_days": self.standard_days,
            "hand_over": self.hand_over.to_content() if self.hand_over else None, "statements": list(self.statements),
            "is_concern": self.is_concern, "withdrawn": self.withdrawn,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Touchpoint:
        if not is_id(raw["case"]):
            raise ValueError("not a case's id")
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), case=RecordId(raw["case"]),
            when=When.from_content(raw["when"]), placed=date.fromisoformat(raw["placed"]) if raw["placed"] else None,
            order=raw["order"], kind=TouchpointKind(raw["kind"]), organisation=raw["organisation"],
            towards=raw["towards"], happened=raw["happened"], should_have=raw["should_have"],
            sources=tuple(Told.from_content(one) for one in raw["sources"]), accord=Accord(raw["accord"]),
            exact_words=raw["exact_words"], standard_days=maybe_count(raw["standard_days"]),
            hand_over=HandOver.from_content(raw["hand_over"]) if raw["hand_over"] is not None else None,
            statements=tuple(text(one) for one in raw["statements"]), is_concern=raw["is_concern"],
            withdrawn=raw["withdrawn"],
        )  # fmt: skip
