"""The page of restricted disclosures: set up, open, take, add, hand over; closed it holds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fieldkit.app.boxes import RESTRICTED, kept_box
from fieldkit.app.disclosures import Restricted
from fieldkit.app.ports import Questions
from fieldkit.domain.disclosure import Disclosure
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.box_door import BoxDoor, Stage
from ui.presenters.box_keeper import Change
from ui.presenters.disclosures import words
from ui.presenters.disclosures.exchange import Exchange
from ui.presenters.disclosures.forms import Forms
from ui.presenters.disclosures.state import DisclosuresState, OpenPanel, PanelKind
from ui.presenters.forms import Form
from ui.presenters.page import Page
from ui.presenters.presenter import Listening
from ui.presenters.services import Session
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence


class DisclosuresPage(BoxDoor[DisclosuresState]):
    """``assessment`` tells what is worked on now, if anything is."""

    def __init__(self, session: Session, is_made: bool, assessment: Callable[[], AssessmentId | None]) -> None:
        super().__init__(session, RESTRICTED, DisclosuresState(), is_made=is_made, closing=self._before_closing)
        self._assessment = assessment
        self._forms = Forms(session, self._keeper, lambda: self.state.restricted)
        self.exchange = Exchange(self)
        self._listening = Listening()

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (words.CRUMB,)

    def watch(self, bench: Bench) -> None:
        """Close when the screen is hidden or another page is shown."""

        def moved(state: Any) -> None:
            if state.is_hidden or state.page is not Page.DISCLOSURES:
                self.shut()

        self._listening.add(bench.changed.listen(moved))

    def close(self) -> None:
        """The vault is being locked: drafts go to disk, the key is forgotten."""
        self.end()
        self._listening.close()

    # What is in it ---------------------------------------------------------------------------------------------------

    def choose(self, reference: str | None) -> None:
        """The cursor is on it."""
        self.active()
        if reference != self.state.chosen:
            self._show(replace(self.state, chosen=reference))

    def take(self) -> None:
        """Open the form."""
        if self.state.stage is Stage.OPEN:
            assessment = self._assessment() or AssessmentId("")
            self._open(PanelKind.TAKE, self._forms.take(assessment, self._taken))

    def add_words(self) -> None:
        """To the one that is chosen."""
        self._with_chosen(
            PanelKind.WORDS,
            lambda one: self._forms.words(one.reference, lambda change: self.kept(change, "Words added")),
        )

    def note_hand_over(self) -> None:
        """It was handed over in another way."""
        self._with_chosen(
            PanelKind.NOTE,
            lambda one: self._forms.note(one.reference, lambda change: self.kept(change, "Hand-over noted")),
        )

    def leave_pointer(self) -> None:
        """The neutral line in the main record."""
        self._with_chosen(
            PanelKind.POINTER, lambda one: self._forms.pointer(one, lambda _: self.finish("Pointer left in the record"))
        )

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a hidden draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    # For what works on the box beside the forms ----------------------------------------------------------------------

    def write(
        self, change: Callable[[Restricted], Restricted], words_: str, then: Callable[[], None] | None = None
    ) -> None:
        """Change what is in the box, then say ``words_``; once more where something else was kept a moment before."""

        def attempt(failed: Callable[[Exception], None]) -> None:
            try:
                made = self.sealed_change(change)
            except FieldKitError as problem:
                self.tell(problem)
            else:
                self.keep(made, words_, failed, then)

        def again(problem: Exception) -> None:
            if getattr(problem, "code", "") == "box.changed":
                self.session.later(_AGAIN_SECONDS, lambda: attempt(self.tell))
            else:
                self.tell(problem)

        attempt(again)

    def sealed_change(self, change: Callable[[Restricted], Restricted]) -> Change:
        """What the box is to hold, sealed already. Raises ``Refusal('box.shut')`` and ``Mistake``."""
        return self._keeper.change(change(self.state.restricted).to_content())

    def keep(
        self, change: Change, words_: str, failed: Callable[[Exception], None], then: Callable[[], None] | None = None
    ) -> None:
        """Put a change to disk, say ``words_``, and only ``then`` go on."""

        def done(_: None) -> None:
            self.kept(change, words_)
            if then is not None:
                then()

        self.session.workspace.perform(change.put, initiator="box", done=done, failed=failed)

    def kept(self, change: Change, words_: str) -> None:
        """A change is on disk."""
        self._keeper.holds(change)
        self.finish(words_)

    def finish(self, words_: str) -> None:
        """Something was done."""
        is_open = self.state.stage is Stage.OPEN
        self._show(replace(self.state, panel=None, busy="", fault="", notice=words_ if is_open else ""))
        self.session.say(words_)

    def tell(self, problem: Exception) -> None:
        """Something did not work."""
        self._show(replace(self.state, busy="", notice="", fault=sentence(problem)))

    def be_busy(self, words_: str) -> None:
        """Something goes on that may take a while."""
        self.active()
        self._show(replace(self.state, busy=words_, notice="", fault=""))

    def offer(self, offered: tuple[Any, ...]) -> None:
        """Keys whose words are to be compared."""
        self._show(replace(self.state, busy="", offered=offered))

    def _taken(self, outcome: tuple[Change, Disclosure]) -> None:
        change, made = outcome
        self.kept(change, f"Kept as {made.reference}")
        if self.state.stage is Stage.OPEN:
            self._show(replace(self.state, chosen=made.reference))

    def _with_chosen(self, kind: PanelKind, make: Callable[[Disclosure], Form]) -> None:
        one = self.state.disclosure
        if one is not None:
            self._open(kind, make(one))

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self.active()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _before_closing(self) -> None:
        """The box is still open: what is being typed is hidden with its key."""
        if self.state.panel is not None:
            self.state.panel.form.close()

    def _first_content(self) -> Mapping[str, Any]:
        return Restricted().to_content()

    def _inside(self, content: Mapping[str, Any]) -> DisclosuresState:
        return replace(self.state, restricted=Restricted.from_content(content))

    def _entered(self) -> None:
        self._show(replace(self.state, busy="", notice="", fault="", errors=()))
        self.session.say("Open")


_AGAIN_SECONDS = 0.1


def way() -> Way:
    """How the page is opened."""

    def read(session: Session, questions: Questions, record: str) -> bool:
        return kept_box(questions, RESTRICTED) is not None

    def make(bench: Bench, is_made: bool) -> DisclosuresPage:
        page = DisclosuresPage(bench.session, is_made, lambda: bench.assessment)
        page.watch(bench)
        return page

    return Way(read=read, make=make)
