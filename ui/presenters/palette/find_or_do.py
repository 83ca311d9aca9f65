"""The presenter of Find or do anything (Ctrl+K): commands at once, notes and records as found, never a stale answer."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from fieldkit.app.rows import EntryFilter, SearchHit
from ui.presenters.fieldwork_pages import WAYS
from ui.presenters.palette.commands import OFFERED_FIRST, command_items, first_offers
from ui.presenters.palette.fuzzy import SCATTERED, Fit, fit
from ui.presenters.palette.items import Item, Kind
from ui.presenters.palette.notes import note_item
from ui.presenters.palette.places import Places
from ui.presenters.palette.record_ways import Found, found_records, record_item
from ui.presenters.palette.topics import help_items, setting_items
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.timing import Countdown
from ui.presenters.wording import ui

_NOTES = 8
"""Notes offered: with the first commands they fill the list without scrolling."""
_RECORDS = 4
_OTHERS = 40
_BEFORE_SEARCH = 0.06
"""Seconds of rest before the notes are searched; a fast typist's keys come every 0.12."""
_BEFORE_SAYING = 0.5
_LEAST_LETTERS = 2
_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindState:
    """What the palette shows. ``at`` is the chosen line; ``empty`` the sentence when nothing matches."""

    is_open: bool = False
    text: str = ""
    items: tuple[Item, ...] = ()
    at: int = 0
    empty: str = ""


class FindOrDo(Presenter[FindState]):
    """``here`` tells the ids of the commands that mean something on the screen that is up."""

    def __init__(self, session: Session, shortcuts: Shortcuts, here: Callable[[], Collection[str]]) -> None:
        super().__init__(FindState())
        self._session = session
        self._shortcuts = shortcuts
        self._here = here
        self._assessment: str | None = None
        self._recent: tuple[str, ...] = ()
        self._commands: tuple[Item, ...] = ()
        self._notes: tuple[Item, ...] = ()
        self._asked = 0
        self._is_searching = False
        self._is_due = False
        self._places = Places(session, self._compose)
        self._search = Countdown(session.later, self._search_notes)
        self._say = Countdown(session.later, self._say_due)

    def open(self, assessment: str | None) -> None:
        """Show what can be done; ``assessment`` is the one whose statements are meant."""
        self._assessment = assessment
        self._commands = command_items(self._shortcuts, self._here())
        self._forget_answers()
        self._show(FindState(is_open=True))
        self._compose()
        self._places.need()

    def dismiss(self) -> None:
        """Nothing was chosen, or something was."""
        self._forget_answers()
        self._show(FindState())

    def typed(self, text: str) -> None:
        """The text of the field after a key."""
        if text == self.state.text or not self.state.is_open:
            return
        self._forget_answers()
        self._show(replace(self.state, text=text, at=0))
        if len(text.strip()) >= _LEAST_LETTERS:
            self._is_searching = True
            self._search.start(_BEFORE_SEARCH)
        self._compose()
        if text.strip():
            self._say.start(_BEFORE_SAYING)

    def step(self, by: int) -> None:
        """Up and Down, from the last line to the first and back."""
        if self.state.items:
            self._show(replace(self.state, at=(self.state.at + by) % len(self.state.items)))

    def point(self, at: int) -> None:
        """A line was pressed with the pointer."""
        if 0 <= at < len(self.state.items):
            self._show(replace(self.state, at=at))

    def take(self) -> Item | None:
        """Enter: the chosen line; the palette closes. None when there is none."""
        state = self.state
        if not state.items:
            return None
        item = state.items[state.at]
        if item.kind is Kind.COMMAND:
            self._recent = tuple(dict.fromkeys((item.target, *self._recent)))[:OFFERED_FIRST]
        self.dismiss()
        return item

    def close(self) -> None:
        """The vault is closed."""
        self._forget_answers()
        self._places.close()

    def _forget_answers(self) -> None:
        """What was asked for another text is of no use; its answer is dropped when it comes."""
        self._asked += 1
        self._notes = ()
        self._is_searching = self._is_due = False
        self._search.drop()
        self._say.drop()

    def _compose(self) -> None:
        state = self.state
        if not state.is_open:
            return
        text = state.text.strip()
        items = self._matching(text) if text else first_offers(self._commands, self._recent)
        nothing = bool(text) and not items and not self._is_searching
        empty = f"Nothing matches ‘{text}’" if nothing else ""
        chosen = state.items[state.at] if state.at and state.at < len(state.items) else None
        at = items.index(chosen) if chosen in items else 0
        self._show(replace(state, items=items, at=at, empty=empty))

    def _matching(self, text: str) -> tuple[Item, ...]:
        everything = (*self._commands, *setting_items(), *self._places.items(self._assessment), *help_items())
        found: list[tuple[Fit, int, Item]] = []
        for item in everything:
            how = fit(text, item.words, f"{item.also} {item.kind.value} {item.detail}")
            by_chance = how is not None and how[0] == SCATTERED and item.kind is Kind.HELP
            if how is not None and not by_chance:  # a question is long: letters in order fit many of them
                found.append((how, _ORDER[item.kind], item))
        found.sort(key=lambda one: (one[0][0], not one[2].is_here, one[1], one[0]))
        return (*(item for _, _, item in found[:_OTHERS]), *self._notes)

    def _search_notes(self) -> None:
        asked, words = self._asked, self.state.text.strip()
        self._session.workspace.ask_then(
            lambda q: (q.search(words, EntryFilter(limit=_NOTES)), found_records(q, words, _RECORDS)),
            lambda answer: self._found(asked, *answer),
        )

    def _found(self, asked: int, hits: list[SearchHit], records: list[Found]) -> None:
        if asked != self._asked:
            return
        self._is_searching = False
        today = self._session.clock.now().astimezone().date()
        notes = [note_item(hit, self._places.visit_name(hit.row.entry.visit), today) for hit in hits]
        leading = [record_item(one, WAYS.keys()) for one in records]
        self._notes = (*(item for item in leading if item is not None), *notes)
        self._compose()
        if self._is_due:
            self._say_found()

    def _say_due(self) -> None:
        self._is_due = True
        if not self._is_searching:
            self._say_found()

    def _say_found(self) -> None:
        state = self.state
        self._is_due = False
        if not state.is_open:
            return
        if state.items:
            many = len(state.items)
            self._session.say(f"{ui.count(many, 'result')}. {state.items[0].sentence}, 1 of {many}")
        else:
            self._session.say(state.empty)
