"""Privacy and lock: when FieldKit locks, hiding, the passphrase, the recovery key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.presenters.decided import Decided, DecidedState
from ui.presenters.recovery import Recovery, RecoveryState
from ui.presenters.services import Say
from ui.presenters.settings.choices import Choices, ChoicesState
from ui.presenters.settings.passphrase import ChangePassphrase, PassphraseState
from ui.views.passphrases import NewPassphrase
from ui.views.recovery_key import RecoveryKey
from ui.views.settings.page import Notice, Page
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassphraseEdit, PassText

_NARROW = 110


class PrivacyPage(Page):
    """``hide`` and ``lock`` are what F9 and Ctrl+L do."""

    def __init__(
        self,
        choices: Choices,
        decided: Decided,
        passphrase: ChangePassphrase,
        recovery: Recovery,
        say: Say,
        hide: Callable[[], object],
        lock: Callable[[], object],
    ) -> None:
        super().__init__("privacy", "Privacy and lock")
        self._choices = choices
        self._decided = decided
        self._by_office = HintLabel()
        self._lock(choices)
        self._now(hide, lock)
        self._passphrase(passphrase, say)
        self._recovery(recovery, say)
        self.column.end()
        self.follow(choices, self._show_choices)
        self.follow(decided, self._show_decided)
        self.follow(passphrase, self._show_passphrase)
        self.follow(recovery, self._show_recovery)

    def shown(self) -> None:
        self._decided.load()

    def first(self) -> QWidget:
        return self.usual if self.usual.isEnabled() else self.present

    def show_recovery(self) -> None:
        """Home's need leads here."""
        target = self.stored if self.stored.isVisibleTo(self) else self.renew
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _lock(self, choices: Choices) -> None:
        self.column.say("Locks by itself when no key is pressed for a while. A minute before, any key puts it off.")
        self.usual, self.in_log = PassText(), PassText()
        for field, name, label in (
            (self.usual, "lock_minutes", "Lock after, in minutes"),
            (self.in_log, "log_lock_minutes", "Lock after, in minutes, while a live log is open"),
        ):
            field.setMaximumWidth(_NARROW)
            self.column.field(name, Field(label, field, f"privacy.{name}", hint="2 to 120"))
            field.returnPressed.connect(self._keep)
            field.editingFinished.connect(self._keep)
        self.column.add(self._by_office)

    def _now(self, hide: Callable[[], object], lock: Callable[[], object]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for words, name, act in (("Hide now  F9", "hide", hide), ("Lock now  Ctrl+L", "lock", lock)):
            press = button(words, f"privacy.{name}")
            press.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(press)
        row.addStretch(1)
        self.column.add(row)

    def _passphrase(self, presenter: ChangePassphrase, say: Say) -> None:
        self.section("Change your passphrase")
        self.present = PassphraseEdit("Show passphrase", "Hide passphrase")
        self.column.field("present", Field("Present passphrase", self.present, "privacy.present"))
        self.new = NewPassphrase(
            self.column, "privacy", presenter.judge, presenter.suggestion, say, label="New passphrase"
        )
        self.change = button("Change passphrase", "privacy.change", kind="primary")
        go = lambda: presenter.change(self.present.text(), self.new.first.text(), self.new.again.text())  # noqa: E731
        self.change.clicked.connect(go)
        for field in (self.present, self.new.first, self.new.again):
            field.returnPressed.connect(go)
        self._changed = Notice()
        self._edition = presenter.state.edition
        self.column.buttons(self.change)
        self.column.add(self._changed)

    def _recovery(self, presenter: Recovery, say: Say) -> None:
        self.section("Recovery key")
        self._words = self.column.say("")
        self.column.say("It is the only way back in if you forget your passphrase. It is shown only when it is made.")
        self.renew = button("Make a new recovery key", "recovery.renew")
        self.renew.clicked.connect(lambda: presenter.renew())
        self.key = RecoveryKey("recovery.key", presenter.save_sheet, presenter.copied, presenter.print_sheet)
        self.stored = button("I have stored it", "recovery.stored", kind="primary")
        self.stored.clicked.connect(lambda: presenter.stored())
        self._notice = Notice(say)
        row = QHBoxLayout()
        for each in (self.renew, self.stored):
            row.addWidget(each)
        row.addStretch(1)
        for part in (self.key, row, self._notice):
            self.column.add(part)

    def _keep(self) -> None:
        self._choices.lock_after(self.usual.text(), self.in_log.text())

    def _show_choices(self, state: ChoicesState) -> None:
        self.column.show_errors(state.errors, summary=False)
        wrong = {error.field for error in state.errors}
        if "lock_minutes" not in wrong:
            self.usual.setText(str(state.settings.lock_minutes))
        if "log_lock_minutes" not in wrong:
            self.in_log.setText(str(state.settings.log_lock_minutes))

    def _show_decided(self, state: DecidedState) -> None:
        self._by_office.setText(state.lock_words)
        self._by_office.setVisible(bool(state.lock_words))
        for field in (self.usual, self.in_log):
            field.setEnabled(not state.lock_words)
            field.setAccessibleDescription(state.lock_words or "2 to 120")

    def _show_passphrase(self, state: PassphraseState) -> None:
        self.column.show_errors(state.errors)
        self.column.show_busy(state.busy)
        self.column.show_fault(state.fault)
        self._changed.show_words(state.notice)
        if state.edition != self._edition:
            self._edition = state.edition
            self.present.clear()
            self.new.clear()

    def _show_recovery(self, state: RecoveryState) -> None:
        had_key = not self.key.isHidden()
        words = "Your recovery key is stored." if state.is_stored else "Your recovery key is not stored yet."
        self._words.setText("Store this key now. The one before it opens nothing any more." if state.key else words)
        self.key.show_key(state.key)
        self.key.setVisible(bool(state.key))
        self.stored.setVisible(bool(state.key))
        self.renew.setVisible(not state.key)
        self._notice.show_words(state.notice)
        if state.fault:
            self.column.show_fault(state.fault)
        if had_key != bool(state.key) and self.isVisible():
            self.show_recovery()
