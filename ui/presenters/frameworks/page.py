"""The page Frameworks: a second one beside the first, tags carried over and back, figures that are held already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.crosswalks import Applied, CrosswalkPlan, apply_crosswalk, plan_crosswalk, undo_crosswalk
from fieldkit.app.lanes import run
from fieldkit.app.metric_file import MetricReading, read_metric_file
from fieldkit.app.metrics import Kept, MetricPlan, keep_metrics, plan_metrics
from fieldkit.app.parallel import Use, add_framework, remove_framework, use_of
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.carrying import Choices
from fieldkit.domain.framework import Framework
from fieldkit.domain.metric import Metric
from ui.presenters.forms import Form
from ui.presenters.frameworks.forms import crosswalk_form, metrics_form
from ui.presenters.frameworks.metric_words import kept_words
from ui.presenters.frameworks.state import (
    FrameworkFacts,
    FrameworkLine,
    FrameworksState,
    OpenPanel,
    PanelKind,
    figure_lines,
    read_facts,
)
from ui.presenters.frameworks.words import applied_words, named, undone_words
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui


class FrameworksPage(Presenter[FrameworksState]):
    """The verbs of the page; one form at a time."""

    def __init__(self, session: Session, facts: FrameworkFacts, show: Callable[[str], None]) -> None:
        first = facts.lines[0].key if facts.lines else ""
        super().__init__(FrameworksState(lines=facts.lines, figures=figure_lines(facts.figures), chosen=first))
        self.session = session
        self.assessment = facts.assessment
        self.show_figure = show
        """Shows the note of a held figure among the evidence."""
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Frameworks")

    def close(self) -> None:
        """What was typed goes to disk."""
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, key: str) -> None:
        """The cursor is on it."""
        if key != self.state.chosen:
            self._show(replace(self.state, chosen=key, notice="", plan=None))

    def add(self) -> None:
        """Work against the chosen one beside those there are."""
        line = self.state.line
        if line is not None and line.can_add:
            title = line.framework.title
            self._perform(
                lambda uow: add_framework(uow, self.assessment.id, line.framework),
                lambda _: self._say(f"{title} added. Notes can be tagged to it from now on"),
            )

    def remove(self) -> None:
        """Work against the chosen one no longer; its tags stay."""
        line = self.state.line
        if line is None or line.place in (None, 0):
            return
        framework, where = line.framework, self.assessment.id

        def done(use: Use) -> None:
            kept = f"{ui.count(use.tags, 'tag')} and {ui.count(use.judgements, 'judgement')}"
            self._say(f"{framework.title} removed. {kept} stay, and show again when it returns")
            self._did("Framework removed", lambda uow: add_framework(uow, where, framework),
                      lambda uow: remove_framework(uow, where, framework.id))  # fmt: skip

        def take_off(uow: UnitOfWork) -> Use:
            use = use_of(uow.questions, where, framework)
            remove_framework(uow, where, framework.id)
            return use

        self._perform(take_off, done)

    def carry(self) -> None:
        """See what would follow of the older tags; the whole vault is read on a lane of its own."""
        line = self.state.line
        if line is None or line.older is None or self.state.busy:
            return
        older, newer, where = line.older, line.framework, self.assessment.id

        def found(plan: CrosswalkPlan) -> None:
            form = crosswalk_form(self.session, where, older, plan, partial(self._carried, older, newer))
            self._show(replace(self.state, busy=""))
            self._open(PanelKind.CROSSWALK, form)

        self._show(replace(self.state, busy="Looking at every tag…", notice="", fault=""))
        self.session.workspace.look_over(
            lambda vault: plan_crosswalk(vault.questions, where, older, newer, {}), found, self._refused
        )

    def take_back(self) -> None:
        """Take off every tag that was carried over to the chosen one."""
        line = self.state.line
        older = None if line is None else line.older or line.was
        if line is None or older is None:
            return
        newer, where = line.framework, self.assessment.id
        self._perform(
            lambda uow: undo_crosswalk(uow, where, older, newer), lambda done: self._say(" ".join(undone_words(done)))
        )

    def import_figures(self) -> None:
        """Ask for a file."""
        self._open(PanelKind.METRICS, metrics_form(self.session, lambda found: self.look(*found)))

    def look(self, path: Path, statements: str = "") -> None:
        """Read a file off the screens' thread and show what it would bring; nothing is kept."""
        lanes, where = self.session.workspace.lanes, self.assessment.id
        frameworks = tuple(one.framework for one in self.state.lines if one.place is not None)
        wanted = [one for one in statements.replace(",", " ").split() if one]
        self.close_panel()
        self._show(replace(self.state, busy=f"Looking at {path.name}…", notice="", fault="", plan=None))

        def read(reading: MetricReading) -> None:
            self.session.workspace.ask_then(
                lambda questions: plan_metrics(questions, where, reading), self._looked, self._refused
            )

        run(lanes.work, lanes.deliver, lambda: read_metric_file(path, frameworks, wanted), read, self._refused)

    def keep_figures(self) -> None:
        """Keep what is new or changed of the file that was looked at; rows that do not read are left out."""
        plan, where = self.state.plan, self.assessment.id
        if plan is None:
            return

        def done(kept: Kept) -> None:
            self._show(replace(self.state, plan=None))
            self._say(kept_words(kept))

        self._perform(lambda uow: keep_metrics(uow, where, plan.reading, only_good=True), done)

    def drop_figures(self) -> None:
        """Keep nothing of it."""
        self._show(replace(self.state, plan=None, fault=""))

    def close_panel(self) -> None:
        """Esc: what was chosen is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def _carried(self, older: Framework, newer: Framework, done: Applied, choices: Choices) -> None:
        where = self.assessment.id
        self.close_panel()
        self._say(" ".join(applied_words(done)))
        self._did("Tags carried over", lambda uow: undo_crosswalk(uow, where, older, newer),
                  lambda uow: apply_crosswalk(uow, where, older, newer, choices))  # fmt: skip

    def _looked(self, plan: MetricPlan) -> None:
        self._show(replace(self.state, busy="", plan=plan))

    def _did(self, name: str, undo: Callable[[UnitOfWork], Any], redo: Callable[[UnitOfWork], Any]) -> None:
        def again(action: Callable[[UnitOfWork], Any]) -> None:
            self.session.workspace.perform(action, initiator="undo", failed=self._refused)

        self.session.undo.did(Deed(name=name, undo=lambda: again(undo), redo=lambda: again(redo)))

    def _perform(self, action: Callable[[UnitOfWork], Any], done: Callable[[Any], None]) -> None:
        self.session.workspace.perform(action, initiator="frameworks", done=done, failed=self._refused)

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault="", plan=None))
        form.start()

    def _say(self, words: str) -> None:
        self._show(replace(self.state, notice=words, fault="", busy=""))
        self.session.say(words)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("assessment", Metric.KIND, "withdrawal"):
            session, record = self.session, self.assessment.id
            session.workspace.ask_then(lambda questions: read_facts(session, questions, record), self._read)

    def _read(self, facts: FrameworkFacts) -> None:
        self.assessment = facts.assessment
        self._show(replace(self.state, lines=facts.lines, figures=figure_lines(facts.figures)))

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem), busy=""))


def way() -> Way:
    """How the page is opened."""
    return Way(read=read_facts, make=_make)


def _make(bench: Bench, facts: FrameworkFacts) -> FrameworksPage:
    return FrameworksPage(bench.session, facts, lambda metric: bench.show_evidence(f"about:{metric}"))


def lines_about(line: FrameworkLine) -> list[tuple[str, str]]:
    """What stands beside the list of the chosen framework."""
    framework = line.framework
    told = [
        ("", line.status), ("Version", framework.version),
        ("Kinds of evidence", ", ".join(one.short for one in framework.categories)),
    ]  # fmt: skip
    scale = framework.method.chosen_from
    if scale is not None:
        told.append((scale.title, ", ".join(one.label for one in scale.worst_first)))
    if line.older is not None:
        told.append(("Tags can be carried over from", named(line.older)))
    told += [("" if at else "Not confirmed", one.text) for at, one in enumerate(framework.unconfirmed)]
    return told
