"""The words of both keys after enrolling, one line each.

The focus begins on them and not on the button that accepts them: an Enter too many would join whoever answered.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.presenters.enrol_later import fingerprint_lines
from ui.presenters.services import Enrolled
from ui.qt.accessibility import Role, named, with_role
from ui.views.rendering import clear
from ui.widgets.labels import RoleLabel


class Fingerprints(QFrame):
    """Hidden until there is something to compare. ``prefix`` names it."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.setProperty("banner", "success")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        named(with_role(self, Role.StaticText), "Words to compare", f"{prefix}.compare")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 10, 14, 10)
        self._rows.setSpacing(8)
        self.hide()

    def show_words(self, enrolled: Enrolled | None) -> None:
        """Show both keys' words, or nothing."""
        clear(self._rows)
        lines = fingerprint_lines(enrolled) if enrolled else ()
        named(self, " ".join(lines) or "Words to compare")
        for line in lines:
            label = RoleLabel(line)
            label.setWordWrap(True)
            self._rows.addWidget(label)
        self.setVisible(enrolled is not None)
