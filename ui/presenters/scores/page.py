"""The page Scores (ux S10): judgement text first, then the score; what follows of it, with every sum in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.coverage import coverage
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.app.score_trace import trace
from fieldkit.app.scores import ScoreBoard, score_board
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.coverage import Coverage
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement, Moderation, Override
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import ScoredAt
from fieldkit.domain.settling import Given, Settled
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.score_trace import compose
from ui.presenters.forms import Form
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.scores.forms import MOST_NOTES, judge_form, moderate_form, override_form
from ui.presenters.scores.lines import LineKind, ScoreLine, lines_of, title_of
from ui.presenters.services import Session, Sheets
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence

KINDS = (Judgement.KIND, Moderation.KIND, Override.KIND)


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    JUDGE = "Your judgement"
    MODERATE = "Settle for the team"
    OVERRIDE = "Another rating than the scores give"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFacts:
    """What the page is opened with."""

    assessment: Assessment
    frameworks: tuple[Framework, ...]
    board: ScoreBoard
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresState:
    """``tried`` are scores that are tried out: nothing of them is saved."""

    board: ScoreBoard
    coverage: Coverage
    lines: tuple[ScoreLine, ...]
    chosen: str = ""
    panel: OpenPanel | None = None
    tried: tuple[Mark, ...] = ()
    notice: str = ""
    fault: str = ""

    @property
    def line(self) -> ScoreLine | None:
        """The line that is chosen."""
        return next((one for one in self.lines if one.key == self.chosen), None)


class ScoresPage(Presenter[ScoresState]):
    """The verbs of the page; one form at a time."""

    def __init__(self, session: Session, facts: ScoreFacts, show_evidence: Callable[[str], None]) -> None:
        super().__init__(ScoresState(board=facts.board, coverage=facts.coverage, lines=lines_of(facts.board)))
        self.session = session
        self.assessment = facts.assessment
        self.frameworks = facts.frameworks
        self._show_evidence = show_evidence
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Scores")

    @property
    def framework(self) -> Framework:
        """The framework that is scored against."""
        return self.state.board.framework

    @property
    def has_scores(self) -> bool:
        """Whether the framework gives scores at all: some have rating characteristics instead."""
        return self.framework.method.scored_at is not ScoredAt.NONE

    @property
    def settled(self) -> Settled | None:
        """The statement that is chosen, as it stands."""
        line = self.state.line
        if line is None or line.kind is not LineKind.STATEMENT:
            return None
        return self.state.board.of(line.subject)

    @property
    def mine(self) -> Given | None:
        """One's own judgement of it."""
        found = self.settled
        return next((one for one in found.given if one.is_mine), None) if found is not None else None

    def close(self) -> None:
        """What was typed goes to disk."""
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, key: str) -> None:
        """The cursor is on it."""
        if key != self.state.chosen:
            self._show(replace(self.state, chosen=key, notice=""))

    def next_framework(self) -> None:
        """The other framework of the assessment, where there are two."""
        packs = [one.id for one in self.frameworks]
        framework = self.frameworks[(packs.index(self.framework.id) + 1) % len(packs)]
        self.close_panel()
        self._ask(framework, ())

    def judge(self) -> None:
        """Enter, F2: the form, with the notes that are tagged to the statement."""
        line = self.state.line
        if line is None or line.kind is not LineKind.STATEMENT or not self.has_scores:
            return
        assessment, framework = self.assessment.id, self.framework
        judged = Judged(pack=framework.id, subject=line.subject)
        mine = self.mine.value if self.mine is not None else None
        wanted = EntryFilter(
            assessment=assessment, terms=(Term(facet=Facet.STATEMENT, values=(f"{framework.id}/{line.subject}",)),),
            limit=MOST_NOTES,
        )  # fmt: skip

        def read(questions: Questions) -> list[EntryRow]:
            cited = [*mine.relied_on, *mine.against] if mine is not None else []
            tagged = questions.walk(wanted).rows
            there = {row.entry.id for row in tagged}
            more = [questions.entry(one) for one in cited if one not in there]
            return [row for row in (*more, *tagged) if row.withdrawal is None and row.barred is None]

        def found(rows: list[EntryRow]) -> None:
            done = self._done("Judgement saved")
            self._open(PanelKind.JUDGE, judge_form(self.session, assessment, framework, judged, mine, rows, done))

        self.session.workspace.ask_then(read, found, self._refused)

    def moderate(self) -> None:
        """What the team settles on."""
        settled = self.settled
        if settled is None or not any(one.value.is_scored for one in settled.given):
            self._show(replace(self.state, fault=sentence("score.nothing_to_moderate")))
            return
        before = settled.moderation.value if settled.moderation is not None else None
        form = moderate_form(
            self.session, self.assessment.id, self.framework, settled.judged, before, self._done("Settled")
        )
        self._open(PanelKind.MODERATE, form)

    def override(self) -> None:
        """Of the figure that is chosen."""
        line = self.state.line
        if line is None or line.kind is not LineKind.FIGURE:
            return
        is_there = line.subject in self.state.board.overrides
        form = override_form(
            self.session, self.assessment.id, self.framework, line.subject, is_there=is_there,
            done=self._done("Override saved"),
        )  # fmt: skip
        self._open(PanelKind.OVERRIDE, form)

    def try_out(self, value: int | None) -> None:
        """See what would follow of another score; None takes it back. Nothing is saved."""
        line = self.state.line
        if line is None or line.kind is not LineKind.STATEMENT:
            return
        others = tuple(one for one in self.state.tried if one.subject != line.subject)
        tried = others if value is None else (*others, Mark(subject=line.subject, value=value))
        self._ask(self.framework, tried)
        self.session.say(
            f"Tried out, nothing is saved: {title_of(self.framework, line.subject)}, {value or 'as saved'}"
        )

    def stop_trying(self) -> None:
        """Back to what is saved."""
        self._ask(self.framework, ())

    def show_evidence(self) -> None:
        """The notes of the statement on Evidence."""
        line = self.state.line
        if line is not None and line.kind is LineKind.STATEMENT:
            statement = self.framework.statement_by(line.subject)
            self._show_evidence(f"qs:{statement.code}" if statement is not None else "")

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def print_to(self, ask_path: Callable[[], str], sheets: Sheets) -> None:
        """The trace of all that is saved, as a file."""
        chosen = ask_path()
        if not chosen:
            return
        path, assessment, framework = Path(chosen), self.assessment.id, self.framework
        at = self.session.clock.now()
        self.session.workspace.ask_then(
            lambda questions: compose(trace(questions, assessment, framework, at)),
            lambda document: sheets.save_document(path, document, partial(self._saved, path), self._refused),
            self._refused,
        )

    def _saved(self, path: Path) -> None:
        words = f"Trace saved in {path.name}. It is not encrypted"
        self._show(replace(self.state, notice=words, fault=""))
        self.session.say(words)

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _done(self, words: str) -> Callable[[Any], None]:
        def done(_: Any) -> None:
            panel = self.state.panel
            if panel is not None:
                panel.form.close()
            self._show(replace(self.state, panel=None, notice=words, fault=""))
            self.session.say(words)

        return done

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*KINDS, "entry", "filing", "withdrawal", "consent"):
            self._ask(self.framework, self.state.tried)

    def _ask(self, framework: Framework, tried: tuple[Mark, ...]) -> None:
        assessment = self.assessment

        def read(questions: Questions) -> tuple[ScoreBoard, Coverage]:
            return _read_board(questions, assessment, framework, tried)

        self.session.workspace.ask_then(read, partial(self._read, tried), self._refused)

    def _read(self, tried: tuple[Mark, ...], found: tuple[ScoreBoard, Coverage]) -> None:
        board, covered = found
        self._show(replace(self.state, board=board, coverage=covered, lines=lines_of(board, tried), tried=tried))

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read_facts, make=_make)


def _read_facts(session: Session, questions: Questions, record: str) -> ScoreFacts:
    assessment = questions.assessment(AssessmentId(record))
    frameworks = tuple(session.packs.framework(pin) for pin in assessment.packs)
    board, covered = _read_board(questions, assessment, frameworks[0], ())
    return ScoreFacts(assessment=assessment, frameworks=frameworks, board=board, coverage=covered)


def _make(bench: Bench, facts: ScoreFacts) -> ScoresPage:
    return ScoresPage(bench.session, facts, bench.show_evidence)


def _read_board(
    questions: Questions, assessment: Assessment, framework: Framework, tried: tuple[Mark, ...]
) -> tuple[ScoreBoard, Coverage]:
    board = score_board(questions, assessment.id, framework, what_if=tried)
    return board, coverage(questions, assessment, framework)
