"""A note that was asked for from elsewhere: the log's cursor goes to it as soon as it has been read."""

from __future__ import annotations

from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.log.log_rows import LogRows


class Sought:
    """``found`` tells the row. Of a note that is not in this log nothing is told."""

    def __init__(self, rows: LogRows) -> None:
        self._rows = rows
        self._entry: EntryId | None = None
        self.found: Topic[int] = Topic()

    def seek(self, entry: EntryId) -> None:
        """Look for a note, now and whenever whoever shows the rows has taken over those that arrived."""
        self._entry = entry
        self.look()

    def look(self) -> None:
        """Rows have arrived and are shown."""
        if self._entry is None:
            return
        place = self._rows.place(self._entry)
        if place is not None:
            self._entry = None
            self.found.tell(place)
