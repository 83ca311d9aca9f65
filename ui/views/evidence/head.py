"""The head of Evidence: the filter box, what opens beside the list, the quick filters, and what was not understood."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.state import EvidenceState
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.evidence.filter_box import FilterBox
from ui.views.evidence.flow import FlowLayout
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import HeadingLabel, RoleLabel

_ROOM_FOR_ONE_LINE = 640
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
        self._flow = FlowLayout()
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
        rows.addLayout(self._flow)
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
            self._quick.append(one)
            self._flow.addWidget(one)
        for one, quick in zip(self._quick, state.quick, strict=True):
            words = quick.words if quick.count is None else f"{quick.words} ({quick.count:,})"
            if one.text() != words:
                named(one, words).setText(words)
            one.setChecked(quick.is_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = appearance().typography.percent / 100
        is_wide = self.width() >= _ROOM_FOR_ONE_LINE * scale
        self._line.setDirection(_Across if is_wide else _Down)
        needs = self.filters.sizeHint().width() + self.saved.sizeHint().width() + round(200 * scale)
        self._beside.setDirection(_Across if self.width() >= needs else _Down)

    def _press(self, place: int, _is_on: bool) -> None:
        words = self._board.state.quick[place].words
        self._board.quick(words)
