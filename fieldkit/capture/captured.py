"""What one line of the capture line says: the words exactly, and everything read beside them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.spans import NOWHERE, Span
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import Bearing


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedTag:
    """A statement of one pack. ``statement`` and ``category`` are ids, the codes are what is typed and shown.

    ``category`` None = not said on the tag: the note's own category or the default of the activity applies.
    ``span`` is where it stands in the line.
    """

    pack: str
    statement: str
    code: str
    category: str | None = None
    category_code: str | None = None
    bearing: Bearing = Bearing.NEUTRAL
    strong: bool = False
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedCategory:
    """The evidence category for the whole note (``@pr``); ``id`` is that of the first pack that has it."""

    id: str
    code: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedCase:
    """The case a note is about (``~C01``): its reference, and the id of its record."""

    code: str
    record: str
    span: Span = NOWHERE


class Read(StrEnum):
    """What a stretch of the line was read as, for highlighting it."""

    SPEAKER = "speaker"
    FOLLOW_UP = "follow_up"
    RISK = "risk"
    OWN_VIEW = "own_view"
    EXACT = "exact"
    QUOTE = "quote"
    TAG = "tag"
    CATEGORY = "category"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the line and what it was read as."""

    read: Read
    span: Span


class HintKind(StrEnum):
    """Something to mention quietly after saving; the value is the code of its sentence. None ever blocks."""

    TAG_UNKNOWN = "capture.tag_unknown"
    NUMBER_KEPT = "capture.number_kept"
    PERSON_UNKNOWN = "capture.person_unknown"
    CATEGORY_TWICE = "capture.category_twice"
    CATEGORY_NOT_USED = "capture.category_not_used"
    CASE_TWICE = "capture.case_twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A word of the line that may have been meant otherwise; it was kept as a word."""

    kind: HintKind
    word: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One note as read from the line. ``text`` is the prose exactly, less sigils and speaker.

    ``speaker`` is a code from the people list. ``exact`` = the whole text is somebody's own words.
    ``quotes`` are spans of ``text`` within quotation marks (the marks stay in ``text``). ``marks`` and the
    spans of tags and hints are positions in the line.
    """

    text: str
    speaker: str | None = None
    exact: bool = False
    follow_up: bool = False
    risk: Risk = Risk.NONE
    own_view: bool = False
    tags: tuple[CapturedTag, ...] = ()
    category: CapturedCategory | None = None
    case: CapturedCase | None = None
    quotes: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Nothing to save as a note: no words (there may be tags, meant for the note above)."""
        return not self.text

    def meaning(self) -> tuple[object, ...]:
        """All of it but the positions: equal for two lines that say the same."""
        tags = tuple((tag.pack, tag.statement, tag.category, tag.bearing, tag.strong) for tag in self.tags)
        category = self.category.id if self.category else None
        kind = (self.follow_up, self.risk, self.own_view)
        case = self.case.record if self.case else None
        return self.text, self.speaker, self.exact, kind, tags, category, case, self.quotes
