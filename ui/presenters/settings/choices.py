"""Reading and sound, and when FieldKit locks: small choices, each at once and each undone by Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldkit.app.settings import Settings
from fieldkit.kernel.errors import Mistake
from ui.presenters.field_error import FieldError
from ui.presenters.preferences import Preferences
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.settings.deeds import deed
from ui.presenters.undo import UndoStack
from ui.presenters.wording import sentence

SAVED_CHOICES = {
    "off": ("Nothing", "Silent typing; a fault is still told at once"),
    "short": ("Saved", "One word after Enter"),
    "full": ("Saved 10:42, Learning culture, Observation", "The time, the tags and the category as well"),
}
"""By the value in the settings: what is said after a note is saved, and what that means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesState:
    """The settings as they are, and what is wrong with what was typed."""

    settings: Settings
    errors: tuple[FieldError, ...] = ()


class Choices(Presenter[ChoicesState]):
    """What the pages of reading and of locking do."""

    def __init__(self, preferences: Preferences, undo: UndoStack) -> None:
        super().__init__(ChoicesState(settings=preferences.state))
        self._preferences = preferences
        self._undo = undo
        self._listening = Listening()
        self._listening.add(preferences.changed.listen(self._changed))

    def say_saved(self, value: str) -> None:
        """How much is said after a note is saved: a key of ``SAVED_CHOICES``."""
        self._do(f"After saving: {SAVED_CHOICES[value][0]}", lambda: self._preferences.put(saved_words=value))

    def mark_spelling(self, *, is_on: bool) -> None:
        """Whether words that may be misspelt are marked."""
        words = "Words that may be misspelt are marked" if is_on else "Words are not marked"
        self._do(words, lambda: self._preferences.put(spelling=is_on))

    def lock_after(self, usual: str, in_log: str) -> None:
        """Minutes as typed in both fields; checked when the person is done with them, and nothing is cleared."""
        errors = []
        for minutes, is_log in ((usual, False), (in_log, True)):
            try:
                self._lock_after(minutes, is_log)
            except Mistake as wrong:
                errors.append(FieldError(field=str(wrong.details["field"]), text=sentence(wrong)))
        self._show(replace(self.state, errors=tuple(errors)))

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def _lock_after(self, minutes: str, is_log: bool) -> None:
        where = " in a live log" if is_log else ""
        self._do(
            f"Locks after {minutes.strip()} minutes{where}",
            lambda: self._preferences.lock_after(minutes, in_log=is_log),
        )

    def _do(self, name: str, act: Callable[[], None]) -> None:
        before = self._preferences.state
        act()
        deed(self._undo, name, before, self._preferences.state, self._restore)

    def _restore(self, settings: Settings) -> None:
        self._preferences.put(
            saved_words=settings.saved_words, spelling=settings.spelling, lock_minutes=settings.lock_minutes,
            log_lock_minutes=settings.log_lock_minutes,
        )  # fmt: skip

    def _changed(self, settings: Settings) -> None:
        self._show(ChoicesState(settings=settings))
