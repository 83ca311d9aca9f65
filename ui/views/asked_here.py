"""The pill that says that a record has an open question, and the button beside it that leads to Decide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.services import Session
from ui.qt.accessibility import named
from ui.views.rendering import clear
from ui.widgets.buttons import button
from ui.widgets.labels import StatusPill

DECIDE = "Decide  Alt+Q"


class AskedBox(QWidget):
    """Takes no room for a record that nothing is asked about. Whoever shows it calls ``show_record`` again on news."""

    def __init__(self, session: Session, record: str = "") -> None:
        super().__init__()
        self._known = session.asked
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._record = self._words = ""
        self.show_record(record)
        if not self._words:
            self.hide()

    def show_record(self, record: str) -> None:
        """Say what is open about this record; nothing for none."""
        words = self._known.words(record) if self._known is not None and record else ""
        if (record, words) == (self._record, self._words):
            return
        self._record, self._words = record, words
        clear(self._rows)
        if words:
            pill = named(StatusPill(), words, "asked.words")
            pill.setWordWrap(True)
            pill.show_status(words, "amber")
            decide = button(DECIDE, "asked.decide")
            decide.clicked.connect(lambda: self._decide())
            self._rows.addWidget(pill)
            self._rows.addWidget(decide)
        if self.parentWidget() is not None or not words:  # without a place of its own it would be a window
            self.setVisible(bool(words))

    def again(self) -> None:
        """Something was decided, or came."""
        self.show_record(self._record)

    def _decide(self) -> None:
        if self._known is not None:
            self._known.decide(self._record)


def hear_asked(session: Session, heard: Callable[[], None]) -> Callable[[], None]:
    """Be told when a question came or was decided; returns what ends it."""
    known = session.asked
    return known.changed.listen(lambda _: heard()) if known is not None else lambda: None
