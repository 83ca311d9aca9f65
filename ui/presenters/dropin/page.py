"""The drop-in page: who, Enter, what was said, Enter; the clock runs by itself (issue 4, drop-ins)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from fieldkit.app.cases import cases_of
from fieldkit.app.changes import ChangeSet
from fieldkit.app.conversations import (
    DropIn,
    NewConversation,
    bring_back,
    read_drop_in,
    record_conversation,
    take_back,
)
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import Draft, EntryRow
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.case import Case
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.entry import Entry
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import ActivityId
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.dropin.begun import Begun, Held, Places
from ui.presenters.dropin.facts import DropInFacts, note_of, read_facts
from ui.presenters.dropin.who import Who, read_who, spoken
from ui.presenters.dropin.words import TalkRow, Totals, rows_of, totals_of
from ui.presenters.interview.box import Box, Typed
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.panels import Panels
from ui.presenters.log.paper import OnPaper
from ui.presenters.log.row_words import RowReader
from ui.presenters.open_texts import OpenText
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

Change = Callable[[UnitOfWork, Conversation], None]
_SETTLING = 0.2
"""Seconds that arriving notes and conversations are waited for before the list is read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropInState:
    """``who`` is what stands in the first field, ``edition`` grows when the page itself changed it."""

    title: str
    who: str = ""
    edition: int = 0
    mistake: str = ""
    clock: str = ""
    spoken_clock: str = ""
    rows: tuple[TalkRow, ...] = ()
    totals: Totals = field(default_factory=Totals)
    on_paper: bool = False
    unsaved: tuple[str, ...] = ()
    """Conversations that were begun and wait to be taken up."""
    recovered: str = ""
    fault: str = ""


class DropInPage(Presenter[DropInState]):
    """The verbs of the page. ``box`` is where words and themes are typed."""

    def __init__(self, bench: Bench, facts: DropInFacts) -> None:
        session = bench.session
        super().__init__(DropInState(title=facts.found.activity.title))
        self.facts = facts
        self.bench = bench
        self._session = session
        self._began: datetime | None = None
        self._places = Places(self.activity)
        self._held = Held(session, self._places, self._drafted)
        vocabulary = Vocabulary(frameworks=facts.frameworks, cases=facts.cases)
        self.box = Box(session, vocabulary, self._places.under, self._drafted)
        self._keeper = DraftKeeper(session.workspace, session.later, self._who_draft, self._drafted)
        self.paper = OnPaper(session, facts.found.activity.on)
        self.reader = RowReader({one.id: one for one in facts.frameworks}, {})
        self.reader.cases = {case.id: case.code for case in facts.cases}
        self.reader.is_alone = session.office.state.connection is Connection.STANDALONE
        self.reader.know(session)
        self.actions = NoteActions(session, self.troubled)
        self.panels = Panels(
            session, facts.visit, facts.frameworks, self.actions, lambda _: self.facts.found.activity, self.troubled
        )
        self._tick = Countdown(session.later, self._show_clock)
        self._soon = Countdown(session.later, self.load)
        self._listening = Listening()
        self._listening.add(session.open_texts.join(self))
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(self.box.line.changed.listen(lambda _: self._typing()))
        self._listening.add(self.paper.changed.listen(lambda _: self._turned()))
        self._put_back(facts.drafts)
        self._refresh()

    @property
    def activity(self) -> ActivityId:
        """The drop-in's activity."""
        return self.facts.found.activity.id

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.facts.assessment.name, self.facts.visit.name, self.facts.found.activity.title)

    def close(self) -> None:
        self._listening.close()
        self._tick.drop()
        self._soon.drop()
        self._keeper.flush()
        self._keeper.drop()
        self.box.close()
        self.panels.close()

    def load(self) -> None:
        """Read the conversations."""
        activity = self.activity
        of = self.facts.assessment.id

        def ask(questions: Questions) -> tuple[DropIn, tuple[Case, ...]]:
            return read_drop_in(questions, activity), tuple(cases_of(questions, of))

        self._session.workspace.ask_then(ask, self._answered, self.troubled)

    def type_who(self, text: str) -> None:
        """A key in the first field: the first one starts the clock."""
        if text == self.state.who:
            return
        self._show(replace(self.state, who=text, mistake="", recovered=""))
        self._keeper.touched()
        self._typing()

    def who_is_right(self) -> bool:
        """Enter in the first field: on to the words, if it can be read."""
        try:
            read_who(self.state.who)
        except Mistake as mistake:
            self._wrong(mistake)
            return False
        return True

    def finish(self) -> bool:
        """Enter in the words, or Ctrl+Enter: the conversation is over. False where something has to be told first.

        That is who it was, and of one that was written on paper how long it took and when.
        """
        try:
            who = read_who(self.state.who)
            if self.state.on_paper and who.minutes is None:
                raise Mistake("dropin.paper_minutes", field="who", who=self.state.who.strip())
        except Mistake as mistake:
            self._wrong(mistake)
            return False
        if self.paper.waits([self.box.line], self.finish, also_blank=True):
            return False
        typed_who, typed = self.state.who, self.box.take()
        began = (typed.noticed_at if self.state.on_paper else self._began) or self._session.clock.now()
        self._keeper.drop()
        self._began = None
        self._show(replace(self.state, who="", edition=self.state.edition + 1, mistake="", fault=""))
        self._show_clock()
        self._record(who, began, typed, typed_who)
        return True

    def take_up(self) -> None:
        """The conversation that has waited longest stands in the fields; one that stood there waits in its place."""
        begun = self._held.next()
        if begun is None:
            return
        if self.state.who.strip() or not self.box.is_empty:
            self._keeper.drop()
            left, who, began = self.box.turn(self._places.under, None), self.state.who, self._began
            self._held.add(Begun(who=who, typed=left, began=began))
        self._show_begun(begun)
        self.box.keep_now()  # its drafts may have had no room
        self._keeper.touched()
        self._show(replace(self.state, unsaved=self._held.labels, mistake=""))
        self._session.say(begun.label)

    def open_texts(self) -> list[OpenText]:
        """What is said in the conversation, for find and replace; who it is with is no words but a code."""
        here = self.box.open_text(self.state.title, "What was said", self.activity)
        return [here, *self._held.open_texts(self.state.title)]

    def take_back(self, key: str) -> None:
        """Delete: the conversation was recorded by mistake."""
        conversation = self.conversation(key)
        if conversation is not None:
            deed = Deed(
                name="Conversation taken back", undo=partial(self._change, bring_back, conversation),
                redo=partial(self._change, take_back, conversation),
            )  # fmt: skip
            self._change(take_back, conversation, lambda: self._session.undo.did(deed))

    def conversation(self, key: str) -> Conversation | None:
        """A conversation of the list."""
        return next((one for one in self.facts.found.counted if one.id == key), None)

    def note(self, key: str) -> EntryRow | None:
        """What was said in it, if anything was noted."""
        return next((row for record, row in self.facts.found.notes.items() if record == key), None)

    def to_visit(self) -> None:
        """Back to the visit."""
        self.bench.open_visit(self.facts.visit.id)

    def troubled(self, problem: Exception) -> None:
        """Something could not be saved: what was typed stays."""
        self._show(replace(self.state, fault=sentence(problem)))
        self._session.say(sentence(problem), urgent=True)

    def dismiss_fault(self) -> None:
        """The banner was read."""
        self._show(replace(self.state, fault="", recovered=""))

    def _record(self, who: Who, began: datetime, typed: Typed, typed_who: str) -> None:
        activity = self.facts.found.activity
        new = NewConversation(began=began, people=who.people, band=who.band, minutes=who.minutes)
        note = note_of(typed.line, who, began, self.facts, self.paper.origin)

        def record(uow: UnitOfWork) -> tuple[Conversation, Entry | None]:
            made = record_conversation(uow, uow.questions.activity(activity.id), new, note, draft=typed.place)
            self._places.drop(uow, typed.place)
            return made

        def done(made: tuple[Conversation, Entry | None]) -> None:
            one = made[0]
            self._session.say(f"Saved. {spoken(one.people, one.band)}, {ui.count(one.minutes, 'minute')}")
            undo, redo = partial(self._change, take_back, one), partial(self._change, bring_back, one)
            self._session.undo.did(Deed(name="Conversation saved", undo=undo, redo=redo, is_quiet=True))

        def failed(problem: Exception) -> None:
            self._back(typed, typed_who, began, problem)

        self._session.workspace.perform(record, initiator="dropin", done=done, failed=failed)

    def _change(self, change: Change, one: Conversation, then: Callable[[], None] | None = None) -> None:
        def done(_: None) -> None:
            if then is not None:
                then()

        self._session.workspace.perform(
            lambda uow: change(uow, one), initiator="dropin", done=done, failed=self.troubled
        )

    def _back(self, typed: Typed, who: str, began: datetime, problem: Exception) -> None:
        """Nothing was saved: what was typed stands where it stood, unless the next conversation has begun."""
        if not isinstance(problem, FieldKitError):
            raise problem
        if not self.state.who and self.box.is_empty:
            self._show_begun(Begun(who=who, typed=typed, began=began))
            self._keeper.touched()
        else:
            self._held.add(Begun(who=who, typed=typed, began=began))
            self._show(replace(self.state, unsaved=self._held.labels))
        if isinstance(problem, Mistake):
            self._wrong(problem)
        else:
            self.troubled(problem)
        self._show_clock()

    def _wrong(self, mistake: Mistake) -> None:
        self._show(replace(self.state, mistake=sentence(mistake)))

    def _turned(self) -> None:
        if self.paper.state.is_on != self.state.on_paper:
            self._show(replace(self.state, on_paper=self.paper.state.is_on, mistake=""))
            self._show_clock()

    def _typing(self) -> None:
        is_begun = bool(self.state.who.strip()) or not self.box.is_empty
        if is_begun and self._began is None:
            self._began = self._session.clock.now()
        elif not is_begun:
            self._began = None
        if not self._tick.is_pending or not is_begun:
            self._show_clock()

    def _show_clock(self) -> None:
        self._tick.drop()
        if self._began is None or self.state.on_paper:  # what is typed up now took its time elsewhere
            self._show(replace(self.state, clock="", spoken_clock=""))
            return
        seconds = max(int((self._session.clock.now() - self._began).total_seconds()), 0)
        minutes = seconds // 60
        self._show(
            replace(
                self.state, clock=f"{minutes:02}:{seconds % 60:02}",
                spoken_clock=f"This conversation {ui.count(minutes, 'minute')}",
            )
        )  # fmt: skip
        self._tick.start(1.0)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Conversation.KIND, Case.KIND, "entry", "activity") and not self._soon.is_pending:
            self._soon.start(0.0 if changes.origin == "dropin" else _SETTLING)

    def _answered(self, read: tuple[DropIn, tuple[Case, ...]]) -> None:
        found, cases = read
        if cases != self.facts.cases:
            self.reader.cases = {case.id: case.code for case in cases}
            self.box.line.speak_of(Vocabulary(frameworks=self.facts.frameworks, cases=cases))
        self.facts = replace(self.facts, found=found, cases=cases)
        self._refresh()

    def _refresh(self) -> None:
        found, frameworks = self.facts.found, self.facts.frameworks
        self._show(
            replace(
                self.state, title=found.activity.title, rows=rows_of(found, frameworks, self.reader.cases),
                totals=totals_of(found, frameworks),
            )
        )  # fmt: skip

    def _put_back(self, drafts: tuple[Draft, ...]) -> None:
        begun = self._places.read(drafts)
        if begun:
            self._held.read(begun[:-1])
            is_news = any(draft.place not in self._session.typed_here for draft in drafts)
            recovered = "Recovered what you were typing" if is_news else ""
            self._show(replace(self.state, recovered=recovered, unsaved=self._held.labels))
            self._show_begun(begun[-1])
            self._keeper.touched()  # an earlier version kept it under another place
        self._typing()
        self._show_clock()

    def _show_begun(self, begun: Begun) -> None:
        self.box.put_back(begun.typed)
        self._began = begun.began
        self._show(replace(self.state, who=begun.who, edition=self.state.edition + 1))
        self._show_clock()

    def _who_draft(self) -> Draft:
        place = self._places.who(self.box.place)
        self._session.typed_here.add(place)
        return Draft(
            place=place, text=self.state.who, caret=len(self.state.who), noticed_at=self._began,
            kept_at=self._session.clock.now(),
        )  # fmt: skip

    def _drafted(self, problem: Exception | None) -> None:
        if problem is not None:
            self.troubled(problem)
        else:
            self._held.keep_again()


def way() -> Way:
    """How the page is opened."""
    return Way(read=read_facts, make=DropInPage)
