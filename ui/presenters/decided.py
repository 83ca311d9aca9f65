"""What the office decides for this laptop, for whatever obeys it and for Settings, which show it as such."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.changes import ChangeSet
from fieldkit.app.policies import (
    OWN_ADVISER,
    call_myself_adviser,
    is_adviser,
    lock_minutes,
    office_adviser,
    office_words,
)
from fieldkit.app.ports import Questions
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session

BY_OFFICE = "Set by your office"
_OURS = "policy/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedState:
    """``lines`` name each thing that is decided; ``lock_minutes`` None leaves it to the person.

    ``is_adviser`` by whoever's word; ``adviser_by_office`` when it is the office's.
    """

    lines: tuple[tuple[str, str], ...] = ()
    lock_minutes: int | None = None
    is_adviser: bool = False
    adviser_by_office: bool = False

    @property
    def lock_words(self) -> str:
        """Why the minutes cannot be changed here; empty where they can."""
        return f"{BY_OFFICE}: {self.lock_minutes} minutes, also in a live log" if self.lock_minutes else ""


class Decided(Presenter[DecidedState]):
    """Reads it when the vault is opened, and again when the office or the person decides otherwise."""

    def __init__(self, session: Session) -> None:
        super().__init__(DecidedState())
        self._session = session
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read it."""
        self._session.workspace.ask_then(_read, self._read)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def call_myself_adviser(self, *, is_one: bool) -> None:
        """The person's own word."""
        words = "Only what is allotted to you is shown" if is_one else "Everything on this laptop is shown"
        self._session.workspace.perform(
            lambda uow: call_myself_adviser(uow, is_one=is_one), initiator="settings",
            done=lambda _: self._session.say(words),
        )  # fmt: skip

    def _read(self, state: DecidedState) -> None:
        if not self._session.is_practice:  # which has to know what to offer, and another vault
            self._session.preferences.put(adviser=state.is_adviser)
        self._show(state)

    def _changed(self, changes: ChangeSet) -> None:
        if any(name.startswith(_OURS) or name == OWN_ADVISER for name in changes.ids("setting")):
            self.load()


def _read(questions: Questions) -> DecidedState:
    return DecidedState(
        lines=office_words(questions), lock_minutes=lock_minutes(questions), is_adviser=is_adviser(questions),
        adviser_by_office=office_adviser(questions),
    )  # fmt: skip
