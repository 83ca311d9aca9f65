"""A conversation at a drop-in: how many people, on whose behalf, for how long. Anonymous always: nothing names anybody.

What was said is a note that points to it (``Entry.about``); its tags are the conversation's themes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from fieldkit.domain import strict
from fieldkit.domain.fieldwork import COUNT, TEXT, Types
from fieldkit.domain.framework import SpeakerKind
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId

MOST_PEOPLE = 99
MOST_MINUTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """``about`` is the drop-in; ``at`` is when it began. ``band`` None = somebody who fits none of the bands.

    ``is_taken_back``: it was recorded by mistake; kept, and counted nowhere. ``note`` names its note where that is
    about a case and so cannot be about the conversation; else empty.
    """

    KIND: ClassVar[str] = "conversation"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "about": TEXT, "at": TEXT, "people": COUNT, "minutes": COUNT, "band": TEXT,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    about: RecordId
    at: datetime
    people: int
    minutes: int
    band: SpeakerKind | None
    is_taken_back: bool = False
    note: str = ""

    @property
    def title(self) -> str:
        return "Conversation at a drop-in"

    @property
    def words(self) -> str:
        return ""  # nothing in it can be looked for: the words are in the note

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "about": self.about, "at": to_stamp(self.at), "people": self.people,
            "minutes": self.minutes, "band": self.band.value if self.band else "",
            **strict.without_empty({"is_taken_back": self.is_taken_back, "note": self.note}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Conversation:
        band = strict.text(raw, "band")
        return cls(
            id=RecordId(record), assessment=AssessmentId(strict.text(raw, "assessment")),
            about=RecordId(strict.text(raw, "about")), at=from_stamp(strict.text(raw, "at")),
            people=strict.whole(raw, "people", most=strict.MOST_COUNTED),
            minutes=strict.whole(raw, "minutes", most=strict.MOST_COUNTED),
            band=SpeakerKind(band) if band else None, is_taken_back=strict.flag(raw, "is_taken_back"),
            note=strict.text(raw, "note", ""),
        )  # fmt: skip
