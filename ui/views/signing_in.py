"""Signing in with the organisation: the button, and what is shown while a person is in their browser."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.signing_in import SigningIn, SigningInState
from ui.qt.accessibility import named
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel

ENTER, AGAIN = "Sign in with your organisation", "Sign in again"
_AGAIN_HINT = "Opens your organisation’s page in the browser. What you hand in arrives all the same"
_HINT = "Opens your organisation’s page in the browser. No code is needed where your office uses this"


class SignInPart(QWidget):
    """``begin`` and ``cancel`` are what the buttons do. ``prefix`` names the controls. ``tells``: why it came to
    nothing is said here, and not by the page.
    """

    def __init__(
        self, prefix: str, signing: SigningIn, begin: Callable[[], None], cancel: Callable[[], None],
        hint: str = _HINT, *, tells: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._tells = tells
        self._fault = Banner(f"{prefix}.sign_in.fault")
        self._signing, self._opened, self._said = signing, 0, hint
        self.opens: Callable[[str], bool] = lambda address: QDesktopServices.openUrl(QUrl(address))
        """Shows a page in the browser; whether there is one."""
        self.enter = button(ENTER, f"{prefix}.sign_in")
        self.enter.clicked.connect(lambda: begin())
        self.enter.setAccessibleDescription(hint)
        self._hint = HintLabel(hint)
        self._words = named(HintLabel(), "", f"{prefix}.sign_in.words")
        self.copy = button("Copy the address", f"{prefix}.sign_in.copy", icon_name="copy")
        self.copy.clicked.connect(self._copy)
        self.cancel = button("Stop signing in", f"{prefix}.sign_in.cancel")
        self.cancel.clicked.connect(lambda: cancel())
        row = QHBoxLayout()
        row.setSpacing(16)
        for one in (self.enter, self.copy, self.cancel):
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for label in (self._words, self._hint):
            label.setWordWrap(True)
        column.addWidget(self._fault)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.show_state(signing.state)

    def be_again(self, *, is_again: bool) -> None:
        """The laptop has joined: the button is for going on reading, and no code has anything to do with it."""
        words, hint = (AGAIN, _AGAIN_HINT) if is_again else (ENTER, self._said)
        if self.enter.text() != words:
            named(self.enter, words).setText(words)
            self.enter.setAccessibleDescription(hint)
            self._hint.setText(hint)

    def show_state(self, state: SigningInState) -> None:
        """Render it; a page that has just become known is opened in the browser, once."""
        waits = bool(state.words)
        if self._tells and state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")
        at = QApplication.focusWidget()
        had_focus = at is not None and self.isAncestorOf(at)
        copied = "The address was copied." if state.is_copied else ""
        words = " ".join(part for part in (state.no_browser or state.words, copied) if part)
        self._words.setText(words)
        named(self._words, words)
        self._words.setVisible(waits)
        self.enter.setVisible(not waits)
        self._hint.setVisible(not waits)
        self.cancel.setVisible(waits)
        self.copy.setVisible(waits and bool(state.address))
        if had_focus and at is not None and at.isHidden():  # the control that had it has just gone
            (self.cancel if waits else self.enter).setFocus(Qt.FocusReason.OtherFocusReason)
        if state.address and state.attempt != self._opened:
            self._opened = state.attempt
            if not self.opens(state.address):
                self._signing.no_browser()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._signing.state.address)
        self._signing.copied()
