"""The page Findings: claims by statement with their evidence, and the written parts of the draft report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any

from fieldkit.app.accuracy_texts import changed_by
from fieldkit.app.changes import ChangeSet
from fieldkit.app.finding_board import FindingBoard, FindingView, finding_board, reuse_warning
from fieldkit.app.findings import look_again, restore_finding
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.app.sections import Written, read_sections
from fieldkit.domain.accuracy import AccuracyAnswer
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.finding import Finding
from fieldkit.domain.framework import Framework
from fieldkit.domain.section import Section
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId
from ui.presenters.findings.forms import drop_form, finding_form, part_form, text_form
from ui.presenters.findings.lines import FindingLine, LineKind, finding_lines, text_lines
from ui.presenters.findings.linking import Linking, Offered, offered, read_notes
from ui.presenters.forms import Form
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

KINDS = (Finding.KIND, Section.KIND, AccuracyAnswer.KIND)
_ALSO = ("entry", "filing", "withdrawal", "addendum", "consent", "session")
_REST, _PAUSE = 0.3, 0.4


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    ADD = "New finding"
    CHANGE = "Change the finding"
    DROP = "Take out of use"
    PART = "Cite a part of the note"
    TEXT = "Part of the report"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What is read together: the findings, and what is written of the report."""

    board: FindingBoard
    written: tuple[Written, ...]
    because: Mapping[RecordId, tuple[str, ...]] = field(default_factory=dict)
    """Comments of the factual accuracy check that changed a finding, or a part of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    """What the page is opened with."""

    assessment: Assessment
    frameworks: tuple[Framework, ...]
    read: Read


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsState:
    """``waiting`` are notes that were brought from Evidence; ``notes`` those beside the chosen finding."""

    read: Read
    lines: tuple[FindingLine, ...]
    shows_texts: bool = False
    chosen: str = ""
    notes: tuple[Offered, ...] = ()
    note: EntryId | None = None
    sought: str = ""
    waiting: tuple[EntryId, ...] = ()
    panel: OpenPanel | None = None
    notice: str = ""
    fault: str = ""

    @property
    def line(self) -> FindingLine | None:
        """The row that is chosen."""
        return next((one for one in self.lines if one.key == self.chosen), None)

    @property
    def view(self) -> FindingView | None:
        """The finding that is chosen."""
        line = self.line
        return self.read.board.by(line.subject) if line is not None and line.kind is LineKind.FINDING else None

    @property
    def written(self) -> Written | None:
        """The part of the report that is chosen."""
        found = (one for one in self.read.written if f"text/{one.place.part.value}/{one.place.subject}" == self.chosen)
        return next(found, None)

    @property
    def because(self) -> str:
        """``F-AS-1, F-AS-3``: the comments because of which what is chosen changed; mostly empty."""
        view, written = self.view, self.written
        records = [view.value.id] if view is not None else [row.record for row in written.rows] if written else []
        return ", ".join(dict.fromkeys(name for one in records for name in self.read.because.get(one, ())))

    @property
    def offered(self) -> Offered | None:
        """The note the cursor is on."""
        return next((one for one in self.notes if one.note == self.note), None)


class FindingsPage(Presenter[FindingsState]):
    """The verbs of the page; one form at a time, every link one undo."""

    def __init__(self, session: Session, facts: FindingFacts, open_note: Callable[[EntryId], None],
        open_reports: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(FindingsState(read=facts.read, lines=finding_lines(facts.read.board)))
        self.session = session
        self.assessment = facts.assessment
        self.frameworks = facts.frameworks
        self._open_note = open_note
        self.open_reports = open_reports
        self._rows: tuple[EntryRow, ...] = ()
        self._is_up = self._is_fresh = True
        self._linking = Linking(session, self._refused)
        self._rest = Countdown(session.later, lambda: self._ask(self.framework))
        self._pause = Countdown(session.later, self._seek)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Findings")

    @property
    def framework(self) -> Framework:
        """The framework that is drafted against."""
        return self.state.read.board.framework

    def close(self) -> None:
        """What was typed goes to disk."""
        self._rest.drop()
        self._pause.drop()
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def look(self, *, is_up: bool) -> None:
        """The page came up or was left; notes that were chosen elsewhere are taken over."""
        self._is_up = is_up
        uses = self.session.uses
        if is_up and uses is not None and uses.waiting:
            self._show(
                replace(self.state, waiting=uses.waiting, shows_texts=False, lines=_lines(self.state.read, False))
            )
            uses.waiting = ()
        if is_up and not self._is_fresh:
            self._ask(self.framework)

    def choose(self, key: str) -> None:
        """The cursor is on it."""
        if key == self.state.chosen:
            return
        self._rows = ()
        shows_texts = key.startswith("text/") if key else self.state.shows_texts  # another page leads to either
        lines = self.state.lines if shows_texts == self.state.shows_texts else _lines(self.state.read, shows_texts)
        self._show(replace(
            self.state, chosen=key, notice="", notes=(), note=None, sought="", shows_texts=shows_texts, lines=lines
        ))  # fmt: skip
        self._seek()

    def next_framework(self) -> None:
        """The other framework of the assessment, where there are two."""
        packs = [one.id for one in self.frameworks]
        self.close_panel()
        self._ask(self.frameworks[(packs.index(self.framework.id) + 1) % len(packs)])

    def show_texts(self, *, is_on: bool) -> None:
        """The written parts of the report instead of findings, or back."""
        self.close_panel()
        self._show(
            replace(self.state, shows_texts=is_on, lines=_lines(self.state.read, is_on), chosen="", notes=(), note=None)
        )

    def edit(self) -> None:
        """Enter, F2: the form of what is chosen; on a statement a new finding of it."""
        line = self.state.line
        if line is None:
            return
        if line.kind is LineKind.FINDING and self.state.waiting:
            self.add_waiting()
        elif line.kind is LineKind.FINDING:
            self.change()
        elif line.kind is LineKind.TEXT:
            self.write()
        else:
            self.add()

    def add(self) -> None:
        """A new finding of the statement that is chosen, with the notes that wait."""
        line, view = self.state.line, self.state.view
        statement = view.value.statement if view is not None else line.subject if line is not None else ""
        form = finding_form(
            self.session, self.assessment.id, self.framework, statement, None, self.state.waiting, self._made
        )
        self._open(PanelKind.ADD, form)

    def change(self) -> None:
        """Of the finding that is chosen."""
        view = self.state.view
        if view is not None:
            form = finding_form(
                self.session, self.assessment.id, self.framework, view.value.statement, view, (),
                self._done(f"{view.reference} changed"),
            )  # fmt: skip
            self._open(PanelKind.CHANGE, form)

    def write(self) -> None:
        """The part of the report that is chosen."""
        written = self.state.written
        if written is not None:
            done = self._done(f"{written.place.words}: saved")
            self._open(PanelKind.TEXT, text_form(self.session, self.assessment.id, self.framework, written, done))

    def drop(self) -> None:
        """Out of use with a reason; back in use at once."""
        view = self.state.view
        if view is None:
            return
        if view.value.is_dropped:
            self._perform(lambda uow: restore_finding(uow, view.value.id), f"{view.reference} is in use again")
        else:
            self._open(PanelKind.DROP, drop_form(self.session, view, self._done(f"{view.reference} is out of use")))

    def look_again(self) -> None:
        """What was added to its notes was read."""
        view = self.state.view
        if view is not None:
            self._perform(lambda uow: look_again(uow, view.value.id), "Marked as read")

    def seek(self, words: str) -> None:
        """The field over the notes: looked up when the fingers rest."""
        if words != self.state.sought:
            self._show(replace(self.state, sought=words))
            self._pause.start(_PAUSE)

    def on_note(self, note: str) -> None:
        """The cursor is on a note beside the finding."""
        if note != self.state.note:
            self._show(replace(self.state, note=EntryId(note)))

    def toggle(self, side: Side = Side.AGREES) -> None:
        """Space: link the note, or take it off; with the other side it changes sides."""
        view, one = self.state.view, self.state.offered
        if view is None or one is None:
            return
        if one.side is side:
            self._linking.unlink(view, one.note)
            return
        warning = reuse_warning(self.state.read.board.uses.get(one.note, ()), view.value.id)
        self._linking.link(view, [one.note], side, warning)

    def cite_part(self) -> None:
        """Only some words of the note."""
        view, one = self.state.view, self.state.offered
        if view is not None and one is not None and one.row is not None:
            self._open(PanelKind.PART, part_form(self.session, view.value.id, one.row, self._done("Linked")))

    def open_note(self) -> None:
        """The note at its source."""
        one = self.state.offered
        if one is not None and one.row is not None:
            self._open_note(one.note)

    def add_waiting(self) -> None:
        """The notes that were brought, to the finding that is chosen."""
        view, notes = self.state.view, self.state.waiting
        if view is None or not notes:
            return
        uses = self.state.read.board.uses
        warnings = [words for one in notes if (words := reuse_warning(uses.get(one, ()), view.value.id))]
        self._show(replace(self.state, waiting=(), notice=f"{ui.count(len(notes), 'note')} added to {view.reference}"))
        self._linking.link(view, notes, Side.AGREES, ". ".join(warnings))

    def forget_waiting(self) -> None:
        """They are not to be added after all."""
        self._show(replace(self.state, waiting=()))

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def _perform(self, action: Callable[[Any], Any], words: str) -> None:
        self.session.workspace.perform(
            action, initiator="findings", done=lambda _: self._finish(words), failed=self._refused
        )

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _made(self, made: Finding) -> None:
        self._show(replace(self.state, waiting=(), chosen=f"finding/{made.id}"))
        self._finish(f"Finding {made.reference} added")
        self._seek()

    def _done(self, words: str) -> Callable[[Any], None]:
        return lambda _: self._finish(words)

    def _finish(self, words: str) -> None:
        panel = self.state.panel
        if panel is not None:
            panel.form.close()
        self._show(replace(self.state, panel=None, notice=words, fault=""))
        self.session.say(words)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*KINDS):
            self._ask(self.framework)
        elif changes.touches(*_ALSO):
            self._is_fresh = False
            if self._is_up and not self._rest.is_pending:
                self._rest.start(_REST)

    def _ask(self, framework: Framework) -> None:
        self._is_fresh = True
        assessment = self.assessment.id
        self.session.workspace.ask_then(lambda q: _read(q, assessment, framework), self._took, self._refused)

    def _took(self, read: Read) -> None:
        is_other = read.board.framework.id != self.framework.id
        chosen = "" if is_other else self.state.chosen
        self._show(replace(self.state, read=read, chosen=chosen, lines=_lines(read, self.state.shows_texts)))
        self._offer()
        if self.state.view is not None and not self._rows:
            self._seek()

    def _seek(self) -> None:
        view, words = self.state.view, self.state.sought
        if view is None:
            return
        assessment, framework, statement = self.assessment.id, self.framework, view.value.statement
        self.session.workspace.ask_then(
            lambda q: read_notes(q, assessment, framework, statement, words),
            partial(self._found, view.value.id, words), self._refused,
        )  # fmt: skip

    def _found(self, finding: str, words: str, rows: tuple[EntryRow, ...]) -> None:
        view = self.state.view
        if view is not None and view.value.id == finding and self.state.sought == words:
            self._rows = rows
            self._offer()

    def _offer(self) -> None:
        view = self.state.view
        notes = offered(view, self._rows, self.state.read.board.uses) if view is not None else ()
        self._show(replace(self.state, notes=notes))

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read_facts, make=_make)


def _read_facts(session: Session, questions: Questions, record: str) -> FindingFacts:
    assessment = questions.assessment(AssessmentId(record))
    frameworks = tuple(session.packs.framework(pin) for pin in assessment.packs)
    return FindingFacts(
        assessment=assessment, frameworks=frameworks, read=_read(questions, assessment.id, frameworks[0])
    )


def _make(bench: Bench, facts: FindingFacts) -> FindingsPage:
    return FindingsPage(bench.session, facts, bench.open_note, lambda: bench.open_page(Page.REPORTS))


def _read(questions: Questions, assessment: AssessmentId, framework: Framework) -> Read:
    return Read(
        board=finding_board(questions, assessment, framework), written=read_sections(questions, assessment, framework),
        because=changed_by(questions, assessment),
    )  # fmt: skip


def _lines(read: Read, shows_texts: bool) -> tuple[FindingLine, ...]:
    return text_lines(read.written) if shows_texts else finding_lines(read.board)
