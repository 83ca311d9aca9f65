"""Unlock on the screen (ux S2): no name of a person or an organisation stands here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from ui.presenters.services import Say
from ui.presenters.unlock import Unlock, UnlockState, Way
from ui.views.caps_lock import caps_lock_is_on
from ui.views.columns import ColumnPage
from ui.views.entrance_bar import EntranceBar
from ui.views.passphrases import NewPassphrase
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassphraseEdit, PassText

CAPS = "Caps Lock is on"


class PassphrasePage(ColumnPage):
    """The usual way in."""

    def __init__(self, unlock: Unlock, sample: Callable[[], None]) -> None:
        super().__init__("unlock", "FieldKit is locked")
        self._unlock = unlock
        self.hint_line = self.hint("")
        self.passphrase = PassphraseEdit("Show passphrase", "Hide passphrase")
        self.field("passphrase", Field("Passphrase", self.passphrase, "unlock.passphrase"))
        self.caps = HintLabel(CAPS)
        self.caps.setProperty("tone", "danger")
        self.caps.hide()
        self.add(self.caps)
        self.main = button("Unlock", "unlock.unlock", kind="primary")
        self.main.clicked.connect(self.go)
        self.passphrase.returnPressed.connect(self.go)
        self.forgotten = button("I have forgotten my passphrase", "unlock.forgotten", kind="link")
        self.forgotten.clicked.connect(lambda: unlock.forgotten())
        self.sample = button("Open the sample visit", "unlock.sample", kind="link")
        self.sample.clicked.connect(lambda: sample())
        self.buttons(self.main)
        for link in (self.forgotten, self.sample):
            self.rows.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.end()

    def go(self) -> None:
        """Try what was typed."""
        self._unlock.unlock(self.passphrase.text())

    def show_state(self, state: UnlockState) -> None:
        """Render."""
        self.hint_line.setText(state.hint)
        self.hint_line.setVisible(bool(state.hint))
        self.show_errors(state.errors, summary=False)
        self.show_busy(state.busy)
        self.show_fault(state.fault)
        if state.errors and not state.busy:
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)


class RecoveryPage(ColumnPage):
    """The way back in with the recovery key."""

    def __init__(self, unlock: Unlock) -> None:
        super().__init__("recover", "Open with your recovery key")
        self._unlock = unlock
        self.say("It has 40 letters and numbers. Capitals, spaces and dashes do not matter. You can paste it.")
        self.key = PassText()
        self.field("recovery_key", Field("Recovery key", self.key, "recover.key"))
        self.say("Then make a new passphrase. The old one will not work any more.")
        self.new = NewPassphrase(self, "recover", unlock.judge, None)
        self.main = button("Open the vault", "recover.open", kind="primary")
        self.main.clicked.connect(self.go)
        back = button("Back", "recover.back")
        back.clicked.connect(lambda: unlock.remembered())
        for each in (self.key, self.new.first, self.new.again):
            each.returnPressed.connect(self.go)
        self.buttons(self.main, back)
        self.end()

    def go(self) -> None:
        """Try the key."""
        self._unlock.recover(self.key.text(), self.new.first.text(), self.new.again.text())

    def show_state(self, state: UnlockState) -> None:
        """Render."""
        self.show_errors(state.errors)
        self.show_busy(state.busy)
        self.show_fault(state.fault)


class UnlockView(View):
    """``sample`` opens practice instead."""

    def __init__(
        self,
        unlock: Unlock,
        say: Say,
        display: Callable[[], None],
        help_: Callable[[], None],
        sample: Callable[[], None],
    ) -> None:
        super().__init__()
        self._say = say
        self._way: Way | None = None
        self._told = ""
        self.bar = EntranceBar(display, help_)
        self.page = PassphrasePage(unlock, sample)
        self.recovery = RecoveryPage(unlock)
        self.page.passphrase.installEventFilter(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self.page, 1)
        rows.addWidget(self.recovery, 1)
        self.recovery.hide()
        self.follow(unlock, self._render)

    def take_focus(self) -> None:
        first = self.page.passphrase if self._way is Way.PASSPHRASE else self.recovery.key
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyRelease):
            is_on = caps_lock_is_on(event if isinstance(event, QKeyEvent) else None, self.page.caps.isVisible())
            if is_on and not self.page.caps.isVisible():
                self._say(CAPS)
            self.page.caps.setVisible(is_on)
        return False

    def _render(self, state: UnlockState) -> None:
        text = state.errors[0].text if state.errors else ""
        if text != self._told and state.way is Way.PASSPHRASE and not state.wait_seconds:
            self._say(text, urgent=True)
        self._told = text
        page = self.page if state.way is Way.PASSPHRASE else self.recovery
        page.show_state(state)
        if state.way is not self._way:
            self._way = state.way
            self.page.setVisible(state.way is Way.PASSPHRASE)
            self.recovery.setVisible(state.way is Way.RECOVERY)
            self.take_focus()
