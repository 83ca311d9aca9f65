"""Settings: how everything looks, and the office this laptop hands in to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout

from ui.presenters.display import Display
from ui.presenters.enrol_later import EnrolLater, EnrolState
from ui.presenters.recovery import Recovery, RecoveryState
from ui.presenters.settings_pages import SettingsPage
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.columns import ColumnPage
from ui.views.display import DisplayView
from ui.views.fingerprints import Fingerprints
from ui.views.recovery_key import RecoveryKey
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel
from ui.widgets.texts import PassText


class OfficePage(View):
    """Enrol, or see with whom this laptop is enrolled."""

    def __init__(self, presenter: EnrolLater) -> None:
        super().__init__()
        self._page = ColumnPage("office", "Organisation and central store")
        self._words = self._page.say("")
        self._fingerprints = Fingerprints()
        self._page.add(self._fingerprints)
        self.url, self.code = PassText(), PassText()
        self._address = self._page.field("url", Field("Address of your central store", self.url, "office.url"))
        self._code = self._page.field("code", Field("Enrolment code", self.code, "office.code"))
        self.enrol = button("Enrol", "office.enrol", kind="primary")
        self.enrol.clicked.connect(lambda: presenter.enrol(self.url.text(), self.code.text()))
        for each in (self.url, self.code):
            each.returnPressed.connect(lambda: presenter.enrol(self.url.text(), self.code.text()))
        self.same = button("The words are the same", "office.same", kind="primary")
        self.same.clicked.connect(lambda: presenter.confirm())
        self._page.buttons(self.enrol, self.same)
        self._page.end()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._page)
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        self.url.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: EnrolState) -> None:
        self._fingerprints.show_words(state.enrolled)
        self._words.setVisible(state.enrolled is None)
        if state.is_enrolled:
            self._words.setText(f"This laptop is enrolled with {state.office}. Tagged notes are sent by themselves.")
        else:
            self._words.setText("This laptop works on its own. To send to your office, ask it for a code.")
        comparing = state.enrolled is not None and not state.is_enrolled
        for each in (self._address, self._code, self.enrol):
            each.setVisible(not state.is_enrolled and not comparing)
        self.same.setVisible(comparing)
        self._page.show_errors(state.errors)
        self._page.show_fault(state.fault)
        self._page.show_busy(state.busy)


class RecoveryPage(View):
    """Make a new recovery key and store it."""

    def __init__(self, presenter: Recovery) -> None:
        super().__init__()
        self._page = ColumnPage("recovery", "Recovery key")
        self._words = self._page.say("")
        self._page.say("It is the only way back in if you forget your passphrase. It is shown only when it is made.")
        self.renew = button("Make a new recovery key", "recovery.renew", kind="primary")
        self.renew.clicked.connect(lambda: presenter.renew())
        self.key = RecoveryKey("recovery.key", presenter.save_sheet, presenter.copied, presenter.print_sheet)
        self.stored = button("I have stored it", "recovery.stored", kind="primary")
        self.stored.clicked.connect(lambda: presenter.stored())
        self._notice = HintLabel()
        for each in (self.key, self._notice):
            self._page.add(each)
        self._page.buttons(self.renew, self.stored)
        self._page.end()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._page)
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        target = self.stored if self.stored.isVisibleTo(self) else self.renew
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: RecoveryState) -> None:
        had_key = not self.key.isHidden()
        words = "Your recovery key is stored." if state.is_stored else "Your recovery key is not stored yet."
        self._words.setText("Store this key now. The one before it opens nothing any more." if state.key else words)
        self.key.show_key(state.key)
        self.key.setVisible(bool(state.key))
        self.stored.setVisible(bool(state.key))
        self.renew.setVisible(not state.key)
        self._notice.setText(state.notice)
        self._notice.setVisible(bool(state.notice))
        self._page.show_fault(state.fault)
        self._page.show_busy(state.busy)
        if had_key != bool(state.key) and self.isVisible():
            self.take_focus()


class SettingsView(View):
    """Pages at the left, the page at the right."""

    def __init__(self, display: Display, enrol: EnrolLater, recovery: Recovery) -> None:
        super().__init__()
        self._list = QListWidget()
        named(self._list, "Settings pages", "settings.pages")
        prepare_rows(self._list)
        self._list.addItems(["Display", "Organisation and central store", "Recovery key"])
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWordWrap(True)
        self._stack = QStackedWidget()
        self._office, self._recovery = OfficePage(enrol), RecoveryPage(recovery)
        for page in (DisplayView(display), self._office, self._recovery):
            self.part(page)
            self._stack.addWidget(page)
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._list.setCurrentRow(0)
        across = QHBoxLayout()
        across.addWidget(self._list, 1)
        across.addWidget(self._stack, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 0, 0)
        rows.addWidget(HeadingLabel("Settings"))
        rows.addLayout(across, 1)

    def show_page(self, page: SettingsPage) -> None:
        """A page by its name; the first where it is none of these."""
        found = self._list.findItems(page.value, Qt.MatchFlag.MatchExactly)
        self._list.setCurrentRow(self._list.row(found[0]) if found else 0)
        view = self._stack.currentWidget()
        if isinstance(view, View):
            view.take_focus()

    def show_office(self) -> None:
        """The page of the office."""
        self._list.setCurrentRow(1)
        self._office.take_focus()

    def show_recovery(self) -> None:
        """The page of the recovery key."""
        self._list.setCurrentRow(2)
        self._recovery.take_focus()

    def take_focus(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
