"""Captures in words, as a visit lists them: a note of another day says which, a team-mate's says whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldkit.app.rows import EntryRow
from ui.presenters.log.row_words import RowReader, RowWords
from ui.presenters.wording import ui


class DayReader(RowReader):
    """``day`` is the one whose notes need no date: today on a visit that goes on, else its first."""

    day: date | None = None

    def words(self, row: EntryRow) -> RowWords:
        """The row in words."""
        found = super().words(row)
        if found.author:  # the status says the whole name
            found = replace(found, author=row.author_initials or found.author)
        noticed = row.entry.noticed_at.astimezone().date()
        if noticed == self.day:
            return found
        when = ui.day(noticed)
        kind = ", ".join(part for part in (when, found.kind) if part)
        return replace(found, kind=kind, sentence=f"{when}, {found.sentence}")
