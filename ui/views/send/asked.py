"""What sending asks of a person: whether files may go over a metered connection, and to sign in to the network."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.send import Send, SendState
from ui.widgets.banner import Banner

_ANYWAY, _SIGN_IN = "Send files now  Alt+A", "Open the sign-in page"


class Asked(QWidget):
    """Takes no room while nothing is asked. ``open_page`` is what leads a browser to a page."""

    def __init__(self, send: Send) -> None:
        super().__init__()
        self._send = send
        self.urgent, self.held, self.sign_in = Banner("send.urgent"), Banner("send.held"), Banner("send.sign_in")
        self.open_page = QDesktopServices.openUrl
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for each in (self.urgent, self.sign_in, self.held):
            rows.addWidget(each)
        self.hide()

    def show_state(self, state: SendState) -> None:
        """What is asked now."""
        if state.urgent != self.urgent.words:
            self.urgent.say(state.urgent, "danger")
        words = state.held_files
        if words != self.held.words:
            self.held.say(words, "info", remedy=_ANYWAY if words else "", do=self._send.send_files_anyway)
        words = "This network wants you to sign in first" if state.sign_in_page else ""
        if words != self.sign_in.words:
            page = state.sign_in_page
            self.sign_in.say(
                words, "warning", remedy=_SIGN_IN if words else "", do=lambda: self._open(page)
            )  # fmt: skip
        self.setVisible(bool(state.urgent or state.held_files or state.sign_in_page))

    def _open(self, page: str) -> None:
        """Over plain http, where the network puts its own page in the place of whatever is asked for."""
        self.open_page(QUrl(page))
