"""What sending asks of a person: whether files may go over a metered connection; and that something urgent waits."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.send import Send, SendState
from ui.widgets.banner import Banner

SIGN_IN = "Open the sign-in page"
"""Over plain http, where a network puts its own page in the place of whatever is asked for."""

_ANYWAY = "Send files now  Alt+A"


class Asked(QWidget):
    """Takes no room while nothing is asked. ``open_page`` is what leads a browser to a page."""

    def __init__(self, send: Send) -> None:
        super().__init__()
        self._send = send
        self.urgent, self.held = Banner("send.urgent"), Banner("send.held")
        self.open_page = QDesktopServices.openUrl
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for each in (self.urgent, self.held):
            rows.addWidget(each)
        self.hide()

    def lead_to(self, page: str) -> None:
        """Into the browser."""
        self.open_page(QUrl(page))

    def show_state(self, state: SendState) -> None:
        """What is asked now."""
        if state.urgent != self.urgent.words:
            self.urgent.say(state.urgent, "danger")
        words = state.held_files
        if words != self.held.words:
            self.held.say(words, "info", remedy=_ANYWAY if words else "", do=self._send.send_files_anyway)
        self.setVisible(bool(state.urgent or words))
