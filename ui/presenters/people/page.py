"""The page of people: who is coded on this visit, who is the same person, and, while their key is open, the names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.boxes import NAMES, kept_box
from fieldkit.app.changes import ChangeSet
from fieldkit.app.disclosure_files import LARGEST_KEY_FILE, read_key, write_key
from fieldkit.app.disclosures import Holder
from fieldkit.app.lanes import run
from fieldkit.app.people import Coded, coded, merge_people, notes_by_code, people_of, unmerge_person
from fieldkit.app.person_names import LARGEST_FILE
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.small_groups import places_of, posts_of
from fieldkit.capture.names import NO_NAMES, NameBook
from fieldkit.domain.people import Person
from fieldkit.domain.small_numbers import small_for, small_numbers
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import VisitId
from fieldkit.reports.blocks import Document
from fieldkit.reports.save import save
from ui.presenters.forms import Form
from ui.presenters.page import Page
from ui.presenters.passphrases import word_list
from ui.presenters.people.forms import add_form, change_form, same_form
from ui.presenters.people.names import NamesBox, NamesState
from ui.presenters.people.sheet import EXPORTED, name_sheet
from ui.presenters.people.state import OpenPanel, PanelKind, PeopleFacts, PeopleState
from ui.presenters.people.words import filling_line, small_line
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence

AWAY_SECONDS = 60.0
"""The key stays open as long after its page was left: long enough for a look elsewhere, too short to be forgotten."""
_LOOK_AFTER = 0.4
"""Seconds after the last key until small numbers are looked at."""
_SETTLING = 0.2
"""Seconds that what arrives is waited for before the list is read again."""


class PeoplePage(Presenter[PeopleState]):
    """The verbs of the page. ``key`` is the key to names."""

    def __init__(self, bench: Bench, facts: PeopleFacts) -> None:
        super().__init__(PeopleState())
        self.facts = facts
        self.bench = bench
        self.session = bench.session
        self.key = NamesBox(
            bench.session, is_made=facts.has_key, opened=self._key_opened, closing=self._before_closing
        )  # fmt: skip
        self._soon = Countdown(bench.session.later, self.load)
        self._away = Countdown(bench.session.later, self.key.shut)
        self._typing = Countdown(bench.session.later, self._look_at_combination)
        self._listening = Listening()
        self._listening.add(bench.session.workspace.changed.listen(self._changed))
        self._listening.add(self.key.changed.listen(self._key_changed))
        self._listening.add(bench.changed.listen(self._moved))
        self._read(facts.people)

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.facts.assessment.name, self.facts.visit.name, "People")

    def close(self) -> None:
        if self.state.panel is not None:
            self.state.panel.form.close()
        self._listening.close()
        for one in (self._soon, self._away, self._typing):
            one.drop()
        self.session.name_book = NO_NAMES
        self.key.end()

    def load(self) -> None:
        """Read the people again."""
        assessment = self.facts.assessment.id
        self.session.workspace.ask_then(lambda q: _coded(q, assessment), self._read, self.tell)

    def choose(self, person: str) -> None:
        """The cursor is on somebody."""
        self.key.active()
        if person != self.state.chosen:
            self._show(replace(self.state, chosen=person, notice=""))

    def add(self) -> None:
        """Ctrl+N on this page."""
        done = self._done(lambda made: f"{made.code.upper()} added")
        form = add_form(self.session, self.facts.visit, self.facts.frameworks, done)
        form.changed.listen(lambda _: self._typing.start(_LOOK_AFTER))
        self._open(PanelKind.ADD, form)

    def change(self) -> None:
        """F2: role or organisation."""
        if (row := self.state.row) is not None:
            done = self._done(lambda made: f"{made.code.upper()} changed")
            form = change_form(self.session, row.person, self.facts.frameworks, done)
            form.changed.listen(lambda _: self._typing.start(_LOOK_AFTER))
            self._open(PanelKind.CHANGE, form)
            self._look_at_combination()

    def same_as(self) -> None:
        """Two codes were given to one person."""
        if (row := self.state.row) is not None:
            self._open(PanelKind.SAME, same_form(self.session, row.person, self.state.rows, self._joined))

    def tell_apart(self, person: str) -> None:
        """They are two people after all."""
        found = next((each for one in self.state.rows for each in one.others if each.id == person), None)
        if found is None:
            return
        into = found.merged_into
        name = f"{found.code.upper()} stands for itself"
        assert into is not None
        redo = partial(self._do, lambda uow: unmerge_person(uow, found.id), name)
        undo = partial(self._do, lambda uow: merge_people(uow, found.id, into), "Joined again")
        deed = Deed(name=name, undo=undo, redo=redo)
        self._do(lambda uow: unmerge_person(uow, found.id), name, lambda: self.session.undo.did(deed))

    # Names -----------------------------------------------------------------------------------------------------------

    def ask_key(self) -> None:
        """Open the key, or set it up the first time."""
        if not self.state.is_open:
            self.close_panel()
            self._show(replace(self.state, is_at_key=True, notice="", fault=""))

    def leave_key(self) -> None:
        """Back to the list without opening it."""
        self._show(replace(self.state, is_at_key=False))

    def name_them(self) -> None:
        """Put the name behind the code."""
        row = self.state.row
        if row is not None and self.key.is_open:
            self._open(PanelKind.NAME, self.key.name_form(row.person, self._finish))

    def save_key(self, path: Path) -> None:
        """The public key that others seal their names to."""
        mine = Holder(name=self.session.name, public=self.key.state.key.public)
        self._write(path, lambda: write_key(mine), f"Saved as {path.name}. Its words: {in_words(mine)}")

    def open_their_key(self, path: Path) -> None:
        """The public key of who is to have the names; nothing is sealed before its words were compared."""

        def read() -> Holder:
            return read_key(_bytes(path, LARGEST_KEY_FILE))

        self._work(read, lambda found: self._show(replace(self.state, offered=found, fault="")))

    def hand_over(self, path: Path) -> None:
        """They read out the same six words: every name goes into a file that they alone can open."""
        offered = self.state.offered
        if offered is not None and self.key.is_open:
            data = self.key.sealed_for(offered.public)
            self._write(path, lambda: data, f"Names sealed for {offered.name} as {path.name}")

    def make_sheet(self, use: Callable[[Document], None]) -> None:
        """Every name on a sheet of paper. That it was made is on the vault's own record before ``use`` gets it."""
        if not self.key.is_open:
            return
        self.key.active()
        assessment = self.facts.assessment

        def recorded(_: object) -> None:
            if self.key.is_open:  # it may have closed meanwhile
                now = self.session.clock.now()
                use(name_sheet(assessment, self.state.rows, self.key.state.key, self.session.name, now))

        self.session.workspace.perform(
            lambda uow: uow.note_exported(f"{EXPORTED}{assessment.id}"), initiator="box", done=recorded,
            failed=self.tell,
        )  # fmt: skip

    def save_sheet(self, path: Path) -> None:
        """The sheet as one file, where this laptop knows no printer."""
        self.make_sheet(
            lambda document: self._work(
                lambda: _saved(document, path),
                lambda _: self._finish(f"Names saved as {path.name}. It is not encrypted: print it, then delete it"),
            )
        )

    def sheet_printed(self, printer: str) -> None:
        """It lies at the printer."""
        self._finish(f"Names sent to {printer}. Fetch them now")

    def forget_offer(self) -> None:
        """Their words differ, or it was the wrong file."""
        self._show(replace(self.state, offered=None))

    def take_in(self, path: Path) -> None:
        """Names that somebody handed over."""
        self._work(lambda: _bytes(path, LARGEST_FILE), lambda data: self.key.take_in(data, self._finish, self.tell))

    def close_panel(self) -> None:
        """Esc: what was entered is kept as a draft, a name hidden with the key."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._typing.drop()
            self._show(replace(self.state, panel=None, filling=""))

    def tell(self, problem: Exception) -> None:
        """Something did not work."""
        self._show(replace(self.state, notice="", fault=sentence(problem)))
        self.session.say(sentence(problem), urgent=True)

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _joined(self, made: Person) -> None:
        into = made.merged_into
        assert into is not None
        name = f"{made.code.upper()} is the same person from here on"
        undo = partial(self._do, lambda uow: unmerge_person(uow, made.id), "Told apart again")
        redo = partial(self._do, lambda uow: merge_people(uow, made.id, into), name)
        self.session.undo.did(Deed(name=name, undo=undo, redo=redo))
        self._show(replace(self.state, chosen=into))
        self._finish(name)

    def _do(self, action: Callable[[UnitOfWork], object], words: str, then: Callable[[], None] = lambda: None) -> None:
        def done(_: object) -> None:
            then()
            self._finish(words)

        self.session.workspace.perform(action, initiator="people", done=done, failed=self.tell)

    def _done(self, words: Callable[[Person], str]) -> Callable[[Any], None]:
        def done(made: Person) -> None:
            self._show(replace(self.state, chosen=made.id))
            self._finish(words(made))

        return done

    def _finish(self, words: str) -> None:
        self._typing.drop()
        self._show(replace(self.state, panel=None, filling="", offered=None, notice=words, fault=""))
        self.session.say(words)

    def _look_at_combination(self) -> None:
        """Small numbers while the form is filled in: when it can still be said more broadly."""
        panel, row = self.state.panel, self.state.row
        if panel is None or panel.kind not in (PanelKind.ADD, PanelKind.CHANGE):
            return
        known = row.person if panel.kind is PanelKind.CHANGE and row is not None else None
        values = panel.form.state.values
        others = [one.person for one in self.state.rows if known is None or one.person.id != known.id]
        found = small_for(
            values["role"], values["organisation"], known.visit if known else self.facts.visit.id, others,
            self.facts.places, posts_of(self.facts.frameworks),
        )  # fmt: skip
        words = filling_line(found)
        if words and not self.state.filling:
            self.session.say(words)
        self._show(replace(self.state, filling=words))

    def _write(self, path: Path, data: Callable[[], bytes], words: str) -> None:
        def write() -> None:
            try:
                path.write_bytes(data())
            except OSError as error:
                raise Trouble("names.file_not_saved", file=path.name) from error

        self._work(write, lambda _: self._finish(words))

    def _work(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        lanes = self.session.workspace.lanes
        run(lanes.work, lanes.deliver, job, done, self.tell)

    def _moved(self, state: Any) -> None:
        """Hiding closes the key at once; leaving the page a minute later, unless somebody comes back to it."""
        if state.is_hidden:
            self.key.shut()
        elif state.page is Page.PEOPLE:
            self._away.drop()
        elif self.key.is_open and not self._away.is_pending:
            self._away.start(AWAY_SECONDS)
        if self.state.is_at_key and (state.is_hidden or state.page is not Page.PEOPLE):
            self.leave_key()

    def _key_opened(self) -> None:
        self._show(replace(self.state, is_at_key=False))

    def _before_closing(self) -> None:
        panel = self.state.panel
        if panel is not None and panel.kind is PanelKind.NAME:
            self.close_panel()

    def _key_changed(self, _: NamesState) -> None:
        self._read(self.state.rows)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("person", "entry", "withdrawal") and not self._soon.is_pending:
            self._soon.start(_SETTLING if changes.origin == "sync" else 0.0)

    def _read(self, rows: tuple[Coded, ...]) -> None:
        key, is_open = self.key.state.key, self.key.is_open
        names, known = list[tuple[str, str]](), dict[str, str]()
        for one in rows if is_open else ():
            named = key.name_of(one.person, [one.person, *one.others])
            if named is not None:
                known[one.person.code] = named.name
                names.append((str(one.person.id), ", ".join(part for part in (named.name, named.contact) if part)))
        self.session.name_book = NameBook.of(known)
        small = small_line(
            small_numbers((one.person for one in rows), self.facts.places, posts_of(self.facts.frameworks))
        )
        chosen = self.state.chosen
        if chosen not in {one.person.id for one in rows}:
            chosen = rows[0].person.id if rows else ""
        offered = self.state.offered if is_open else None
        self._show(
            replace(
                self.state, rows=rows, names=tuple(names), small=small, chosen=chosen, is_open=is_open, offered=offered
            )
        )  # fmt: skip


def in_words(holder: Holder) -> str:
    """The six words of a public key."""
    listed = word_list()
    return " ".join(listed[number] for number in holder.words)


def _saved(document: Document, path: Path) -> None:
    try:
        save(document, path)
    except Trouble as error:  # its own words are about the recovery sheet
        raise Trouble("names.file_not_saved", file=path.name) from error


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise Trouble("cli.file_unread", file=path.name) from error


def _coded(questions: Questions, assessment: Any) -> tuple[Coded, ...]:
    return coded(people_of(questions, assessment), notes_by_code(questions, assessment))


def _facts(session: Session, questions: Questions, record: str) -> PeopleFacts:
    visit = questions.visit(VisitId(record))
    assessment = questions.assessment(visit.assessment)
    return PeopleFacts(
        assessment=assessment, visit=visit, people=_coded(questions, assessment.id),
        places=places_of(questions, assessment.id),
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
        has_key=kept_box(questions, NAMES) is not None,
    )  # fmt: skip


def way() -> Way:
    """How the page is opened."""
    return Way(read=_facts, make=PeoplePage)
