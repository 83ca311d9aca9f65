"""The captures of a visit through a filter: all, untagged, follow-ups, risks, marks, mine, or those of one activity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.rows import EntryRow
from fieldkit.domain.entry import Risk
from fieldkit.kernel.ids import EntryId
from fieldkit.kernel.topic import Topic
from ui.presenters.log.log_rows import LogRows, Move, RowsMoved
from ui.presenters.presenter import Listening
from ui.presenters.visit.agenda import AgendaLine, LineKind


class Only(StrEnum):
    """The filters that always stand in the list; the value is the word."""

    ALL = "All"
    UNTAGGED = "Untagged"
    FOLLOW_UPS = "Follow-ups"
    RISKS = "Risks"
    MARKS = "Marks"
    MINE = "Mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One filter: of the standing ones, or an activity with or without one of its items."""

    words: str
    only: Only = Only.ALL
    activity: str = ""
    item: str | None = None
    is_no_item: bool = False
    known: frozenset[str] = frozenset()
    """Of ``is_no_item``: the items that are on the agenda, so that all others count as none."""

    def takes(self, row: EntryRow) -> bool:
        """Whether the note is shown."""
        if self.activity:
            return self._takes_activity(row)
        return _TESTS[self.only](row)

    def _takes_activity(self, row: EntryRow) -> bool:
        if row.entry.activity != self.activity:
            return False
        if self.is_no_item:
            return row.entry.agenda_item not in self.known
        return self.item is None or row.entry.agenda_item == self.item


ALL = Choice(words=Only.ALL.value)


def is_untagged(row: EntryRow) -> bool:
    """A note of mine that stands and has no tag: it would stay on this laptop."""
    return row.is_mine and row.withdrawal is None and not row.evidence


def is_open_question(row: EntryRow) -> bool:
    """A follow-up nobody has added an answer to."""
    return row.entry.follow_up and row.withdrawal is None and not row.addenda


_TESTS: dict[Only, Callable[[EntryRow], bool]] = {
    Only.ALL: lambda row: True,
    Only.UNTAGGED: is_untagged,
    Only.FOLLOW_UPS: lambda row: row.entry.follow_up,
    Only.RISKS: lambda row: row.entry.risk is not Risk.NONE,
    Only.MARKS: lambda row: row.entry.is_mark,
    Only.MINE: lambda row: row.is_mine,
}


def choices(lines: tuple[AgendaLine, ...]) -> tuple[Choice, ...]:
    """Every filter there is: the standing ones, then each activity with its items."""
    found = [Choice(words=only.value, only=only) for only in Only]
    for line in lines:
        choice = choice_of(line)
        if choice is not None:
            found.append(choice)
    return tuple(found)


def choice_of(line: AgendaLine) -> Choice | None:
    """The filter that shows the notes of an agenda line; a day has none."""
    activity = line.activity
    if activity is None:
        return None
    if line.kind is LineKind.ACTIVITY:
        return Choice(words=activity.title, activity=activity.id)
    words = f"{activity.title}: {line.title}"
    if line.item is not None:
        return Choice(words=words, activity=activity.id, item=line.item.id)
    known = frozenset(item.id for item in activity.items)
    return Choice(words=words, activity=activity.id, is_no_item=True, known=known)


class FilteredRows:
    """The rows of a log that a filter takes, in the same order and told of in the same way as ``LogRows``."""

    def __init__(self, source: LogRows) -> None:
        self._source = source
        self._choice = ALL
        self._places: dict[EntryId, int] = {}
        self.rows: list[EntryRow] = []
        self.moved: Topic[RowsMoved] = Topic()
        self._listening = Listening()
        self._listening.add(source.moved.listen(self._moved))
        self._take_all()

    @property
    def choice(self) -> Choice:
        """The filter."""
        return self._choice

    def show(self, choice: Choice) -> None:
        """Show what another filter takes."""
        if choice != self._choice:
            self._choice = choice
            self._take_all()
            self.moved.tell(RowsMoved(move=Move.RESET))

    def place(self, entry: EntryId) -> int | None:
        """The row of a note that is shown."""
        return self._places.get(entry)

    def row(self, entry: EntryId) -> EntryRow | None:
        """A note that is shown."""
        place = self.place(entry)
        return None if place is None else self.rows[place]

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _take_all(self) -> None:
        self.rows = [row for row in self._source.rows if self._choice.takes(row)]
        self._places = {row.entry.id: place for place, row in enumerate(self.rows)}

    def _moved(self, moved: RowsMoved) -> None:
        changed = self._source.rows[moved.first : moved.last + 1]
        is_last = moved.last == len(self._source.rows) - 1
        if moved.move is Move.INSERTED and is_last and moved.first:
            self._append([row for row in changed if self._choice.takes(row)])
        elif moved.move is Move.CHANGED and all(self._choice.takes(row) == self._has(row) for row in changed):
            self._replace([row for row in changed if self._has(row)])
        else:
            self._take_all()
            self.moved.tell(RowsMoved(move=Move.RESET))

    def _has(self, row: EntryRow) -> bool:
        return row.entry.id in self._places

    def _append(self, rows: list[EntryRow]) -> None:
        if rows:
            first = len(self.rows)
            self.rows += rows
            self._places.update((row.entry.id, first + at) for at, row in enumerate(rows))
            self.moved.tell(RowsMoved(move=Move.INSERTED, first=first, last=len(self.rows) - 1))

    def _replace(self, rows: list[EntryRow]) -> None:
        places = [self._places[row.entry.id] for row in rows]
        for place, row in zip(places, rows, strict=True):
            self.rows[place] = row
        if places:
            self.moved.tell(RowsMoved(move=Move.CHANGED, first=min(places), last=max(places)))
