"""Small bars that open within the interview page: why a question was skipped, where to jump, one's own question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.presenters.interview.state import ELSEWHERE, WHY_SKIPPED
from ui.qt.accessibility import named
from ui.views.evidence.flow import FlowLayout
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel
from ui.widgets.texts import PassText


class WhyBar(QFrame):
    """Why the question before was passed over; it need not be said."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__()
        named(self, "Why it was skipped", "interview.why")
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        row = FlowLayout()
        for place, words in enumerate((*WHY_SKIPPED, ELSEWHERE)):
            press = button(words, f"interview.why.{place}")
            press.clicked.connect(lambda _=False, words=words: say(words))
            row.addWidget(press)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self._words)
        rows.addLayout(row)
        self.hide()

    def show_for(self, question: str) -> None:
        """``question`` was skipped; empty hides."""
        words = f"Skipped: {question} Why?" if question else ""
        if words != self._words.text():
            self._words.setText(words)
        self.setVisible(bool(question))


class LineBar(QFrame):
    """One line to type: ``taken`` says whether what was typed was good. Esc closes it and gives the caret back."""

    def __init__(
        self, label: str, identifier: str, word: str, taken: Callable[[str], bool], closed: Callable[[], None]
    ) -> None:
        super().__init__()
        named(self, label, identifier)
        self._taken = taken
        self._closed = closed
        self.edit = named(PassText(), label, f"{identifier}.text")
        self._label = RoleLabel(label)
        self._label.setBuddy(self.edit)
        self._press = button(word, f"{identifier}.do")
        self._press.clicked.connect(lambda: self._take())
        self.edit.returnPressed.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.edit, 1)
        row.addWidget(self._press)
        self.hide()

    def open(self) -> None:
        """Show it, empty, with the caret in it."""
        self.edit.clear()
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self._shut()
        elif is_enter:
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self._taken(self.edit.text()):
            self._shut()

    def _shut(self) -> None:
        self.hide()
        self._closed()
