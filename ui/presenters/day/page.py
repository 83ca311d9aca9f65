"""The page End of day: the sheet of a day of a visit, what is proposed for it, and what changes on the next day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.day_board import DayBoard, day_board, sheet_day, sheet_days
from fieldkit.app.day_page import day_page, is_note, source_of, standing_of
from fieldkit.app.day_sheets import finish, is_finished, state_none, take_off, take_over
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.domain.day_sheet import TRIPLE_A, DayItem, DaySheet
from fieldkit.domain.escalation import Escalation
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import EntryId, VisitId
from fieldkit.reports.day_sheet import compose
from ui.presenters.day.forms import item_form
from ui.presenters.day.lines import DayRow, LineKind, lines_of
from ui.presenters.forms import Form
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

_OFFERED = 15
"""Notes that the form offers to link: eighty boxes hold the screen for a tenth of a second."""
_READS = (DayItem.KIND, DaySheet.KIND, Escalation.KIND, "entry", "addendum", "filing", "withdrawal", "consent",
          "activity", "visit", "restriction")  # fmt: skip


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    ADD = "Add to the sheet"
    CHANGE = "Change the item"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What was read of a day."""

    board: DayBoard
    days: tuple[date, ...]
    notes: tuple[EntryRow, ...]
    sources: dict[str, str]
    made_of_notes: frozenset[str] = frozenset()
    """What items and proposals were made of, as far as it is a note and no record of fieldwork."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayState:
    """``lines`` are of ``facts``; ``chosen`` is the key of the one under the cursor."""

    facts: DayFacts
    lines: tuple[DayRow, ...] = ()
    chosen: str = ""
    panel: OpenPanel | None = None
    notice: str = ""
    fault: str = ""

    @property
    def line(self) -> DayRow | None:
        """The line that is chosen."""
        return next((one for one in self.lines if one.key == self.chosen), None)

    @property
    def standing(self) -> str:
        """Like ``Draft. Neither filled nor None: Assure``, as a sentence."""
        return ". ".join(one.rstrip(".") for one in standing_of(self.facts.board)) + "."

    @property
    def is_finished(self) -> bool:
        return is_finished(self.facts.board)


class DaySheetPage(Presenter[DayState]):
    """The verbs of the page; one form at a time. ``open_source`` is told a source, and whether it is a note."""

    def __init__(
        self,
        session: Session,
        frameworks: tuple[Framework, ...],
        facts: DayFacts,
        open_source: Callable[[str, bool], None],
    ) -> None:
        super().__init__(DayState(facts=facts, lines=lines_of(facts.board, facts.sources)))
        self.session = session
        self.frameworks = frameworks
        self._open_source = open_source
        self._next: tuple[str, ...] = ()
        """The proposal to go on with once one was taken over."""
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def visit(self) -> Visit:
        return self.state.facts.board.visit

    @property
    def assessment(self) -> Assessment:
        return self.state.facts.board.assessment

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self.state.facts.board.day

    @property
    def day_words(self) -> str:
        return ui.day(self.day)

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, self.visit.name, "End of day")

    def close(self) -> None:
        """What was typed goes to disk."""
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, key: str) -> None:
        """The cursor is on it."""
        if key != self.state.chosen:
            self._show(replace(self.state, chosen=key, notice=""))

    def enter(self) -> None:
        """Enter on a line: take a proposal over, put back what was taken off, else open the form."""
        line = self.state.line
        if line is None:
            self.add()
        elif line.kind is LineKind.PROPOSAL:
            self.take()
        elif line.kind is LineKind.OFF:
            self.remove()
        elif line.kind is LineKind.ITEM:
            self.change()
        else:
            self.add()

    def add(self) -> None:
        """Ctrl+N: in the section of the line that is chosen."""
        line = self.state.line
        section = line.section if line is not None and line.kind is not LineKind.CHANGE else None
        self._open_form(PanelKind.ADD, lambda done: item_form(
            self.session, self.visit.id, self.day, self.state.facts.notes, section, None, done
        ), "Added to the sheet")  # fmt: skip

    def change(self) -> None:
        """F2: the words of an item."""
        line = self.state.line
        if line is not None and line.kind is LineKind.ITEM:
            row = line.row
            self._open_form(PanelKind.CHANGE, lambda done: item_form(
                self.session, self.visit.id, self.day, self.state.facts.notes, None, row, done
            ), "Item changed")  # fmt: skip

    def take(self) -> None:
        """Put the proposal on the sheet; its source stays linked."""
        line = self.state.line
        if line is not None and line.proposal is not None:
            proposal, visit, day = line.proposal, self.visit.id, self.day
            others = [one.key for one in self.state.lines if one.kind is LineKind.PROPOSAL]
            at = others.index(line.key)
            self._next = (*others[at + 1 :], *others[:at])[:1]
            self._do(lambda uow: take_over(uow, visit, day, proposal), "Put on the sheet")

    def state_none(self) -> None:
        """Say that the section of the chosen line holds nothing."""
        line = self.state.line
        blank = next((one for one in self.state.lines if one.kind is LineKind.BLANK), None)
        chosen = line if line is not None and line.section in TRIPLE_A else blank
        if chosen is not None:
            section, visit, day = chosen.section, self.visit.id, self.day
            self._do(lambda uow: state_none(uow, visit, day, section), f"{section.value.capitalize()}: none, stated")

    def remove(self) -> None:
        """Take the item off, or put it back."""
        line = self.state.line
        if line is not None and line.row is not None:
            record, is_off = line.row.record, line.kind is not LineKind.OFF
            self._do(lambda uow: take_off(uow, record, is_off=is_off), "Taken off" if is_off else "Put back")

    def finish(self) -> None:
        """Finish the sheet as it stands."""
        visit, day, packs = self.visit.id, self.day, self.frameworks
        self._do(lambda uow: finish(uow, visit, day, packs), "Sheet finished")

    def go(self, step: int) -> None:
        """The day before (-1) or after (1), of those that a sheet may be about."""
        days = self.state.facts.days
        at = days.index(self.day) + step
        if 0 <= at < len(days):
            self.close_panel()
            self._read_again(days[at])
            self.session.say(ui.day(days[at]))

    def open_source(self) -> None:
        """What the item or proposal was made of."""
        line = self.state.line
        item = line.row.value if line is not None and line.row is not None else None
        about = item.about if item is not None else line.proposal.about if line and line.proposal else None
        if about is not None:
            self._open_source(about, about in self.state.facts.made_of_notes)

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def print_to(self, ask_path: Callable[[], str], sheets: Sheets) -> None:
        """The sheet as a file, finished or as a draft."""
        chosen = ask_path()
        if not chosen:
            return
        path, visit, day, packs = Path(chosen), self.visit.id, self.day, self.frameworks
        at = self.session.clock.now()
        self.session.workspace.ask_then(
            lambda questions: compose(day_page(questions, visit, day, packs, at)),
            lambda document: sheets.save_document(path, document, partial(self._saved, path), self._refused),
            self._refused,
        )

    def _saved(self, path: Path) -> None:
        words = f"{standing_of(self.state.facts.board)[0]} saved in {path.name}. It is not encrypted"
        self._show(replace(self.state, notice=words, fault=""))
        self.session.say(words)

    def _open_form(self, kind: PanelKind, make: Callable[[Callable[[Any], None]], Form], words: str) -> None:
        self.close_panel()
        form = make(lambda made: self._finish(words, made))
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _do(self, deed: Callable[[Any], Any], words: str) -> None:
        self.session.workspace.perform(
            deed, initiator="day", done=lambda made: self._finish(words, made), failed=self._refused
        )

    def _finish(self, words: str, made: Any) -> None:
        panel = self.state.panel
        if panel is not None:
            panel.form.close()
        chosen = self.state.chosen
        after, self._next = self._next, ()
        if after:
            chosen = after[0]
        elif isinstance(made, DayItem) and not made.is_taken_off:
            kind = LineKind.NONE if made.is_none else LineKind.ITEM
            chosen = f"{kind.value}/{made.id}"
        self._show(replace(self.state, panel=None, notice=words, fault="", chosen=chosen))
        self.session.say(words)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_READS):
            self._read_again(self.day)

    def _read_again(self, day: date) -> None:
        visit, packs, clock = self.visit.id, self.frameworks, self.session.clock
        today = clock.now().astimezone().date()
        self.session.workspace.ask_then(
            lambda questions: _read(questions, visit, day, packs, today), self._found, self._refused
        )

    def _found(self, facts: DayFacts) -> None:
        self._show(replace(self.state, facts=facts, lines=lines_of(facts.board, facts.sources)))

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem), notice=""))


def way() -> Way:
    """How the page is opened: on today's sheet, or the nearest day of the visit."""
    return Way(read=_read_facts, make=_make)


def _read_facts(session: Session, questions: Questions, record: str) -> tuple[tuple[Framework, ...], DayFacts]:
    visit = questions.visit(VisitId(record))
    assessment = questions.assessment(visit.assessment)
    frameworks = tuple(session.packs.framework(pin) for pin in assessment.packs)
    today = session.clock.now().astimezone().date()
    return frameworks, _read(questions, visit.id, sheet_day(questions, visit, today), frameworks, today)


def _make(bench: Bench, read: tuple[tuple[Framework, ...], DayFacts]) -> DaySheetPage:
    frameworks, facts = read

    def open_source(about: str, is_note: bool) -> None:
        if is_note:
            bench.open_note(EntryId(about))
        else:
            bench.open_page(Page.ESCALATIONS, facts.board.assessment.id)

    return DaySheetPage(bench.session, frameworks, facts, open_source)


def _read(questions: Questions, visit: VisitId, day: date, frameworks: tuple[Framework, ...], today: date) -> DayFacts:
    board = day_board(questions, visit, day, frameworks)
    terms = (
        Term(facet=Facet.DAY, values=(day.isoformat(),)),
        Term(facet=Facet.MARK, values=("withdrawn",), negated=True),
    )  # fmt: skip
    notes = questions.walk(EntryFilter(visit=visit, terms=terms, limit=_OFFERED)).rows
    abouts = {one.value.about for one in board.items} | {one.about for one in board.proposals}
    return DayFacts(
        board=board, days=sheet_days(questions, board.visit, today),
        notes=tuple(one for one in notes if one.barred is None and one.entry.text.strip()),
        sources={one.record: source_of(questions, one.value) for one in board.items},
        made_of_notes=frozenset(one for one in abouts if one is not None and is_note(questions, one)),
    )  # fmt: skip
