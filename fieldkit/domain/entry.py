"""Entries: what was noticed, when, and what was added to it afterwards. Users read "note".

An entry has exactly one revision for ever, so the first account cannot be overwritten by construction.
Everything later is a record of its own that points to it: an addendum (more words, with a reason), a filing
(tags put on or taken off), a withdrawal (with a reason, and reversible). Two people may therefore work on one
entry at once and never conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from sys import intern
from typing import Any, ClassVar

from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, EvidenceId, RecordId, SecondaryId, VisitId, is_id
from fieldkit.kernel.shared import shared

WRITTEN_UP_LATER = timedelta(minutes=15)
"""More than this between noticing and entering is "written up later" (facts, section 6)."""


class Risk(StrEnum):
    """Whether the assessor marked a possible risk, and whether it needs action today."""

    NONE = "none"
    POSSIBLE = "possible"
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One note as first committed. ``text`` is the prose as typed, tags and speaker taken off.

    ``noticed_at`` is the first key press (event time), ``entered_at`` the Enter (entry time); ``zone`` is the
    laptop's offset then, ``+01:00``. ``exact`` = the whole text is the speaker's own words; quotation marks
    inside ``text`` mark exact words within a paraphrase. ``is_mark`` = a starred moment, may have no words.

    ``about`` is the record of fieldwork it belongs to beside its activity (a touchpoint, a care record's access entry,
    an attachment). ``origin`` tells where the words came from when they were not typed in the field: pasted from
    where, written on paper. Both are left out of the content when empty, so that what earlier versions wrote keeps its
    bytes.
    """

    KIND: ClassVar[str] = "entry"
    SHAPE: ClassVar[int] = 1

    id: EntryId
    assessment: AssessmentId
    visit: VisitId
    activity: ActivityId
    agenda_item: str | None
    noticed_at: datetime
    entered_at: datetime
    zone: str
    text: str
    speaker: str | None = None
    exact: bool = False
    follow_up: bool = False
    risk: Risk = Risk.NONE
    own_view: bool = False
    is_mark: bool = False
    category: str | None = None
    evidence: tuple[EvidenceItem, ...] = field(default=())
    about: RecordId | None = None
    origin: str = ""

    @property
    def written_up_later(self) -> bool:
        """Whether it was entered more than fifteen minutes after it was noticed."""
        return self.entered_at - self.noticed_at > WRITTEN_UP_LATER

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "visit": self.visit, "activity": self.activity,
            "agenda_item": self.agenda_item, "noticed_at": to_stamp(self.noticed_at),
            "entered_at": to_stamp(self.entered_at), "zone": self.zone, "text": self.text,
            "speaker": self.speaker, "exact": self.exact, "follow_up": self.follow_up,
            "risk": self.risk.value, "own_view": self.own_view, "is_mark": self.is_mark,
            "category": self.category, "evidence": [item.to_content() for item in self.evidence],
            **({"about": self.about} if self.about else {}), **({"origin": self.origin} if self.origin else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Entry:
        """Read it back. What many notes have in common is one string for all of them: 10,000 take 3 MB less."""
        return cls(
            id=EntryId(record), assessment=AssessmentId(intern(raw["assessment"])), visit=VisitId(intern(raw["visit"])),
            activity=ActivityId(intern(raw["activity"])), agenda_item=shared(raw["agenda_item"]),
            noticed_at=from_stamp(raw["noticed_at"]), entered_at=from_stamp(raw["entered_at"]),
            zone=intern(raw["zone"]), text=raw["text"], speaker=shared(raw["speaker"]), exact=raw["exact"],
            follow_up=raw["follow_up"], risk=Risk(raw["risk"]), own_view=raw["own_view"],
            is_mark=raw["is_mark"], category=shared(raw["category"]),
            evidence=tuple(EvidenceItem.from_content(item) for item in raw["evidence"]),
            about=_maybe_record(raw.get("about")), origin=_text(raw.get("origin", "")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """More words to an entry, with the reason for adding them; the entry itself stays as it was."""

    KIND: ClassVar[str] = "addendum"
    SHAPE: ClassVar[int] = 1

    id: RecordId
    assessment: AssessmentId
    entry: EntryId
    text: str
    reason: str
    entered_at: datetime

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "entry": self.entry, "text": self.text, "reason": self.reason,
            "entered_at": to_stamp(self.entered_at),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Addendum:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), entry=EntryId(raw["entry"]),
            text=raw["text"], reason=raw["reason"], entered_at=from_stamp(raw["entered_at"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Tags put on an entry later, and ids of evidence items taken off it (their own or the entry's).

    Secondary tags are put on and taken off in filings alone; left out of the content where there are none, so that
    what earlier versions wrote keeps its bytes and an earlier version reads the rest.
    """

    KIND: ClassVar[str] = "filing"
    SHAPE: ClassVar[int] = 1

    id: RecordId
    assessment: AssessmentId
    entry: EntryId
    added: tuple[EvidenceItem, ...] = field(default=())
    removed: tuple[EvidenceId, ...] = field(default=())
    secondary: tuple[SecondaryTag, ...] = field(default=())
    secondary_removed: tuple[SecondaryId, ...] = field(default=())

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "entry": self.entry,
            "added": [item.to_content() for item in self.added], "removed": list(self.removed),
            **({"secondary": [item.to_content() for item in self.secondary]} if self.secondary else {}),
            **({"secondary_removed": list(self.secondary_removed)} if self.secondary_removed else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Filing:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), entry=EntryId(raw["entry"]),
            added=tuple(EvidenceItem.from_content(item) for item in raw["added"]),
            removed=tuple(EvidenceId(item) for item in raw["removed"]),
            secondary=tuple(SecondaryTag.from_content(item) for item in raw.get("secondary", ())),
            secondary_removed=tuple(SecondaryId(_text(item)) for item in raw.get("secondary_removed", ())),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An entry taken out of use, with a reason. ``stands`` false in a later revision = taken back.

    Nothing is ever hard-deleted: a withdrawn entry stays in the log and can be shown. ``over`` names the additions and
    tags of the entry that were known when it was withdrawn (``fieldkit.domain.withdrawing``); ``None`` in what earlier
    versions wrote, and then left out of the content.
    """

    KIND: ClassVar[str] = "withdrawal"
    SHAPE: ClassVar[int] = 1

    id: RecordId
    assessment: AssessmentId
    entry: EntryId
    reason: str
    stands: bool = True
    over: tuple[RecordId, ...] | None = None

    def to_content(self) -> dict[str, Any]:
        return {
            "assessment": self.assessment, "entry": self.entry, "reason": self.reason, "stands": self.stands,
            **({} if self.over is None else {"over": list(self.over)}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, record: str, raw: dict[str, Any]) -> Withdrawal:
        return cls(
            id=RecordId(record), assessment=AssessmentId(raw["assessment"]), entry=EntryId(raw["entry"]),
            reason=raw["reason"], stands=raw["stands"], over=_maybe_records(raw.get("over")),
        )  # fmt: skip


def standing_evidence(entry: Entry, filings: tuple[Filing, ...]) -> tuple[EvidenceItem, ...]:
    """The tags that stand: all that were ever put on, less those whose ids were taken off.

    An observed-remove set: the order of filings does not matter, and taking off one item never takes off the
    same tag put on by somebody else. A tag that two laptops carried over by the same crosswalk has one id
    (``fieldkit.domain.crosswalk``) and counts once.
    """
    removed = {item for filing in filings for item in filing.removed}
    everything = (*entry.evidence, *(item for filing in filings for item in filing.added))
    return tuple({item.id: item for item in everything if item.id not in removed}.values())


def standing_secondary(filings: tuple[Filing, ...]) -> tuple[SecondaryTag, ...]:
    """The secondary tags that stand, as ``standing_evidence``, in the order of what they say: alike on every laptop.

    Two people who said the same have both put on theirs; whoever takes it off takes both.
    """
    removed = {item for filing in filings for item in filing.secondary_removed}
    standing = (item for filing in filings for item in filing.secondary if item.id not in removed)
    return tuple(sorted(standing, key=lambda item: (item.key, item.id)))


def _maybe_record(value: object) -> RecordId | None:
    if value is None:
        return None
    if not is_id(value):
        raise ValueError("not a record's id")
    return RecordId(str(value))


def _maybe_records(value: object) -> tuple[RecordId, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("not a list of ids")
    return tuple(RecordId(one) for one in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value
