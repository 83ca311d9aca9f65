"""The notes of a log: newest page at once, older pages behind it, kept right by change sets.

Reading walks from the newest note to the oldest in pages of 200, so the first screenful is there in a few
milliseconds whatever the size of the log, and no step keeps the screen's thread for long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.presenter import Listening
from ui.presenters.timing import Countdown, Later

PAGE = 200
_ONE_BY_ONE = 20
"""Up to this many changed notes are fetched singly; more, and the pages are walked again."""
_BETWEEN_PAGES = 0.01
_BETWEEN_WALKS = 0.5
"""Sending 10,000 notes brings 20 sheets of receipts; walking once for several of them is enough."""
_ABOUT_NOTES = ("addendum", "filing", "withdrawal")


class Move(StrEnum):
    """What happened to the list, in the terms of an item model."""

    RESET = "reset"
    INSERTED = "inserted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsMoved:
    """Rows ``first`` to ``last`` (both included) were inserted or changed; after ``RESET`` everything is new."""

    move: Move
    first: int = 0
    last: int = -1


class LogRows:
    """``rows`` are in the order of arrival. ``moved`` is told right after each change of the list."""

    def __init__(self, workspace: Workspace, later: Later, wanted: EntryFilter) -> None:
        self._workspace = workspace
        self._wanted = replace(wanted, before=None, limit=PAGE)
        self._next_page = Countdown(later, self._read_on)
        self._next_walk = Countdown(later, self.load)
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))
        self._places: dict[EntryId, int] = {}
        self._before: int | None = None
        self._walk = 0
        self.rows: list[EntryRow] = []
        self.is_complete = False
        self.moved: Topic[RowsMoved] = Topic()

    @property
    def is_behind(self) -> bool:
        """Whether rows are still on their way, or known to have changed and not read again yet."""
        return not self.is_complete or self._next_walk.is_pending

    def load(self) -> None:
        """Read everything, newest page first; what is shown already is brought up to date in its place."""
        self._next_page.drop()
        self._next_walk.drop()
        self._walk += 1
        self._read(None)

    def place(self, entry: EntryId) -> int | None:
        """The row of a note, or None when it is not among those read so far."""
        return self._places.get(entry)

    def row(self, entry: EntryId) -> EntryRow | None:
        """A note that has been read."""
        place = self.place(entry)
        return None if place is None else self.rows[place]

    def close(self) -> None:
        """Hear nothing more; an answer still on its way is dropped."""
        self._walk += 1
        self._next_page.drop()
        self._next_walk.drop()
        self._listening.close()

    def _read_on(self) -> None:
        self._read(self._before)

    def _read(self, before: int | None) -> None:
        walk, wanted = self._walk, replace(self._wanted, before=before)
        self._workspace.ask_then(lambda q: q.entries(wanted), lambda page: self._page(walk, page))

    def _page(self, walk: int, page: list[EntryRow]) -> None:
        if walk != self._walk:
            return
        self._merge(page)
        self.is_complete = len(page) < PAGE
        if not self.is_complete:
            self._before = page[0].n
            self._next_page.start(_BETWEEN_PAGES)

    def _changed(self, changes: ChangeSet) -> None:
        confirmed = {record for record in changes.ids("receipt") if EntryId(record) in self._places}
        named = changes.ids("entry") | confirmed
        if len(named) > _ONE_BY_ONE or (changes.origin == "sync" and changes.touches(*_ABOUT_NOTES)):
            if not self._next_walk.is_pending:
                self._next_walk.start(_BETWEEN_WALKS)
        elif named:
            walk = self._walk
            self._workspace.ask_then(lambda q: _known(q, named), lambda rows: self._put(walk, rows))

    def _put(self, walk: int, found: list[EntryRow]) -> None:
        if walk == self._walk:
            self._merge(sorted((row for row in found if self._is_wanted(row)), key=lambda row: row.n))
        elif found:
            self._next_walk.start(_BETWEEN_WALKS)

    def _merge(self, page: list[EntryRow]) -> None:
        """Put rows in their places: known ones replaced, older ones in front, newer ones behind."""
        if not self.rows:
            self._reset(page)
            return
        first, last = self.rows[0].n, self.rows[-1].n
        unknown = [row for row in page if row.entry.id not in self._places]
        if any(first < row.n < last for row in unknown):
            self._reset(sorted({row.entry.id: row for row in (*self.rows, *page)}.values(), key=lambda row: row.n))
            return
        self._replace([row for row in page if row.entry.id in self._places])
        self._insert([row for row in unknown if row.n < first], 0)
        self._insert([row for row in unknown if row.n > last], len(self.rows))

    def _replace(self, rows: Iterable[EntryRow]) -> None:
        changed = [self._places[row.entry.id] for row in rows if self.rows[self._places[row.entry.id]] != row]
        if changed:
            for row in rows:
                self.rows[self._places[row.entry.id]] = row
            self.moved.tell(RowsMoved(move=Move.CHANGED, first=min(changed), last=max(changed)))

    def _insert(self, rows: list[EntryRow], at: int) -> None:
        if not rows:
            return
        self.rows[at:at] = rows
        if at:
            self._places.update((row.entry.id, at + place) for place, row in enumerate(rows))
        else:
            self._places = {row.entry.id: place for place, row in enumerate(self.rows)}
        self.moved.tell(RowsMoved(move=Move.INSERTED, first=at, last=at + len(rows) - 1))

    def _reset(self, rows: list[EntryRow]) -> None:
        self.rows = list(rows)
        self._places = {row.entry.id: place for place, row in enumerate(self.rows)}
        self.moved.tell(RowsMoved(move=Move.RESET))

    def _is_wanted(self, row: EntryRow) -> bool:
        wanted, entry = self._wanted, row.entry
        pairs = (
            (wanted.assessment, entry.assessment), (wanted.visit, entry.visit), (wanted.activity, entry.activity),
        )  # fmt: skip
        return all(asked is None or asked == found for asked, found in pairs)


def _known(questions: Questions, entries: Iterable[str]) -> list[EntryRow]:
    found = []
    for entry in entries:
        try:
            found.append(questions.entry(EntryId(entry)))
        except Mistake:  # named by a change set, yet without content here: nothing to show
            continue
    return found
