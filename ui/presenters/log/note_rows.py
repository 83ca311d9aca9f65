"""What a list of notes is shown from: all of a log, or those that a filter takes."""

from __future__ import annotations

from typing import Protocol

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.row_moves import RowsMoved


class NoteRows(Protocol):
    """``rows`` in the order they are shown; ``moved`` is told right after each change of them."""

    rows: list[EntryRow]
    moved: Topic[RowsMoved]

    def place(self, entry: EntryId) -> int | None:
        """The row of a note, or None when it is not among them."""
