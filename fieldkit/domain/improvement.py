"""After publishing: the improvement summit, and the action plan with who does what until when, and what proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import MAYBE_TEXT, TEXT, Types
from fieldkit.kernel.ids import AssessmentId, RecordId, is_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Summit:
    """A meeting about what is to improve: when, where, who took part (bodies and roles, no names), what came of it."""

    KIND: ClassVar[str] = "improvement_summit"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {"assessment": TEXT, "on": TEXT, "place": TEXT, "who": TEXT, "outcome": TEXT}

    id: RecordId
    assessment: AssessmentId
    on: date
    place: str = ""
    who: str = ""
    outcome: str = ""

    @property
    def title(self) -> str:
        return f"Improvement summit, {self.on.isoformat()}"

    @property
    def words(self) -> str:
        return f"summit {self.place} {self.who} {self.outcome}"

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "on": self.on.isoformat(), "place": self.place, "who": self.who,
            "outcome": self.outcome,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Summit:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), on=date.fromisoformat(raw["on"]),
            place=raw["place"], who=raw["who"], outcome=raw["outcome"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """An action of the plan; its content says ``proof`` for ``evidence``, the word of tags (``domain.readable``).

    ``statement`` is ``pack/statement``; ``evidence`` is what proves that it was done.

    ``follow_up`` is what was found when it was last looked at; every earlier look is in its history.
    """

    KIND: ClassVar[str] = "improvement_action"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "reference": TEXT, "what": TEXT, "owner": TEXT, "due_on": TEXT, "statement": TEXT,
        "proof": TEXT, "done_on": MAYBE_TEXT, "follow_up": TEXT, "looked_on": MAYBE_TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    reference: str
    what: str
    owner: str
    due_on: date
    statement: str = ""
    evidence: str = ""
    done_on: date | None = None
    follow_up: str = ""
    looked_on: date | None = None

    @property
    def title(self) -> str:
        return f"{self.reference}: {' '.join(self.what.split())[:60]}"

    @property
    def words(self) -> str:
        return " ".join((self.reference, self.what, self.owner, self.evidence, self.follow_up))

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on < today

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "reference": self.reference, "what": self.what, "owner": self.owner,
            "due_on": self.due_on.isoformat(), "statement": self.statement, "proof": self.evidence,
            "done_on": self.done_on.isoformat() if self.done_on else None, "follow_up": self.follow_up,
            "looked_on": self.looked_on.isoformat() if self.looked_on else None,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> PlannedAction:
        if not is_id(record):
            raise ValueError("not a record's id")
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), reference=raw["reference"],
            what=raw["what"], owner=raw["owner"], due_on=date.fromisoformat(raw["due_on"]),
            statement=raw["statement"], evidence=raw["proof"], done_on=_day(raw["done_on"]),
            follow_up=raw["follow_up"], looked_on=_day(raw["looked_on"]),
        )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
