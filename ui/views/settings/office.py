"""Organisation and central store: enrol, or see with whom this laptop is enrolled."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QVBoxLayout, QWidget

from ui.presenters.decided import BY_OFFICE, Decided, DecidedState
from ui.presenters.enrol_later import EnrolLater, EnrolState
from ui.presenters.settings.office import OfficeFacts
from ui.presenters.settings.office import OfficePage as Facts
from ui.presenters.settings.teams import Teams
from ui.qt.accessibility import named
from ui.views.fingerprints import Fingerprints
from ui.views.first_run.way import Invitation
from ui.views.labels import StrongLabel
from ui.views.rendering import clear
from ui.views.settings.page import Page
from ui.views.settings.teams import TeamsPart
from ui.views.signing_in import SignInPart
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HintLabel, RoleLabel

_SIGN_IN_AGAIN = (
    "It asks you to sign in again before this laptop reads your team’s work. What you hand in still arrives."
)
_HOW = (
    "Ask your office to invite you. It gives you the address of its central store and a code that works once. "
    "Afterwards both sides read six words to each other, so that each knows it is the other."
)


_ADVISER = "I am a specialist adviser"
_ADVISER_WHY = "Only activities that name you under ‘Who goes’ are shown, and what you made yourself"


class OfficePage(Page):
    """The page."""

    def __init__(
        self, enrol: EnrolLater, facts: Facts, decided: Decided, teams: Teams, hand_in: Callable[[], object]
    ) -> None:
        """``hand_in`` leads to the page on which a vault is erased."""
        super().__init__("office", "Organisation and central store")
        self._facts = facts
        self._decided = decided
        self._teams = teams
        self._is_comparing = False
        self._words = named(EmptyState(), "", "office.words")
        self.column.add(self._words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.column.add(self._grid)
        self._of_laptop = QVBoxLayout()
        self.column.add(self._of_laptop)
        self.hand_in = button("Hand in and erase", "office.hand_in")
        self.hand_in.clicked.connect(lambda: hand_in())
        self.column.buttons(self.hand_in)
        self._how = self.column.say(_HOW)
        self._fingerprints = Fingerprints("office")
        self.column.add(self._fingerprints)
        self.invitation = Invitation("office")
        self.column.know("url", self.invitation.address_field)
        self.column.know("code", self.invitation.code_field)
        self.column.rows.addWidget(self.invitation)
        self.enrol = button("Enrol", "office.enrol", kind="primary")
        go = lambda: enrol.enrol(self.invitation.url.text(), self.invitation.code.text())  # noqa: E731
        self.enrol.clicked.connect(go)
        for each in (self.invitation.url, self.invitation.code):
            each.returnPressed.connect(go)
        self.signing = SignInPart("office", enrol.signing, self._sign_in, enrol.cancel_sign_in, tells=True)
        self.column.add(self.signing)
        self.same = button("The words are the same", "office.same", kind="primary")
        self.same.clicked.connect(lambda: enrol.confirm())
        self.differ = button("The words are not the same", "office.differ")
        self.differ.clicked.connect(lambda: enrol.words_differ())
        self.column.buttons(self.enrol, self.same, self.differ)
        self._teams_heading = self.section("Teams")
        self.column.add(TeamsPart(teams))
        self._add_decided()
        self.column.end()
        self._presenter = enrol
        self.follow(enrol, self._render)
        self.follow(facts, self._show_facts)
        self.follow(decided, self._show_decided)
        self.follow(teams, lambda state: self.show_section(self._teams_heading, is_shown=bool(state.rows)))

    def shown(self) -> None:
        self._facts.load()
        self._decided.load()
        self._teams.load()

    def _sign_in(self) -> None:
        self._presenter.sign_in(self.invitation.url.text(), self.invitation.code.text())

    def first(self) -> QWidget:
        return self._fingerprints if self._is_comparing else self._words

    def _render(self, state: EnrolState) -> None:
        comparing = state.enrolled is not None and not state.is_enrolled
        is_new, is_over = comparing and not self._is_comparing, self._is_comparing and not comparing
        self._is_comparing = comparing
        was_here = self.isAncestorOf(QApplication.focusWidget() or self)
        self._fingerprints.show_words(state.enrolled if comparing else None)
        if is_new and was_here:  # before the fields go, or the focus would fall on the button that accepts
            self._fingerprints.setFocus(Qt.FocusReason.OtherFocusReason)
        self._words.setVisible(not comparing)
        enrolled = f"This laptop is enrolled with {state.office}. Tagged notes are sent by themselves."
        words = enrolled if state.is_enrolled else "This laptop works on its own. Nothing leaves it."
        if state.is_enrolled and state.has_to:
            words = f"This laptop is enrolled with {state.office}. {_SIGN_IN_AGAIN}"
        named(self._words, words).setText(words)
        if is_over and was_here:  # before the buttons go, or a stray Space would tick the box of an adviser
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
        for each in (self.invitation, self.enrol, self._how):
            each.setVisible(not state.is_enrolled and not comparing)
        for each in (self.same, self.differ):
            each.setVisible(comparing)
        self.signing.setVisible(not comparing and (state.signs_in or not state.is_enrolled))
        self.signing.be_again(is_again=state.is_enrolled)
        self.signing.show_state(state.signing)
        self.column.show_errors(state.errors)
        self.column.show_fault(state.fault)
        self.column.show_busy(state.busy)

    def _show_facts(self, facts: OfficeFacts) -> None:
        clear(self._grid)
        clear(self._of_laptop)
        self.hand_in.setVisible(facts.is_to_be_erased)
        for place, words in enumerate(facts.of_laptop):
            self._of_laptop.addWidget(named(HintLabel(words), words, f"office.laptop.{place}"))
        for row, (name, said) in enumerate(facts.lines):
            asked, answered = StrongLabel(name), RoleLabel(said)
            for column, label in enumerate((asked, answered)):
                label.setWordWrap(True)
                self._grid.addWidget(label, row, column)

    def _add_decided(self) -> None:
        self.section("Specialist adviser")
        self.adviser = named(QCheckBox(_ADVISER), _ADVISER, "office.adviser")
        self.adviser.clicked.connect(lambda is_on: self._decided.call_myself_adviser(is_one=is_on))
        self._why = HintLabel()
        self.column.add(self.adviser)
        self.column.add(self._why)
        self._by_office = self.section(BY_OFFICE)
        self._policies = QGridLayout()
        self._policies.setHorizontalSpacing(20)
        self._policies.setVerticalSpacing(6)
        self._policies.setColumnStretch(1, 1)
        self.column.add(self._policies)

    def _show_decided(self, state: DecidedState) -> None:
        self.adviser.setChecked(state.is_adviser)
        self.adviser.setEnabled(not state.adviser_by_office)
        self._why.setText(f"{BY_OFFICE}. {_ADVISER_WHY}" if state.adviser_by_office else _ADVISER_WHY)
        self.adviser.setAccessibleDescription(self._why.text())
        clear(self._policies)
        for row, (name, said) in enumerate(state.lines or (("Nothing", "Your own choices hold"),)):
            for column, label in enumerate((StrongLabel(name), RoleLabel(said))):
                label.setWordWrap(True)
                self._policies.addWidget(label, row, column)
