"""Use cases of drop-ins: one short anonymous conversation after another, each recorded in one step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldkit.app.entries import NewEntry, record_entry, restore_entry, withdraw_entry
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, EntryRow, RecordRow
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.conversation import MOST_MINUTES, MOST_PEOPLE, Conversation
from fieldkit.domain.entry import Entry
from fieldkit.domain.framework import SpeakerKind
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, RecordId, new_id

TAKEN_BACK = "Recorded by mistake"
_MOST_NOTES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConversation:
    """``began`` is when the first key was pressed; ``minutes`` None = as long as until now, at least one."""

    began: datetime
    people: int = 1
    band: SpeakerKind | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropIn:
    """A drop-in as it stands: its conversations in the order of time, and their notes by conversation."""

    activity: Activity
    conversations: tuple[Conversation, ...]
    notes: dict[RecordId, EntryRow]

    @property
    def counted(self) -> tuple[Conversation, ...]:
        """Those that were not taken back."""
        return tuple(one for one in self.conversations if not one.is_taken_back)


def read_drop_in(questions: Questions, activity: ActivityId) -> DropIn:
    """Raises ``Mistake('dropin.not_one')`` for any other kind of activity."""
    found = questions.activity(activity)
    if found.kind is not ActivityKind.DROP_IN:
        raise Mistake("dropin.not_one", title=found.title)
    rows: Iterable[RecordRow] = questions.records(Conversation.KIND, about=activity)
    notes = questions.entries(EntryFilter(activity=activity, limit=_MOST_NOTES))
    talks = tuple(sorted((row.value for row in rows), key=lambda one: (one.at, one.id)))
    return DropIn(activity=found, conversations=talks, notes=_by_talk(talks, notes))


def record_conversation(
    uow: UnitOfWork, activity: Activity, new: NewConversation, note: NewEntry | None = None, *, draft: str | None = None
) -> tuple[Conversation, Entry | None]:
    """A conversation that has ended, and the note of what was said if there are words or themes: both or neither.

    Raises ``Mistake('dropin.people' | 'dropin.minutes' | 'dropin.speaker')``, or what ``record_entry`` raises.
    """
    now = uow.clock.now()
    began = min(new.began, now)
    minutes = _minutes(now - began) if new.minutes is None else new.minutes
    if not 1 <= new.people <= MOST_PEOPLE:
        raise Mistake("dropin.people", field="who", most=MOST_PEOPLE)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Mistake("dropin.minutes", field="who", most=MOST_MINUTES)
    if note is not None and note.speaker is not None:
        raise Mistake("dropin.speaker", field="words", code=note.speaker)
    made = Conversation(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), at=began,
        people=new.people, minutes=minutes, band=new.band,
    )  # fmt: skip
    if note is None:
        keep(uow, made)
        if draft is not None:
            uow.drop_draft(draft)
        return made, None
    note = dataclasses.replace(note, noticed_at=note.noticed_at or began)
    if note.about is not None:  # a case was named: the conversation then names the note
        entry = record_entry(uow, activity, note, draft=draft)
        made = dataclasses.replace(made, note=entry.id)
        keep(uow, made)
        return made, entry
    keep(uow, made)
    return made, record_entry(uow, activity, dataclasses.replace(note, about=made.id), draft=draft)


def take_back(uow: UnitOfWork, conversation: Conversation) -> None:
    """It was recorded by mistake: counted nowhere, its note withdrawn; both stay in the log."""
    revise(uow, dataclasses.replace(conversation, is_taken_back=True))
    for row in _notes(uow, conversation):
        if row.withdrawal is None:
            withdraw_entry(uow, row.entry.id, TAKEN_BACK)


def bring_back(uow: UnitOfWork, conversation: Conversation) -> None:
    """It counts again, and its note with it."""
    revise(uow, dataclasses.replace(conversation, is_taken_back=False))
    for row in _notes(uow, conversation):
        if row.withdrawal is not None and row.withdrawal.reason == TAKEN_BACK:
            restore_entry(uow, row.entry.id)


def _notes(uow: UnitOfWork, conversation: Conversation) -> list[EntryRow]:
    rows = uow.questions.entries(EntryFilter(activity=ActivityId(conversation.about), limit=_MOST_NOTES))
    return [row for row in rows if conversation.id == row.entry.about or conversation.note == row.entry.id]


def _by_talk(talks: Iterable[Conversation], notes: Sequence[EntryRow]) -> dict[RecordId, EntryRow]:
    about = {row.entry.about: row for row in notes if row.entry.about is not None}
    named = {str(row.entry.id): row for row in notes}
    found = ((one.id, about.get(one.id) or named.get(one.note)) for one in talks)
    return {talk: row for talk, row in found if row is not None}


def _minutes(lasted: timedelta) -> int:
    """Whole minutes, a begun one counted; somebody who left the page open overnight is asked for the minutes."""
    return max(-(-lasted // timedelta(minutes=1)), 1)
