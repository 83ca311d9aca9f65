"""Labels of one line that end in an ellipsis where the room does (their name stays whole), and strong words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.qt.accessibility import as_heading
from ui.qt.typography import role_font
from ui.widgets.labels import RoleLabel


class ElidedLabel(RoleLabel):
    """Takes whatever room is left."""

    def __init__(self, words: str = "", role: str = "body") -> None:
        super().__init__("", role)
        self._words = words
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        """Show ``words``, or their beginning."""
        self._words = words
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, self.width() - 2))


class ElidedHeading(ElidedLabel):
    """The heading of a screen that must not grow to two lines."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "heading1")
        self.setAccessibleName(words)
        as_heading(self)


class StrongLabel(RoleLabel):
    """Body words that lead the eye: a question before its answer."""

    def _fit(self) -> None:
        font = role_font("body")
        font.setBold(True)
        self.setFont(font)
