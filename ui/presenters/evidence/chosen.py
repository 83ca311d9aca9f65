"""Which notes are selected: ticked one by one, as a range from where one began, or all that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from fieldkit.kernel.ids import EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """``anchor`` is where a range begins, ``base`` what was selected before it."""

    ids: frozenset[EntryId] = field(default=frozenset())
    anchor: EntryId | None = None
    base: frozenset[EntryId] = field(default=frozenset())

    def toggled(self, entry: EntryId) -> Chosen:
        """Space: on or off; a range goes on from here."""
        ids = self.ids ^ {entry}
        return Chosen(ids=ids, anchor=entry, base=ids)

    def began(self, entry: EntryId) -> Chosen:
        """The cursor was moved: the next range begins here."""
        return replace(self, anchor=entry, base=self.ids)

    def extended(self, shown: Sequence[EntryId], entry: EntryId) -> Chosen:
        """Shift and an arrow: everything from the anchor to here, and what was selected before."""
        anchor = self.anchor if self.anchor in shown else entry
        first, last = sorted((shown.index(anchor), shown.index(entry)))
        return replace(self, ids=self.base | frozenset(shown[first : last + 1]), anchor=anchor)

    def with_all(self, shown: Iterable[EntryId]) -> Chosen:
        """Ctrl+A."""
        ids = self.ids | frozenset(shown)
        return replace(self, ids=ids, base=ids)

    def among(self, shown: Iterable[EntryId]) -> Chosen:
        """Only what is still in the list stays selected."""
        there = frozenset(shown)
        if self.ids <= there:
            return self
        return Chosen(ids=self.ids & there, anchor=self.anchor, base=self.base & there)
