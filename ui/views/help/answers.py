"""Five to eight short answers for the screen one came from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.help import HelpState
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.labels import StrongLabel
from ui.views.rendering import clear
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, RoleLabel

_MOST_CHARACTERS = 120


class AnswersPage(QWidget):
    """``guide`` leads to the page of the guide that says more."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._heading = HeadingLabel("", level=2)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 5)
        self.guide = button("Read more in the guide", "help.more")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 12, 8, 12)
        rows.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.guide)  # first, for the focus starts on it and reading starts at the top
        rows.addLayout(head)
        rows.addLayout(self._grid)
        rows.addStretch(1)
        self._inside = inside
        scrolled(inside, self)
        appearance().follow(self, self._fit)
        self._fit()

    def _fit(self) -> None:
        """Questions and answers stay beside each other, however wide the window."""
        self._inside.setMaximumWidth(self._heading.fontMetrics().averageCharWidth() * _MOST_CHARACTERS)

    def show_answers(self, state: HelpState) -> None:
        """The answers for ``state.screen``."""
        self._heading.setText(state.screen)
        if state.answers == self._shown:
            return
        self._shown = state.answers
        clear(self._grid)
        for row, (question, answer) in enumerate(state.answers):
            for column, label in enumerate((StrongLabel(question), RoleLabel(answer))):
                label.setWordWrap(True)
                self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        named(self.guide, f"Read more in the guide, {state.screen}")
