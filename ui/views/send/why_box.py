"""`Why?`: the same words as beside the item, and what IT needs behind a button of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.presenters.sending.words import Why
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_SHOW, _HIDE = "Show details for IT", "Hide details for IT"


class WhyBox(QFrame):
    """Hidden until asked; Esc and Close put it away."""

    def __init__(self, closed: Callable[[], None]) -> None:
        super().__init__()
        self._closed = closed
        named(self, "Why", "send.why_box")
        set_look(self, "banner", "info")
        self._words, self._details = RoleLabel(), HintLabel()
        for label in (self._words, self._details):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.toggle = button(_SHOW, "send.why.details")
        self.close_button = button("Close", "send.why.close")
        self.toggle.clicked.connect(self._toggle)
        self.close_button.clicked.connect(lambda: closed())
        across = QHBoxLayout()
        for each in (self.toggle, self.close_button):
            across.addWidget(each)
        across.addStretch(1)
        rows = QVBoxLayout(self)
        rows.addWidget(HeadingLabel("Why", level=2))
        rows.addWidget(self._words)
        rows.addWidget(self._details)
        rows.addLayout(across)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._closed()
        else:
            super().keyPressEvent(event)

    def show_why(self, why: Why | None) -> bool:
        """Show it, or put it away; true when it has just come up."""
        was_up = not self.isHidden()
        self.setVisible(why is not None)
        if why is None:
            return False
        self._words.setText(why.words)
        self._details.setText("\n".join(why.details))
        if was_up:
            return False
        self._fold(is_folded=True)
        return True

    def take_focus(self) -> None:
        """Where reading begins."""
        self.toggle.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self) -> None:
        self._fold(is_folded=not self._details.isHidden())

    def _fold(self, *, is_folded: bool) -> None:
        self._details.setVisible(not is_folded)
        words = _SHOW if is_folded else _HIDE
        named(self.toggle, words).setText(words)
