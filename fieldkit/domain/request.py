"""Information requests: what the team asks for, why, of whom, until when, and what became of it.

Before one is added it is held against what the team holds or can find in public: most bodies are asked for the same
thing twice (facts, section 7). What that check found stays with the request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import LIST, MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.ids import AssessmentId, RecordId


class RequestStatus(StrEnum):
    """How a request stands."""

    DRAFT = "draft"
    """Written, not asked yet."""
    ASKED = "asked"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    """Held already, public, or no longer needed; ``outcome`` says which."""

    @property
    def is_open(self) -> bool:
        """Whether something is still awaited."""
        return self in (RequestStatus.DRAFT, RequestStatus.ASKED, RequestStatus.PART_RECEIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequest:
    """``reference`` is ``R-AL-3``: by the initials of who wrote it, so that two laptops never give the same.

    ``statements`` are ``pack/statement``. ``held`` says what the check found when it was added and why it is asked all
    the same. ``received`` are ids of the attachments that answered it.
    """

    KIND: ClassVar[str] = "request"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": MAYBE_TEXT, "reference": TEXT, "what": TEXT, "reason": TEXT, "statements": LIST,
        "asked_of": TEXT, "asked_by": TEXT, "asked_on": MAYBE_TEXT, "due_on": MAYBE_TEXT, "status": TEXT,
        "outcome": TEXT, "received_on": MAYBE_TEXT, "received": LIST, "held": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    reference: str
    what: str
    reason: str
    asked_by: str
    about: RecordId | None = None
    statements: tuple[str, ...] = field(default=())
    asked_of: str = ""
    asked_on: date | None = None
    due_on: date | None = None
    status: RequestStatus = RequestStatus.DRAFT
    outcome: str = ""
    received_on: date | None = None
    received: tuple[RecordId, ...] = field(default=())
    held: str = ""

    def is_late(self, today: date) -> bool:
        """Whether it was to be answered before today and was not."""
        return self.status.is_open and self.due_on is not None and self.due_on < today

    @property
    def title(self) -> str:
        return f"{self.reference}: {self.what}"

    @property
    def words(self) -> str:
        return " ".join((self.reference, self.what, self.reason, self.asked_of, self.outcome, self.held))

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "reference": self.reference, "what": self.what,
            "reason": self.reason, "statements": list(self.statements), "asked_of": self.asked_of,
            "asked_by": self.asked_by, "asked_on": _text(self.asked_on), "due_on": _text(self.due_on),
            "status": self.status.value, "outcome": self.outcome, "received_on": _text(self.received_on),
            "received": list(self.received), "held": self.held,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> InformationRequest:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]),
            about=RecordId(raw["about"]) if raw["about"] else None, reference=raw["reference"], what=raw["what"],
            reason=raw["reason"], statements=_texts(raw["statements"]), asked_of=raw["asked_of"],
            asked_by=raw["asked_by"], asked_on=_day(raw["asked_on"]), due_on=_day(raw["due_on"]),
            status=RequestStatus(raw["status"]), outcome=raw["outcome"], received_on=_day(raw["received_on"]),
            received=tuple(RecordId(one) for one in _texts(raw["received"])), held=raw["held"],
        )  # fmt: skip


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _texts(values: list[object]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError("not texts")
    return tuple(str(value) for value in values)
