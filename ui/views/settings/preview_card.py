"""What is in a file that is not taken in yet: words, the button that takes it in, the one that does not, details."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.qt.turns import turns
from ui.views.rendering import clear
from ui.views.scrolling import bring_into_sight
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class PreviewCard(QFrame):
    """``begin``, then the words in their order, then ``end``: the fitting button gets the focus and comes in sight."""

    def __init__(
        self, take: ActionButton, leave: ActionButton, taken: Callable[[], None], left: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.take, self.leave = take, leave
        take.clicked.connect(lambda: taken())
        leave.clicked.connect(lambda: left())
        self._words, self._details = QVBoxLayout(), QVBoxLayout()
        for rows in (self._words, self._details):
            rows.setSpacing(4)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for one in (take, leave):
            buttons.addWidget(one)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 10, 14, 12)
        whole.setSpacing(10)
        for part in (self._words, buttons, self._details):
            whole.addLayout(part)
        self.hide()

    @property
    def has_focus(self) -> bool:
        """Whether one of its buttons has it."""
        return self.take.hasFocus() or self.leave.hasFocus()

    def begin(self, title: str) -> None:
        """Another one; nothing of the one before stays."""
        self.drop()
        self._words.addWidget(HeadingLabel(title, level=2))
        self.show()

    def drop(self) -> None:
        """There is none."""
        clear(self._words)
        clear(self._details)
        self.hide()

    def warn(self, words: str) -> None:
        """What somebody has to know before."""
        warning = RoleLabel(words)
        warning.setProperty("tone", "danger")
        self._add(warning, self._words)

    def say(self, words: str) -> None:
        """A line above the buttons."""
        self._add(RoleLabel(words), self._words)

    def hint(self, words: str) -> None:
        """A quieter one."""
        self._add(HintLabel(words), self._words)

    def detail(self, words: str) -> None:
        """A line below the buttons."""
        self._add(HintLabel(words), self._details)

    def end(self, *, may_take: bool) -> None:
        """All was said."""
        self.take.setVisible(may_take)
        goes_on = self.take if may_take else self.leave
        goes_on.setFocus(Qt.FocusReason.OtherFocusReason)
        turns().soon(lambda: bring_into_sight(goes_on) if shiboken6.isValid(goes_on) else None)  # once it is laid out

    @staticmethod
    def _add(label: RoleLabel, rows: QVBoxLayout) -> None:
        label.setWordWrap(True)
        rows.addWidget(label)
