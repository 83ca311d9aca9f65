"""The page Interview guides: those of the assessment, those that came with the program, bringing in and changing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.guide_library import script
from fieldkit.app.guides import (
    Added,
    add_built_in,
    add_guide,
    drop_working,
    finish_working,
    keep_working,
    retire_guide,
    shown,
)
from fieldkit.app.lanes import run
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.guide import Guide
from fieldkit.domain.guide_changes import asks_for, moved_question, without_question
from fieldkit.exchange.xlsform.remarks import FormReading
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.forms import Action, Form
from ui.presenters.guides.question_form import about_form, file_form, new_form, question_form
from ui.presenters.guides.state import GuidesFacts, GuidesState, OpenPanel, PanelKind, Showing, read_facts
from ui.presenters.guides.words import count
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence

_KEEP = "Keep this question"


class GuidesPage(Presenter[GuidesState]):
    """The verbs of the page; one form at a time. What is changed is on disk at once and a version when asked."""

    def __init__(self, session: Session, facts: GuidesFacts) -> None:
        super().__init__(GuidesState(rows=facts.rows, built_in=facts.built_in))
        self.session = session
        self.assessment = facts.assessment
        self.frameworks = facts.frameworks
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Interview guides")

    def close(self) -> None:
        """What was typed goes to disk."""
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    @property
    def preview(self) -> Guide | None:
        """The guide that is looked at: chosen, being changed, or what a form would bring."""
        if self.state.showing is Showing.REPORT:
            return self.state.reading.guide if self.state.reading else None
        if self.state.changing is not None:
            return self.state.changing
        built_in = self.state.built_in_chosen
        if built_in is not None:
            return built_in.tied_to(self.frameworks)
        row = self.state.row
        return row.guide if row is not None else None

    def choose(self, key: str) -> None:
        """The cursor is on a guide."""
        if key != self.state.chosen:
            self._show(replace(self.state, chosen=key, notice="", fault=""))

    def use_built_in(self) -> None:
        """Copy the chosen built-in guide into the assessment."""
        chosen = self.state.built_in_chosen
        if chosen is not None:
            where, packs = self.assessment.id, self.frameworks
            self._perform(lambda uow: add_built_in(uow, where, chosen, packs), self._added)

    def retire(self) -> None:
        """Take the chosen guide out of use."""
        row = self.state.row
        if row is None:
            return
        guide, work = row.guide, self.session.workspace

        def again(*, is_retired: bool) -> None:
            work.perform(
                lambda uow: retire_guide(uow, guide.id, is_retired=is_retired), initiator="undo", failed=self._refused
            )

        def done(_: Guide) -> None:
            self._say(f"{guide.title} is out of use. Interviews that used it keep it")
            name = "Guide taken out of use"
            self.session.undo.did(
                Deed(name=name, undo=lambda: again(is_retired=False), redo=lambda: again(is_retired=True))
            )

        self._perform(lambda uow: retire_guide(uow, guide.id), done)

    def bring_in(self) -> None:
        """Ask for a form."""
        self._open(PanelKind.BRING_IN, file_form(self.session, self.look), "Look at this form")

    def new(self) -> None:
        """A guide from nothing."""
        where = self.assessment.id

        def add(guide: Guide) -> Action:
            return lambda uow: add_guide(uow, where, _of_its_own(uow, where, guide))

        def made(added: Added) -> None:
            self._added(added)
            self._load(lambda: self.change(added.guide.id))

        self._open(PanelKind.NEW, new_form(self.session, script(), add, made), "Add this guide")

    def look(self, path: Path) -> None:
        """Read a form off the screens' thread and show what it would bring; nothing is kept."""
        lanes, packs = self.session.workspace.lanes, self.frameworks

        def read() -> FormReading:
            from fieldkit.app.guide_files import read_guide_file  # behind the screen: with pyxform it takes 30 ms

            return read_guide_file(path, packs)

        self._show(replace(self.state, panel=None, busy=f"Looking at {path.name}…", notice="", fault=""))
        run(lanes.work, lanes.deliver, read, self._looked, self._refused)

    def add_looked_at(self) -> None:
        """Keep the form that was looked at."""
        guide = self.state.reading.guide if self.state.reading else None
        if guide is not None and not self.state.busy:
            where = self.assessment.id
            self._perform(lambda uow: add_guide(uow, where, guide), self._added)

    def write(self, path: Path) -> None:
        """Write the chosen guide as a form."""
        guide, packs, lanes = self.preview, self.frameworks, self.session.workspace.lanes
        if guide is None or self.state.busy:
            return

        def put() -> Path:
            from fieldkit.app.guide_files import write_guide_file

            return write_guide_file(path, guide, packs)

        def written(target: Path) -> None:
            self._show(replace(self.state, busy=""))
            self._say(f"{guide.title} is in {target.name}")

        self._show(replace(self.state, busy="Writing the form…", notice="", fault=""))
        run(lanes.work, lanes.deliver, put, written, self._refused)

    def change(self, key: str = "") -> None:
        """Show the questions of a guide of this assessment to be changed; changes begun before are there again."""
        chosen = key or self.state.chosen
        row = next((one for one in self.state.rows if one.key == chosen), None)
        if row is not None:
            self.close_panel()
            guide = row.changed or row.guide
            first = guide.asked[0].id if guide.asked else ""
            self._show(
                replace(
                    self.state,
                    showing=Showing.CHANGE,
                    chosen=chosen,
                    changing=guide,
                    question=first,
                    notice="",
                    fault="",
                )
            )

    def leave(self) -> None:
        """Back to the list; changes that are no version yet stay on this laptop."""
        self.close_panel()
        self._show(replace(self.state, showing=Showing.LIST, reading=None, changing=None, question="", fault=""))

    def choose_question(self, question: str) -> None:
        """The cursor is on a question."""
        self._show(replace(self.state, question=question))

    def edit_question(self) -> None:
        """Change the question under the cursor."""
        self._question(is_new=False)

    def add_question(self) -> None:
        """A new question behind the one under the cursor."""
        self._question(is_new=True)

    def edit_about(self) -> None:
        """Change title, activities and the words read out first."""
        if self.state.changing is not None:
            self._open(PanelKind.ABOUT, about_form(self.session, self.state.changing, self._kept), "Keep this")

    def move_question(self, step: int) -> None:
        """Move it up (-1) or down (1)."""
        guide = self.state.changing
        if guide is not None and (moved := moved_question(guide, self.state.question, step)) != guide:
            self._keep(moved, "")
            place = [one.id for one in moved.asked].index(self.state.question) + 1
            self.session.say(f"Now question {place} of {len(moved.asked)}")

    def remove_question(self) -> None:
        """Remove it; it can be undone."""
        guide, question = self.state.changing, self.state.question
        if guide is None or guide.question(question) is None:
            return
        asking = asks_for(guide, question)
        if asking is not None and asking.id != question:
            self._refused(Mistake("guide.asked_for", question=shown(asking)))
            return
        names = [one.id for one in guide.asked]
        at = names.index(question)
        rest = names[:at] + names[at + 1 :]
        self.close_panel()
        self._show(replace(self.state, question=rest[min(at, len(rest) - 1)] if rest else ""))
        without = without_question(guide, question)
        self._keep(without, "Question removed")
        self.session.undo.did(
            Deed(name="Question removed", undo=lambda: self._keep(guide, ""), redo=lambda: self._keep(without, ""))
        )

    def save(self) -> None:
        """Make a version of what was changed."""
        guide = self.state.changing
        if guide is not None and self.state.has_changes:
            self.close_panel()
            self._perform(lambda uow: finish_working(uow, guide), self._saved)

    def put_back(self) -> None:
        """Leave the changes; it can be undone."""
        guide, row = self.state.changing, self.state.row
        if guide is None or row is None or not self.state.has_changes:
            return
        self.close_panel()
        self._perform(lambda uow: drop_working(uow, guide.id), lambda _: self._kept(row.guide))
        self.session.undo.did(
            Deed(name="Changes left", undo=lambda: self._keep(guide, ""), redo=lambda: self._keep(row.guide, ""))
        )

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def _question(self, *, is_new: bool) -> None:
        guide = self.state.changing
        question = guide.question(self.state.question) if guide is not None and not is_new else None
        if guide is None or (question is None and not is_new):
            return

        def kept(changed: Guide) -> None:
            fresh = [one.id for one in changed.asked if guide.question(one.id) is None]
            self._show(replace(self.state, question=fresh[0] if fresh else self.state.question))
            self._kept(changed)

        form = question_form(self.session, guide, question, self.state.question, self.frameworks, kept)
        self._open(PanelKind.QUESTION, form, _KEEP)

    def _open(self, kind: PanelKind, form: Form, save_words: str) -> None:
        self.close_panel()
        panel = OpenPanel(kind=kind, form=form, save_words=save_words)
        self._show(replace(self.state, panel=panel, notice="", fault=""))
        form.start()

    def _keep(self, guide: Guide, words: str) -> None:
        """Show a changed guide at once and put it on disk."""
        if self.state.changing is not None and self.state.changing.id == guide.id:
            self._show(replace(self.state, changing=guide, fault="", notice=""))
        self.session.workspace.perform(
            lambda uow: keep_working(uow, guide), initiator="guide", done=lambda _: self._load(), failed=self._refused
        )
        if words:
            self.session.say(words)

    def _kept(self, guide: Guide) -> None:
        self._show(replace(self.state, panel=None, changing=guide, fault="", notice=""))
        self.session.say("Kept on this laptop")
        self._load()

    def _saved(self, guide: Guide) -> None:
        self._show(replace(self.state, showing=Showing.LIST, changing=None, question=""))
        self._say(f"{guide.title} is saved as version {guide.version}. Interviews keep the version they used")
        self._load()

    def _looked(self, reading: FormReading) -> None:
        self._show(replace(self.state, busy="", showing=Showing.REPORT, reading=reading))

    def _added(self, added: Added) -> None:
        guide = added.guide
        as_version = f" as version {guide.version}" if added.is_new_version else ""
        self._show(replace(self.state, showing=Showing.LIST, reading=None, panel=None))
        self._say(
            f"{guide.title} is in {self.assessment.name} now{as_version}, with {count(len(guide.asked), 'question')}"
        )
        self._load(lambda: self._show(replace(self.state, chosen=guide.id)))

    def _perform(self, action: Action, done: Callable[[Any], None]) -> None:
        self._show(replace(self.state, fault="", notice=""))
        self.session.workspace.perform(action, initiator="guide", done=done, failed=self._refused)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Guide.KIND):
            self._load()

    def _load(self, then: Callable[[], None] | None = None) -> None:
        session, where = self.session, self.assessment.id

        def loaded(facts: GuidesFacts) -> None:
            self._show(replace(self.state, rows=facts.rows))
            if then is not None:
                then()

        session.workspace.ask_then(lambda questions: read_facts(session, questions, where), loaded, self._refused)

    def _say(self, words: str) -> None:
        self._show(replace(self.state, notice=words, fault=""))
        self.session.say(words)

    def _refused(self, problem: Exception) -> None:
        if not isinstance(problem, FieldKitError):
            raise problem
        self._show(replace(self.state, busy="", fault=sentence(problem)))


def _of_its_own(uow: UnitOfWork, assessment: AssessmentId, guide: Guide) -> Guide:
    """With a form id that no guide here has: a new guide is never a version of another by its title."""
    taken = {row.value.form_id for row in uow.questions.records(Guide.KIND, assessment=assessment)}
    fresh = next(
        name for n in range(1, 10_000) if (name := f"{guide.form_id}_{n}" if n > 1 else guide.form_id) not in taken
    )
    return replace(guide, form_id=fresh)


def way() -> Way:
    """How the page is opened."""

    def make(bench: Bench, facts: GuidesFacts) -> GuidesPage:
        return GuidesPage(bench.session, facts)

    return Way(read=lambda session, questions, record: read_facts(session, questions, AssessmentId(record)), make=make)
