"""The words of both keys after enrolling, one line each."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.presenters.enrol_later import fingerprint_lines
from ui.presenters.services import Enrolled
from ui.views.rendering import clear
from ui.widgets.labels import RoleLabel


class Fingerprints(QFrame):
    """Hidden until there is something to compare."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "success")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 10, 14, 10)
        self._rows.setSpacing(8)
        self.hide()

    def show_words(self, enrolled: Enrolled | None) -> None:
        """Show both keys' words, or nothing."""
        clear(self._rows)
        for line in fingerprint_lines(enrolled) if enrolled else ():
            label = RoleLabel(line)
            label.setWordWrap(True)
            self._rows.addWidget(label)
        self.setVisible(enrolled is not None)
