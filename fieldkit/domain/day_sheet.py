"""The sheet of the evening: what to alert to, advise and assure about, what is missing, what to ask, what changes.

Triple A is the daily sheet of the field (facts, section 7): a section that holds nothing says "None", because an empty
one may also be one that nobody thought of. Each thing said is a record of its own and not a line of one: two laptops
that write the same evening without a network both keep every line, and nobody is asked to decide between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.domain.fieldwork import FLAG, LIST, MAYBE_TEXT, TEXT, Types
from fieldkit.domain.quality_risk import Level
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, RevisionId, VisitId, is_id


class Section(StrEnum):
    """The parts of the sheet, in the order they are printed."""

    ALERT = "alert"
    """Needs a decision or an escalation."""
    ADVISE = "advise"
    """To be watched."""
    ASSURE = "assure"
    """Positive, and corroborated."""
    GAP = "gap"
    """What to do about a gap in the evidence."""
    LEADERS = "leaders"
    """To be checked with leaders, so that a misunderstanding ends the same evening."""
    TOMORROW = "tomorrow"
    """Words on what changes tomorrow, beside what the programme itself says."""


TRIPLE_A = (Section.ALERT, Section.ADVISE, Section.ASSURE)
"""Those that are never blank."""
LEVELLED = (Section.ALERT, Section.ADVISE)
"""Those whose items may suggest a level of quality assurance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayItem:
    """One thing said on the sheet of a day; with ``is_none`` that there is nothing to say in its section.

    ``about`` is what it was made of (an escalation, a note): what is held because a consent was taken back holds this
    with it. ``notes`` are linked beside it. ``gap`` is ``pack/statement`` that an action is for.
    """

    KIND: ClassVar[str] = "day_item"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = "about"
    FIELDS: ClassVar[Types] = {
        "assessment": TEXT, "visit": TEXT, "day": TEXT, "section": TEXT, "text": TEXT, "level": MAYBE_TEXT,
        "about": MAYBE_TEXT, "notes": LIST, "gap": TEXT, "is_none": FLAG, "is_taken_off": FLAG,
    }  # fmt: skip

    id: RecordId
    assessment: AssessmentId
    visit: VisitId
    day: date
    section: Section
    text: str = ""
    level: Level | None = None
    about: RecordId | None = None
    notes: tuple[EntryId, ...] = ()
    gap: str = ""
    is_none: bool = False
    is_taken_off: bool = False

    @property
    def title(self) -> str:
        said = "None" if self.is_none else " ".join(self.text.split())[:60]
        return f"{self.section.value.capitalize()}, {self.day.isoformat()}: {said}"

    @property
    def words(self) -> str:
        return self.text

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "day": self.day.isoformat(),
            "section": self.section.value, "text": self.text, "level": self.level.value if self.level else None,
            "about": self.about, "notes": list(self.notes), "gap": self.gap, "is_none": self.is_none,
            "is_taken_off": self.is_taken_off,
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> DayItem:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), visit=VisitId(_id(raw["visit"])),
            day=date.fromisoformat(raw["day"]), section=Section(raw["section"]), text=raw["text"],
            level=Level(raw["level"]) if raw["level"] else None,
            about=RecordId(_id(raw["about"])) if raw["about"] else None,
            notes=tuple(EntryId(_id(one)) for one in raw["notes"]), gap=raw["gap"], is_none=raw["is_none"],
            is_taken_off=raw["is_taken_off"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """That somebody finished the sheet of a day; ``items`` are the accounts it was finished with.

    It is never revised: whatever changes afterwards shows, because the accounts are then others.
    """

    KIND: ClassVar[str] = "day_sheet"
    SHAPE: ClassVar[int] = 1
    ABOUT: ClassVar[str] = ""
    FIELDS: ClassVar[Types] = {"assessment": TEXT, "visit": TEXT, "day": TEXT, "finished": LIST}

    id: RecordId
    assessment: AssessmentId
    visit: VisitId
    day: date
    items: tuple[RevisionId, ...] = ()

    @property
    def title(self) -> str:
        return f"End-of-day sheet finished, {self.day.isoformat()}"

    @property
    def words(self) -> str:
        return "end of day sheet finished"

    def holds(self, items: Iterable[RevisionId]) -> bool:
        """Whether the sheet is still as it was finished."""
        return set(self.items) == set(items)

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "day": self.day.isoformat(),
            "finished": list(self.items),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> DaySheet:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), visit=VisitId(_id(raw["visit"])),
            day=date.fromisoformat(raw["day"]), items=tuple(RevisionId(_id(one)) for one in raw["finished"]),
        )  # fmt: skip


def unstated(said: Collection[Section]) -> tuple[Section, ...]:
    """Sections of Triple A that neither hold an item nor say "None"; a sheet with one cannot be finished."""
    return tuple(one for one in TRIPLE_A if one not in said)


def _id(value: object) -> str:
    if not is_id(value):
        raise ValueError("not a record's id")
    return str(value)
