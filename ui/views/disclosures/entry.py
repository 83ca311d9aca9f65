"""The two pages before a box is open: set it up with a passphrase of its own, or open it.

Restricted disclosures and the key to names have them alike; the words say which box it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt

from ui.presenters.box_door import Stage
from ui.presenters.disclosures import words
from ui.presenters.field_error import FieldError
from ui.presenters.passphrases import Strength
from ui.presenters.services import Session
from ui.views.columns import ColumnPage
from ui.views.passphrases import NewPassphrase
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import PassphraseEdit

HEADING = "Restricted disclosures"
_ABOUT = (words.WHAT_IT_IS, words.NO_WAY_BACK)


class BoxState(Protocol):
    """What the pages show of a box."""

    @property
    def stage(self) -> Stage: ...
    @property
    def is_trying(self) -> bool: ...
    @property
    def busy(self) -> str: ...
    @property
    def errors(self) -> tuple[FieldError, ...]: ...
    @property
    def wait_seconds(self) -> int: ...
    @property
    def fault(self) -> str: ...


class Lock(Protocol):
    """What the pages ask of whoever keeps a box."""

    session: Session

    def judge(self, passphrase: str) -> Strength: ...
    def suggestion(self) -> str: ...
    def set_up(self, passphrase: str, again: str) -> None: ...
    def unlock(self, passphrase: str) -> None: ...


class SetUpPage(ColumnPage):
    """The first time: what it is for, that nobody can reset it, the passphrase twice."""

    def __init__(
        self, page: Lock, name: str = "disclosures", heading: str = HEADING, about: Sequence[str] = _ABOUT
    ) -> None:
        super().__init__(f"{name}.new", heading)
        self._page = page
        for each in about:
            self.say(each)
        say = page.session.say
        self.new = NewPassphrase(self, f"{name}.new", page.judge, page.suggestion, say, "Its own passphrase")
        self.main = button("Set up", f"{name}.new.set_up", kind="primary")
        self.main.clicked.connect(self._go)
        for edit in (self.new.first, self.new.again):
            edit.returnPressed.connect(self._go)
        self.buttons(self.main)
        self.end()

    def show_state(self, state: BoxState) -> None:
        """Render."""
        if state.stage is not Stage.NEW:
            self.new.clear()
        self.show_errors(state.errors if state.stage is Stage.NEW else ())
        self.show_busy(state.busy)
        self.show_fault(state.fault if state.stage is Stage.NEW else "")
        self.main.setEnabled(not state.is_trying)

    def take_focus(self) -> None:
        """Into the first field."""
        self.new.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self._page.set_up(self.new.first.text(), self.new.again.text())


class ShutPage(ColumnPage):
    """Closed: nothing here tells what is in it, or whether anything is."""

    def __init__(self, page: Lock, name: str = "disclosures", heading: str = HEADING) -> None:
        super().__init__(f"{name}.shut", heading)
        self._page = page
        self._errors: object = ()
        self.say("This part of the vault is closed. It has a passphrase of its own.")
        self.passphrase = PassphraseEdit("Show passphrase", "Hide passphrase")
        self.field("passphrase", Field("Its passphrase", self.passphrase, f"{name}.passphrase"))
        self.main = button("Open", f"{name}.open", kind="primary")
        self.main.clicked.connect(self._go)
        self.passphrase.returnPressed.connect(self._go)
        self.buttons(self.main)
        self.end()

    def show_state(self, state: BoxState) -> None:
        """Render; what was typed is gone once it was right."""
        if state.stage is not Stage.SHUT:
            self.passphrase.clear()
        errors = state.errors if state.stage is Stage.SHUT else ()
        self.show_errors(errors, summary=False)
        self.show_busy(state.busy)
        self.show_fault(state.fault if state.stage is Stage.SHUT else "")
        self.main.setEnabled(not state.is_trying)
        if errors and errors != self._errors and not state.wait_seconds:
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        if errors and not self._errors:
            self._page.session.say(errors[0].text, urgent=True)
        self._errors = errors

    def take_focus(self) -> None:
        """Into the field."""
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self._page.unlock(self.passphrase.text())
