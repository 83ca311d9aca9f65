"""The way into a box with a passphrase of its own, as its page shows it: set up, unlocked, waited for, shut again.

The key to names and restricted disclosures have it in common; what each holds, and does while open, is its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from ui.presenters.box_keeper import BoxKeeper, BoxState
from ui.presenters.field_error import FieldError
from ui.presenters.passphrases import Strength, common_list, strength, suggest, word_list
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence, ui

_IN_SECONDS = 120
"""A longer wait is told in minutes."""


class Stage(StrEnum):
    """How the box stands."""

    NEW = "new"
    SHUT = "shut"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorState:
    """``busy`` says what goes on, ``fault`` what went wrong; neither with a word of what is inside."""

    stage: Stage = Stage.SHUT
    is_trying: bool = False
    busy: str = ""
    errors: tuple[FieldError, ...] = ()
    wait_seconds: int = 0
    fault: str = ""


S = TypeVar("S", bound=DoorState)


class BoxDoor(Presenter[S], ABC):
    """``state`` is what is shown while the box is closed; each closing goes back to it, so nothing inside remains.

    ``closing`` is called while drafts can still be hidden.
    """

    closed_words = "Closed"
    """Said when it closes."""

    def __init__(self, session: Session, name: str, state: S, *, is_made: bool, closing: Callable[[], None]) -> None:
        self._closed = state
        super().__init__(replace(state, stage=Stage.SHUT if is_made else Stage.NEW))
        self.session = session
        self._keeper = BoxKeeper(session, name, is_made=is_made, closing=closing)
        self._leave_box = self._keeper.changed.listen(self._box_changed)
        self._tick = Countdown(session.later, lambda: self._wait(self.state.wait_seconds - 1))

    @property
    def is_open(self) -> bool:
        """Whether what is inside is known now."""
        return self.state.stage is Stage.OPEN

    def judge(self, passphrase: str) -> Strength:
        """How strong a new passphrase is, in words."""
        return strength(passphrase, common_list())

    def suggestion(self) -> str:
        """Four random words."""
        return suggest(word_list())

    def set_up(self, passphrase: str, again: str) -> None:
        """Make the box; mistakes stand at their fields."""
        found = self.judge(passphrase)
        differs = "" if found.code or passphrase == again else "setup.passphrase_differs"
        wrong = {"passphrase": found.code, "again": differs}
        errors = tuple(FieldError(field=name, text=sentence(code)) for name, code in wrong.items() if code)
        self._show(replace(self.state, errors=errors, fault=""))
        if not errors:
            self._keeper.make(passphrase, self._first_content(), self._entered, self._not_in)

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase; ignored while one is tried or a wait is on."""
        if self.state.is_trying or self.state.wait_seconds:
            return
        if not passphrase:
            self._wrong(sentence("unlock.no_passphrase"))
            return
        self._show(replace(self.state, errors=(), fault=""))
        self._keeper.open(passphrase, self._entered, self._not_in)

    def shut(self) -> None:
        """Close the box: nothing of what is in it is on the screen any more."""
        self._keeper.close()

    def active(self) -> None:
        """A key or the pointer on the page puts closing off."""
        self._keeper.active()

    def end(self) -> None:
        """The vault is being locked: drafts go to disk, the key is forgotten."""
        self._keeper.end()
        self._tick.drop()
        self._leave_box()

    @abstractmethod
    def _first_content(self) -> Mapping[str, Any]:
        """What a new box holds."""

    @abstractmethod
    def _inside(self, content: Mapping[str, Any]) -> S:
        """What is shown of ``content``. Raises ``KeyError``, ``ValueError`` or ``TypeError`` where it does not read."""

    @abstractmethod
    def _entered(self) -> None:
        """The passphrase was right."""

    def _box_changed(self, box: BoxState) -> None:
        if not box.is_open:
            stage = Stage.SHUT if box.is_made else Stage.NEW
            if self.is_open:
                self._show(replace(self._closed, stage=stage))
                self.session.say(self.closed_words)
            else:
                busy = "Opening…" if box.is_trying else ""
                self._show(replace(self.state, stage=stage, is_trying=box.is_trying, busy=busy))
            return
        try:
            inside = self._inside(box.content or {})
        except (KeyError, ValueError, TypeError):
            self._show(replace(self.state, fault=sentence("box.damaged")))
            self._keeper.close()
            return
        self._show(replace(inside, stage=Stage.OPEN, is_trying=False, errors=()))

    def _not_in(self, problem: Exception) -> None:
        code, details = getattr(problem, "code", ""), getattr(problem, "details", {})
        if code == "box.wait":
            self._wait(int(str(details["seconds"])))
        elif code == "box.passphrase_wrong":
            self._wrong(sentence(problem))
        else:
            self._show(replace(self.state, busy="", fault=sentence(problem)))

    def _wrong(self, text: str) -> None:
        self._show(replace(self.state, busy="", errors=(FieldError(field="passphrase", text=text),)))

    def _wait(self, seconds: int) -> None:
        if seconds > 0:
            time = ui.count(seconds, "second") if seconds <= _IN_SECONDS else ui.count(-(-seconds // 60), "minute")
            self._wrong(sentence("unlock.wait", time=time))
            self._tick.start(1.0)
        else:
            self._show(replace(self.state, errors=()))
        self._show(replace(self.state, wait_seconds=max(seconds, 0)))
