"""Asking and noting: the question that is up, its answer box, the free notes, and the notes that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from fieldkit.app.drafts import capture_place
from fieldkit.app.entries import NewEntry
from fieldkit.app.noting import default_of, note_from
from fieldkit.app.rows import Draft, EntryFilter, EntryRow
from fieldkit.capture.captured import Captured
from fieldkit.capture.parse import parse
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.domain.entry import Entry
from fieldkit.domain.people import shown_codes
from fieldkit.domain.questions import Question
from fieldkit.kernel.ids import EntryId, new_id
from ui.presenters.interview.applies import Applies
from ui.presenters.interview.box import Box, Typed, kept_text
from ui.presenters.interview.codes import all_codes, offered_codes
from ui.presenters.interview.facts import FREE, InterviewFacts
from ui.presenters.log.faults import fault_words
from ui.presenters.log.hand_over import HandOver
from ui.presenters.log.log_rows import ENOUGH, LogRows
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.panels import Panels
from ui.presenters.log.paper import OnPaper, paper_of
from ui.presenters.log.remarks import remarks_on
from ui.presenters.log.row_words import RowReader
from ui.presenters.log.saved_words import saved_words
from ui.presenters.log.sought import Sought
from ui.presenters.log.waiting_notes import WaitingNote
from ui.presenters.open_texts import OpenText
from ui.presenters.services import Connection, Session


class Asking:
    """``moved`` is called when the page has something else to show, ``typed`` after a key in the answer."""

    def __init__(
        self, session: Session, facts: InterviewFacts, moved: Callable[[], None], typed: Callable[[], None]
    ) -> None:
        self.facts = facts
        self._session = session
        self._moved = moved
        self._kept: dict[str, Typed] = {}
        self.question = ""
        self.speaker = ""
        self.recovered = ""
        self.remark = ""
        self.fault = ""
        activity = facts.interview.activity
        vocabulary = offered_codes(facts)
        self.answer = Box(session, vocabulary, self._under(""), self._drafted)
        self.free = Box(session, vocabulary, self._under(FREE), self._drafted)
        self.rows = LogRows(session.workspace, session.later, EntryFilter(activity=activity.id), ENOUGH)
        self.sought = Sought(self.rows)
        self.applies = Applies(session.clock)
        self.reader = RowReader({one.id: one for one in facts.frameworks}, {one.code: one.role for one in facts.people})
        self.reader.sources = facts.sources
        self.reader.shown = shown_codes(facts.people)
        self.reader.cases = {case.id: case.code for case in facts.cases}
        self.reader.today = session.clock.now().astimezone().date()
        self.reader.is_alone = session.office.state.connection is Connection.STANDALONE
        self.reader.know(session)
        self.actions = NoteActions(session, self.troubled)
        self.panels = Panels(
            session, facts.visit, facts.frameworks, self.actions, lambda _: facts.interview.activity, self.troubled
        )
        self.paper = OnPaper(session, activity.on)
        self.hand_over = HandOver(session.workspace, session.later, activity, self._saved)
        self._leave = [
            session.open_texts.join(self),
            self.rows.moved.listen(lambda _: self._rows_moved()),
            self.hand_over.waiting.changed.listen(self._waiting_changed),
            self.answer.line.changed.listen(lambda _: typed()),
        ]

    def know(self, facts: InterviewFacts) -> None:
        """What is known of the interview, its people and cases is another now."""
        before, self.facts = self.facts, facts
        self.reader.sources = facts.sources
        self.reader.meet({one.code: one.role for one in facts.people})
        self.reader.shown = shown_codes(facts.people)
        self.reader.cases = {case.id: case.code for case in facts.cases}
        vocabulary = offered_codes(facts)
        if vocabulary != offered_codes(before):
            self.answer.line.speak_of(vocabulary)
            self.free.line.speak_of(vocabulary)

    def start(self) -> None:
        """Read the notes, and put back what was being typed."""
        self.rows.load()
        activity = capture_place(self.facts.interview.activity.id)
        for draft in self.facts.drafts:
            part, _, _ = draft.place.removeprefix(f"{activity}/").rpartition("/")
            key = part or FREE
            before = self._kept.get(key)
            if before is not None:  # two of one place: the earlier one had been handed over
                self._give(before, key)
            self._kept[key] = _typed(draft)
        free = self._kept.pop(FREE, None)
        if free is not None:
            self.free.put_back(free)
        here = [draft for draft in self.facts.drafts if draft.place not in self._session.typed_here]
        if here:
            self.recovered = "Recovered what you were typing"

    def close(self) -> None:
        """What is typed goes to disk; nothing is heard any more."""
        while self._leave:
            self._leave.pop()()
        self.answer.close()
        self.free.close()
        self.hand_over.close()
        self.panels.close()
        self.rows.close()

    @property
    def drafted_question(self) -> str:
        """The question an answer was begun for before the program ended; empty without one."""
        known = {one.id for one in self.facts.interview.questions}
        return next((key for key in self._kept if key in known), "")

    @property
    def unsaved(self) -> int:
        """How many texts were begun and are in no note, those that a note could not be made of too."""
        here = sum(not box.is_empty for box in (self.answer, self.free))
        kept = sum(bool(one.line.text.strip()) for one in self._kept.values())
        return here + kept + len(self.hand_over.waiting.stuck)

    @property
    def answered(self) -> frozenset[str]:
        """The questions that a note answers, those on their way to the vault too."""
        standing = (row.entry.agenda_item for row in self.rows.rows if row.withdrawal is None)
        waiting = (note.note.agenda_item for note in self.hand_over.waiting.notes)
        return frozenset(item for item in (*standing, *waiting) if item)

    @property
    def waiting(self) -> Mapping[str, str]:
        """The questions that do not apply as things stand, each with when it would."""
        return self.applies.waiting(self.facts.interview)

    def hear(self) -> None:
        """Let the rules of the guide see the notes as they are."""
        self.applies.hear(self.rows.rows, self.hand_over.waiting.notes)

    @property
    def standing(self) -> list[EntryRow]:
        """The notes that were not withdrawn."""
        return [row for row in self.rows.rows if row.withdrawal is None]

    def show_question(self, question: str) -> None:
        """Another question is up; the answer that was begun for the last one waits there."""
        if question == self.question:
            return
        left = self.answer.turn(self._under(question), self._kept.pop(question, None))
        if left.line.text.strip():
            self._kept[self.question] = left
        self.question = question

    def waits(self, then: Callable[[], object]) -> bool:
        """Whether a note written on paper has to be given its time before both boxes can be saved; ``then`` goes on."""
        return self.paper.waits([self.free.line, self.answer.line], then)

    def save_answer(self) -> bool:
        """Hand the answer over; False where nothing stands in the box."""
        if self.answer.line.state.captured.is_blank or self.paper.waits([self.answer.line], self.save_answer):
            return False
        self._forget()
        self._give(self.answer.take(), self.question)
        return True

    def save_free(self) -> bool:
        """Hand a free note over; False where nothing stands in the box."""
        if self.free.line.state.captured.is_blank or self.paper.waits([self.free.line], self.save_free):
            return False
        self._forget()
        self._give(self.free.take(), FREE)
        return True

    def mark(self) -> None:
        """Ctrl+M: a moment worth coming back to."""
        now = self._session.clock.now()
        note = NewEntry(text="", is_mark=True, agenda_item=self.question or None, noticed_at=now)
        place = f"{self._under(FREE)}/{new_id()}"
        empty = Captured(text="")
        self.hand_over.give(WaitingNote(place=place, line=TypedLine(), noticed_at=now, note=note, captured=empty))

    def save_again(self) -> None:
        """Ctrl+S: offer again what was not saved; see that what is typed is on disk."""
        if not self.hand_over.again():
            self.answer.keep_now()
            self.free.keep_now()

    def edit_stuck(self, place: str) -> None:
        """Take a note that was not accepted back into the box it came from, if that is free."""
        waiting = next((one for one in self.hand_over.waiting.stuck if one.place == place), None)
        if waiting is None:
            return
        box = self.answer if waiting.note.agenda_item == self.question and self.question else self.free
        if not box.is_empty:
            self._session.say("Save the note you are typing first")
            return
        self.hand_over.take_back(place)
        box.put_back(Typed(place=place, line=waiting.line, caret=len(waiting.line.text), noticed_at=waiting.noticed_at))

    def speak(self, person: str) -> None:
        """Whose words the next notes are; the same again means nobody's in particular."""
        self.speaker = "" if person == self.speaker else person
        self._moved()

    def category_words(self) -> str:
        """The evidence category of the answer as it stands."""
        main = self.facts.frameworks[0]
        said = self.answer.line.state.captured.category
        category = main.category_by(said.code) if said else None
        session = self.facts.interview.session
        category = category or default_of(main, self.facts.interview.activity, session.band if session else None)
        return category.short if category else ""

    def open_texts(self) -> list[OpenText]:
        """Both boxes, answers begun for other questions, and notes not saved yet, for find and replace."""
        called, activity = self.facts.interview.reference, self.facts.interview.activity.id
        numbers = {one.id: f"Answer to question {place}" for place, one in enumerate(self.facts.interview.questions, 1)}

        def leading(key: str) -> Callable[[Span], None]:
            def point(span: Span) -> None:
                self.show_question(key)
                self._moved()
                self.answer.line.point(span)

            return point

        kept = [
            kept_text(self._session, self._kept, key, called, numbers.get(key, "Answer"), activity, leading(key))
            for key in self._kept
        ]
        here = self.answer.open_text(called, numbers.get(self.question, "Answer"), activity)
        free = self.free.open_text(called, "Free notes", activity)
        return [here, free, *kept, *self.hand_over.open_texts(called, self._remade)]

    def seek(self, entry: EntryId) -> None:
        """Put the cursor on a note, as soon as it has been read."""
        self.sought.seek(entry)
        self.rows.reach(entry)

    def troubled(self, problem: Exception) -> None:
        """Something could not be saved: a banner, and work goes on."""
        self.fault = fault_words(problem)
        self._session.say(self.fault, urgent=True)
        self._moved()

    def _give(self, typed: Typed, key: str) -> None:
        noticed = min(typed.noticed_at or self._session.clock.now(), self._session.clock.now())
        captured = parse(typed.line, all_codes(self.facts))
        note = self._note(captured, noticed, key)
        self.hand_over.give(
            WaitingNote(place=typed.place, line=typed.line, noticed_at=noticed, note=note, captured=captured)
        )

    def _remade(self, waiting: WaitingNote, line: TypedLine) -> tuple[Captured, NewEntry]:
        captured, before = parse(line, all_codes(self.facts)), waiting.note
        note = self._note(captured, waiting.noticed_at, before.agenda_item or FREE)
        return captured, replace(note, origin=paper_of(before.origin), speaker=captured.speaker or before.speaker)

    def _note(self, captured: Captured, noticed: datetime, key: str) -> NewEntry:
        interview = self.facts.interview
        question = next((one for one in interview.questions if one.id == key), None)
        session = interview.session
        note = note_from(
            captured, interview.activity, self.facts.frameworks, noticed_at=noticed, agenda_item=_item(question, key),
            targets=question.targets if question is not None else (), band=session.band if session else None,
            origin=self.paper.origin,
        )  # fmt: skip
        if captured.speaker is not None:
            self.speaker = captured.speaker
        elif self.speaker:
            note = replace(note, speaker=self.speaker)
        return note

    def _saved(self, waiting: WaitingNote, entry: Entry) -> None:
        self.actions.recorded(entry.id, "Moment marked" if entry.is_mark else "Note saved")
        found = [one.text for one in remarks_on(entry, waiting.captured)]
        if entry.agenda_item and (said := self.applies.remark(self.facts.interview, entry.agenda_item, entry.text)):
            found.insert(0, said.rstrip("."))
        self.remark = ". ".join(found)
        if found:
            self.reader.remarks[entry.id] = self.remark
        how = self._session.preferences.state.saved_words
        self._session.say(saved_words(entry, self.reader, self.facts.frameworks[0], how))
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

    def _forget(self) -> None:
        self.recovered = ""
        self.remark = ""

    def _under(self, part: str) -> str:
        place = capture_place(self.facts.interview.activity.id)
        return f"{place}/{part}" if part else f"{place}/{FREE}"


def _typed(draft: Draft) -> Typed:
    line = TypedLine.from_extra(draft.text, draft.extra)
    return Typed(place=draft.place, line=line, caret=draft.caret, noticed_at=draft.noticed_at)


def _item(question: Question | None, key: str) -> str | None:
    """An answer whose question has gone is still an answer to it."""
    return question.id if question is not None else None if key == FREE else key
