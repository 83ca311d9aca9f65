"""How much evidence there is for each statement in each category, and whether that is enough.

The rule is the framework pack's (``CoverageRule``, ``Matrix``); no publication gives one, so a pack says in its
remarks that its own is unconfirmed. What is counted, by whom a thing was said or where it was seen:

* an *item* is a note that stands (not withdrawn) with a standing tag for the cell; a note counts once in a cell
  however many of its tags point there, and once in each of the cells that its tags point to;
* its *source* is the person who spoke, by code, or where nobody is named the activity itself (the meeting, the
  case, the record review): separate sources are people, meetings and cases. A code met again on another visit of
  the same assessment is the same source, because saying too little of the coverage costs a second look and saying
  too much hides a gap;
* an *activity* is the one the note was made in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fieldkit.domain.framework import CoverageRule, Framework, Need

Place = tuple[str, str]
"""A cell's statement id and category id."""


class State(StrEnum):
    """How a cell stands; the words people read are the same."""

    GAP = "gap"
    THIN = "thin"
    ENOUGH = "enough"
    STRONG = "strong"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Notes, their separate sources and the separate activities they were made in."""

    items: int = 0
    sources: int = 0
    activities: int = 0


NOTHING = Count()


class What(StrEnum):
    """What a rule asks for."""

    ITEMS = "items"
    SOURCES = "sources"
    ACTIVITIES = "activities"
    CATEGORY = "category"
    """Evidence of a certain category for the same statement: 1 where there is some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One condition of the rule: what there is, and what has to be."""

    what: What
    there: int
    wanted: int

    @property
    def is_met(self) -> bool:
        """Whether there is as much as has to be."""
        return self.there >= self.wanted

    @property
    def short(self) -> int:
        """How much is missing."""
        return max(self.wanted - self.there, 0)


def enough_checks(rule: CoverageRule, count: Count) -> tuple[Check, ...]:
    """What has to hold for a cell to have enough."""
    return (
        Check(what=What.ITEMS, there=count.items, wanted=rule.enough_items),
        Check(what=What.SOURCES, there=count.sources, wanted=rule.enough_sources),
    )


def strong_checks(rule: CoverageRule, count: Count, *, has_category: bool) -> tuple[Check, ...]:
    """What has to hold besides for a cell to be strong.

    ``has_category``: there is evidence for the same statement in the category that the pack puts first
    (``strong_category``, people's experience in the packs that come with FieldKit), within what is counted.
    """
    found = [
        Check(what=What.ITEMS, there=count.items, wanted=rule.strong_items),
        Check(what=What.ACTIVITIES, there=count.activities, wanted=rule.strong_activities),
    ]
    if rule.strong_category is not None:
        found.append(Check(what=What.CATEGORY, there=int(has_category), wanted=1))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One statement in one category: what is needed, what there is, and the sum behind ``state``."""

    statement: str
    category: str
    need: Need
    count: Count
    enough: tuple[Check, ...]
    strong: tuple[Check, ...]

    @property
    def place(self) -> Place:
        """Its statement and category."""
        return (self.statement, self.category)

    @property
    def is_needed(self) -> bool:
        """Whether the framework wants evidence here, required or expected."""
        return self.need is not Need.NOT_USED

    @property
    def state(self) -> State:
        """How it stands."""
        if not self.is_needed:
            return State.NOT_NEEDED
        if not self.count.items:
            return State.GAP
        if not all(check.is_met for check in self.enough):
            return State.THIN
        return State.STRONG if all(check.is_met for check in self.strong) else State.ENOUGH

    @property
    def is_enough(self) -> bool:
        """Whether it is needed and has enough."""
        return self.state in (State.ENOUGH, State.STRONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Every cell of a framework's matrix, statements down, categories across, in the order of the pack."""

    statements: tuple[str, ...]
    categories: tuple[str, ...]
    cells: Mapping[Place, Cell] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Cell]:
        return (self.cells[one, other] for one in self.statements for other in self.categories)

    @property
    def needed(self) -> int:
        """How many cells are needed."""
        return sum(cell.is_needed for cell in self)

    @property
    def enough(self) -> int:
        """How many of the needed cells have enough."""
        return sum(cell.is_enough for cell in self)

    @property
    def is_empty(self) -> bool:
        """Whether no note at all counts."""
        return not any(cell.count.items for cell in self)

    def row(self, statement: str) -> tuple[Cell, ...]:
        """The cells of a statement."""
        return tuple(self.cells[statement, category] for category in self.categories)

    def gaps(self) -> tuple[Cell, ...]:
        """The needed cells with nothing in them, row by row."""
        return tuple(cell for cell in self if cell.state is State.GAP)

    def next_gap(self, at: Place | None, step: int = 1) -> Cell | None:
        """The gap after ``at`` (before it with ``step`` -1), round at the ends; None where there is none.

        From no place the first one (the last one with -1). Asked again and again it visits every gap once a round.
        """
        order = [(one, other) for one in self.statements for other in self.categories]
        gaps = [place for place in order if self.cells[place].state is State.GAP]
        if not gaps:
            return None
        if at is None or at not in self.cells:
            return self.cells[gaps[0 if step > 0 else -1]]
        here = order.index(at)
        if step > 0:
            return self.cells[next((gap for gap in gaps if order.index(gap) > here), gaps[0])]
        return self.cells[next((gap for gap in reversed(gaps) if order.index(gap) < here), gaps[-1])]


def coverage_of(framework: Framework, counts: Mapping[Place, Count], subject: str | None = None) -> Coverage:
    """Judge counts by a framework's matrix for this kind of subject and by its rule.

    Counts of statements or categories that the framework does not have are left out: they belong to another version.
    """
    rule, first = framework.coverage, framework.coverage.strong_category
    statements = tuple(one.id for one in framework.statements)
    categories = tuple(one.id for one in framework.categories)
    cells = {}
    for one in statements:
        has_category = first is not None and counts.get((one, first), NOTHING).items > 0
        for other in categories:
            count = counts.get((one, other), NOTHING)
            cells[one, other] = Cell(
                statement=one, category=other, need=framework.need(one, other, subject), count=count,
                enough=enough_checks(rule, count), strong=strong_checks(rule, count, has_category=has_category),
            )  # fmt: skip
    return Coverage(statements=statements, categories=categories, cells=cells)
