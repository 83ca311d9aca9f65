"""Notes handed over with Enter that are not yet known to be durable. None of them leaves the screen before it is.

Each keeps a draft under a place of its own until the transaction that records it drops that row, so neither a
full disk nor a crash between two notes can lose one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from fieldkit.app.entries import NewEntry
from fieldkit.capture.captured import Captured
from fieldkit.capture.typed_line import TypedLine
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNote:
    """A note on its way into the log. ``problem`` is why it is not there yet, once that is known."""

    place: str
    line: TypedLine
    noticed_at: datetime
    note: NewEntry
    captured: Captured
    problem: Exception | None = None
    entry: EntryId | None = None
    """Set once it is durable; it leaves this list when the log shows it, so that nothing flickers."""


class WaitingNotes:
    """In the order of Enter. ``changed`` is told after each change."""

    def __init__(self) -> None:
        self._notes: list[WaitingNote] = []
        self.changed: Topic[tuple[WaitingNote, ...]] = Topic()

    @property
    def notes(self) -> tuple[WaitingNote, ...]:
        """All that wait."""
        return tuple(self._notes)

    @property
    def stuck(self) -> tuple[WaitingNote, ...]:
        """Those the store did not accept."""
        return tuple(note for note in self._notes if note.problem is not None)

    def add(self, note: WaitingNote) -> None:
        """Enter was pressed."""
        self._notes.append(note)
        self._tell()

    def durable(self, place: str, entry: EntryId) -> None:
        """It is in the vault; the log will show it in a moment."""
        self._notes = [
            replace(note, problem=None, entry=entry) if note.place == place else note for note in self._notes
        ]

    def shown(self, is_shown: Callable[[EntryId], bool]) -> None:
        """Rows came: forget the notes that are among them."""
        left = [note for note in self._notes if note.entry is None or not is_shown(note.entry)]
        if len(left) != len(self._notes):
            self._notes = left
            self._tell()

    def taken(self, place: str) -> None:
        """Its writer took it back into the line."""
        self._notes = [note for note in self._notes if note.place != place]
        self._tell()

    def reworded(self, note: WaitingNote) -> None:
        """Its words were changed while it waits."""
        self._notes = [note if one.place == note.place else one for one in self._notes]
        self._tell()

    def refused(self, place: str, problem: Exception | None) -> None:
        """It is not durable, and why; ``None`` = it is being tried again."""
        self._notes = [replace(note, problem=problem) if note.place == place else note for note in self._notes]
        self._tell()

    def _tell(self) -> None:
        self.changed.tell(self.notes)
