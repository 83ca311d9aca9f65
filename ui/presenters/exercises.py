"""Things to try on the sample visit: each ticks itself when it was really done, whichever way it was done.

A person who comes back after months finishes them in ten minutes. What was done is kept in the practice vault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow, SendPreview
from fieldkit.domain.escalation import Escalation
from fieldkit.domain.quality_risk import QualityReview, QualityRisk
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.shortcuts import Shortcuts

DONE_KEY = "exercises"
"""The setting of the practice vault that names what was done, separated by blanks."""
_AT_ONCE = 5


class Exercise(StrEnum):
    """What there is to try, in the order of a day; the value names it in the vault."""

    TAGGED = "tagged"
    SPEAKER = "speaker"
    MARK = "mark"
    FIND = "find"
    TAG_FIVE = "tag_five"
    GAP = "gap"
    ESCALATE = "escalate"
    RISK = "risk"
    SEND = "send"
    HIDE = "hide"
    HAND_IN = "hand_in"


FOR_ADVISERS = (Exercise.TAGGED, Exercise.MARK, Exercise.ESCALATE, Exercise.SEND, Exercise.HAND_IN)
"""What somebody needs who comes for a day: ten minutes, and they know how to write, tag, mark, escalate and hand in."""
FOR_ASSESSORS = tuple(one for one in Exercise if one is not Exercise.HAND_IN)

_WORDS = {
    Exercise.TAGGED: "Log a note with a tag",
    Exercise.SPEAKER: "Say who spoke",
    Exercise.MARK: "Mark a moment",
    Exercise.FIND: "Find a note",
    Exercise.TAG_FIVE: "Tag 5 notes at once",
    Exercise.GAP: "Find a gap in coverage and start a note for it",
    Exercise.ESCALATE: "Escalate a risk",
    Exercise.RISK: "Review a quality risk",
    Exercise.SEND: "Send, and see it confirmed",
    Exercise.HIDE: "Hide the screen",
    Exercise.HAND_IN: "See how to hand in",
}
_HOW = {
    Exercise.TAGGED: "{note}, type words, then #lc and Enter",
    Exercise.SPEAKER: "{note}, type ch: and what the chair said, Enter",
    Exercise.MARK: "{mark}, while somebody speaks",
    Exercise.FIND: "{palette}, type winter, choose a note, Enter",
    Exercise.TAG_FIVE: "{visit}, Tab to the list under Captures, Shift+Down four times, {tag}, lc, Enter",
    Exercise.GAP: "{coverage}, {next_gap}, then {note}",
    Exercise.ESCALATE: "{escalate}, answer the question, type what is happening, Ctrl+Enter",
    Exercise.RISK: "{escalations}, Tab to the quality risk, Enter, Change the level, another review date, Ctrl+Enter",
    Exercise.SEND: "{send_now}, then {send}",
    Exercise.HIDE: "{hide}, and again to go on",
    Exercise.HAND_IN: "{palette}, type hand in, Enter",
}
_COMMANDS = ("note", "mark", "palette", "visit", "tag", "coverage", "next_gap", "send_now", "send", "hide",
             "escalate", "escalations")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """One thing to try: what, with which keys, and whether it was done."""

    exercise: Exercise
    words: str
    how: str
    is_done: bool

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return f"{self.words}, {'done' if self.is_done else self.how}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisesState:
    """The list; ``next`` is the first that was not done."""

    rows: tuple[ExerciseRow, ...] = ()

    @property
    def done(self) -> int:
        """How many were done."""
        return sum(row.is_done for row in self.rows)

    @property
    def title(self) -> str:
        """``Things to try (2 of 10 done)``."""
        return f"Things to try ({self.done} of {len(self.rows)} done)"

    @property
    def next(self) -> ExerciseRow | None:
        """What to try now."""
        return next((row for row in self.rows if not row.is_done), None)


class Exercises(Presenter[ExercisesState]):
    """Listens to what changes in the vault; the window's part is told by ``hidden``, ``found`` and ``moved``."""

    def __init__(self, session: Session, shortcuts: Shortcuts) -> None:
        self._done: frozenset[Exercise] = frozenset()
        self._session = session
        self._shortcuts = shortcuts
        self._is_at_send = False
        super().__init__(ExercisesState(rows=self._rows()))
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(shortcuts.changed.listen(lambda _: self._refresh()))
        self._listening.add(session.preferences.changed.listen(lambda _: self._refresh()))

    def start(self) -> None:
        """Read what was done before."""
        self._session.workspace.ask_then(lambda q: q.setting(DONE_KEY) or "", self._loaded)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def again(self) -> None:
        """Begin anew: nothing counts as done. The notes stay."""
        self._done = frozenset()
        self._refresh()
        self._keep()
        self._session.say(f"{self.state.title}. Start again")

    def hidden(self) -> None:
        """The screen was hidden."""
        self._tick(Exercise.HIDE)

    def found(self) -> None:
        """A note was chosen in the palette."""
        self._tick(Exercise.FIND)

    def moved(self, before: str, after: str) -> None:
        """Another page is up: from Coverage to the log with a note begun, or to what was sent."""
        if (before, after) == ("Coverage", "Live log"):
            self._tick(Exercise.GAP)
        if after == "Hand in":
            self._tick(Exercise.HAND_IN)
        self._is_at_send = after == "Send"
        if self._is_at_send:
            self._look_at_sending()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.origin == "sync":
            if self._is_at_send and changes.touches("receipt"):
                self._look_at_sending()
            return
        if changes.touches(Escalation.KIND):
            self._tick(Exercise.ESCALATE)
        if changes.touches(QualityRisk.KIND, QualityReview.KIND):
            self._tick(Exercise.RISK)
        entries = changes.ids("entry")
        if changes.touches("filing") and len(entries) >= _AT_ONCE:
            self._tick(Exercise.TAG_FIVE)
        elif entries and not changes.touches("filing", "withdrawal", "addendum"):
            self._session.workspace.ask_then(lambda q: _rows_of(q, entries), self._noted)

    def _noted(self, rows: Iterable[EntryRow]) -> None:
        for row in rows:
            if row.is_mine and row.entry.evidence:
                self._tick(Exercise.TAGGED)
            if row.is_mine and row.entry.speaker:
                self._tick(Exercise.SPEAKER)
            if row.is_mine and row.entry.is_mark:
                self._tick(Exercise.MARK)

    def _look_at_sending(self) -> None:
        self._session.workspace.ask_then(lambda q: q.send_preview(), self._seen)

    def _seen(self, preview: SendPreview) -> None:
        is_there = self._session.office.state.connection in (Connection.CONNECTED, Connection.SENDING)
        if self._is_at_send and is_there and not preview.entries_leaving and preview.confirmed_entries:
            self._tick(Exercise.SEND)

    def _tick(self, exercise: Exercise) -> None:
        if exercise in self._done or exercise not in self._offered:
            return
        self._done |= {exercise}
        self._refresh()
        self._keep()
        rest = sum(not row.is_done for row in self.state.rows)
        self._session.say(f"Done: {_WORDS[exercise]}. {f'{rest} left to try' if rest else 'That was the last one'}")

    def _loaded(self, text: str) -> None:
        known = {one.value for one in Exercise}
        self._done |= {Exercise(name) for name in text.split() if name in known}
        self._refresh()

    def _keep(self) -> None:
        kept = " ".join(one.value for one in Exercise if one in self._done)
        self._session.workspace.perform(lambda uow: uow.set_setting(DONE_KEY, kept or None), initiator="exercises")

    def _refresh(self) -> None:
        self._show(ExercisesState(rows=self._rows()))

    @property
    def _offered(self) -> tuple[Exercise, ...]:
        return FOR_ADVISERS if self._session.preferences.state.adviser else FOR_ASSESSORS

    def _rows(self) -> tuple[ExerciseRow, ...]:
        keys = {name: self._shortcuts.shown(name) or "Ctrl+K" for name in _COMMANDS}
        return tuple(
            ExerciseRow(exercise=one, words=_WORDS[one], how=_HOW[one].format(**keys), is_done=one in self._done)
            for one in self._offered
        )


def _rows_of(questions: Questions, entries: Iterable[str]) -> list[EntryRow]:
    found = []
    for entry in entries:
        try:
            found.append(questions.entry(EntryId(entry)))
        except Mistake:  # not readable here: nothing was noted on this laptop
            continue
    return found
