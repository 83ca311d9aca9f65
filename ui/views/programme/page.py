"""The page Programme: a table of the day with times down, and streams or people across."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from ui.presenters.programme.grid import Across
from ui.presenters.programme.page import ProgrammePage, ProgrammeState
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.programme.table import WhereTable
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "Nothing is planned yet. Add activities on the visit, or take a programme from a file there."
_HINT = "Enter opens what is on. Who goes and the stream are said in the activity’s form, F2 on the visit"

_TALL = 360
"""Pixels at 100 % text from which the hint has room below the table."""


class ProgrammeView(View):
    """``back`` goes where one came from."""

    def __init__(self, page: ProgrammePage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._back = back
        self.table = WhereTable()
        self.table.opened.connect(lambda activity: page.open_activity(activity))
        self.alert = Banner("programme.alert")
        self._empty, self._hint = EmptyState(EMPTY), HintLabel(_HINT)
        self.days, self.across = QComboBox(), QComboBox()
        for box in (self.days, self.across):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        named(self.days, "Day", "programme.day")
        named(self.across, "Side by side", "programme.across")
        for one in Across:
            self.across.addItem(one.value)
        self.days.activated.connect(lambda at: page.show_day(page.state.days[at]))
        self.across.activated.connect(lambda at: page.show_across(tuple(Across)[at]))
        self._change = button("Change the programme", "programme.change")
        self._change.clicked.connect(lambda: page.change_it())
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        (self.table if self.table.rowCount() else self._change).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room the table has it."""
        is_tall = self.height() > _TALL * appearance().typography.percent / 100
        self._hint.setVisible(is_tall and bool(self.page.state.grid.lines))

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Programme"), 1)
        head.addWidget(self._change)
        choices = QHBoxLayout()
        for one in (HintLabel("Day"), self.days, HintLabel("Side by side"), self.across):
            choices.addWidget(one)
        choices.addStretch(1)
        rows.addLayout(head)
        rows.addWidget(self.alert)
        rows.addLayout(choices)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._empty, 1)
        rows.addWidget(self._hint)

    def _render(self, state: ProgrammeState) -> None:
        words = [self.page.day_words(day) for day in state.days]
        if [self.days.itemText(at) for at in range(self.days.count())] != words:
            self.days.clear()
            self.days.addItems(words)
        if state.day in state.days:
            self.days.setCurrentIndex(state.days.index(state.day))
        self.across.setCurrentIndex(tuple(Across).index(state.across))
        said = ". ".join(state.alerts)
        if said != self.alert.words:
            self.alert.say(said, "warning")
        self.table.show_grid(state.grid)
        for one in (self.table, self.days, self.across):
            one.setVisible(bool(state.grid.lines))
        self._empty.setVisible(not state.grid.lines)
        self._fit()
