"""The factual accuracy check: drafts sent out, what the bodies comment, and what was answered (facts, section 5, 6).

A comment and its answer are records of their own and never a state of a draft: a workflow in which five hundred drafts
were stuck (facts, section 8) cannot be built of them. Everything can be taken out whatever has or has not been done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import COUNT, FLAG, LIST, MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.ids import AssessmentId, RecordId, RevisionId, is_id


class Says(StrEnum):
    """The three kinds of comment."""

    TYPOGRAPHICAL = "typographical"
    """A slip of typing, or a number."""
    CONTESTED = "contested"
    """A fact that is contested, with evidence from the time of the assessment."""
    ADDITIONAL = "additional"
    """Information that was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOut:
    """A version of the draft report that went to one body on a day. ``sha256`` is of the file that was sent.

    ``due_on`` is kept as the body was told it; ``days`` is how many working days that is.
    """

    KIND: ClassVar[str] = "send_out"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "body": TEXT, "report": TEXT, "sha256": TEXT, "sent_on": TEXT, "due_on": TEXT,
        "days": COUNT, "note": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    body: str
    report: str
    sha256: str
    sent_on: date
    due_on: date
    days: int
    note: str = ""

    @property
    def title(self) -> str:
        return f"Draft to {self.body}, {self.sent_on.isoformat()}"

    @property
    def words(self) -> str:
        return f"{self.body} {self.report} {self.note}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "body": self.body, "report": self.report, "sha256": self.sha256,
            "sent_on": self.sent_on.isoformat(), "due_on": self.due_on.isoformat(), "days": self.days,
            "note": self.note,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> SendOut:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), body=raw["body"], report=raw["report"],
            sha256=raw["sha256"], sent_on=date.fromisoformat(raw["sent_on"]),
            due_on=date.fromisoformat(raw["due_on"]), days=raw["days"], note=raw["note"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyComment:
    """What a body says of a paragraph of the draft. Of any length: what one record cannot hold goes on in others.

    The content says ``proof`` for ``evidence``: under that word every content holds tags (``domain.readable``).

    ``reference`` is like ``F-AL-3``. ``evidence`` and ``evidence_on`` are what a contested fact is contested with, and
    of which day that is. ``continues`` names the comment that this is the next piece of, ``piece`` its place from 1.
    """

    KIND: ClassVar[str] = "accuracy_comment"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "reference": TEXT, "paragraph": TEXT, "says": TEXT, "text": TEXT,
        "proof": TEXT, "proof_on": MAYBE_TEXT, "received_on": TEXT, "origin": TEXT, "continues": MAYBE_TEXT,
        "piece": COUNT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    reference: str
    paragraph: str
    says: Says
    text: str
    received_on: date
    evidence: str = ""
    evidence_on: date | None = None
    origin: str = ""
    continues: RecordId | None = None
    piece: int = 0

    @property
    def title(self) -> str:
        return f"{self.reference}, {self.paragraph}: {' '.join(self.text[:400].split())[:60]}"

    @property
    def words(self) -> str:
        return f"{self.reference} {self.paragraph} {self.text} {self.evidence}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "reference": self.reference,
            "paragraph": self.paragraph, "says": self.says.value, "text": self.text, "proof": self.evidence,
            "proof_on": self.evidence_on.isoformat() if self.evidence_on else None,
            "received_on": self.received_on.isoformat(), "origin": self.origin, "continues": self.continues,
            "piece": self.piece,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> AccuracyComment:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(_id(raw["about"])),
            reference=raw["reference"], paragraph=raw["paragraph"], says=Says(raw["says"]), text=raw["text"],
            evidence=raw["proof"], evidence_on=_day(raw["proof_on"]),
            received_on=date.fromisoformat(raw["received_on"]), origin=raw["origin"],
            continues=RecordId(_id(raw["continues"])) if raw["continues"] else None, piece=raw["piece"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """A finding, or a written part of the report, that changed because of a comment: its accounts before and after.

    It names accounts and holds no words: what a note takes with it when its consent is taken back, it takes from here
    too. ``was`` is empty where nothing was written before.
    """

    record: RecordId
    kind: str
    now: RevisionId
    was: RevisionId | None = None

    def to_content(self) -> dict[str, Any]:
        return {"record": self.record, "kind": self.kind, "was": self.was, "now": self.now}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> TextChange:
        return cls(
            record=RecordId(_id(raw["record"])), kind=str(raw["kind"]), now=RevisionId(_id(raw["now"])),
            was=RevisionId(_id(raw["was"])) if raw["was"] else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyAnswer:
    """What was decided about a comment, by somebody who was not on the visit. ``reason`` is never empty.

    ``considered`` are answers that another laptop gave, which this one was given in the knowledge of: one that no other
    considered stands, so two that knew nothing of each other both do until somebody answers again.

    ``was`` and ``becomes`` are the words of the report before and after. ``moderation`` is the record of the score that
    changed because of it, ``score_was`` and ``score_is`` that score in words. ``changed`` are the texts that did; a
    content of an earlier version has none.
    """

    KIND: ClassVar[str] = "accuracy_answer"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "accepted": FLAG, "reason": TEXT, "was": TEXT, "becomes": TEXT,
        "moderation": MAYBE_TEXT, "subject": TEXT, "score_was": TEXT, "score_is": TEXT, "considered": LIST,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    accepted: bool
    reason: str
    was: str = ""
    becomes: str = ""
    moderation: RecordId | None = None
    subject: str = ""
    score_was: str = ""
    score_is: str = ""
    considered: tuple[RecordId, ...] = ()
    changed: tuple[TextChange, ...] = ()

    @property
    def title(self) -> str:
        return f"Comment {'accepted' if self.accepted else 'not accepted'}"

    @property
    def words(self) -> str:
        return " ".join((self.reason, self.was, self.becomes))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "accepted": self.accepted, "reason": self.reason,
            "was": self.was, "becomes": self.becomes, "moderation": self.moderation, "subject": self.subject,
            "score_was": self.score_was, "score_is": self.score_is,
            "considered": list(self.considered), "changed": [one.to_content() for one in self.changed],
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> AccuracyAnswer:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), about=RecordId(_id(raw["about"])),
            accepted=raw["accepted"], reason=raw["reason"], was=raw["was"], becomes=raw["becomes"],
            moderation=RecordId(_id(raw["moderation"])) if raw["moderation"] else None, subject=raw["subject"],
            score_was=raw["score_was"], score_is=raw["score_is"],
            considered=tuple(RecordId(_id(one)) for one in raw["considered"]),
            changed=tuple(TextChange.from_content(one) for one in raw.get("changed", ())),
        )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError("not a record's id")
    return str(value)
