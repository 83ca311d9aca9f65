"""From Enter to durable: hands notes to the store lane, keeps those it did not take, and offers them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fieldkit.app.drafts import keep_draft
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.noting import joined_origin
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.app.workspace import Workspace
from fieldkit.capture.captured import Captured
from fieldkit.capture.pasting import origin_of
from fieldkit.capture.replacing import Edits
from fieldkit.capture.typed_line import TypedLine
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.kernel.errors import Mistake
from ui.presenters.log.waiting_notes import WaitingNote, WaitingNotes
from ui.presenters.open_texts import OpenText
from ui.presenters.timing import Countdown, Later

RETRY_SECONDS = 5.0
"""A note that the disk did not take is offered again this often; Ctrl+S does so at once."""

Saved = Callable[[WaitingNote, Entry], None]
Remade = Callable[[WaitingNote, TypedLine], tuple[Captured, NewEntry]]
"""What a waiting note is with another line."""


class HandOver:
    """``waiting`` shows what is on its way; ``saved`` is told of each note once it is durable."""

    def __init__(self, workspace: Workspace, later: Later, activity: Activity, saved: Saved) -> None:
        self._workspace = workspace
        self._activity = activity
        self._saved = saved
        self._retry = Countdown(later, self._try_again)
        self.waiting = WaitingNotes()

    def give(self, note: WaitingNote) -> None:
        """Take a note in and hand it to the store; what was pasted into it says where from."""
        note = _with_origin(note)
        self.waiting.add(note)
        self._offer(note)

    def reword(self, note: WaitingNote, line: TypedLine, captured: Captured, new: NewEntry) -> None:
        """Find and replace in a note that was not taken: it is offered as it reads now, and its draft says the same."""
        fresh = _with_origin(replace(note, line=line, captured=captured, note=new))
        self.waiting.reworded(fresh)
        draft = Draft(
            place=note.place, text=line.text, caret=len(line.text), noticed_at=note.noticed_at,
            kept_at=note.noticed_at, extra=line.to_extra(),
        )  # fmt: skip
        self._workspace.perform(lambda uow: keep_draft(uow, draft), initiator="draft", failed=lambda _: None)

    def again(self) -> bool:
        """Offer again what was not taken. False when there is nothing."""
        self._retry.drop()
        stuck = self.waiting.stuck
        for note in stuck:
            self.waiting.refused(note.place, None)
            self._offer(note)
        return bool(stuck)

    def take_back(self, place: str) -> WaitingNote | None:
        """Give a note that was not taken back to the person who wrote it."""
        found = next((note for note in self.waiting.stuck if note.place == place), None)
        if found is not None:
            self.waiting.taken(place)
        return found

    def close(self) -> None:
        """Offer nothing more; what waits keeps its draft and is handed over at the next start."""
        self._retry.drop()

    def _try_again(self) -> None:
        self.again()

    def _offer(self, note: WaitingNote) -> None:
        self._workspace.perform(
            partial(self._record, note),
            initiator="log",
            done=partial(self._recorded, note),
            failed=partial(self._refused, note),
        )

    def _record(self, note: WaitingNote, uow: UnitOfWork) -> Entry:
        """By the plan as it is now: the activity may be on another visit since the log was opened."""
        activity = uow.questions.activity(self._activity.id)
        return record_entry(uow, activity, note.note, draft=note.place)

    def _recorded(self, note: WaitingNote, entry: Entry) -> None:
        self.waiting.durable(note.place, entry.id)
        self._saved(note, entry)

    def open_texts(self, where: str, remade: Remade) -> list[OpenText]:
        """The words of notes that wait; of those on their way no change is possible any more."""

        def changing(note: WaitingNote) -> Callable[[Edits], None]:
            def change(made: Edits) -> None:
                line = note.line.replaced(made)
                self.reword(note, line, *remade(note, line))

            return change

        return [
            OpenText(
                place=one.place, text=one.line.text, where=where, label="Note not saved yet", has_codes=True,
                change=changing(one) if one.problem is not None else None, point=lambda _: None,
                activity=self._activity.id,
            )
            for one in self.waiting.notes
        ]  # fmt: skip

    def _refused(self, note: WaitingNote, problem: Exception) -> None:
        self.waiting.refused(note.place, problem)
        if not isinstance(problem, Mistake) and not self._retry.is_pending:
            self._retry.start(RETRY_SECONDS)


def _with_origin(note: WaitingNote) -> WaitingNote:
    whence = origin_of(note.line.pasted, note.captured.text)
    if not whence or whence in note.note.origin:
        return note
    return replace(note, note=replace(note.note, origin=joined_origin(note.note.origin, whence)))
