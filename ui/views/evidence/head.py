"""The head of Evidence: the filter box, what opens beside the list, the quick filters, and what was not understood."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.state import EvidenceState
from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.restyle import set_look
from ui.qt.theme import appearance
from ui.views.evidence.filter_box import FilterBox
from ui.views.evidence.flow import FlowLayout
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, RoleLabel

_LEAST_BOX = 150
"""Pixels at 100 % text for some twelve letters."""
_Across, _Down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class EvidenceHead(QWidget):
    """``filters`` and ``saved`` open their panels."""

    def __init__(self, board: EvidenceBoard) -> None:
        super().__init__()
        self._board = board
        self.heading = HeadingLabel("Evidence")
        self.heading.setWordWrap(False)
        self.box = FilterBox()
        self.filters = button("Filters  Alt+F", "evidence.filters")
        self.saved = button("Saved filters", "evidence.saved")
        self.problems = RoleLabel("", "small")
        self.problems.setObjectName("evidence.problems")
        self.problems.setProperty("tone", "danger")
        self.problems.setWordWrap(True)
        self._quick: list[ActionButton] = []
        self._quick_row = QWidget()
        self._flow = FlowLayout()
        self._quick_row.setLayout(self._flow)
        self._line = QBoxLayout(_Across)
        self._line.setSpacing(8)
        self._line.addWidget(self.heading)
        beside = QBoxLayout(_Across)
        beside.setSpacing(8)
        beside.addWidget(self.box, 1)
        beside.addWidget(self.filters)
        beside.addWidget(self.saved)
        self._line.addLayout(beside, 1)
        self._beside = beside
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(self._line)
        rows.addWidget(self.problems)
        rows.addWidget(self._quick_row)
        self.problems.hide()
        self.box.edited.connect(board.typed)

    def show_state(self, state: EvidenceState) -> None:
        """Show the counts, and what in the filter means nothing."""
        text = "\n".join(state.problems)
        self.problems.setText(text)
        self.problems.setVisible(bool(text))
        while len(self._quick) < len(state.quick):
            place = len(self._quick)
            one = button("", f"evidence.quick_{place}")
            one.setCheckable(True)
            one.clicked.connect(partial(self._press, place))
            self._flow.addWidget(one)
            QWidget.setTabOrder(self._quick[-1] if self._quick else self.saved, one)  # made late, reached in its place
            self._quick.append(one)
        for one, quick in zip(self._quick, state.quick, strict=True):
            words = quick.words if quick.count is None else f"{quick.words} ({quick.count:,})"
            if one.text() != words:
                named(one, words).setText(words)
            one.setChecked(quick.is_on)
            if (one.property("kind") == "primary") != quick.is_on:
                one.setIcon(icon("check", "onPrimary") if quick.is_on else QIcon())
                set_look(one, "kind", "primary" if quick.is_on else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needs = self.filters.sizeHint().width() + self.saved.sizeHint().width() + 16
        needs += round(_LEAST_BOX * appearance().typography.percent / 100)
        one_line = needs + self.heading.sizeHint().width() + 8
        self._line.setDirection(_Across if self.width() >= one_line else _Down)
        self._beside.setDirection(_Across if self.width() >= needs else _Down)

    def be_low(self, *, is_low: bool) -> None:
        """In a low window the notes come first: what quick filters do, the Filters panel does too."""
        self._quick_row.setVisible(not is_low)

    def _press(self, place: int, _is_on: bool = False) -> None:
        words = self._board.state.quick[place].words
        self._board.quick(words)
