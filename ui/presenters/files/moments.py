"""The notes that were made while a recording ran, as its details list them: each with its place in the sound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, FileRow
from fieldkit.app.sound_links import clock, notes_in
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.ids import ActivityId
from ui.presenters.wording import ui

_MOST = 1000
"""Notes of an activity that are looked at, the newest."""
_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """``position`` in ms; ``words`` begin with it: ``3:31  Chair asked who owns the plan``."""

    entry: str
    position: int
    words: str
    noticed: str


def moments(questions: Questions, rows: Iterable[FileRow]) -> Mapping[str, tuple[Moment, ...]]:
    """By the id of each recording; what a consent holds has none."""
    notes: dict[str, list[EntryRow]] = {}
    found = {}
    for row in rows:
        value: Attachment = row.row.value
        if value.sound is None or row.row.barred is not None:
            continue
        about = str(value.about)
        if about not in notes:
            wanted = EntryFilter(assessment=value.assessment, activity=ActivityId(about), limit=_MOST)
            notes[about] = [one for one in questions.entries(wanted) if one.barred is None]
        found[str(value.id)] = tuple(
            Moment(
                entry=note.entry.id,
                position=at,
                words=f"{clock(at)}  {title_of(note)}",
                noticed=f"Noticed {ui.noticed(note.entry)}",
            )
            for at, note in notes_in(value, notes[about], row.row.author)
        )
    return found


def recorded(value: Attachment) -> list[str]:
    """What is said of how a recording was made."""
    track = value.sound
    if track is None:
        return []
    pauses = len(track.stretches) - 1
    return [
        f"Recorded {ui.clock(track.started_at)}, {clock(track.length)} of sound"
        + (f", {ui.count(pauses, 'pause')}" if pauses > 0 else ""),
        "Cut off: FieldKit ended before the recording did" if track.is_cut_off else "",
        value.declaration,
    ]  # fmt: skip


def title_of(note: EntryRow) -> str:
    """The beginning of its words."""
    words = " ".join(note.entry.text.split()) or "Marked moment"
    return words if len(words) <= _TITLE else words[: _TITLE - 1] + "…"
