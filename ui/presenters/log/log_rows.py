"""The notes of a log: newest page at once, older pages behind it or when they are looked for, kept right by changes.

Reading walks from the newest note to the oldest in pages of 200, so the first screenful is there in a few
milliseconds whatever the size of the log, and no step keeps the screen's thread for long. A live log stops after
``ENOUGH`` of them, a visit likewise: 10,000 would cost 40 MB and two seconds of reading that nobody asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fieldkit.app.changes import ChangeSet
from fieldkit.app.rows import EntryFilter, EntryRow, Tally
from fieldkit.app.workspace import Workspace
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.presenter import Listening
from ui.presenters.row_moves import Move, RowsMoved, stretches
from ui.presenters.timing import Countdown, Later

PAGE = 200
FIRST = 60
"""Of a list that shows nothing yet: more than a screen has room for, in a third of the time of a page."""
ENOUGH = 1_000
"""What a live log reads by itself: more than a long day's notes; older ones come when the reader gets there."""
_ONE_BY_ONE = 20
"""Up to this many changed notes are asked for by name; more, and the pages are walked again."""
_MOST_GAPS = 50
"""Stretches of rows that leave one after another; with more of them everything is told to be new."""
_BETWEEN_PAGES = 0.01
_BETWEEN_WALKS = 0.5
"""Sending 10,000 notes brings 20 sheets of receipts; walking once for several of them is enough."""
_ROWS_A_SECOND = 5_000
"""A list that was read whole takes long to walk again: while much arrives, twice in the time it takes at most."""
_ABOUT_NOTES = ("addendum", "filing", "withdrawal")


class LogRows:
    """``rows`` are in the order of arrival. ``moved`` is told right after each change of the list.

    ``enough``: after so many the walk stops and ``has_older`` says whether there are more; None reads all.
    """

    def __init__(self, workspace: Workspace, later: Later, wanted: EntryFilter, enough: int | None = None) -> None:
        self._workspace = workspace
        self._wanted = replace(wanted, before=None, limit=PAGE)
        self._enough = enough
        self._next_page = Countdown(later, self._read_on)
        self._next_walk = Countdown(later, self.load)
        self._listening = Listening()
        self._listening.add(workspace.changed.listen(self._changed))
        self._places: dict[EntryId, int] = {}
        self._before: int | None = None
        self._gathered: list[EntryRow] = []
        self._is_reading_older = False
        self._is_walking = False
        self._is_other = False
        self._newest = 0
        self._sought: EntryId | None = None
        self._walk = 0
        self.rows: list[EntryRow] = []
        self.is_complete = False
        self.has_older = False
        self.is_kept = False
        """Whether somebody reads further up: what is shown then stays, however much arrives below."""
        self.older_count = 0
        """How many notes are older than the first row; 0 until they were counted."""
        self.moved: Topic[RowsMoved] = Topic()

    @property
    def is_behind(self) -> bool:
        """Whether rows are still on their way, or known to have changed and not read again yet."""
        return self._is_walking or self._next_walk.is_pending

    def load(self, first: Sequence[EntryRow] | None = None) -> None:
        """Read the newest pages; what is shown already is brought up to date in its place.

        ``first`` is the first screenful (``FIRST``) of a list that shows nothing yet, where it was read already.
        """
        self._next_page.drop()
        self._next_walk.drop()
        self._walk += 1
        self._is_reading_older = False
        self._is_walking = True
        self._gathered = []
        self._newest = self.rows[-1].n if self.rows else 0
        if first is None or self.rows:
            self._read(None)
        else:
            self._page(self._walk, list(first), 0, is_last=len(first) < FIRST)

    def look_for(self, wanted: EntryFilter) -> None:
        """Show other notes; those that are there stay until the first page of the others has come."""
        self._wanted = replace(wanted, before=None, limit=PAGE)
        self.is_complete, self.has_older, self.older_count = False, False, 0
        self._is_other = True
        self.load()

    def older(self) -> None:
        """The reader came near the first row: read the page before it, if there is one."""
        if self.has_older and not self._is_walking and not self._is_reading_older:
            self._is_reading_older = True
            walk, wanted = self._walk, replace(self._wanted, before=self.rows[0].n)
            self._workspace.ask_then(lambda q: q.entries(wanted), lambda page: self._older(walk, page))

    def reach(self, entry: EntryId) -> None:
        """Read on towards older notes until this one is there."""
        self._sought = None if entry in self._places else entry
        if self._sought is not None:
            self.older()

    def place(self, entry: EntryId) -> int | None:
        """The row of a note, or None when it is not among those read so far."""
        return self._places.get(entry)

    def row(self, entry: EntryId) -> EntryRow | None:
        """A note that has been read."""
        place = self.place(entry)
        return None if place is None else self.rows[place]

    def close(self) -> None:
        """Hear nothing more and let go of the notes; an answer still on its way is dropped."""
        self._walk += 1
        self._next_page.drop()
        self._next_walk.drop()
        self._listening.close()
        self.rows, self._places, self._gathered = [], {}, []

    def _read_on(self) -> None:
        self._read(self._before)

    def _read(self, before: int | None) -> None:
        walk, wanted = self._walk, replace(self._wanted, before=before, limit=self._portion(before))
        top = self._newest if before is None else before - 1
        self._workspace.ask_then(
            lambda q: q.entries(wanted), lambda page: self._page(walk, page, top, is_last=len(page) < wanted.limit)
        )

    def _portion(self, before: int | None) -> int:
        """A first screenful, what is wanting of its page, then page by page."""
        if before is None and not self.rows:
            return FIRST
        return PAGE - FIRST if len(self.rows) == FIRST else PAGE

    def _page(self, walk: int, page: list[EntryRow], top: int, *, is_last: bool) -> None:
        if walk != self._walk:
            return
        if self._is_other:
            self._is_other = False
            self._reset(page)
        if self._gathered or self._is_beyond(page, is_last=is_last):
            page, top = self._gather(page, is_last=is_last), self._newest
        if page or is_last:
            self._let_go(page, 0 if is_last else page[0].n, top)
        if page:
            self._merge(page)
        if is_last or (page and self._has_enough(page)):
            self._end_walk(has_older=not is_last)
        else:
            self._before = (page or self._gathered)[0].n
            self._next_page.start(_BETWEEN_PAGES)

    def _is_beyond(self, page: list[EntryRow], *, is_last: bool) -> bool:
        """Whether more arrived than this page holds, so that what is known begins further down."""
        return bool(self.rows) and not is_last and page[0].n > self.rows[-1].n

    def _gather(self, page: list[EntryRow], *, is_last: bool) -> list[EntryRow]:
        """Put a page before what this walk has read: all of it once it meets the known rows, or is enough."""
        self._gathered = [*page, *self._gathered]
        meets = is_last or page[0].n <= self.rows[-1].n
        is_enough = self._enough is not None and len(self._gathered) >= self._enough and not self.is_kept
        if not meets and not is_enough:
            return []
        found, self._gathered = self._gathered, []
        if not meets:  # far too much to be read down to what was there: begin anew with the newest
            self.rows, self._places = [], {}
        return found

    def _has_enough(self, page: list[EntryRow]) -> bool:
        """Whether the walk is back at the first row, or has read as much as is wanted."""
        if self._enough is None:
            return False
        return page[0].n <= self.rows[0].n and len(self.rows) >= self._enough

    def _end_walk(self, *, has_older: bool) -> None:
        self.is_complete, self._is_walking = True, False
        self.has_older = has_older
        if has_older:
            self._count_older()
        else:
            self.older_count = 0
        self._seek()

    def _older(self, walk: int, page: list[EntryRow]) -> None:
        if walk != self._walk:
            return
        self._is_reading_older = False
        self.has_older = len(page) == PAGE
        self.older_count = max(0, self.older_count - len(page)) if self.has_older else 0
        self._merge(page)
        self._seek()

    def _seek(self) -> None:
        if self._sought is not None and self._sought not in self._places and self.has_older:
            self.older()
        else:
            self._sought = None

    def _count_older(self, before: int | None = None, so_far: int = 0) -> None:
        walk, first = self._walk, self.rows[0].n
        wanted = replace(self._wanted, before=before or first)

        def counted(tally: Tally) -> None:
            if walk != self._walk or not self.rows:
                return
            if first != self.rows[0].n:  # a page came before the first row meanwhile
                self._count_older()
            elif tally.reached:
                self._count_older(tally.reached, so_far + tally.count)
            else:
                self.older_count = so_far + tally.count
                self.moved.tell(RowsMoved(move=Move.CHANGED, first=0, last=0))

        self._workspace.ask_then(lambda q: q.tally(wanted), counted)

    def _changed(self, changes: ChangeSet) -> None:
        confirmed = {record for record in changes.ids("receipt") if EntryId(record) in self._places}
        named = changes.ids("entry") | confirmed
        if len(named) > _ONE_BY_ONE or (changes.origin == "sync" and changes.touches(*_ABOUT_NOTES)):
            if not self._next_walk.is_pending:
                self._next_walk.start(max(_BETWEEN_WALKS, len(self.rows) / _ROWS_A_SECOND))
        elif named:
            walk, wanted, ids = self._walk, self._wanted, sorted(named)
            self._workspace.ask_then(lambda q: q.among(wanted, ids), lambda found: self._put(walk, ids, *found))

    def _put(self, walk: int, named: list[str], found: list[EntryRow], matching: frozenset[str]) -> None:
        if walk != self._walk:
            if found:
                self._next_walk.start(_BETWEEN_WALKS)
            return
        older = {row.n for row in found if self._is_older(row)}
        others = [EntryId(entry) for entry in named if entry not in matching]  # one that was erased is not even found
        self._remove(self._places[entry] for entry in others if entry in self._places)
        ours = [row for row in found if row.entry.id in matching and row.n not in older]
        self._merge(sorted(ours, key=lambda row: row.n))
        if older and self._wanted.terms and self.rows:
            self._count_older()

    def _is_older(self, row: EntryRow) -> bool:
        """Not read yet: it comes with its page."""
        return self.has_older and bool(self.rows) and row.n < self.rows[0].n

    def _merge(self, page: list[EntryRow]) -> None:
        """Put rows in their places: known ones replaced, older ones in front, newer ones behind."""
        if not self.rows:
            self._reset(page)
            return
        unknown = [row for row in page if row.entry.id not in self._places]
        self._replace([row for row in page if row.entry.id in self._places])
        for at, run in reversed(_runs(self.rows, unknown)):
            self._insert(run, at)

    def _replace(self, rows: Iterable[EntryRow]) -> None:
        changed = [self._places[row.entry.id] for row in rows if self.rows[self._places[row.entry.id]] != row]
        if changed:
            for row in rows:
                self.rows[self._places[row.entry.id]] = row
            self.moved.tell(RowsMoved(move=Move.CHANGED, first=min(changed), last=max(changed)))

    def _let_go(self, found: list[EntryRow], floor: int, top: int) -> None:
        """What stood from ``floor`` to ``top`` and was not found there again does not match any more."""
        first, last = _where(self.rows, floor), _where(self.rows, top + 1)
        known = {row.entry.id for row in found}
        self._remove(place for place in range(first, last) if self.rows[place].entry.id not in known)

    def _remove(self, places: Iterable[int]) -> None:
        leaving = sorted(places)
        gaps = stretches(leaving)
        if len(gaps) > _MOST_GAPS:
            gone = set(leaving)
            self._reset([row for place, row in enumerate(self.rows) if place not in gone])
            return
        for first, last in reversed(gaps):
            del self.rows[first : last + 1]
            self._places = {row.entry.id: place for place, row in enumerate(self.rows)}
            self.moved.tell(RowsMoved(move=Move.REMOVED, first=first, last=last))

    def _insert(self, rows: list[EntryRow], at: int) -> None:
        self.rows[at:at] = rows
        self._places.update((row.entry.id, at + place) for place, row in enumerate(self.rows[at:]))
        self.moved.tell(RowsMoved(move=Move.INSERTED, first=at, last=at + len(rows) - 1))

    def _reset(self, rows: list[EntryRow]) -> None:
        self.rows = list(rows)
        self._places = {row.entry.id: place for place, row in enumerate(self.rows)}
        self.moved.tell(RowsMoved(move=Move.RESET))


def _runs(rows: list[EntryRow], fresh: list[EntryRow]) -> list[tuple[int, list[EntryRow]]]:
    """Fresh rows by the place among ``rows`` that each run of them belongs at; both are in the order of arrival."""
    found: dict[int, list[EntryRow]] = {}
    for row in fresh:
        found.setdefault(_where(rows, row.n), []).append(row)
    return list(found.items())


def _where(rows: list[EntryRow], n: int) -> int:
    """The place of the first row that did not arrive before ``n``."""
    return bisect_left(rows, n, key=lambda row: row.n)
