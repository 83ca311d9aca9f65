"""Step 4: with the office, or on this laptop only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.enrolment_code import read_invitation
from ui.presenters.first_run import FirstRun, FirstRunState, Page, Way
from ui.presenters.wording import sentence
from ui.qt.file_dialogs import file_to_open
from ui.views.fingerprints import Fingerprints
from ui.views.first_run.page import WizardPage
from ui.views.first_run.radios import Radios
from ui.views.signing_in import SignInPart
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import PassText

WAYS = ("Enrol with my organisation", "Work on this laptop only")
_LARGEST_INVITATION = 65_536


class Invitation(QWidget):
    """Address and code, typed, pasted, or out of the file that the office gave. ``prefix`` names the fields."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.url, self.code = PassText(), PassText()
        self.address_field = Field(
            "Address of your central store",
            self.url,
            f"{prefix}.url",
            hint="Your office gave it to you with the code. You can also paste the whole text of its QR code here",
        )
        self.code_field = Field(
            "Enrolment code", self.code, f"{prefix}.code", hint="Works once. Spaces and dashes do not matter"
        )
        self.url.textEdited.connect(self._typed)
        self.choose = button("Take both from a file", f"{prefix}.file", icon_name="file-text")
        self.choose.clicked.connect(self._choose)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        for part in (self.address_field, self.code_field):
            inner.addWidget(part)
        row = QVBoxLayout()
        row.setContentsMargins(11, 0, 0, 0)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addLayout(row)

    def read(self, path: str) -> bool:
        """Fill both fields from a text file. False, with the reason at the field, where they are not in it."""
        try:
            with Path(path).open("rb") as file:
                text = file.read(_LARGEST_INVITATION).decode("utf-8", errors="replace")
        except OSError:
            text = ""
        address, code = read_invitation(text)
        if not address or not code:
            self.address_field.set_error(sentence("setup.no_invitation"))
            self.url.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.address_field.set_error("")
        self.url.setText(address)
        self.code.setText(code)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _typed(self, text: str) -> None:
        """The whole text of an invitation, pasted into the first field, fills both."""
        address, code = read_invitation(text)
        if address and code:
            self.address_field.set_error("")
            self.url.setText(address)
            self.code.setText(code)

    def _choose(self) -> None:
        path = file_to_open(self, "Choose the file from your office", str(Path.home()))
        if path:
            self.read(path)


class WayPage(WizardPage):
    """How the person will work."""

    def __init__(self, wizard: FirstRun) -> None:
        super().__init__(wizard, Page.WAY)
        self._ways = Radios("How will you work", "setup.way", WAYS)
        self.field("way", Field("Choose one. You can change it later in Settings", self._ways, "setup.way"))
        self.invitation = Invitation("setup")
        self.know("url", self.invitation.address_field)
        self.know("code", self.invitation.code_field)
        self.rows.addWidget(self.invitation)
        self.signing = SignInPart("setup", wizard.signing, self._sign_in, wizard.cancel_sign_in)
        self.add(self.signing)
        self._enrolled = Fingerprints("setup")
        self.add(self._enrolled)
        self.later = button("Do this later", "setup.way.later")
        self.later.clicked.connect(lambda: wizard.later())
        self.differ = button("The words are not the same", "setup.way.differ")
        self.differ.clicked.connect(lambda: wizard.words_differ())
        self._ways.changed(lambda _: self.show_state(wizard.state))
        for each in (self.invitation.url, self.invitation.code):
            each.returnPressed.connect(self.go_on)
        self.buttons(self.main, self.later, self.differ, self.back)
        self.end()
        self.invitation.hide()
        self.signing.hide()

    def _sign_in(self) -> None:
        self.wizard.sign_in(self.invitation.url.text(), self.invitation.code.text())

    def go_on(self) -> None:
        way = {0: Way.OFFICE, 1: Way.ALONE}.get(self._ways.chosen)
        self.wizard.choose_way(way, self.invitation.url.text(), self.invitation.code.text())

    def go_on_by_keys(self) -> None:
        """Not over the words: Enter pressed once too often while the office answers would join whoever answered."""
        if self.wizard.state.enrolled is None:
            self.go_on()

    def show_state(self, state: FirstRunState) -> None:
        super().show_state(state)
        done, is_office = state.enrolled, self._ways.chosen == 0
        is_new = done is not None and self._enrolled.isHidden()
        self._enrolled.show_words(done)
        if is_new:  # before the fields go, or the focus would fall on the button that accepts
            self._enrolled.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ways.setEnabled(done is None)
        self.invitation.setVisible(done is None and is_office)
        self.signing.setVisible(done is None and is_office)
        self.signing.show_state(state.signing)
        self.main.setEnabled(not state.signing.words)
        self.later.setVisible(done is None and is_office)
        self.differ.setVisible(done is not None)
        self.call_main(self._main_words(state))

    def first(self) -> QWidget:
        return self._ways.first if self._ways.isEnabled() else self._enrolled

    def _main_words(self, state: FirstRunState) -> str:
        if state.busy:
            return "Connecting…"
        if state.enrolled is not None:
            return "The words are the same"
        return "Enrol" if self._ways.chosen == 0 else "Continue"
