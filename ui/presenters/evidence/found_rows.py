"""The notes a filter finds, newest first, as far down as somebody has looked; kept right by change sets.

Every question walks for a few ms at most, so a note being saved never waits for a search. An answer to a question
that was overtaken is dropped, and one that still waits for the lane is not even asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from fieldkit.app.changes import ChangeSet
from fieldkit.app.rows import EntryFilter, EntryRow, Walk
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.presenter import Listening
from ui.presenters.row_moves import Move, RowsMoved, stretches
from ui.presenters.services import Failed
from ui.presenters.timing import Countdown, Later

PAGE = 50
_ONE_BY_ONE = 40
"""Up to this many changed notes are looked at one by one; more, and what is loaded is walked again."""
_BETWEEN_WALKS = 0.5
_ABOUT_NOTES = ("addendum", "filing", "withdrawal")


class FoundRows:
    """``rows`` are newest first. ``moved`` is told right after each change, ``settled`` when an answer was put in."""

    def __init__(self, workspace: Workspace, later: Later, failed: Failed) -> None:
        self._workspace = workspace
        self._failed = failed
        self._wanted = EntryFilter(limit=PAGE)
        self._edition = 0
        self._asked = False
        self._reached = 0
        self._pending: list[EntryRow] = []
        self._places: dict[EntryId, int] = {}
        self._held: set[EntryId] | None = None
        self._is_watched, self._is_fresh = True, True
        self._walk_again = Countdown(later, self.refresh)
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))
        self.rows: list[EntryRow] = []
        self.is_searching = False
        self.moved: Topic[RowsMoved] = Topic()
        self.settled: Topic[None] = Topic()

    @property
    def is_complete(self) -> bool:
        """Whether everything that matches is in ``rows``."""
        return self._reached == 0 and not self.is_searching

    def search(self, wanted: EntryFilter) -> None:
        """Look for other notes. What was there stays until the first answer is there to take its place."""
        self._wanted = replace(wanted, before=None, limit=PAGE)
        self._begin()
        self.is_searching = True
        self._ask(None, self._first)

    def more(self) -> None:
        """The next page, if there is one and it was not asked for already."""
        if self._reached and not self._asked and not self.is_searching:
            self._asked = True
            self._ask(self._reached, self._next)

    def refresh(self) -> None:
        """Walk again through everything that is loaded; what is still right stays where it is."""
        if self.is_searching:
            return
        self._begin()
        self._is_fresh = True
        self._ask(None, lambda walk: self._again(None, walk))

    def reworded(self) -> None:
        """What rows say beside their notes has changed for any of them."""
        if self.rows:
            self.moved.tell(RowsMoved(move=Move.CHANGED, first=0, last=len(self.rows) - 1))

    def watch(self, *, is_up: bool) -> None:
        """Whether anybody looks: what changed meanwhile is read when somebody does."""
        self._is_watched = is_up
        if is_up and not self._is_fresh:
            self.refresh()

    def hold(self, *, is_held: bool) -> None:
        """While something is being done to notes, those that cease to match stay in the list until it is done."""
        if is_held:
            self._held = self._held if self._held is not None else set()
            return
        leaving, self._held = self._held or set(), None
        self._remove(place for entry in leaving if (place := self._places.get(entry)) is not None)

    def place(self, entry: EntryId) -> int | None:
        """The row of a note, or None when it is not among those loaded."""
        return self._places.get(entry)

    def row(self, entry: EntryId) -> EntryRow | None:
        """A note that is loaded."""
        place = self.place(entry)
        return None if place is None else self.rows[place]

    def close(self) -> None:
        """Hear nothing more; an answer on its way is dropped."""
        self._edition += 1
        self._walk_again.drop()
        self._listening.close()

    def _begin(self) -> None:
        self._edition += 1
        self._asked = False
        self._pending = []
        self._walk_again.drop()

    def _ask(self, before: int | None, done: Callable[[Walk], None]) -> None:
        edition, wanted = self._edition, replace(self._wanted, before=before, limit=PAGE - len(self._pending))
        self._workspace.ask_then(
            lambda q: q.walk(wanted) if edition == self._edition else None,
            lambda walk: done(walk) if walk is not None and edition == self._edition else None,
            self._failed,
        )

    def _first(self, walk: Walk) -> None:
        self._pending += walk.rows
        if walk.reached and len(self._pending) < PAGE:
            self._ask(walk.reached, self._first)
            return
        rows, self._pending = self._pending, []
        self._reached = walk.reached
        self.is_searching = False
        self._reset(rows)
        self._look_again(walk)
        self.settled.tell(None)

    def _next(self, walk: Walk) -> None:
        self._pending += walk.rows
        if walk.reached and len(self._pending) < PAGE:
            self._ask(walk.reached, self._next)
            return
        rows, self._pending = self._pending, []
        self._asked, self._reached = False, walk.reached
        self._insert(len(self.rows), [row for row in rows if row.entry.id not in self._places])
        self.settled.tell(None)

    def _again(self, before: int | None, walk: Walk) -> None:
        end = self._reached
        floor = max(walk.reached, end)
        self._level(before, floor, [row for row in walk.rows if row.n >= floor])
        if walk.reached > end:
            self._ask(walk.reached, lambda more: self._again(walk.reached, more))
        else:
            self._look_again(walk)
            self.settled.tell(None)

    def _look_again(self, walk: Walk) -> None:
        if not walk.is_level:
            self._walk_again.start(_BETWEEN_WALKS)

    def _changed(self, changes: ChangeSet) -> None:
        if not self._is_watched:
            self._is_fresh = False
            return
        confirmed = {record for record in changes.ids("receipt") if EntryId(record) in self._places}
        named = changes.ids("entry") | confirmed
        if len(named) > _ONE_BY_ONE or (changes.origin == "sync" and changes.touches(*_ABOUT_NOTES)):
            if not self._walk_again.is_pending:
                self._walk_again.start(_BETWEEN_WALKS)
        elif named:
            edition, wanted, ids = self._edition, self._wanted, sorted(named)
            self._workspace.ask_then(
                lambda q: q.among(wanted, ids), lambda found: self._put(edition, *found), self._failed
            )

    def _put(self, edition: int, rows: list[EntryRow], matching: frozenset[str]) -> None:
        if edition != self._edition or self.is_searching or self._asked:
            self._walk_again.start(_BETWEEN_WALKS)  # a search is under way and may not have seen this
            return
        for row in sorted(rows, key=lambda row: -row.n):
            place = self._places.get(row.entry.id)
            if row.entry.id in matching:
                if self._held is not None:
                    self._held.discard(row.entry.id)
                if place is not None:
                    self._replace(place, row)
                elif row.n > self._reached:
                    self._insert(self._where(row.n), [row])
            elif place is not None:
                self._replace(place, row)
                self._let_go([place])
        if rows:
            self.settled.tell(None)

    def _level(self, before: int | None, floor: int, rows: Sequence[EntryRow]) -> None:
        """Make the stretch from ``floor`` up to ``before`` what was just found there."""
        first = 0 if before is None else self._where(before - 1)
        last = self._where(floor - 1) if floor else len(self.rows)
        found = {row.entry.id for row in rows}
        self._let_go([place for place in range(first, last) if self.rows[place].entry.id not in found])
        fresh = [row for row in rows if row.entry.id not in self._places]
        for row in rows:
            if (place := self._places.get(row.entry.id)) is not None:
                self._replace(place, row)
        # Neighbours together, from the bottom up so that places above stay right: a page is one insertion, not fifty.
        for at, group in reversed([(at, list(some)) for at, some in groupby(fresh, lambda row: self._where(row.n))]):
            self._insert(at, group)

    def _where(self, n: int) -> int:
        """The place of the first row that is not newer than ``n``."""
        return bisect_left(self.rows, -n, key=lambda row: -row.n)

    def _let_go(self, places: Sequence[int]) -> None:
        if self._held is not None:
            self._held.update(self.rows[place].entry.id for place in places)
        else:
            self._remove(places)

    def _remove(self, places: Iterable[int]) -> None:
        for first, last in reversed(stretches(sorted(places))):
            del self.rows[first : last + 1]
            self._number()
            self.moved.tell(RowsMoved(move=Move.REMOVED, first=first, last=last))

    def _replace(self, place: int, row: EntryRow) -> None:
        if self.rows[place] != row:
            self.rows[place] = row
            self.moved.tell(RowsMoved(move=Move.CHANGED, first=place, last=place))

    def _insert(self, at: int, rows: list[EntryRow]) -> None:
        if not rows:
            return
        self.rows[at:at] = rows
        if at + len(rows) == len(self.rows):
            self._places.update((row.entry.id, at + place) for place, row in enumerate(rows))
        else:
            self._number()
        self.moved.tell(RowsMoved(move=Move.INSERTED, first=at, last=at + len(rows) - 1))

    def _reset(self, rows: list[EntryRow]) -> None:
        if self._held is not None:
            self._held.clear()
        if [row.entry.id for row in rows] == [row.entry.id for row in self.rows]:
            for place, row in enumerate(rows):
                self._replace(place, row)
            return
        self.rows = rows
        self._number()
        self.moved.tell(RowsMoved(move=Move.RESET))

    def _number(self) -> None:
        self._places = {row.entry.id: place for place, row in enumerate(self.rows)}
