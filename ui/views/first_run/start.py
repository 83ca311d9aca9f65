"""Step 1: who you are, the three ways in, and whether this laptop is fit for a vault."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.first_run import FirstRun, FirstRunState, Page
from ui.presenters.services import Check
from ui.views.first_run.page import WizardPage
from ui.views.first_run.radios import Radios
from ui.views.rendering import aligned, clear
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import PassText

ROLES = ("Assessor or inspector", "Specialist adviser")
ADVISER = 1
_ADVISER_HINT = "An adviser is shown only what is allotted to them. Settings can change it"
_CHECKING = "Looking at this laptop: disk space, clock, folder, disk encryption"


class StartPage(WizardPage):
    """The first screen."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.START, "Set up for visits")
        self._shown: tuple[Check, ...] | None = None
        self.say("Notes are saved on this laptop, encrypted. Setting up takes about five minutes and needs no network.")
        self.name, self.initials = PassText(), PassText()
        self.initials.setMaxLength(4)
        self.role = Radios("You come as", "setup.role", ROLES, 0, is_across=True)
        self.sample = button("Try the sample visit", "setup.start.sample")
        self.restore = button("Restore from a backup", "setup.start.restore")
        self.sample.clicked.connect(lambda: wizard.open_sample())
        self.restore.clicked.connect(lambda: wizard.to_restore())
        for each in (self.name, self.initials):
            each.returnPressed.connect(self.go_on)
        self.add(self._visits())
        self.add(self._others())
        self.add(self.busy)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(2)
        self.add(HeadingLabel("This laptop", level=2))
        self.add(self._checks)
        self.end()

    def go_on(self) -> None:
        self.wizard.set_up(self.name.text(), self.initials.text(), is_adviser=self.role.chosen == ADVISER)

    def first(self) -> QWidget:
        return self.name

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        if state.checks != self._shown:
            self._shown = state.checks
            self._show_checks(state.checks)

    def show_fault(self, words: str) -> None:
        """The laptop is not fit yet: what to do, and a button to look again."""
        state = self.wizard.state
        if words == self.banner.words:
            return
        if state.may_check_again:
            self.banner.say(words, "danger", remedy="Check again", do=self.wizard.check)
            self.banner.remedy.setFocus()
        else:
            super().show_fault(words)

    def _visits(self) -> QFrame:
        card, rows = _card()
        who = QHBoxLayout()
        who.setSpacing(16)
        name = Field("Your name", self.name, "setup.name", hint="It stands beside your notes")
        initials = Field("Initials", self.initials, "setup.initials", hint="May stay empty")
        who.addWidget(self.know("name", name), 3)
        who.addWidget(self.know("initials", initials), 1)
        for field in (name, initials):  # a message at one of them must not push the other down
            who.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(who)
        rows.addWidget(Field("You come as", self.role, "setup.role", hint=_ADVISER_HINT))
        rows.addLayout(_across(self.main))
        return card

    def _others(self) -> QFrame:
        card, rows = _card()
        words = RoleLabel("Practise with an invented board meeting, or go on with a vault that you had before.")
        words.setWordWrap(True)
        rows.addLayout(aligned(words))
        rows.addLayout(_across(self.sample, self.restore))
        return card

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        clear(self._checks)
        if not checks:
            self._checks.addWidget(HintLabel(_CHECKING))
        for one in checks:
            label = HintLabel(one.words)
            if one.is_wrong:
                label.setProperty("tone", "danger")
            self._checks.addWidget(label)


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("card", "true")
    rows = QVBoxLayout(card)
    rows.setContentsMargins(14, 10, 14, 12)
    rows.setSpacing(10)
    return card, rows


def _across(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(11, 0, 0, 0)
    row.setSpacing(16)
    for one in widgets:
        row.addWidget(one)
    row.addStretch(1)
    return row
