"""The evidence list: which notes are shown by which filter, which are selected, and what is done to them (ux S8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from fieldkit.app.bulk import bear, came, category_by_number
from fieldkit.app.changes import ChangeSet
from fieldkit.app.filter_names import Understood, understand
from fieldkit.app.filters import Key, parse, render, value_is_on, with_value
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.sources import ABOUT_SOURCES
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import Acquisition, Bearing, EvidenceItem
from fieldkit.domain.people import shown_codes
from fieldkit.kernel.ids import EntryId
from ui.presenters.evidence.asking import Asking
from ui.presenters.evidence.choices import Group, groups_of
from ui.presenters.evidence.chosen import Chosen
from ui.presenters.evidence.counting import Counting
from ui.presenters.evidence.found_rows import FoundRows
from ui.presenters.evidence.opening import BoardFacts, read_board
from ui.presenters.evidence.quick import QuickFilter, offered, pressed, shown
from ui.presenters.evidence.row_words import EvidenceReader
from ui.presenters.evidence.saved_filters import Saved, SavedFilters
from ui.presenters.evidence.state import EvidenceState, Quick
from ui.presenters.evidence.triage import Triage
from ui.presenters.evidence.triangle import Triangle
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.panels import Panels
from ui.presenters.log.row_words import RowReader
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.row_moves import Move, RowsMoved
from ui.presenters.services import Connection, Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence, ui

PAUSE = 1.0
"""Seconds without a key after which what was typed counts as meant, and what means nothing is told."""
_REST = 0.3
"""Seconds after a change before it is counted again: a received page is one count, not hundreds."""
BEARING_WORDS = {
    Bearing.STRENGTH: "a strength", Bearing.SHORTFALL: "a shortfall", Bearing.MIXED: "both ways",
    Bearing.NEUTRAL: "neither way",
}  # fmt: skip
ACQUISITION_WORDS = {
    Acquisition.HELD: "held already", Acquisition.REQUESTED: "asked for", Acquisition.COLLECTED: "collected on site",
}  # fmt: skip
_FOUND, _ALL = "found", "all"


class EvidenceBoard(Presenter[EvidenceState]):
    """The verbs of the evidence list of one assessment."""

    def __init__(self, session: Session, facts: BoardFacts) -> None:
        super().__init__(EvidenceState(saved=facts.saved))
        self.facts = facts
        self._session = session
        self._understood = Understood()
        self._choice = Chosen()
        self._wants_all = False
        self._once_chosen: Callable[[], None] | None = None
        self._asking = Asking(lambda question: self._show(replace(self.state, question=question)), session.say)
        self.rows = FoundRows(session.workspace, session.later, self.troubled)
        self.saved = SavedFilters(session.workspace, session.undo, facts.saved, self._saved_changed, self.troubled)
        self.actions = NoteActions(session, self.troubled, self._doing)
        self.panels = Panels(session, facts.visits[0], facts.frameworks, self.actions, self._activity_of, self.troubled)
        self.triage = Triage(self.rows, self.panels, self.filter_by, session.say, session.later)
        self.reader = self._new_reader()
        self._counting = Counting(session.workspace, self._counted, self.troubled)
        self._counting_all = Counting(session.workspace, self._counted, self.troubled)
        self._is_up = self._is_fresh = True
        self._pause = Countdown(session.later, self.settle)
        self._recount = Countdown(session.later, lambda: self._count(everything=True))
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(self.rows.moved.listen(self._rows_moved))
        self._listening.add(self.rows.settled.listen(lambda _: self._rows_settled()))
        self._listening.add(self.panels.changed.listen(lambda state: self.rows.hold(is_held=state.panel is not None)))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The check boxes of the Filters panel."""
        return groups_of(self.facts)

    def filter_by(self, text: str) -> None:
        """Show the notes that this filter finds: a link, a saved filter, a check box."""
        self._pause.drop()
        self._show(replace(self.state, filter=text, edition=self.state.edition + 1))
        self._search(is_settled=True)

    def typed(self, text: str) -> None:
        """The text of the filter box changed under somebody's fingers: nothing in it is a mistake yet."""
        if text != self.state.filter:
            self._show(replace(self.state, filter=text, problems=()))
            self._search(is_settled=False)
            self._pause.start(PAUSE)

    def settle(self) -> None:
        """Enter, or a pause: say what means nothing, and look for it as words."""
        self._pause.drop()
        self._search(is_settled=True)

    def look(self, *, is_up: bool) -> None:
        """The page came up (what changed since is read) or was left: a note taken elsewhere waits for no count."""
        self._is_up = is_up
        self.rows.watch(is_up=is_up)
        if is_up and not self._is_fresh:
            self._count(everything=True)
        elif not is_up:
            self._recount.drop()

    def clear_filter(self) -> None:
        """All notes."""
        self.filter_by("")

    def tick(self, key: Key, value: str, *, is_on: bool) -> None:
        """A check box of the panel."""
        self.filter_by(render(with_value(parse(self.state.filter), key, value, is_on=is_on)))

    def is_ticked(self, key: Key, value: str) -> bool:
        """Whether the filter as typed has this value."""
        return value_is_on(parse(self.state.filter), key, value)

    def quick(self, words: str) -> None:
        """A quick filter by its words: on instead of another one, or off."""
        self.filter_by(pressed(self.state.filter, words))

    def use_saved(self, name: str) -> None:
        """Show what a saved filter finds."""
        text = self.saved.text_of(name)
        if text is not None:
            self.filter_by(text)

    def toggle(self, place: int) -> None:
        """Space: select the note or take it out of the selection, which is announced (ux 2.0.5)."""
        entry = self.rows.rows[place].entry.id
        self._choose(self._choice.toggled(entry))
        self._session.say(self.state.selected if entry in self._choice.ids else "Not selected")

    def move(self, place: int) -> None:
        """The cursor went to a row: a range would begin there."""
        if 0 <= place < len(self.rows.rows):
            self._choice = self._choice.began(self.rows.rows[place].entry.id)

    def extend(self, place: int) -> None:
        """Shift and an arrow: select everything from where the range began to here."""
        shown = [row.entry.id for row in self.rows.rows]
        self._choose(self._choice.extended(shown, shown[place]))
        self._session.say(self.state.selected)

    def choose_all(self) -> None:
        """Ctrl+A: everything that matches, read to its end if need be."""
        self._wants_all = True
        self._rows_settled()

    def choose_none(self) -> None:
        """Nothing is selected any more."""
        self._wants_all, self._once_chosen = False, None
        if self.state.chosen:
            self._choose(Chosen())
            self._session.say("Not selected")

    def targets(self, current: EntryId | None) -> list[EntryRow]:
        """What an action is done to: the selected notes, else the one the cursor is on; oldest first."""
        ids = self.state.chosen or ({current} if current else frozenset())
        return [row for row in reversed(self.rows.rows) if row.entry.id in ids]

    def tag(self, current: EntryId | None) -> None:
        """Ctrl+T. Keys that follow Ctrl+A at once wait until all are selected: they mean all of them."""
        if self._wants_all:
            self._once_chosen = lambda: self.tag(current)
            return
        self._asking.before(self.targets(current), "Tag", self.panels.tag)

    def categorise(self, number: int, current: EntryId | None) -> None:
        """Alt+1 to Alt+6: file the tags of the notes under this evidence category."""
        category = self.facts.frameworks[0].category_by(str(number))
        if category is None:
            return
        if self._wants_all:
            self._once_chosen = lambda: self.categorise(number, current)
            return

        def move(rows: Sequence[EntryRow]) -> None:
            tagged = [row.entry.id for row in rows if row.evidence]
            if not tagged:
                self._session.say("Tag the notes first. The evidence category goes with a tag")
                return
            by_number = category_by_number(self.facts.frameworks, number, self.facts.assessment.subject.value)
            self.actions.move(tagged, by_number, name=f"{ui.count(len(tagged), 'note')} filed under {category.title}")

        self._asking.before(self.targets(current), "Change", move)

    def to_finding(self, current: EntryId | None) -> None:
        """The notes are taken to Findings, to be added to one that is chosen there."""
        notes = tuple(row.entry.id for row in self.targets(current) if row.withdrawal is None and row.barred is None)
        if not notes:
            self._session.say("Select the notes first. What was withdrawn or is held supports no finding")
        elif self._session.uses is not None:
            self._session.uses.hand(notes)

    def bear(self, bearing: Bearing, current: EntryId | None) -> None:
        """Say of the notes' tags what they are: a strength, a shortfall, both, or neither."""
        self._retag(bear(bearing), BEARING_WORDS[bearing], current)

    def came(self, acquisition: Acquisition, current: EntryId | None) -> None:
        """Say how the notes' evidence came: held already, asked for, collected."""
        self._retag(came(acquisition), ACQUISITION_WORDS[acquisition], current)

    def _retag(self, change: Callable[[EvidenceItem], EvidenceItem], words: str, current: EntryId | None) -> None:
        if self._wants_all:
            self._once_chosen = lambda: self._retag(change, words, current)
            return

        def do(rows: Sequence[EntryRow]) -> None:
            tagged = [row.entry.id for row in rows if row.evidence]
            if not tagged:
                self._session.say("Tag the notes first. What they say goes with a tag")
                return
            self.actions.change(tagged, change, name=f"{ui.count(len(tagged), 'note')}: {words}")

        self._asking.before(self.targets(current), "Change", do)

    def triangle(self, current: EntryId | None) -> Triangle:
        """How many legs a statement stands on, beginning with one that the notes at hand are tagged to."""
        items = [item for row in self.targets(current) for item in row.evidence]
        return Triangle(self._session, self.facts, f"{items[0].pack}/{items[0].statement}" if items else "")

    def answer(self, *, only_unsent: bool) -> None:
        """The question about sent notes was answered: go on with all of them, or with the others only."""
        self._asking.answer(only_unsent=only_unsent)

    def forget_question(self) -> None:
        """Nothing is to change after all."""
        self._asking.forget()

    def troubled(self, problem: Exception) -> None:
        """Something could not be read or saved: a banner, and work goes on."""
        text = sentence(problem)
        self._show(replace(self.state, fault=text, doing=""))
        self._session.say(text, urgent=True)

    def dismiss_fault(self) -> None:
        """The banner was read."""
        self._show(replace(self.state, fault=""))

    def close(self) -> None:
        """Hear nothing more."""
        self._pause.drop()
        self._recount.drop()
        self._listening.close()
        self._counting.close()
        self._counting_all.close()
        self.triage.close()
        self.rows.close()
        self.panels.close()

    def _search(self, *, is_settled: bool) -> None:
        found = self._read(self.state.filter, is_settled=is_settled)
        problems = tuple(sentence(one) for one in found.problems) if is_settled else ()
        quick = self._quick({one.words: one.count for one in self.state.quick})
        is_new = found != self._understood or not self.state.has_begun
        self._understood = found
        self._show(replace(self.state, problems=problems, quick=quick, has_begun=True))
        if is_new:
            self._wants_all, self._once_chosen = False, None
            self._show(replace(self.state, count=None))
            self.rows.search(self._wanted())
            self._count(everything=self.state.total is None)

    def _wanted(self) -> EntryFilter:
        return self._filter(self._understood)

    def _count(self, *, everything: bool) -> None:
        """What the filter finds; with ``everything`` also what does not depend on it."""
        self._counting.count({_FOUND: self._wanted()})
        if everything:
            self._is_fresh = True
            quick = {words: self._filter(self._read(f"{key}:{value}")) for words, key, value in self._quick_filters()}
            self._counting_all.count({_ALL: self._filter(self._read("")), **quick})
            assessment = self.facts.assessment.id
            self._session.workspace.ask_then(lambda q: q.split(assessment), self._split, self.troubled)

    def _split(self, split: frozenset[tuple[str, str]]) -> None:
        """The statements whose notes contradict one another now: rows tell it beside their words."""
        if split != self.facts.split:
            self.facts = replace(self.facts, split=split)
            self.reader.split = split
            self.rows.reworded()
            if value_is_on(parse(self.state.filter), Key.IS, "contradicted"):
                self.rows.refresh()

    def _read(self, text: str, *, is_settled: bool = True) -> Understood:
        today = self._session.clock.now().astimezone().date()
        return understand(text, self.facts.known(today), is_settled=is_settled)

    def _filter(self, found: Understood) -> EntryFilter:
        return EntryFilter(assessment=self.facts.assessment.id, words=found.words, terms=found.terms)

    def _counted(self, name: str, count: int) -> None:
        if name == _FOUND:
            self._show(replace(self.state, count=count))
        elif name == _ALL:
            self._show(replace(self.state, total=count))
        else:
            counts = {one.words: one.count for one in self.state.quick} | {name: count}
            self._show(replace(self.state, quick=self._quick(counts)))

    def _quick(self, counts: dict[str, int | None]) -> tuple[Quick, ...]:
        return shown(self.state.filter, self._quick_filters(), counts)

    def _quick_filters(self) -> Sequence[QuickFilter]:
        return offered(is_alone=self._session.office.state.connection is Connection.STANDALONE)

    def _rows_moved(self, moved: RowsMoved) -> None:
        if moved.move in (Move.RESET, Move.REMOVED) and self._choice.ids:
            self._choose(self._choice.among(row.entry.id for row in self.rows.rows))
        self.panels.rows_changed(self.rows.row)

    def _rows_settled(self) -> None:
        if not self._wants_all:
            return
        if self.rows.is_complete:
            self._wants_all = False
            self._choose(self._choice.with_all(row.entry.id for row in self.rows.rows))
            self._doing("")
            self._session.say(self.state.selected or "No notes to select")
            deed, self._once_chosen = self._once_chosen, None
            if deed is not None:
                deed()
        else:
            self._doing(
                f"Selecting {ui.count(self.state.count, 'note')}" if self.state.count else "Selecting all notes"
            )
            self.rows.more()

    def _choose(self, choice: Chosen) -> None:
        self._choice = choice
        self._show(replace(self.state, chosen=choice.ids))

    def _doing(self, words: str) -> None:
        self._show(replace(self.state, doing=words))

    def _saved_changed(self, saved: tuple[Saved, ...]) -> None:
        self._show(replace(self.state, saved=saved))

    def _changed(self, changes: ChangeSet) -> None:
        is_counted = changes.touches("entry", "receipt", "filing", "withdrawal") and self.state.has_begun
        if is_counted:
            self._is_fresh = False
        if is_counted and self._is_up and not self._recount.is_pending:
            self._recount.start(_REST)
        if changes.touches(
            "activity", "visit", "person", "assessor", "case", "touchpoint", "restriction", "finding", *ABOUT_SOURCES
        ):
            session, assessment = self._session, self.facts.assessment.id
            session.workspace.ask_then(lambda q: read_board(session, q, assessment), self._met, self.troubled)

    def _met(self, facts: BoardFacts) -> None:
        before, self.facts = self.facts, facts
        self.reader = self._new_reader()
        if (before.restricted, before.opposed) != (facts.restricted, facts.opposed):
            self.rows.reworded()
            if self.state.has_begun:
                self._search(is_settled=True)
                self._count(everything=True)

    def _new_reader(self) -> EvidenceReader:
        packs = {one.id: one for one in self.facts.frameworks}
        reader = RowReader(packs, {one.code: one.role for one in self.facts.people})
        reader.shown = shown_codes(self.facts.people)
        reader.sources = self.facts.sources
        reader.cases = self.facts.cases
        reader.is_alone = self._session.office.state.connection is Connection.STANDALONE
        reader.know(self._session)
        found = EvidenceReader(reader, {one.id: one for one in self.facts.activities})
        found.split, found.opposed = self.facts.split, frozenset(self.facts.opposed)
        return found

    def _activity_of(self, row: EntryRow) -> Activity:
        found = (one for one in self.facts.activities if one.id == row.entry.activity)
        return next(found, self.facts.activities[0])
