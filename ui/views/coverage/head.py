"""The head of Coverage: what is counted, how it is shown, and how much of what is needed there is."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QWidget

from fieldkit.app.coverage_parts import Part
from ui.presenters.coverage.matrix import CoverageMatrix, CoverageState
from ui.presenters.coverage.words import COUNTING, summary
from ui.qt.accessibility import named
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, RoleLabel

_EVERYTHING = "All evidence"
_Across, _Down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class CoverageHead(QWidget):
    """On one line where there is room, so that 17 rows fit below it; else below each other."""

    def __init__(self, matrix: CoverageMatrix) -> None:
        super().__init__()
        self._matrix = matrix
        self.heading = HeadingLabel("Coverage")
        self.heading.setWordWrap(False)
        self.scope = named(QComboBox(), "Evidence that is counted", "coverage.scope")
        self.framework = named(QComboBox(), "Framework", "coverage.framework")
        self.gaps_only = named(QCheckBox("Gaps only"), "Gaps only", "coverage.gaps_only")
        self.as_list = named(QCheckBox("List view"), "List view", "coverage.list_view")
        self.balance = button("Voices and time", "coverage.balance")
        self.summary = RoleLabel()
        self.summary.setObjectName("coverage.summary")
        self._controls = QBoxLayout(_Across)
        self._line = QBoxLayout(_Across)
        self._lay_out()
        self.framework.addItems([one.short_title for one in matrix.facts.frameworks])
        self.framework.setVisible(len(matrix.facts.frameworks) > 1)
        self._parts: tuple[Part | None, ...] = ()
        self.scope.currentIndexChanged.connect(lambda at: matrix.choose_part(self._parts[at]))
        self.framework.currentIndexChanged.connect(matrix.choose_framework)
        self.gaps_only.toggled.connect(lambda on: matrix.show_gaps_only(is_wanted=on))
        self.as_list.toggled.connect(lambda on: matrix.show_list(is_wanted=on))

    def show_state(self, state: CoverageState, *, is_list: bool) -> None:
        """Say what is shown below."""
        self._offer(state)
        for box, on in ((self.gaps_only, state.gaps_only), (self.as_list, is_list)):
            with QSignalBlocker(box):
                box.setChecked(on)
        with QSignalBlocker(self.framework):
            self.framework.setCurrentIndex(state.framework)
        said = summary(state.coverage) if state.coverage is not None else ""
        counting = [COUNTING] if state.is_counting else []
        self.summary.setText(", ".join([said, *counting] if said else [one.capitalize() for one in counting]))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        self._controls.setSpacing(10)
        for each in (self.scope, self.framework, self.gaps_only, self.as_list, self.balance):
            self._controls.addWidget(each)
        self._controls.addStretch(1)
        self._line.setSpacing(14)
        self._line.addWidget(self.heading)
        self._line.addLayout(self._controls, 1)
        self._line.addWidget(self.summary)
        rows = QBoxLayout(_Down, self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._line)

    def _fit(self) -> None:
        """Everything on one line, or heading, controls and summary below each other; nothing is ever cut."""
        every = (self.scope, self.framework, self.gaps_only, self.as_list, self.balance)
        controls = [one for one in every if one.isVisibleTo(self)]
        across = sum(one.sizeHint().width() for one in controls) + 10 * len(controls)
        whole = across + self.heading.sizeHint().width() + self.summary.sizeHint().width() + 28
        self._line.setDirection(_Across if whole <= self.width() else _Down)
        self._controls.setDirection(_Across if across <= self.width() else _Down)

    def _offer(self, state: CoverageState) -> None:
        offered = (None, *state.parts)
        with QSignalBlocker(self.scope):
            if offered != self._parts:
                self._parts = offered
                self.scope.clear()
                self.scope.addItems([one.words if one is not None else _EVERYTHING for one in offered])
            self.scope.setCurrentIndex(offered.index(state.part) if state.part in offered else 0)
