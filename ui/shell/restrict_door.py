"""The one way to the form "Who may know": from the keys, the palette and the buttons of a note, beside any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryRow
from ui.presenters.page import ABOUT, Of, Page
from ui.presenters.presenter import Listening
from ui.presenters.wording import sentence
from ui.presenters.workbench import Workbench, WorkbenchState
from ui.shell.details_box import DetailsBox
from ui.views.rendering import SideView, View

if TYPE_CHECKING:  # the form is built when it is first opened
    from ui.presenters.restricting.form import RestrictFacts, RestrictForm
    from ui.views.restricting import RestrictSide

_NOTHING = "Choose a note, a file, an escalation or a case first"
_CHOSEN = (Page.FILES, Page.ESCALATIONS)
"""Pages with a list of records, whose state says which is ``chosen``."""


class Beside(Protocol):
    """The desk, as far as the form needs it."""

    side_box: DetailsBox

    @property
    def view(self) -> View: ...
    def stand_over(self, side: SideView | None) -> None: ...


class RestrictDoor:
    """Lives as long as the vault is open."""

    def __init__(self, desk: Beside, bench: Workbench) -> None:
        self._desk = desk
        self._bench = bench
        self._side: RestrictSide | None = None
        self._form: RestrictForm | None = None
        self._place = (bench.state.page, bench.state.edition)
        self._listening = Listening()
        self._listening.add(bench.changed.listen(self._moved))
        self._listening.add(bench.restrictions.asked.listen(self._read))

    @property
    def is_open(self) -> bool:
        """Whether the form stands in region D."""
        return self._side is not None

    @property
    def form(self) -> RestrictForm | None:
        """What is being entered."""
        return self._form

    def open(self) -> None:
        """About the note or record that is chosen on the page that is up, or the activity it is about."""
        about = self._about(self._desk.view.note_at_hand)
        if about:
            self._read(about)
        else:
            self._bench.session.say(_NOTHING)

    def open_activity(self) -> None:
        """About everything of the activity that is up."""
        about = self._activity()
        if about:
            self._read(about)
        else:
            self._bench.session.say("Open an interview, a case or another activity first")

    def close(self) -> None:
        """The vault is about to close: what is entered goes to disk."""
        self._listening.close()
        self._drop()

    def _about(self, note: EntryRow | None) -> str:
        page = self._bench.state.page
        if page in _CHOSEN:
            return str(getattr(getattr(self._bench.presenter(page), "state", None), "chosen", None) or "")
        return str(note.entry.id) if note is not None else self._activity()

    def _activity(self) -> str:
        page = self._bench.state.page
        if page is Page.LOG and self._bench.log is not None:
            return str(self._bench.log.facts.activity.id)
        return self._bench.record_open if ABOUT.get(page) is Of.RECORD else ""

    def _read(self, about: str) -> None:
        session = self._bench.session

        def read(uow: UnitOfWork) -> RestrictFacts:
            from ui.presenters.restricting.form import read_facts

            return read_facts(uow.questions, about, uow.identity.author)

        session.workspace.perform(read, initiator="restrict", done=self._show, failed=self._refused)

    def _show(self, facts: RestrictFacts) -> None:
        from ui.presenters.restricting.form import RestrictForm
        from ui.views.restricting import RestrictSide

        self._drop()
        self._form = RestrictForm(self._bench.session, facts, self.leave, self._refused)
        self._side = RestrictSide(self._form)
        self._desk.stand_over(self._side)
        self._form.start()

    def leave(self) -> None:
        """Esc, or done: what stood beside the page before comes back."""
        if self._side is not None:
            self._drop()

    def _drop(self) -> None:
        side, form = self._side, self._form
        self._side = self._form = None
        if form is not None:
            form.close()
        if side is not None:
            side.close_view()
            self._desk.stand_over(None)
            self._desk.side_box.remove(side)

    def _moved(self, state: WorkbenchState) -> None:
        place = (state.page, state.edition)
        if place != self._place and not state.opening:
            self._place = place
            self._drop()

    def _refused(self, problem: Exception) -> None:
        self._bench.session.say(sentence(problem), urgent=True)
