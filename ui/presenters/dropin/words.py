"""Conversations in words, and what they come to: how many, with whom, about what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldkit.app.conversations import DropIn
from fieldkit.app.rows import EntryRow
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import RecordId
from ui.presenters.dropin.who import BANDS, spoken
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """A conversation in the list. ``themes`` begin with the case it was about; ``note`` is what was said."""

    key: str
    time: str
    who: str
    minutes: str
    themes: str
    note: str

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.time, self.who, self.minutes, self.themes, self.note) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the conversations come to; ``bands`` and ``themes`` with the most first."""

    conversations: int = 0
    people: int = 0
    minutes: int = 0
    bands: tuple[tuple[str, int], ...] = ()
    themes: tuple[tuple[str, int], ...] = ()

    @property
    def words(self) -> str:
        """``12 conversations with 19 people, 64 minutes``."""
        return (
            f"{ui.count(self.conversations, 'conversation')} with {ui.count(self.people, 'person', 'people')}, "
            f"{ui.count(self.minutes, 'minute')}"
        )


def rows_of(
    found: DropIn, frameworks: Sequence[Framework], cases: Mapping[RecordId, str] | None = None
) -> tuple[TalkRow, ...]:
    """The newest first. ``cases`` are their codes by id."""
    packs = {one.id: one for one in frameworks}
    return tuple(_row(one, found.notes.get(one.id), packs, cases or {}) for one in reversed(found.counted))


def totals_of(found: DropIn, frameworks: Sequence[Framework]) -> Totals:
    """A theme counts once in a conversation, however often it is tagged."""
    packs = {one.id: one for one in frameworks}
    bands: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    for one in found.counted:
        bands[BANDS[one.band]] += one.people
        themes.update(set(_themes(found.notes.get(one.id), packs)))
    return Totals(
        conversations=len(found.counted), people=sum(one.people for one in found.counted),
        minutes=sum(one.minutes for one in found.counted), bands=tuple(bands.most_common()),
        themes=tuple(themes.most_common()),
    )  # fmt: skip


def unsaved_words(labels: Sequence[str]) -> str:
    """What is said of conversations that were begun and are in no list yet; empty without any."""
    if not labels:
        return ""
    count, first = len(labels), labels[0] or "without words"
    waits = "1 more conversation was" if count == 1 else f"{count:,} more conversations were"
    return f"{waits} begun and not saved. {'It' if count == 1 else 'The first'}: {first}"


def _row(
    one: Conversation, note: EntryRow | None, packs: Mapping[str, Framework], cases: Mapping[RecordId, str]
) -> TalkRow:
    says = " ".join(note.entry.text.split()) if note is not None and note.withdrawal is None else ""
    case = cases.get(note.entry.about) if note is not None and note.withdrawal is None and note.entry.about else None
    return TalkRow(
        key=one.id, time=ui.clock(one.at), who=spoken(one.people, one.band),
        minutes=ui.count(one.minutes, "minute"), note=says,
        themes=", ".join(part for part in (case, *_themes(note, packs)) if part),
    )  # fmt: skip


def _themes(note: EntryRow | None, packs: Mapping[str, Framework]) -> tuple[str, ...]:
    if note is None or note.withdrawal is not None:
        return ()
    found = (
        statement.title if pack is not None and (statement := pack.statement_by(tag.statement)) else tag.statement
        for tag in note.evidence
        for pack in (packs.get(tag.pack),)
    )
    return tuple(dict.fromkeys(found))
