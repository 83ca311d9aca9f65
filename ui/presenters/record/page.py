"""The page Record review: open a record with what has to be said of it, note from it, then the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.drafts import capture_place
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.record_access import LookedAt, access_log, close_record, reopen_record
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Consent
from fieldkit.domain.people import Person, shown_codes, standing_people
from fieldkit.domain.record_access import RecordAccess
from fieldkit.kernel.ids import ActivityId, EntryId
from ui.presenters.forms import Form
from ui.presenters.log.panels import Panels
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.record.form import look_form, take_back_form
from ui.presenters.record.noting import RecordNoting
from ui.presenters.record.reading import read_all, read_change
from ui.presenters.record.state import Change, FormKind, LookRow, OpenForm, RecordFacts, RecordState, Reviewed
from ui.presenters.record.words import HELD, allowed, printed, times
from ui.presenters.services import Session, Sheets
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

_ONE_BY_ONE = 200
"""Notes that change at once, above which all of them are read again: asking for each would take longer."""
_SETTLING = 0.2
"""Seconds that what arrives is waited for before the list is read again."""


class RecordPage(Presenter[RecordState]):
    """The verbs of the page. ``noting`` has the box and the notes."""

    def __init__(self, bench: Bench, facts: RecordFacts) -> None:
        super().__init__(RecordState(title=facts.found.activity.title))
        self.facts = facts
        self.bench = bench
        self._session = bench.session
        self._problem = ""
        activity = facts.found.activity
        self.noting = RecordNoting(bench.session, activity, facts.frameworks, _vocabulary(facts), self._refresh)
        self.noting.reader.shown = shown_codes(facts.found.people)
        self.panels = Panels(
            bench.session, facts.visit, facts.frameworks, self.noting.actions, lambda _: self.facts.found.activity,
            self.noting.troubled,
        )  # fmt: skip
        self._soon = Countdown(bench.session.later, self._catch_up)
        self._changed_notes: set[str] = set()
        self._is_changed_around = False
        self._listening = Listening()
        self._listening.add(bench.session.workspace.changed.listen(self._changed))
        self.noting.start(facts.drafts)
        self._choose_open()
        if not facts.found.log:
            self.open_record()

    @property
    def activity(self) -> ActivityId:
        """The record review's activity."""
        return self.facts.found.activity.id

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.facts.assessment.name, self.facts.visit.name, self.facts.found.activity.title)

    @property
    def look(self) -> LookedAt | None:
        """The record whose notes are shown."""
        return next((one for one in self.facts.found.log if one.row.record == self.state.chosen), None)

    def close(self) -> None:
        self._listening.close()
        self._soon.drop()
        if self.state.form is not None:
            self.state.form.form.close()
        self.panels.close()
        self.noting.close()

    def load(self) -> None:
        """Read everything again."""
        activity = self.activity
        self._session.workspace.ask_then(lambda q: read_all(q, activity), self._answered, self.noting.troubled)

    def _catch_up(self) -> None:
        """Read what changed: one note of two thousand costs one note."""
        notes, self._changed_notes = sorted(self._changed_notes), set()
        is_around, self._is_changed_around = self._is_changed_around, False
        if len(notes) > _ONE_BY_ONE:
            self.load()
            return
        self._session.workspace.ask_then(
            partial(read_change, activity=self.activity, notes=notes, is_around=is_around),
            self._apply, self.noting.troubled,
        )  # fmt: skip

    def _apply(self, change: Change) -> None:
        found = self.facts.found
        if change.notes:
            placed = {one: about for one, about in {**found.placed, **change.notes}.items() if about is not None}
            found = replace(found, placed=placed)
        if change.around is not None:
            found = replace(change.around, placed=found.placed)
            self._answered(found)
        else:
            self.facts = replace(self.facts, found=found)
            self._refresh()

    def choose(self, key: str) -> None:
        """The cursor is on another record: its notes are shown, and what is typed belongs to it."""
        if key != self.state.chosen and any(one.key == key for one in self.state.rows):
            self._take(key)

    def open_record(self) -> None:
        """Ctrl+Shift+N: first what has to be said."""
        codes = _codes(self.facts.found)
        self._open(FormKind.OPEN, look_form(self._session, self.facts.found.activity, codes, self._opened))

    def close_record(self) -> None:
        """The record is put away; its notes stay, and more may be written up."""
        look = self.look
        if look is None or not look.access.is_open:
            self._session.say("No record is open here" if look is None else f"{look.access.reference} is closed")
            return
        record, name = look.row.record, f"{look.access.reference} closed"
        undo, redo = partial(self._do, reopen_record, record, "Open again"), partial(
            self._do, close_record, record, name
        )  # fmt: skip
        deed = Deed(name=name, undo=undo, redo=redo)
        self._do(close_record, record, name, lambda: self._session.undo.did(deed))

    def take_back_consent(self) -> None:
        """The person no longer agrees: say what that means first."""
        look = self.look
        if look is None or look.consent is None or look.is_held:
            self._session.say("This record does not rest on consent" if look is not None else "Select a record first")
            return

        def done(_: Any) -> None:
            self._finish("Consent taken back. The notes of this record are held")

        self._open(FormKind.TAKE_BACK, take_back_form(self._session, look.access, done))

    def close_form(self) -> None:
        """Esc: what was entered is kept as a draft."""
        if self.state.form is not None:
            self.state.form.form.close()
            self._show(replace(self.state, form=None))

    def save_log(self, path: Path, sheets: Sheets) -> None:
        """Write the access log of the assessment, a PDF with its web page beside it."""
        assessment, now = self.facts.assessment, self._session.clock.now()

        def saved() -> None:
            pair = f"{path.name}, and a web copy" if path.suffix.casefold() == ".pdf" else path.name
            self._finish(f"Access log saved as {pair}")

        self._session.workspace.ask_then(
            lambda questions: access_log(questions, assessment=assessment.id),
            lambda log: sheets.save_document(path, printed(assessment.name, log, now), saved, self._refused),
            self._refused,
        )

    def seek(self, entry: EntryId) -> None:
        """A note is looked for: the record it is from is shown, with the cursor on it."""

        def found(about: str) -> None:
            if about in {one.key for one in self.state.rows}:
                self._take(about)
            self.noting.seek(entry)

        self._session.workspace.ask_then(lambda q: q.entry(entry).entry.about or "", found, self._refused)

    def dismiss(self) -> None:
        """What was mentioned was read."""
        self.noting.remark = self.noting.recovered = self._problem = ""
        self._show(replace(self.state, notice=""))
        self._refresh()

    def to_visit(self) -> None:
        """Back to the visit."""
        self.bench.open_visit(self.facts.visit.id)

    def _open(self, kind: FormKind, form: Form) -> None:
        self.close_form()
        self._problem = ""
        self._show(replace(self.state, form=OpenForm(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _opened(self, made: RecordAccess) -> None:
        words = f"{made.reference} is open"

        def home(found: Reviewed) -> None:
            self.facts = replace(self.facts, found=found)
            self._take(made.id)
            self._problem = ""
            self._show(replace(self.state, form=None, notice=""))
            self._session.say(words)

        activity = self.activity
        self._session.workspace.ask_then(lambda q: read_all(q, activity), home, self._refused)

    def _choose_open(self) -> None:
        log = self.facts.found.log
        mine = [one for one in log if one.row.is_mine and one.access.is_open]
        chosen = (mine or list(log))[-1:]
        self._take(chosen[0].row.record if chosen else "")

    def _take(self, key: str) -> None:
        self.noting.show_record(key)
        self._show(replace(self.state, chosen=key))
        self._refresh()

    def _do(
        self,
        change: Callable[[UnitOfWork, str], object],
        record: str,
        words: str,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        def done(_: object) -> None:
            then()
            self._finish(words)
            self.load()

        self._session.workspace.perform(
            lambda uow: change(uow, record), initiator="record", done=done, failed=self._refused
        )

    def _finish(self, words: str) -> None:
        self._problem = ""
        self._show(replace(self.state, form=None, notice=words, fault=""))
        self._session.say(words)

    def _refused(self, problem: Exception) -> None:
        self._problem = sentence(problem)
        self._session.say(self._problem, urgent=True)
        self._refresh()

    def _changed(self, changes: ChangeSet) -> None:
        notes = changes.ids("entry")
        is_around = changes.touches(RecordAccess.KIND, Consent.KIND, Case.KIND, "activity", "person")
        self._changed_notes |= notes
        self._is_changed_around |= is_around
        if (notes or is_around) and not self._soon.is_pending:
            self._soon.start(_SETTLING if changes.origin == "sync" else 0.0)

    def _answered(self, found: Reviewed) -> None:
        self.facts = replace(self.facts, found=found)
        if not self.state.chosen and found.log:
            self._choose_open()
        self.noting.box.line.speak_of(_vocabulary(self.facts))
        self.noting.reader.meet({one.code: one.role for one in found.people})
        self.noting.reader.shown = shown_codes(found.people)
        self._refresh()

    def _refresh(self) -> None:
        found, noting = self.facts.found, self.noting
        today = self._session.clock.now().astimezone().date()
        counts = found.counts
        rows = tuple(
            LookRow(
                key=one.row.record, title=f"{one.access.reference}  {one.access.whose}, {one.access.what}",
                status=_status(one, counts[one.row.record], times(one.access, today)),
                is_open=one.access.is_open, is_held=one.is_held,
            )
            for one in found.log
        )  # fmt: skip
        known = {one.key for one in rows}
        loose = sum(count for key, count in counts.items() if key not in known)
        state = replace(
            self.state, title=found.activity.title, rows=rows, loose=loose, recovered=noting.recovered,
            remark=noting.remark, fault=noting.fault or self._problem,
        )  # fmt: skip
        if state != self.state:
            self._show(state)


def _status(one: LookedAt, notes: int, when: str) -> str:
    parts = (
        when,
        one.row.author_name,
        allowed(one.access),
        ui.count(notes, "note"),
        HELD if one.is_held else "",
    )
    return " · ".join(part for part in parts if part)


def _codes(found: Reviewed) -> list[str]:
    people = [one.code.upper() for one in standing_people(found.people)]
    return [*(one.code for one in found.cases), *people]


def _vocabulary(facts: RecordFacts) -> Vocabulary:
    people: Sequence[Person] = facts.found.people
    return Vocabulary(frameworks=facts.frameworks, people=tuple(people))


def read_facts(session: Session, questions: Questions, record: str) -> RecordFacts:
    """Raises ``Mistake('access.not_one')`` for any other kind of activity."""
    found = read_all(questions, ActivityId(record))
    assessment = questions.assessment(found.activity.assessment)
    under = f"{capture_place(found.activity.id)}/"
    drafts = sorted((one for one in questions.drafts() if one.place.startswith(under)), key=lambda one: one.kept_at)
    return RecordFacts(
        assessment=assessment, visit=questions.visit(found.activity.visit), found=found, drafts=tuple(drafts),
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
    )  # fmt: skip


def way() -> Way:
    """How the page is opened."""
    return Way(read=read_facts, make=RecordPage)
