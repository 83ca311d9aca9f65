"""Follow-up questions and marks of a whole log, for the lists beside it: also those above what was read of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.ids import ActivityId, EntryId
from ui.presenters.log.log_rows import LogRows
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.row_moves import Move, RowsMoved

MOST = 500
"""More follow-ups and marks than anybody reads in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedState:
    """Newest first."""

    follow_ups: tuple[EntryRow, ...] = ()
    marks: tuple[EntryRow, ...] = ()


class Flagged(Presenter[FlaggedState]):
    """Looks only at the rows that moved: all of them would take ten milliseconds after every Enter."""

    def __init__(self, workspace: Workspace, rows: LogRows, activity: ActivityId) -> None:
        super().__init__(FlaggedState())
        self._workspace = workspace
        self._rows = rows
        self._wanted = EntryFilter(
            activity=activity, terms=(Term(facet=Facet.MARK, values=("question", "mark")),), limit=MOST
        )
        self._found: dict[EntryId, EntryRow] = {}
        self._listening = Listening()
        self._listening.add(rows.moved.listen(self._moved))

    def load(self) -> None:
        """Read those of the whole log; the notes on the screen bring theirs along."""
        self._workspace.ask_then(lambda q: q.entries(self._wanted), self._take)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _moved(self, moved: RowsMoved) -> None:
        rows = self._rows.rows
        self._take(rows if moved.move is Move.RESET else rows[moved.first : moved.last + 1])

    def _take(self, rows: list[EntryRow]) -> None:
        before = dict(self._found)
        for row in rows:
            if row.withdrawal is None and (row.entry.follow_up or row.entry.is_mark):
                self._found[row.entry.id] = row
            else:
                self._found.pop(row.entry.id, None)
        if before != self._found:
            found = sorted(self._found.values(), key=lambda row: -row.n)
            follow_ups = tuple(row for row in found if row.entry.follow_up)
            marks = tuple(row for row in found if row.entry.is_mark)
            self._show(replace(self.state, follow_ups=follow_ups, marks=marks))
