"""What an assessor judges of a quality statement: the words first, then the score, with the evidence for and against.

Each assessor has a judgement of their own on a statement, so that several can be laid side by side; what the team
settles on is a *moderation* (facts, section 5, step 5): the score before and after, who, and why. Where professional
judgement departs from what the scores add up to, an *override* says so with its reason and its approver, and both
figures are shown (facts, section 4). All of it is provisional until the regulator publishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import FLAG, LIST, MAYBE_COUNT, MAYBE_TEXT, TEXT, Types
from fieldkit.domain.marks import Mark
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, is_id

PROVISIONAL = "Provisional"
"""Stands at every figure, on screens, on paper and in exports: nothing here is the regulator's published judgement."""


class Confidence(StrEnum):
    """How sure the assessor is of the judgement."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is judged: a statement (a theme where the pack scores themes), in a category where the pack scores those."""

    pack: str
    subject: str
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One assessor's judgement. ``value`` None and not ``insufficient`` = the words stand, the score is not given yet.

    ``relied_on`` and ``against`` are notes. ``carried_from`` is the day of an earlier judgement whose score was carried
    forward without new evidence: reviews attacked ratings 3.7 years old on average that did not say so.
    """

    KIND: ClassVar[str] = "judgement"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "pack": TEXT, "subject": TEXT, "category": MAYBE_TEXT, "text": TEXT, "value": MAYBE_COUNT,
        "insufficient": FLAG, "relied_on": LIST, "against": LIST, "confidence": MAYBE_TEXT, "carried_from": MAYBE_TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    judged: Judged
    text: str
    value: int | None = None
    insufficient: bool = False
    relied_on: tuple[EntryId, ...] = ()
    against: tuple[EntryId, ...] = ()
    confidence: Confidence | None = None
    carried_from: date | None = None

    @property
    def mark(self) -> Mark:
        """The score as arithmetic takes it."""
        return _mark(self.judged, self.value, self.insufficient)

    @property
    def is_scored(self) -> bool:
        """Whether a score stands, or that there is too little evidence for one."""
        return self.value is not None or self.insufficient

    @property
    def title(self) -> str:
        return f"Judgement, {self.judged.subject.replace('_', ' ')}"

    @property
    def words(self) -> str:
        return self.text

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, **_judged(self.judged), "text": self.text, "value": self.value,
            "insufficient": self.insufficient, "relied_on": list(self.relied_on), "against": list(self.against),
            "confidence": self.confidence.value if self.confidence else None,
            "carried_from": self.carried_from.isoformat() if self.carried_from else None,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Judgement:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), judged=_read_judged(raw),
            text=raw["text"], value=raw["value"], insufficient=raw["insufficient"], relied_on=_notes(raw["relied_on"]),
            against=_notes(raw["against"]),
            confidence=Confidence(raw["confidence"]) if raw["confidence"] else None,
            carried_from=date.fromisoformat(raw["carried_from"]) if raw["carried_from"] else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """What the team settled on. ``considered`` are the judgements it was made of, ``before`` their scores.

    ``before`` keeps what each of them said that day: a judgement may be changed afterwards. Where two laptops settled
    without knowing of each other, the moderation that settles between them considers the other one too.
    """

    KIND: ClassVar[str] = "moderation"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "pack": TEXT, "subject": TEXT, "category": MAYBE_TEXT, "text": TEXT, "value": MAYBE_COUNT,
        "insufficient": FLAG, "reason": TEXT, "considered": LIST, "before": LIST,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    judged: Judged
    text: str
    reason: str
    value: int | None = None
    insufficient: bool = False
    considered: tuple[RecordId, ...] = ()
    before: tuple[str, ...] = ()

    @property
    def mark(self) -> Mark:
        """The score as arithmetic takes it."""
        return _mark(self.judged, self.value, self.insufficient)

    @property
    def title(self) -> str:
        return f"Moderation, {self.judged.subject.replace('_', ' ')}"

    @property
    def words(self) -> str:
        return f"{self.text} {self.reason}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, **_judged(self.judged), "text": self.text, "value": self.value,
            "insufficient": self.insufficient, "reason": self.reason, "considered": list(self.considered),
            "before": list(self.before),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Moderation:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), judged=_read_judged(raw),
            text=raw["text"], value=raw["value"], insufficient=raw["insufficient"], reason=raw["reason"],
            considered=tuple(RecordId(_id(one)) for one in raw["considered"]),
            before=tuple(_text(one) for one in raw["before"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A rating other than the arithmetic gives. ``figure`` is a theme's id, or empty for the overall one.

    ``worked_out`` is the arithmetic's own result in words when this was decided, so that a change of it shows.
    ``band`` None takes an earlier override back. ``considered`` are overrides of the same figure that another laptop
    made at the same time, and that this one replaces.
    """

    KIND: ClassVar[str] = "override"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "pack": TEXT, "figure": TEXT, "band": MAYBE_TEXT, "rationale": TEXT, "approver": TEXT,
        "worked_out": TEXT, "considered": LIST,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    pack: str
    figure: str
    band: str | None
    rationale: str
    approver: str
    worked_out: str = ""
    considered: tuple[RecordId, ...] = ()

    @property
    def title(self) -> str:
        return f"Override, {self.figure.replace('_', ' ') or 'overall'}"

    @property
    def words(self) -> str:
        return f"{self.rationale} {self.approver}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "pack": self.pack, "figure": self.figure, "band": self.band,
            "rationale": self.rationale, "approver": self.approver, "worked_out": self.worked_out,
            "considered": list(self.considered),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Override:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), pack=raw["pack"], figure=raw["figure"],
            band=raw["band"], rationale=raw["rationale"], approver=raw["approver"], worked_out=raw["worked_out"],
            considered=tuple(RecordId(_id(one)) for one in raw["considered"]),
        )  # fmt: skip


def _mark(judged: Judged, value: int | None, insufficient: bool) -> Mark:
    return Mark(subject=judged.subject, category=judged.category, value=value, insufficient=insufficient)


def _judged(one: Judged) -> dict[str, Any]:
    return {"pack": one.pack, "subject": one.subject, "category": one.category}


def _read_judged(raw: dict[str, Any]) -> Judged:
    return Judged(pack=raw["pack"], subject=raw["subject"], category=raw["category"])


def _notes(raw: Sequence[object]) -> tuple[EntryId, ...]:
    return tuple(EntryId(_id(one)) for one in raw)


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError("not an id")
    return str(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
