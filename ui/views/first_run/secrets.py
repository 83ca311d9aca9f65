"""Steps 2 and 3: the passphrase, and the recovery key that gets one in without it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.presenters.first_run import FirstRun, FirstRunState, Page
from ui.presenters.services import Say
from ui.views.first_run.page import WizardPage
from ui.views.first_run.radios import Radios
from ui.views.passphrases import NewPassphrase
from ui.views.recovery_key import RecoveryKey
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel

QUESTION = "Have you stored your recovery key?"
ANSWERS = ("Yes, I have stored it", "No, I will do this before my first visit")


class PassphrasePage(WizardPage):
    """The passphrase."""

    def __init__(self, wizard: FirstRun, say: Say) -> None:
        super().__init__(wizard, Page.PASSPHRASE)
        self.say("It locks everything on this laptop. Nobody can reset it for you.")
        self.say("Three or four random words work well. At least 14 characters.")
        self.new = NewPassphrase(self, "setup", wizard.judge, wizard.suggestion, say)
        for each in (self.new.first, self.new.again):
            each.returnPressed.connect(self.go_on)
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        self.wizard.choose_passphrase(self.new.first.text(), self.new.again.text())

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        self.call_main("Creating…" if state.busy else "Continue")

    def first(self) -> QWidget:
        return self.new.first

    def forget(self) -> None:
        self.new.clear()


class RecoveryPage(WizardPage):
    """The recovery key."""

    def __init__(self, wizard: FirstRun, say: Say) -> None:
        super().__init__(wizard, Page.RECOVERY)
        self._say = say
        self.say("It is the only way back in if you forget your passphrase. Keep it away from the laptop.")
        self.key = RecoveryKey("setup.recovery", wizard.save_sheet, wizard.copied, wizard.print_sheet)
        self.add(self.key)
        self._notice = HintLabel()
        self.add(self._notice)
        self._answers = Radios(QUESTION, "setup.stored", ANSWERS)
        self.field("stored", Field(QUESTION, self._answers, "setup.stored"))
        self.buttons(self.main, self.back)
        self.end()

    def go_on(self) -> None:
        chosen = self._answers.chosen
        self.wizard.answer_recovery(None if chosen < 0 else chosen == 0)

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        if state.notice and state.notice != self._notice.text():
            self._say(state.notice)
        self._notice.setText(state.notice)
        self._notice.setVisible(bool(state.notice))
        self.key.show_key(state.recovery_key)

    def first(self) -> QWidget:
        return self.key.first
