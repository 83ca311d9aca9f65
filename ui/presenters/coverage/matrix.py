"""The coverage matrix: statements by evidence categories, counted from the log and counted again when it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldkit.app.changes import ChangeSet
from fieldkit.app.coverage_parts import Part, PartKind, parts_of
from fieldkit.domain.assessment import Visit
from fieldkit.domain.coverage import Coverage, Place
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import VisitId
from ui.presenters.assessment_facts import AssessmentFacts
from ui.presenters.coverage.counting import Counted, Counting
from ui.presenters.coverage.links import filter_words, tag_words
from ui.presenters.coverage.words import NO_GAPS, NOT_NEEDED, Details, RowWords, details_of
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence

_COUNTED = ("entry", "filing", "withdrawal")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageState:
    """What the screen shows. ``rows`` stay as they were while ``is_counting``; no ``coverage`` before the first."""

    frameworks: tuple[Framework, ...]
    framework: int = 0
    visits: tuple[Visit, ...] = ()
    parts: tuple[Part, ...] = ()
    part: Part | None = None
    """What is counted by itself; None for all evidence."""
    gaps_only: bool = False
    as_list: bool | None = None
    """Whether the person chose the list or the matrix; None leaves it to the room there is."""
    coverage: Coverage | None = None
    rows: tuple[RowWords, ...] = ()
    statement: str | None = None
    category: str | None = None
    """Where the cursor is; no category on a whole row of the list, nothing before the person moved."""
    edition: int = 0
    """Grows whenever the presenter, not the person, moved the cursor."""
    is_counting: bool = False
    remark: str = ""
    """What a key that leads nowhere has to say."""
    fault: str = ""

    @property
    def pack(self) -> Framework:
        """The framework that is shown."""
        return self.frameworks[self.framework]

    @property
    def shown(self) -> tuple[RowWords, ...]:
        """The rows that are shown: with ``gaps_only`` those with a gap."""
        return tuple(row for row in self.rows if row.has_gap) if self.gaps_only else self.rows

    @property
    def at(self) -> Place | None:
        """The cell the cursor is on."""
        return (self.statement, self.category) if self.statement and self.category else None


class CoverageMatrix(Presenter[CoverageState]):
    """The verbs of the coverage screen of one assessment."""

    def __init__(self, session: Session, facts: AssessmentFacts) -> None:
        super().__init__(CoverageState(frameworks=facts.frameworks, visits=facts.visits, parts=_visits(facts.visits)))
        self.facts = facts
        self.session = session
        self._wanted_gap = 0
        self._waiting: list[Callable[[], None]] = []
        self._counting = Counting(
            session, lambda: (facts.assessment, self.state.pack, self.state.part), self._counted, self._refused,
            lambda: self._show(replace(self.state, is_counting=True)),
        )  # fmt: skip
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._read_parts()

    def look(self, *, is_up: bool) -> None:
        """The screen came up (what changed since is counted) or was left (nothing is)."""
        self._counting.look(is_up=is_up)

    def close(self) -> None:
        """Hear nothing more."""
        self._waiting.clear()
        self._counting.close()
        self._listening.close()

    def choose_visit(self, visit: VisitId | None) -> None:
        """Count one visit, or with None the whole assessment."""
        self.choose_part(next((one for one in _visits(self.state.visits) if one.key == visit), None))

    def choose_part(self, part: Part | None) -> None:
        """Count a visit, a place or an organisation by itself, or with None the whole assessment."""
        if part != self.state.part:
            self._show(replace(self.state, part=part))
            self._counting.now()

    def choose_framework(self, place: int) -> None:
        """Show the matrix of another framework of the assessment."""
        if place != self.state.framework:
            state = replace(self.state, framework=place, statement=None, category=None, coverage=None, rows=())
            self._show(state)
            self._counting.now()

    def show_gaps_only(self, *, is_wanted: bool) -> None:
        """Leave out rows without a gap, or show them again."""
        self._show(replace(self.state, gaps_only=is_wanted))

    def show_list(self, *, is_wanted: bool) -> None:
        """The list or the matrix, whatever the room."""
        self._show(replace(self.state, as_list=is_wanted))

    def move_to(self, statement: str, category: str | None) -> None:
        """The person moved the cursor."""
        remark = self.state.remark if (statement, category) == (self.state.statement, self.state.category) else ""
        self._show(replace(self.state, statement=statement, category=category, remark=remark))

    def next_gap(self, step: int = 1) -> None:
        """Ctrl+G and Ctrl+Shift+G: to the next or previous needed cell with nothing in it, round at the ends."""
        found = self.state.coverage
        if found is None:
            self._wanted_gap = step
            return
        cell = found.next_gap(self._from(found, step), step)
        if cell is None:
            self._remark(NO_GAPS)
            return
        state = replace(self.state, statement=cell.statement, category=cell.category, remark="")
        self._show(replace(state, edition=state.edition + 1))
        self.session.say(self._spoken(cell.place))

    def once_counted(self, action: Callable[[], None]) -> None:
        """Do it now, or after the first count: keys pressed one after the other do not wait for it."""
        if self.state.coverage is not None:
            action()
        else:
            self._waiting.append(action)

    def details(self) -> Details | None:
        """Everything about the cell under the cursor."""
        at, found = self.state.at, self.state.coverage
        return details_of(self.state.pack, found.cells[at]) if found is not None and at is not None else None

    def not_needed(self) -> None:
        """A note was wanted where no evidence is asked for."""
        self._remark(NOT_NEEDED)

    def filter_words(self) -> str:
        """The evidence list's filter for what is under the cursor; empty where the cursor is nowhere."""
        state = self.state
        return filter_words(state.frameworks, state.framework, state.statement, state.category, state.part)

    def tag_words(self) -> str:
        """What a new note for the cell under the cursor ends with; empty where nothing is asked for."""
        state, subject = self.state, self.facts.assessment.subject.value
        return tag_words(state.frameworks, state.framework, state.statement, state.category, subject)

    def _from(self, found: Coverage, step: int) -> Place | None:
        """Where looking for a gap starts: on a whole row of the list just before it, so that its own gaps count."""
        state = self.state
        if state.statement is None or state.at is not None:
            return state.at
        order = [cell.place for cell in found]
        first = order.index((state.statement, found.categories[0]))
        if step < 0:
            return order[first]
        return order[first - 1] if first else None

    def _remark(self, words: str) -> None:
        self._show(replace(self.state, remark=words))
        self.session.say(words)

    def _spoken(self, place: Place) -> str:
        cells = (cell for row in self.state.rows for cell in row.cells)
        return next(cell.sentence for cell in cells if cell.place == place)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("visit", "activity"):
            self._read_parts()
        if changes.touches(*_COUNTED):
            self._counting.soon()

    def _read_parts(self) -> None:
        assessment = self.facts.assessment.id
        self.session.workspace.ask_then(
            lambda q: (tuple(q.visits(assessment)), parts_of(q, assessment)), self._met_parts, self._refused
        )

    def _met_parts(self, found: tuple[tuple[Visit, ...], tuple[Part, ...]]) -> None:
        """A visit that was renamed is still the one that is counted."""
        visits, parts = found
        part = self.state.part
        if part is not None:
            part = next((one for one in parts if (one.kind, one.key) == (part.kind, part.key)), None)
        self._show(replace(self.state, visits=visits, parts=parts, part=part))

    def _counted(self, counted: Counted) -> None:
        found, rows = counted
        self._show(replace(self.state, coverage=found, rows=rows, is_counting=False, remark="", fault=""))
        step, self._wanted_gap = self._wanted_gap, 0
        if step:
            self.next_gap(step)
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, is_counting=False, fault=sentence(problem)))


def _visits(visits: tuple[Visit, ...]) -> tuple[Part, ...]:
    return tuple(Part(kind=PartKind.VISIT, key=one.id, name=one.name) for one in visits)
