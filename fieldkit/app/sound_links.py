"""Where a note is in the sound that was recorded meanwhile: worked out from times that are never rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow, RecordRow
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.ids import AssessmentId

BEFORE = 3000
"""Milliseconds before a note at which it is played from: what made somebody begin to type was said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a note is in a recording. ``position`` in ms."""

    recording: Attachment
    position: int

    @property
    def words(self) -> str:
        """``12:34 in recording AL7K-3``."""
        return f"{clock(self.position)} in recording {self.recording.exhibit}"


def recordings(questions: Questions, assessment: AssessmentId) -> tuple[RecordRow, ...]:
    """The recordings of an assessment that are in use."""
    rows = questions.records(Attachment.KIND, assessment=assessment)
    return tuple(row for row in rows if row.value.sound is not None and not row.value.withdrawn)


def place_of(note: EntryRow, rows: Iterable[RecordRow]) -> Place | None:
    """Where ``note`` is. Only in a recording of its own activity and author: another laptop has another clock."""
    for row in rows:
        value: Attachment = row.value
        if value.sound is None or row.author != note.author or str(value.about) != note.entry.activity:
            continue
        at = value.sound.position(note.entry.noticed_at)
        if at is not None:
            return Place(recording=value, position=at)
    return None


def notes_in(value: Attachment, notes: Iterable[EntryRow], author: str) -> list[tuple[int, EntryRow]]:
    """The notes that were made while ``value`` was recorded, with where they are, in that order."""
    found = []
    for note in notes:
        at = value.sound.position(note.entry.noticed_at) if value.sound is not None and note.author == author else None
        if at is not None and str(value.about) == note.entry.activity:
            found.append((at, note))
    return sorted(found, key=lambda one: (one[0], one[1].n))


def clock(position: int) -> str:
    """``12:34``, ``1:02:03``."""
    seconds = position // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
