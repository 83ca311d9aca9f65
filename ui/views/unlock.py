"""Unlock on the screen (ux S2): no name of a person or an organisation stands here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.unlock import Unlock, UnlockState, Way
from ui.views.back_keys import back_by_keys
from ui.views.caps_lock import caps_lock_is_on
from ui.views.columns import ColumnPage
from ui.views.entrance_bar import EntranceBar
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassphraseEdit, PassText

if TYPE_CHECKING:  # the other ways in are imported when they are taken, not before the first screen is painted
    from ui.presenters.services import Say
    from ui.views.restoring import RestoreView

CAPS = "Caps Lock is on"


class PassphrasePage(ColumnPage):
    """The usual way in."""

    def __init__(self, unlock: Unlock, sample: Callable[[], None]) -> None:
        super().__init__("unlock", "FieldKit is locked", is_title=True)
        self._unlock = unlock
        self.hint_line = self.hint("")
        self.passphrase = PassphraseEdit("Show passphrase", "Hide passphrase")
        self._field = self.field("passphrase", Field("Passphrase", self.passphrase, "unlock.passphrase"))
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
        self.restore = button("Restore from a backup", "unlock.restore", kind="link")
        self.restore.clicked.connect(lambda: unlock.to_restore())
        self.again = button("Set up this laptop again, with an empty vault", "unlock.again", kind="link")
        self.again.clicked.connect(lambda: unlock.set_up_again())
        self.buttons(self.main)
        for link in (self.forgotten, self.restore, self.again, self.sample):
            self.rows.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.end()

    def go(self) -> None:
        """Try what was typed."""
        self._unlock.unlock(self.passphrase.text())

    def show_state(self, state: UnlockState) -> None:
        """Render."""
        self.hint_line.setText(state.hint)
        self.hint_line.setVisible(bool(state.hint))
        for one in (self._field, self.main, self.forgotten):
            one.setVisible(not state.is_missing)
        self.again.setVisible(state.is_missing)
        self.show_errors(state.errors, summary=False)
        self.show_busy(state.busy)
        self.show_fault(state.fault)
        if state.errors and not state.is_trying and not state.wait_seconds:
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)


class RecoveryPage(ColumnPage):
    """The way back in with the recovery key."""

    def __init__(self, unlock: Unlock, say: Say) -> None:
        from ui.views.passphrases import NewPassphrase

        super().__init__("recover", "Open with your recovery key")
        self._unlock = unlock
        self.say("It has 40 letters and numbers. Capitals, spaces and dashes do not matter. You can paste it.")
        self.key = PassText()
        self.field("recovery_key", Field("Recovery key", self.key, "recover.key"))
        self.say("Then make a new passphrase. The old one will not work any more.")
        self.new = NewPassphrase(self, "recover", unlock.judge, unlock.suggestion, say, "New passphrase")
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
        self._unlock = unlock
        self._way: Way | None = None
        self._told = ""
        self._waits = False
        self.bar = EntranceBar(display, help_)
        self.page = PassphrasePage(unlock, sample)
        self._others: dict[Way, RecoveryPage | RestoreView] = {}
        self.page.passphrase.installEventFilter(self)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.bar)
        self._rows.addWidget(self.page, 1)
        back_by_keys(self, self._back)
        self.follow(unlock, self._render)

    def take_focus(self) -> None:
        self._first().setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def recovery(self) -> RecoveryPage:
        """The way in with the recovery key; made when it is first taken, so that locking is done at once."""
        return cast("RecoveryPage", self._other(Way.RECOVERY, lambda: RecoveryPage(self._unlock, self._say)))

    @property
    def restore(self) -> RestoreView:
        """The way in with a backup; made when it is first taken."""
        return cast("RestoreView", self._other(Way.RESTORE, self._restore))

    def _restore(self) -> RestoreView:
        from ui.presenters.restoring import Restoring
        from ui.views.restoring import RestoreView

        note = "The vault that is on this laptop now is kept beside it, and what can be read of it is added."
        restoring = Restoring(self._unlock.door, self._unlock.restored)
        made: RestoreView = self.part(RestoreView(restoring, "restore", self._unlock.remembered, note))
        return made

    def _other(self, way: Way, make: Callable[[], RecoveryPage | RestoreView]) -> RecoveryPage | RestoreView:
        if way not in self._others:
            made = self._others[way] = make()
            self._rows.addWidget(made, 1)
        return self._others[way]

    def _back(self) -> None:
        if self._way is not Way.PASSPHRASE:
            self._unlock.remembered()

    def _first(self) -> QWidget:
        if self._way is Way.RECOVERY:
            return self.recovery.key
        if self._way is Way.RESTORE:
            return self.restore.first()
        return self.page.restore if self._unlock.state.is_missing else self.page.passphrase

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyRelease):
            is_on = caps_lock_is_on(event if isinstance(event, QKeyEvent) else None, self.page.caps.isVisible())
            if is_on and not self.page.caps.isVisible():
                self._say(CAPS)
            self.page.caps.setVisible(is_on)
        return False

    def _render(self, state: UnlockState) -> None:
        text = state.errors[0].text if state.errors else ""
        counts_down = state.wait_seconds and self._waits  # said once, not at every second of it
        if text != self._told and state.way is Way.PASSPHRASE and not counts_down:
            self._say(text, urgent=True)
        self._told, self._waits = text, bool(state.wait_seconds)
        (self.recovery if state.way is Way.RECOVERY else self.page).show_state(state)
        if state.way is not self._way:
            self._way = state.way
            self.page.setVisible(state.way is Way.PASSPHRASE)
            first = self._first()  # makes the page of a way that was not taken before
            for way, other in self._others.items():
                other.setVisible(way is state.way)
            first.setFocus(Qt.FocusReason.TabFocusReason)
