"""What a row of the evidence list says, column by column and as one sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.kernel.ids import ActivityId
from ui.presenters.log.row_words import RowReader, RowWords
from ui.presenters.wording import ui

FROM = {
    ActivityKind.OBSERVATION: "Observation", ActivityKind.INTERVIEW: "Interview",
    ActivityKind.FOCUS_GROUP: "Focus group", ActivityKind.CASE_TRACK: "Case track", ActivityKind.DROP_IN: "Drop-in",
    ActivityKind.RECORD_REVIEW: "Record review",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWords:
    """A row in words. ``note`` is what the live log says of it; ``author`` are initials, empty for one's own."""

    note: RowWords
    day: str
    time: str
    source: str
    activity: str
    who: str
    author: str
    categories: tuple[str, ...]
    sentence: str
    contradicted: str = ""
    """``Contradicted under Learning culture``: other notes say the opposite of what it says."""

    @property
    def when(self) -> str:
        """``12 Nov 10:42``."""
        return f"{self.day} {self.time}"


class EvidenceReader:
    """Puts notes of any activity of an assessment into words."""

    def __init__(self, reader: RowReader, activities: Mapping[ActivityId, Activity]) -> None:
        self.reader = reader
        self._activities = activities
        self.split: Collection[tuple[str, str]] = frozenset()
        """``(pack, statement)`` of which some notes say strength and others shortfall."""
        self.opposed: Collection[str] = frozenset()
        """Notes of findings that cite evidence for and against."""

    def words(self, row: EntryRow) -> EvidenceWords:
        """The row in words."""
        note = self.reader.words(row)
        activity = self._activities.get(row.entry.activity)
        source = FROM[activity.kind] if activity else ""
        day = ui.short_day(row.entry)
        contradicted = self._contradicted(row)
        return EvidenceWords(
            note=note, day=day, time=note.time, source=source, activity=activity.title if activity else "",
            who=note.speaker, author="" if row.is_mine else row.author_initials,
            categories=tuple(dict.fromkeys(tag.category for tag in note.tags) or self.reader.category_short(row)),
            sentence=". ".join(filter(None, (f"{day}, {source}" if source else day, contradicted, note.sentence))),
            contradicted=contradicted,
        )  # fmt: skip

    def _contradicted(self, row: EntryRow) -> str:
        if row.withdrawal is not None or row.barred is not None:
            return ""
        titles = dict.fromkeys(self.reader.tag(item).title for item in row.evidence if self._is_split(item))
        if titles:
            return f"Contradicted under {', '.join(titles)}"
        return "Contradicted in a finding" if row.entry.id in self.opposed else ""

    def _is_split(self, item: EvidenceItem) -> bool:
        is_one_way = item.bearing in (Bearing.STRENGTH, Bearing.SHORTFALL)
        return is_one_way and (item.pack, item.statement) in self.split
