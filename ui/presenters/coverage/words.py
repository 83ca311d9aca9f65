"""The words of coverage: a cell, a row, the sum behind a state, what would be enough; on the command line too."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.domain.coverage import Cell, Check, Coverage, State, What
from fieldkit.domain.framework import Framework, Need
from ui.presenters.wording.ui import count

NO_EVIDENCE = "No evidence yet, so every needed cell is a gap. Coverage fills in as you tag notes."
NO_GAPS = "No gaps. Every needed cell has evidence"
NOT_NEEDED = "Not needed for this statement. Choose another cell"
SOURCES = "A source is a person by code or, where nobody is named, the meeting, case or record itself."
COUNTING = "counting"

STATES = {
    State.GAP: "Gap",
    State.THIN: "Thin",
    State.ENOUGH: "Enough",
    State.STRONG: "Strong",
    State.NOT_NEEDED: "Not needed",
}
_NEEDS = {
    Need.REQUIRED: "Required for this statement",
    Need.EXPECTED: "Expected for this statement",
    Need.NOT_USED: "Not needed for this statement",
}
_THINGS = {What.ITEMS: ("note", ""), What.SOURCES: ("source", ""), What.ACTIVITIES: ("activity", "activities")}
_ACTIVITY = _THINGS[What.ACTIVITIES]
_OF_MATRIX, _OF_THRESHOLDS = ("matrix", "expected-categories"), "coverage"
"""Ids of the remarks in which the packs that come with FieldKit say where their matrix and thresholds come from."""
_THRESHOLDS = "How many notes count as enough or strong is this program's own default, not the regulator's."
_MOST_IDEAS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWords:
    """One cell as it is shown and said."""

    place: tuple[str, str]
    state: State
    text: str
    """``Gap 0``, ``Enough 3``, ``Not needed``."""
    sentence: str
    """``Learning culture, Observation, gap, 0 items``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """One statement. ``theme`` is its theme's place from 0; ``starts_theme``: the first statement of one."""

    statement: str
    theme: int
    starts_theme: bool
    title: str
    """``Q2 Learning culture``."""
    missing: str
    """``2 gaps (Observation, Outcomes), 1 thin (Partners)``."""
    sentence: str
    """``Q2 Learning culture: 2 gaps (Observation, Outcomes), 1 thin (Partners)``."""
    spoken: str
    """What the row's header says: title and theme."""
    cells: tuple[CellWords, ...]

    @property
    def has_gap(self) -> bool:
        """Whether anything needed is missing."""
        return any(cell.state is State.GAP for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Everything about one cell, for region D."""

    cell: CellWords
    title: str
    category: str
    about: str
    need: str
    there: str
    working: tuple[str, ...]
    missing: str
    ideas_heading: str
    ideas: tuple[str, ...]
    remarks: tuple[str, ...]
    items: int


def rows_of(framework: Framework, coverage: Coverage) -> tuple[RowWords, ...]:
    """Every statement in words."""
    found = []
    before = ""
    for statement in framework.statements:
        theme = framework.theme_of(statement)
        cells = coverage.row(statement.id)
        lacking = row_words(framework, cells)
        title = f"{statement.position} {statement.title}"
        found.append(
            RowWords(
                statement=statement.id, theme=theme.number - 1,
                starts_theme=theme.id != before, title=title, missing=lacking[:1].upper() + lacking[1:],
                sentence=f"{title}: {lacking}", spoken=f"{title}, {theme.title}",
                cells=tuple(cell_words(framework, cell) for cell in cells),
            )
        )  # fmt: skip
        before = theme.id
    return tuple(found)


def cell_words(framework: Framework, cell: Cell) -> CellWords:
    """One cell in words."""
    there = cell.count.items
    word = STATES[cell.state]
    text = word if cell.state is State.NOT_NEEDED and not there else f"{word} {there}"
    said = [_statement(framework, cell), _short(framework, cell), word.lower()]
    if cell.is_needed or there:
        said.append(count(there, "item"))
    return CellWords(place=cell.place, state=cell.state, text=text, sentence=", ".join(said))


def row_words(framework: Framework, cells: tuple[Cell, ...]) -> str:
    """``2 gaps (Observation, Outcomes), 1 thin (Partners)``, or that nothing is missing."""
    parts = []
    for state, one, many in ((State.GAP, "gap", "gaps"), (State.THIN, "thin", "thin")):
        names = [_short(framework, cell) for cell in cells if cell.state is state]
        if names:
            parts.append(f"{count(len(names), one, many)} ({', '.join(names)})")
    if parts:
        return ", ".join(parts)
    needed = sum(cell.is_needed for cell in cells)
    return f"enough in all {needed} needed" if needed else "nothing needed"


def summary(coverage: Coverage) -> str:
    """``45 of 96 needed cells have enough evidence``."""
    return f"{coverage.enough} of {coverage.needed} needed cells have enough evidence"


def rule_words(framework: Framework) -> tuple[str, ...]:
    """The pack's thresholds."""
    rule = framework.coverage
    enough = f"{count(rule.enough_items, 'note')} or more from {count(rule.enough_sources, 'source')} or more"
    strong = f"{count(rule.strong_items, 'note')} or more from {count(rule.strong_activities, *_ACTIVITY)} or more"
    besides = f", with {_first(framework)} for the same statement" if rule.strong_category is not None else ""
    return (f"Enough: {enough}. Strong: {strong}{besides}.",)


def working(framework: Framework, cell: Cell) -> tuple[str, ...]:
    """The sum behind the state, a condition a line."""
    if not cell.is_needed:
        return ()
    steps = [("Enough", check) for check in cell.enough] + [("Strong", check) for check in cell.strong]
    return tuple(f"{word} needs {_condition(framework, check)}" for word, check in steps)


def missing(framework: Framework, cell: Cell) -> str:
    """What would bring the cell to the next state."""
    match cell.state:
        case State.NOT_NEEDED:
            return "The framework asks for nothing here."
        case State.STRONG:
            return "Nothing is missing."
        case State.ENOUGH:
            return f"Strong with {_short_of(framework, cell.strong)}."
        case _:
            return f"Enough with {_short_of(framework, cell.enough)}."


def details_of(framework: Framework, cell: Cell) -> Details:
    """Everything about a cell in words."""
    statement, category = framework.statement_by(cell.statement), framework.category_by(cell.category)
    assert statement is not None, "a cell is of its own framework"
    assert category is not None, "a cell is of its own framework"
    heading, ideas = _ideas(framework, cell)
    there = cell.count
    counted = (count(there.items, "note"), count(there.sources, "source"), count(there.activities, *_ACTIVITY))
    return Details(
        cell=cell_words(framework, cell), title=f"{statement.position} {statement.title}", category=category.title,
        about=category.descriptor, need=_NEEDS[cell.need], there=", ".join(counted),
        working=working(framework, cell), missing=missing(framework, cell), ideas_heading=heading, ideas=ideas,
        remarks=unconfirmed(framework), items=there.items,
    )  # fmt: skip


def unconfirmed(framework: Framework) -> tuple[str, ...]:
    """What no published source settles of the matrix and the thresholds; it must be said wherever they are used."""
    said = {one.id: one.text for one in framework.unconfirmed}
    found = [said[id_] for id_ in _OF_MATRIX if id_ in said]
    # No publication gives thresholds, so they are never presented as anybody's rule, whether a pack says so or not.
    found.append(said.get(_OF_THRESHOLDS, _THRESHOLDS))
    return tuple(f"Unconfirmed: {text}" for text in found)


def _ideas(framework: Framework, cell: Cell) -> tuple[str, tuple[str, ...]]:
    """What to ask for: what people should be able to say where their experience counts, else known sources."""
    statement = framework.statement_by(cell.statement)
    if statement is None or not cell.is_needed:
        return "", ()
    if cell.category == framework.coverage.strong_category and statement.prompts:
        return "Ask whether people can say", statement.prompts[:_MOST_IDEAS]
    known = tuple(one.title for one in framework.insight_sources if one.category_id == cell.category)
    return ("Where to look", known[:_MOST_IDEAS]) if known else ("", ())


def _condition(framework: Framework, check: Check) -> str:
    if check.what is What.CATEGORY:
        return f"{_first(framework)} for this statement: {'met' if check.is_met else 'none yet'}"
    stands = "met" if check.is_met else f"{check.short} short"
    return f"{count(check.wanted, *_THINGS[check.what])}: {check.there} here, {stands}"


def _short_of(framework: Framework, checks: tuple[Check, ...]) -> str:
    parts = []
    for check in checks:
        if check.is_met:
            continue
        if check.what is What.CATEGORY:
            parts.append(f"a note of {_first(framework)} for this statement")
        else:
            one, many = _THINGS[check.what]
            parts.append(count(check.short, f"more {one}", f"more {many or one + 's'}"))
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _first(framework: Framework) -> str:
    category = framework.category_by(framework.coverage.strong_category or "")
    if category is None:
        return "evidence of the category that comes first"
    title = category.title.split(" of ")[0]
    return title[:1].lower() + title[1:]


def _statement(framework: Framework, cell: Cell) -> str:
    found = framework.statement_by(cell.statement)
    return found.title if found is not None else cell.statement


def _short(framework: Framework, cell: Cell) -> str:
    found = framework.category_by(cell.category)
    return found.short if found is not None else cell.category
