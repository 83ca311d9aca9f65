"""Which questions do not apply as things stand, kept until an answer, a question or the minute is another.

A guide may have 2,000 questions, and the page is drawn again after every key press that means something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from fieldkit.app.asked_now import answers_in, choices_now, not_applying, remark_on
from fieldkit.app.interviews import Interview
from fieldkit.app.rows import EntryRow
from fieldkit.domain.questions import Choice, Question
from fieldkit.kernel.clock import Clock
from ui.presenters.log.waiting_notes import WaitingNote

Noted = dict[str, list[str]]


class Applies:
    """What the rules of the guide say at this moment."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._noted: Noted = {}
        self._key: object = None
        self._waiting: Mapping[str, str] = {}

    def hear(self, rows: Sequence[EntryRow], waiting: Sequence[WaitingNote]) -> None:
        """The notes as they are now; those on their way to the vault count already."""
        saved = {row.entry.id for row in rows}
        self._noted = answers_in(rows)
        for one in waiting:
            if one.note.agenda_item and one.problem is None and one.entry not in saved:
                self._noted.setdefault(one.note.agenda_item, []).append(one.note.text)

    def waiting(self, interview: Interview) -> Mapping[str, str]:
        """The questions that do not apply, each with when it would."""
        now = self._now
        key = (self._noted, interview.asked, interview.questions, now.replace(second=0, microsecond=0))
        if key != self._key:
            self._key = key
            self._waiting = not_applying(interview, self._noted, now)
        return self._waiting

    def choices(self, interview: Interview, question: Question) -> Sequence[Choice]:
        """The choices that are offered now."""
        return choices_now(interview, question, self._noted, self._now)

    def remark(self, interview: Interview, question: str, words: str) -> str:
        """What the guide's author wants said about an answer."""
        return remark_on(interview, question, words, self._noted, self._now)

    @property
    def _now(self) -> datetime:
        return self._clock.now().astimezone()
