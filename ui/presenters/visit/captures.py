"""The captures of a visit through a filter: all, untagged, follow-ups, risks, marks, mine, or those of one activity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.kernel.ids import ActivityId, VisitId
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
    activity: ActivityId | None = None
    item: str | None = None
    is_no_item: bool = False
    known: frozenset[str] = frozenset()
    """Of ``is_no_item``: the items that are on the agenda, so that all others count as none."""

    def wanted(self, visit: VisitId) -> EntryFilter:
        """The notes that are shown."""
        if self.activity is None:
            return EntryFilter(visit=visit, terms=_TERMS[self.only])
        return EntryFilter(activity=self.activity, terms=self._items())

    def _items(self) -> tuple[Term, ...]:
        if self.is_no_item:
            return (Term(facet=Facet.ITEM, values=tuple(sorted(self.known)), negated=True),)
        return () if self.item is None else (Term(facet=Facet.ITEM, values=(self.item,)),)


def _marked(mark: str, *, negated: bool = False) -> Term:
    return Term(facet=Facet.MARK, values=(mark,), negated=negated)


_TERMS: dict[Only, tuple[Term, ...]] = {
    Only.ALL: (),
    Only.UNTAGGED: (_marked("untagged"), _marked("mine"), _marked("withdrawn", negated=True)),
    Only.FOLLOW_UPS: (_marked("question"),),
    Only.RISKS: (_marked("risk"),),
    Only.MARKS: (_marked("mark"),),
    Only.MINE: (_marked("mine"),),
}
"""Untagged are those of mine that stand: they would stay on this laptop."""

ALL = Choice(words=Only.ALL.value)


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
