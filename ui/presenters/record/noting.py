"""Noting from a record: the box that is typed into, a draft for each record, the notes that are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from fieldkit.app.drafts import capture_place
from fieldkit.app.entries import NewEntry
from fieldkit.app.noting import note_from
from fieldkit.app.rows import Draft, EntryFilter, Facet, Term
from fieldkit.capture.captured import Captured
from fieldkit.capture.parse import parse
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import EntryId, RecordId, new_id
from ui.presenters.interview.box import Box, Typed, kept_text
from ui.presenters.log.faults import fault_words
from ui.presenters.log.hand_over import HandOver
from ui.presenters.log.log_rows import ENOUGH, LogRows
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.paper import OnPaper, paper_of
from ui.presenters.log.remarks import remarks_on
from ui.presenters.log.row_words import RowReader
from ui.presenters.log.saved_words import saved_words
from ui.presenters.log.sought import Sought
from ui.presenters.log.waiting_notes import WaitingNote
from ui.presenters.open_texts import NOTE, OpenText
from ui.presenters.services import Connection, Session

NO_RECORD = "none"
"""Stands in a draft's place for the id of a record: what was typed while none was open."""


class RecordNoting:
    """``moved`` is called when the page has something else to show."""

    def __init__(
        self,
        session: Session,
        activity: Activity,
        frameworks: tuple[Framework, ...],
        vocabulary: Vocabulary,
        moved: Callable[[], None],
    ) -> None:
        self._session = session
        self._activity = activity
        self._frameworks = frameworks
        self._moved = moved
        self._kept: dict[str, Typed] = {}
        self.record = ""
        self.recovered = ""
        self.remark = ""
        self.fault = ""
        self.box = Box(session, vocabulary, self._under(""), self._drafted)
        self.rows = LogRows(session.workspace, session.later, self._wanted(""), ENOUGH)
        self.sought = Sought(self.rows)
        self.reader = RowReader({one.id: one for one in frameworks}, {one.code: one.role for one in vocabulary.people})
        self.reader.today = session.clock.now().astimezone().date()
        self.reader.is_alone = session.office.state.connection is Connection.STANDALONE
        self.reader.know(session)
        self.actions = NoteActions(session, self.troubled)
        self.paper = OnPaper(session, activity.on)
        self.hand_over = HandOver(session.workspace, session.later, activity, self._saved)
        self._leave = [
            session.open_texts.join(self),
            self.rows.moved.listen(lambda _: self._rows_moved()),
            self.hand_over.waiting.changed.listen(self._waiting_changed),
        ]

    def start(self, drafts: Iterable[Draft]) -> None:
        """Read the notes, and put back what was being typed."""
        self.rows.load()
        under = capture_place(self._activity.id)
        for draft in drafts:
            part, _, _ = draft.place.removeprefix(f"{under}/").rpartition("/")
            line = TypedLine.from_extra(draft.text, draft.extra)
            key = "" if part == NO_RECORD else part
            before = self._kept.get(key)
            if before is not None:  # two of one record: the earlier one had been handed over
                self._hand(before, key)
            self._kept[key] = Typed(place=draft.place, line=line, caret=draft.caret, noticed_at=draft.noticed_at)
            if draft.place not in self._session.typed_here:
                self.recovered = "Recovered what you were typing"
        found = self._kept.pop(self.record, None)
        if found is not None:
            self.box.put_back(found)

    def close(self) -> None:
        """What is typed goes to disk; nothing is heard any more."""
        while self._leave:
            self._leave.pop()()
        self.box.close()
        self.hand_over.close()
        self.rows.close()

    def show_record(self, record: str) -> None:
        """Another record is looked at; what was begun for the last one waits there."""
        if record == self.record:
            return
        left = self.box.turn(self._under(record), self._kept.pop(record, None))
        if left.line.text.strip():
            self._kept[self.record] = left
        self.record = record
        self.rows.look_for(self._wanted(record))

    def save(self) -> bool:
        """Enter: hand the note over; False where nothing stands in the box."""
        if self.box.line.state.captured.is_blank or self.paper.waits([self.box.line], self.save):
            return False
        self.recovered = self.remark = ""
        self._hand(self.box.take(), self.record)
        return True

    def mark(self) -> None:
        """Ctrl+M: a place in the record worth coming back to."""
        now = self._session.clock.now()
        note = NewEntry(text="", is_mark=True, noticed_at=now, about=self._about)
        place = f"{self._under(self.record)}/{new_id()}"
        self._give(Typed(place=place, line=TypedLine(), caret=0, noticed_at=now), Captured(text=""), note)

    def save_again(self) -> None:
        """Ctrl+S: offer again what was not saved; see that what is typed is on disk."""
        if not self.hand_over.again():
            self.box.keep_now()

    def edit_stuck(self, place: str) -> None:
        """Take a note that was not accepted back into the box, if that is free."""
        if not self.box.is_empty:
            self._session.say("Save the note you are typing first")
            return
        found = self.hand_over.take_back(place)
        if found is not None:
            line = found.line
            self.box.put_back(Typed(place=found.place, line=line, caret=len(line.text), noticed_at=found.noticed_at))

    def open_texts(self) -> list[OpenText]:
        """The box, what waits for other records, and notes not saved yet, for find and replace."""
        title, activity = self._activity.title, self._activity.id
        kept = [kept_text(self._session, self._kept, key, title, NOTE, activity) for key in self._kept]
        waiting = self.hand_over.open_texts(title, self._remade)
        return [self.box.open_text(title, NOTE, activity), *kept, *waiting]

    def seek(self, entry: EntryId) -> None:
        """Put the cursor on a note, as soon as it has been read."""
        self.sought.seek(entry)
        self.rows.reach(entry)

    def troubled(self, problem: Exception) -> None:
        """Something could not be saved: a banner, and work goes on."""
        self.fault = fault_words(problem)
        self._session.say(self.fault, urgent=True)
        self._moved()

    @property
    def _about(self) -> RecordId | None:
        return RecordId(self.record) if self.record else None

    def _hand(self, typed: Typed, record: str) -> None:
        noticed = min(typed.noticed_at or self._session.clock.now(), self._session.clock.now())
        captured = parse(typed.line, self.box.line.vocabulary)
        note = note_from(captured, self._activity, self._frameworks, noticed_at=noticed, origin=self.paper.origin)
        self._give(typed, captured, replace(note, about=RecordId(record) if record else note.about))

    def _remade(self, waiting: WaitingNote, line: TypedLine) -> tuple[Captured, NewEntry]:
        captured, before = parse(line, self.box.line.vocabulary), waiting.note
        note = note_from(
            captured, self._activity, self._frameworks, noticed_at=waiting.noticed_at, origin=paper_of(before.origin)
        )
        return captured, replace(note, about=before.about or note.about)

    def _give(self, typed: Typed, captured: Captured, note: NewEntry) -> None:
        self.hand_over.give(
            WaitingNote(
                place=typed.place, line=typed.line, noticed_at=note.noticed_at or self._session.clock.now(),
                note=note, captured=captured,
            )
        )  # fmt: skip

    def _saved(self, waiting: WaitingNote, entry: Entry) -> None:
        self.actions.recorded(entry.id, "Moment marked" if entry.is_mark else "Note saved")
        found = [one.text for one in remarks_on(entry, waiting.captured)]
        self.remark = ". ".join(found)
        if found:
            self.reader.remarks[entry.id] = self.remark
        how = self._session.preferences.state.saved_words
        self._session.say(saved_words(entry, self.reader, self._frameworks[0], how))
        self._waiting_changed(self.hand_over.waiting.notes)
        self._rows_moved()

    def _rows_moved(self) -> None:
        self.hand_over.waiting.shown(lambda entry: self.rows.place(entry) is not None)
        self._moved()

    def _waiting_changed(self, notes: tuple[WaitingNote, ...]) -> None:
        problems = [note.problem for note in notes if note.problem is not None]
        fault = fault_words(problems[-1]) if problems else ""
        if fault and fault != self.fault:
            self._session.say(fault, urgent=True)
        self.fault = fault
        self._moved()

    def _drafted(self, problem: Exception | None) -> None:
        if problem is not None:
            self.troubled(problem)

    def _wanted(self, record: str) -> EntryFilter:
        terms = (Term(facet=Facet.ABOUT, values=(record,)),) if record else ()
        return EntryFilter(activity=self._activity.id, terms=terms)

    def _under(self, record: str) -> str:
        return f"{capture_place(self._activity.id)}/{record or NO_RECORD}"
