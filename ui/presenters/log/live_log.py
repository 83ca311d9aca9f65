"""The live log of one activity: keeps up with a meeting, hands on the keyboard, eyes on the room (ux S5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fieldkit.app.abouts import tracked_of
from fieldkit.app.bulk import category_by_number
from fieldkit.app.changes import ChangeSet
from fieldkit.app.drafts import capture_place
from fieldkit.app.entries import NewEntry
from fieldkit.app.noting import evidence_from, note_from
from fieldkit.app.rows import Draft, EntryFilter, EntryRow
from fieldkit.capture.captured import Captured, HintKind
from fieldkit.capture.parse import parse
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Tracked, Vocabulary
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.domain.people import Person, shown_codes, standing_people
from fieldkit.kernel.ids import EntryId, RecordId, new_id
from ui.presenters.draft_keeper import DraftKeeper
from ui.presenters.log.capture_line import CaptureLine
from ui.presenters.log.category_key import with_category
from ui.presenters.log.clock_watch import ClockWatch
from ui.presenters.log.elsewhere import copy_elsewhere
from ui.presenters.log.faults import fault_words
from ui.presenters.log.flagged import Flagged
from ui.presenters.log.hand_over import HandOver
from ui.presenters.log.log_rows import ENOUGH, LogRows
from ui.presenters.log.log_state import LogState, first_state
from ui.presenters.log.meeting_clock import MeetingClock
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.opening import LogFacts, item_key
from ui.presenters.log.paper import OnPaper, paper_of
from ui.presenters.log.pins import Pins
from ui.presenters.log.prompts import Prompts
from ui.presenters.log.remarks import Remark, remarks_on
from ui.presenters.log.row_words import RowReader
from ui.presenters.log.saved_words import saved_words
from ui.presenters.log.sought import Sought
from ui.presenters.log.waiting_notes import WaitingNote
from ui.presenters.open_texts import NOTE, OpenText
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.row_moves import Move, RowsMoved
from ui.presenters.services import Connection, Session
from ui.presenters.wording import ui

__all__ = ["LiveLog", "LogState"]


class LiveLog(Presenter[LogState]):
    """The verbs of the log. ``line`` and ``rows`` have states of their own, so that a key redraws only the line."""

    def __init__(self, session: Session, facts: LogFacts) -> None:
        super().__init__(first_state(session, facts))
        self.facts = facts
        self._session = session
        self._activity = facts.activity
        self._place = self._new_place()
        self._pins = Pins(session.workspace, facts.visit, facts.frameworks, facts.pins)
        vocabulary = Vocabulary(frameworks=facts.frameworks, people=facts.people, cases=facts.cases)
        self.line = CaptureLine(
            vocabulary, session.clock, self._edited, session.recents, session.texts, lambda: session.name_book
        )
        self.rows = LogRows(session.workspace, session.later, EntryFilter(activity=facts.activity.id), ENOUGH)
        self.sought = Sought(self.rows)
        self.flagged = Flagged(session.workspace, self.rows, facts.activity.id)
        self.reader = RowReader({one.id: one for one in facts.frameworks}, _roles(facts.people))
        self.reader.shown = shown_codes(facts.people)
        self.reader.cases = {RecordId(case.id): case.code for case in facts.cases}
        self.reader.sources = facts.sources
        self.reader.today = session.clock.now().astimezone().date()
        self.reader.is_alone = session.office.state.connection is Connection.STANDALONE
        self.reader.know(session)
        self.actions = NoteActions(session, self.troubled)
        self.hand_over = HandOver(session.workspace, session.later, facts.activity, self._saved)
        self.meeting = MeetingClock(session.clock, session.later, facts.activity, self.rows)
        self.paper = OnPaper(session, facts.activity.on)
        self._clock_watch = ClockWatch(session.clock)
        self._keeper = DraftKeeper(session.workspace, session.later, self._draft, self._drafted)
        self.prompts = Prompts(session, facts.activity, facts.frameworks, self.adopt)
        self._listening = Listening()
        self._listening.add(session.open_texts.join(self))
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(self.line.changed.listen(lambda _: self._refresh()))
        self._listening.add(self.paper.changed.listen(lambda _: self._refresh()))
        self._listening.add(self.hand_over.waiting.changed.listen(self._waiting_changed))
        self._listening.add(self.rows.moved.listen(lambda _: self._rows_moved()))
        self._refresh()

    def start(self) -> None:
        """Read the notes, and put back what was being typed: without a question."""
        self.rows.load(self.facts.notes)
        self.flagged.load()
        self.meeting.tick()
        self.prompts.load()
        if not self.facts.drafts:
            return
        *earlier, last = self.facts.drafts
        for draft in earlier:
            self._give(TypedLine.from_extra(draft.text, draft.extra), draft.noticed_at, draft.place)
        self._place = last.place
        self.line.put(TypedLine.from_extra(last.text, last.extra), last.caret, last.noticed_at)
        if last.place not in self._session.typed_here:
            when = ui.clock(last.noticed_at or last.kept_at)
            self._show(replace(self.state, recovered=f"Recovered what you were typing at {when}"))

    def close(self) -> None:
        """Put what is being typed on disk and hear nothing more."""
        self._keeper.flush()
        self._keeper.drop()
        self.hand_over.close()
        self.flagged.close()
        self.meeting.close()
        self.rows.close()
        self._listening.close()

    def save(self) -> None:
        """Enter: hand the note over and be ready for the next one at once."""
        state = self.line.state
        if state.captured.is_blank:
            self._tag_note_above(state.captured)
            return
        if self.paper.waits([self.line], self.save):
            return
        self._keeper.drop()
        place, self._place = self._place, self._new_place()
        self.line.clear()
        self._show(replace(self.state, remarks=(), recovered=""))
        self._give(state.line, state.noticed_at, place)

    def mark(self) -> None:
        """Ctrl+M: a moment worth coming back to; what is in the line stays there."""
        now = self._session.clock.now()
        note = NewEntry(text="", is_mark=True, agenda_item=self._item_id(), noticed_at=now)
        empty = Captured(text="")
        place = self._new_place()
        self.hand_over.give(WaitingNote(place=place, line=TypedLine(), noticed_at=now, note=note, captured=empty))

    def save_again(self) -> None:
        """Ctrl+S: offer again what could not be saved; else see that what is typed is on disk, and say so."""
        if not self.hand_over.again():
            self._keeper.keep_now()
            self._session.say(f"{ui.SAVED_HERE} {ui.clock(self._session.clock.now())}")

    def save_copy(self, path: Path) -> None:
        """Write what is not in the vault to a plain file elsewhere: unsaved notes, and what is in the line."""
        notes = [(note.noticed_at, note.line.text or "Marked moment") for note in self.hand_over.waiting.stuck]
        line = self.line.state
        if line.text.strip():
            notes.append((line.noticed_at or self._session.clock.now(), line.text))
        copy_elsewhere(self._session, path, self.state.title, notes)

    def edit_stuck(self, place: str) -> None:
        """Take a note that was not accepted back into the line, if the line is free for it."""
        if self.line.state.text.strip():
            self._session.say("Save the note you are typing first")
            return
        waiting = self.hand_over.take_back(place)
        if waiting is not None:
            self._place = place
            self.line.put(waiting.line, len(waiting.line.text), waiting.noticed_at)

    def set_time(self, text: str) -> None:
        """Say when the note being written was noticed: ``10:05``, today.

        Raises ``Mistake('activity.time')`` or ``Mistake('entry.noticed_in_future')``.
        """
        self.paper.set_time(self.line, text)

    def seek(self, entry: EntryId) -> None:
        """Put the cursor on a note, as soon as it has been read."""
        self.sought.seek(entry)
        self.rows.reach(entry)

    def begin(self, ending: str) -> None:
        """A new note that ends with tags already; the caret is where its words go. A note in the line stays."""
        if not self.line.state.captured.is_blank:
            self._session.say("Save the note you are typing first")
            return
        self.line.put(TypedLine(text=ending), 0, None)
        self._session.say(f"New note, {ending.strip()}")

    def move_item(self, step: int) -> None:
        """Go to the next or previous agenda item; stays at the ends."""
        item = min(max(self.state.item + step, 0), max(len(self.state.items) - 1, 0))
        if item == self.state.item:
            return
        self._go_to_item(item)
        self._session.say(f"Item {item + 1} of {len(self.state.items)}, {self.state.item_title}")

    def adopt(self, activity: Activity, heading: str) -> None:
        """The agenda is another one now; the next notes stand under ``heading``, if one is named."""
        self._activity = activity
        self.facts = replace(self.facts, activity=activity)
        keys = [one.id for one in activity.items]
        at = keys.index(heading) if heading in keys else min(self.state.item, max(len(keys) - 1, 0))
        self._show(replace(self.state, items=activity.items, item=at))
        if keys:
            self._go_to_item(at)

    def toggle_category(self, number: int) -> None:
        """Alt+1 to Alt+6: give the note this category with ``@``, or take it off again."""
        category = self.facts.frameworks[0].category_by(str(number))
        if category is None:
            return
        state = self.line.state
        text, caret = with_category(state.text, state.caret, state.captured, category.code)
        self.line.put(state.line.became(text), caret, state.noticed_at)
        self._edited()
        self._session.say(self.state.category)

    def categorise(self, rows: Sequence[EntryRow], number: int) -> None:
        """Alt+1 to Alt+6 on chosen notes: their tags get this category, where the pack uses it for the statement."""
        category = self.facts.frameworks[0].category_by(str(number))
        tagged = [row.entry.id for row in rows if row.evidence and row.withdrawal is None]
        if category is None or not tagged:
            self._session.say("Tag the note first. A category belongs to a tag")
            return
        by_number = category_by_number(self.facts.frameworks, number, self.facts.assessment.subject.value)
        words = ui.count(len(tagged), "note") if len(tagged) > 1 else "Note"
        self.actions.move(tagged, by_number, name=f"{words} filed under {category.short}")

    def pin(self) -> None:
        """Ctrl+Shift+T: add the tags in the line to every new note until they are cleared."""
        if self._pins.add([(tag.pack, tag.statement) for tag in self.line.state.captured.tags]):
            self._refresh()
            self._session.say(f"{', '.join(self.state.pins)} will be added to new notes until you clear it")
        else:
            self._session.say("Type a tag first, then pin it")

    def clear_pins(self) -> None:
        """Add no tags to new notes any more."""
        self._pins.clear()
        self._refresh()
        self._session.say("Pinned tags cleared")

    @property
    def stranger(self) -> str:
        """The code before the colon of the line, if nobody on the list has it."""
        hints = self.line.state.captured.hints
        return next((hint.word for hint in hints if hint.kind is HintKind.PERSON_UNKNOWN), "")

    def _mention(self, entry: EntryId, words: str) -> None:
        """Put a remark on the row of a note, or take it off."""
        before = self.reader.remarks.pop(entry, "")
        if words:
            self.reader.remarks[entry] = words
        place = self.rows.place(entry)
        if before != words and place is not None:
            self.rows.moved.tell(RowsMoved(move=Move.CHANGED, first=place, last=place))

    def dismiss_remark(self) -> None:
        """The first remark was read: go on to the next."""
        state = self.state
        rest = state.remarks if state.recovered else state.remarks[1:]
        self._show(replace(state, remarks=rest, recovered=""))
        for entry in {one.entry for one in state.remarks}:
            self._mention(entry, ". ".join(one.text for one in rest if one.entry == entry))

    def open_texts(self) -> list[OpenText]:
        """The line, and notes that wait, for find and replace."""
        title = self.state.title
        line = OpenText(
            place=self._place, text=self.line.state.text, where=title, label=NOTE, change=self.line.change,
            point=self.line.point, activity=self._activity.id, has_codes=True,
        )  # fmt: skip
        return [line, *self.hand_over.open_texts(title, self._remade)]

    def troubled(self, problem: Exception) -> None:
        """Something could not be saved: a banner, and work goes on."""
        text = fault_words(problem)
        self._show(replace(self.state, fault=text))
        self._session.say(text, urgent=True)

    def last_own(self) -> EntryRow | None:
        """The newest note of mine that stands."""
        return next((row for row in reversed(self.rows.rows) if row.is_mine and row.withdrawal is None), None)

    def _give(self, line: TypedLine, noticed_at: datetime | None, place: str) -> None:
        # A clock that was put back while somebody typed must not make the first key later than Enter.
        now = self._session.clock.now()
        noticed = min(noticed_at or now, now)
        captured = parse(line, self.line.vocabulary)
        note = note_from(
            captured, self._activity, self.facts.frameworks,
            noticed_at=noticed, agenda_item=self._item_id(), pins=self._pins.tags,
            origin=self.paper.origin,
        )  # fmt: skip
        self.hand_over.give(WaitingNote(place=place, line=line, noticed_at=noticed, note=note, captured=captured))

    def _remade(self, waiting: WaitingNote, line: TypedLine) -> tuple[Captured, NewEntry]:
        captured, before = parse(line, self.line.vocabulary), waiting.note
        note = note_from(
            captured, self._activity, self.facts.frameworks, noticed_at=waiting.noticed_at,
            agenda_item=before.agenda_item, pins=self._pins.tags, origin=paper_of(before.origin),
        )  # fmt: skip
        return captured, note

    def _tag_note_above(self, captured: Captured) -> None:
        above = self.last_own()
        if not captured.tags or above is None:
            return
        self.line.clear()
        self._edited()
        self.actions.tag(
            [above.entry.id],
            lambda: evidence_from(captured, self._activity, self.facts.frameworks),
            name=f"Tag added to the note of {ui.noticed(above.entry)}",
        )

    def _saved(self, waiting: WaitingNote, entry: Entry) -> None:
        self._waiting_changed(self.hand_over.waiting.notes)
        self._rows_moved()
        self.actions.recorded(entry.id, "Moment marked" if entry.is_mark else "Note saved")
        found = remarks_on(entry, waiting.captured)
        if clock := self._clock_watch.remark():
            found = (Remark(entry=entry.id, text=clock), *found)
        if self.facts.apart and self.facts.apart not in self._session.told:  # once from unlocking to locking
            self._session.told.add(self.facts.apart)
            found = (Remark(entry=entry.id, text=self.facts.apart), *found)
        self._mention(entry.id, ". ".join(one.text for one in found))
        self._show(replace(self.state, remarks=(*self.state.remarks, *found)))
        how = self._session.preferences.state.saved_words
        self._session.say(saved_words(entry, self.reader, self.facts.frameworks[0], how))

    def _rows_moved(self) -> None:
        if not self.meeting.state.text:
            self.meeting.tick()
        self.hand_over.waiting.shown(lambda entry: self.rows.place(entry) is not None)
        standing = tuple(one for one in self.state.remarks if not self._is_withdrawn(one.entry))
        self._show(replace(self.state, remarks=standing))

    def _is_withdrawn(self, entry: EntryId) -> bool:
        row = self.rows.row(entry)
        return row is not None and row.withdrawal is not None

    def _waiting_changed(self, notes: tuple[WaitingNote, ...]) -> None:
        problems = [note.problem for note in notes if note.problem is not None]
        fault = fault_words(problems[-1]) if problems else ""
        if fault and fault != self.state.fault:
            self._session.say(fault, urgent=True)
        self._show(replace(self.state, fault=fault))

    def _edited(self) -> None:
        self._keeper.touched()

    def _draft(self) -> Draft:
        state = self.line.state
        self._session.typed_here.add(self._place)
        return Draft(
            place=self._place, text=state.text, caret=state.caret, noticed_at=state.noticed_at,
            kept_at=self._session.clock.now(), extra=state.line.to_extra(),
        )  # fmt: skip

    def _drafted(self, problem: Exception | None) -> None:
        if problem is not None:
            self.troubled(problem)
        elif self.state.fault and not self.hand_over.waiting.stuck:
            self._show(replace(self.state, fault=""))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("person", "case", "attachment"):
            self._session.workspace.ask_then(
                lambda q: (tuple(q.people(self._activity.visit)), tracked_of(q, self._activity.assessment)),
                lambda found: self._met(*found),
            )

    def _met(self, people: tuple[Person, ...], cases: tuple[Tracked, ...]) -> None:
        self.reader.meet(_roles(people))
        self.reader.shown = shown_codes(people)
        self.reader.cases = {RecordId(case.id): case.code for case in cases}
        self._show(replace(self.state, people=standing_people(people)))
        self.line.speak_of(Vocabulary(frameworks=self.facts.frameworks, people=people, cases=cases))

    def _refresh(self) -> None:
        said = self.line.state.captured.category
        main = self.facts.frameworks[0]
        category = main.category_by(said.code) if said else None
        category = category or main.default_category(activity=self._activity.kind.value)
        paper = self.paper.state
        self._show(
            replace(
                self.state, category=category.short if category else "", pins=self._pins.titles, on_paper=paper.is_on,
                time_asked=paper.asked,
            )
        )  # fmt: skip

    def _go_to_item(self, item: int) -> None:
        self._show(replace(self.state, item=item))
        key, value = item_key(self._activity.id), self.state.items[item].id
        self._session.workspace.perform(lambda uow: uow.set_setting(key, value), initiator="log")

    def _item_id(self) -> str | None:
        return self.state.items[self.state.item].id if self.state.items else None

    def _new_place(self) -> str:
        return f"{capture_place(self.facts.activity.id)}/{new_id()}"


def _roles(people: tuple[Person, ...]) -> dict[str, str]:
    return {person.code: person.role for person in people}
