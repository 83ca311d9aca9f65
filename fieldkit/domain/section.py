"""The written parts of the draft report: what a team says of a theme, and its key messages on a statement.

Texts of their own, beside findings: a paragraph is written, rewritten and merged field by field, and the report that
holds it can be taken out at any moment, whatever is still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import TEXT, Types
from fieldkit.kernel.ids import AssessmentId, RecordId


class Part(StrEnum):
    """Which part of the report it is: two of a theme, one of a statement, one of the whole."""

    SUMMARY = "summary"
    """Of the whole report; its subject is empty."""
    DIRECTION = "direction"
    """Direction of travel of a theme."""
    VOICES = "voices"
    """How people's voices were used, in a theme."""
    MESSAGE = "message"
    """The key messages of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One written part; an empty ``text`` takes it out of the report. ``subject``: a theme's or statement's id."""

    KIND: ClassVar[str] = "section"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {"assessment": TEXT, "pack": TEXT, "part": TEXT, "subject": TEXT, "text": TEXT}

    id: RecordId
    assessment: AssessmentId
    pack: str
    part: Part
    subject: str
    text: str

    @property
    def title(self) -> str:
        return f"Report, {self.subject.replace('_', ' ').replace('-', ' ')} {self.part.value}".replace("  ", " ")

    @property
    def words(self) -> str:
        return self.text

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "pack": self.pack, "part": self.part.value, "subject": self.subject,
            "text": self.text,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Section:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), pack=raw["pack"], part=Part(raw["part"]),
            subject=raw["subject"], text=raw["text"],
        )  # fmt: skip
