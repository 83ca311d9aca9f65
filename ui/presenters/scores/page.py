"""The page Scores (ux S10): judgement text first, then the score; what follows of it, with every sum in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.blind_scores import choose_blind
from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.records import revise
from fieldkit.app.score_history import figure_history, score_history
from fieldkit.app.score_trace import trace
from fieldkit.app.scores import ScoreBoard
from fieldkit.app.scores_to_settle import to_settle
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.coverage import Coverage
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement, Moderation, Override
from fieldkit.domain.marks import Mark
from fieldkit.domain.score_places import statements_in
from fieldkit.domain.score_trace import ScoreChange
from fieldkit.domain.settling import Given, Settled
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.score_trace import compose
from ui.presenters.coverage.links import code_in
from ui.presenters.forms import Form, Option
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.scores.cited import Offering
from ui.presenters.scores.forms import judge_form, moderate_form, override_form
from ui.presenters.scores.lines import LineKind, ScoreLine, lines_of
from ui.presenters.scores.reading import Depth, Read, Reading, read_board
from ui.presenters.services import Session, Sheets
from ui.presenters.undo import Deed
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
    read: Read


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresState:
    """``tried`` are scores that are tried out: nothing of them is saved."""

    read: Read
    lines: tuple[ScoreLine, ...]
    chosen: str = ""
    history: tuple[ScoreChange, ...] | None = None
    """Of the line that is chosen, once it was asked for."""
    panel: OpenPanel | None = None
    tried: tuple[Mark, ...] = ()
    notice: str = ""
    fault: str = ""

    @property
    def board(self) -> ScoreBoard:
        """Everything about the scores, as it may be seen."""
        return self.read.board

    @property
    def coverage(self) -> Coverage:
        """What evidence there is."""
        return self.read.coverage

    @property
    def line(self) -> ScoreLine | None:
        """The line that is chosen."""
        return next((one for one in self.lines if one.key == self.chosen), None)


class ScoresPage(Presenter[ScoresState]):
    """The verbs of the page; one form at a time."""

    def __init__(self, session: Session, facts: ScoreFacts, show_evidence: Callable[[str], None]) -> None:
        lines = lines_of(facts.read.board, (), facts.read.badges)
        super().__init__(ScoresState(read=facts.read, lines=lines, chosen=_asked(lines)))
        self.session = session
        self.assessment = facts.assessment
        self.frameworks = facts.frameworks
        self._show_evidence = show_evidence
        self._is_closed = False
        self._goes_on = False
        self._seeks = 0
        """How many frameworks are still to be looked at for a score that exists twice."""
        self._tried: tuple[Mark, ...] = ()
        """What is asked for; the state has it once its sums are read, and another may be tried before."""
        self._reading = Reading(
            session, self.assessment, facts.read, lambda: (self.framework, self._tried), self._read, self._refused
        )
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
        """Whether the framework gives scores at all: some have rating characteristics instead, judged in words."""
        return self.framework.method.has_scores

    @property
    def noun(self) -> str:
        """``score``; ``rating`` where ratings are chosen in words."""
        return self.framework.method.noun

    @property
    def settled(self) -> Settled | None:
        """The statement that is chosen, as it stands."""
        line = self.state.line
        if line is None or line.kind is not LineKind.STATEMENT:
            return None
        return self.state.board.of(line.subject, line.category)

    @property
    def mine(self) -> Given | None:
        """One's own judgement of it."""
        found = self.settled
        return next((one for one in found.given if one.is_mine), None) if found is not None else None

    def close(self) -> None:
        """What was typed goes to disk."""
        self._is_closed = True
        self._listening.close()
        self._reading.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def look(self, *, is_up: bool) -> None:
        """The page came up or was left; a note that is taken elsewhere waits for no sum."""
        self._reading.look(is_up=is_up)

    def choose(self, key: str) -> None:
        """The cursor is on it."""
        if key != self.state.chosen:
            self._show(replace(self.state, chosen=key, notice="", history=None))

    def choose_unscored(self) -> bool:
        """The next statement on which no score stands, the first again after the last; whether there is one."""
        return self._choose_open(self.state.lines)

    def choose_asked(self) -> None:
        """What Home leads to: the first line that exists twice or is an open question, of whichever framework."""
        found = _asked(self.state.lines)
        if found:
            self._seeks = 0
            self.choose(found)
            return
        self._seeks = (self._seeks or len(self.frameworks)) - 1
        if self._seeks:
            self.next_framework()

    def _choose_after(self, made: Judgement) -> bool:
        """As ``choose_unscored``; what was just judged is done with, though the board is not read again yet."""
        return self._choose_open(
            tuple(
                one
                for one in self.state.lines
                if (one.subject, one.category) != (made.judged.subject, made.judged.category)
            )
        )

    def _choose_open(self, lines: tuple[ScoreLine, ...]) -> bool:
        order = {one.key: place for place, one in enumerate(self.state.lines)}
        here = order.get(self.state.chosen, -1)
        behind = [one for one in lines if order[one.key] > here]
        around = (*behind, *(one for one in lines if one not in behind))
        found = next((one for one in around if one.kind is LineKind.STATEMENT and one.is_open), None)
        if found is None:
            self.session.say(f"Every statement has a {self.noun}")
            return False
        self.choose(found.key)
        return True

    def next_framework(self) -> None:
        """The other framework of the assessment, where there are two."""
        packs = [one.id for one in self.frameworks]
        framework = self.frameworks[(packs.index(self.framework.id) + 1) % len(packs)]
        self.close_panel()
        self._tried = ()
        self._reading.now(framework, ())

    def judge(self) -> None:
        """Enter, F2: the form, with the notes that are tagged to the statement."""
        line = self.state.line
        if line is None or line.kind is not LineKind.STATEMENT:
            return
        assessment, framework = self.assessment.id, self.framework
        judged = Judged(pack=framework.id, subject=line.subject, category=line.category)
        mine = self.mine.value if self.mine is not None else None

        def found(offered: tuple[Option, ...]) -> None:
            if self._is_closed or self.state.chosen != line.key:  # left, or another chosen, while they were read
                return
            done = self._judged(mine)
            self._open(PanelKind.JUDGE, judge_form(self.session, assessment, framework, judged, mine, offered, done))

        Offering(self.session, assessment, framework, judged, found, self._refused).start(mine)

    def save_and_go_on(self) -> None:
        """Ctrl+Enter in the form of a judgement: save it, and open that of the next statement without a score."""
        if self.state.panel is None:
            return
        form = self.state.panel.form
        self._goes_on = True
        form.submit()
        if form.state.errors:
            self._goes_on = False

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
        if line is None or not line.can_override:
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
        if line is None or line.kind is not LineKind.STATEMENT or not self.has_scores:
            return
        place = (line.subject, line.category)
        others = tuple(one for one in self._tried if (one.subject, one.category) != place)
        mark = Mark(subject=line.subject, category=line.category, value=value)
        self._tried = others if value is None else (*others, mark)
        self._reading.now(self.framework, self._tried)
        self.session.say(
            f"Tried out, provisional, nothing is saved: {line.title}, {'as saved' if value is None else value}"
        )

    def stop_trying(self) -> None:
        """Back to what is saved."""
        self._tried = ()
        self._reading.now(self.framework, ())

    def show_evidence(self) -> None:
        """The notes of the statement on Evidence."""
        line = self.state.line
        if line is not None and line.kind is LineKind.STATEMENT:
            judged = Judged(pack=self.framework.id, subject=line.subject)
            place = [one.id for one in self.frameworks].index(self.framework.id)
            codes = [code_in(self.frameworks, place, one.code) for one in statements_in(self.framework, judged)]
            self._show_evidence(f"qs:{','.join(codes)}")

    def show_history(self) -> None:
        """Every account of the line that is chosen; again, to put it away."""
        line, assessment, board = self.state.line, self.assessment.id, self.state.board
        if line is None or self.state.history is not None:
            self._show(replace(self.state, history=None))
            return
        judged = Judged(pack=self.framework.id, subject=line.subject, category=line.category)

        def read(questions: Questions) -> tuple[ScoreChange, ...]:
            if line.kind is LineKind.FIGURE:
                return figure_history(questions, assessment, board.framework, line.subject)
            return score_history(questions, assessment, board, judged)

        def found(changes: tuple[ScoreChange, ...]) -> None:
            if self.state.chosen == line.key:
                self._show(replace(self.state, history=changes))

        self.session.workspace.ask_then(read, found, self._refused)

    def score_blind(self, *, is_on: bool) -> None:
        """Hide others' scores until one's own is written, or no longer."""
        assessment, framework = self.assessment.id, self.framework

        def done(_: Any) -> None:
            self._reading.now(framework, self._tried, Depth.BADGES)
            noun = framework.method.noun
            self.session.say(f"Others' {noun}s are hidden until yours is saved" if is_on else f"All {noun}s are shown")

        self.session.workspace.perform(
            lambda uow: choose_blind(uow, assessment, framework, is_on=is_on), initiator="scores", done=done,
            failed=self._refused,
        )  # fmt: skip

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

    def _judged(self, before: Judgement | None) -> Callable[[Any], None]:
        """Saving one's judgement is one step of undo (ux S10-A4): back to what it was, or to its words alone."""
        saved = self._done("Judgement saved")

        def done(made: Judgement) -> None:
            goes_on, self._goes_on = self._goes_on, False
            saved(made)
            if goes_on and self._choose_after(made):
                self.judge()
            if made == before:
                return
            earlier = before if before is not None else replace(made, value=None, insufficient=False)
            self.session.undo.did(
                Deed(
                    name="Judgement saved", undo=lambda: self._put_back(earlier), redo=lambda: self._put_back(made),
                    is_quiet=True,
                )
            )  # fmt: skip

        return done

    def _put_back(self, judgement: Judgement) -> None:
        self.session.workspace.perform(lambda uow: revise(uow, judgement), initiator="scores", failed=self._refused)

    def _done(self, words: str) -> Callable[[Any], None]:
        def done(_: Any) -> None:
            panel = self.state.panel
            if panel is not None:
                panel.form.close()
            self._show(replace(self.state, panel=None, notice=words, fault=""))
            self.session.say(words)

        return done

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*KINDS):
            self._reading.changed(is_score=True)
        elif changes.touches("entry", "filing", "withdrawal", "consent"):
            self._reading.changed(is_score=False)

    def _read(self, tried: tuple[Mark, ...], found: Read) -> None:
        lines = lines_of(found.board, tried, found.badges)
        self._show(replace(self.state, read=found, lines=lines, tried=tried, history=None))
        if self._seeks:
            self.choose_asked()

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read_facts, make=_make)


def _read_facts(session: Session, questions: Questions, record: str) -> ScoreFacts:
    assessment = questions.assessment(AssessmentId(record))
    frameworks = tuple(session.packs.framework(pin) for pin in assessment.packs)
    today = session.clock.now().astimezone().date()
    asked = {pack for _, pack in to_settle(questions, assessment.id)}
    framework = next((one for one in frameworks if one.id in asked), frameworks[0])
    read = read_board(questions, assessment, framework, (), today)
    return ScoreFacts(assessment=assessment, frameworks=frameworks, read=read)


def _make(bench: Bench, facts: ScoreFacts) -> ScoresPage:
    return ScoresPage(bench.session, facts, bench.show_evidence)


def _asked(lines: tuple[ScoreLine, ...]) -> str:
    return next((one.key for one in lines if one.is_asked), "")
