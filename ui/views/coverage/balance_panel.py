"""The panel of voices heard and time spent, beside the coverage matrix."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.coverage.balance import Balances, BalanceState, Part
from ui.qt.accessibility import named
from ui.views.panels.frame import PanelFrame
from ui.views.rendering import clear
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_EXPLAINED = "Time is from first note to last of each activity and day; talks at drop-ins are as long as was told."


class BalancePanel(PanelFrame):
    """``report`` leads to the printable report of the same."""

    def __init__(self, balances: Balances, report: Callable[[], None], close: Callable[[], None]) -> None:
        super().__init__("Voices and time", close)
        self._balances = balances
        self._report = button("As a report", "balance.report")
        self._report.clicked.connect(lambda: report())
        self._fault = HintLabel("Counting")
        self._table = named(QWidget(), "Voices and time, counted", "balance.counts")
        self._lines = QVBoxLayout(self._table)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(6)
        explained = HintLabel(_EXPLAINED)
        for label in (self._fault, explained):
            label.setWordWrap(True)
        self.add_row(self._report)  # first: it has the focus, and is seen then
        for part in (self._fault, self._table, explained):
            self.add(part)
        self._shown: tuple[Part, ...] = ()
        self.follow(balances, self._render)
        balances.count()

    def take_focus(self) -> None:
        self._report.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_view(self) -> None:
        super().close_view()
        self._balances.close()

    def _render(self, state: BalanceState) -> None:
        self._fault.setText(state.fault or ("" if state.parts else "Counting"))
        self._fault.setVisible(bool(self._fault.text()))
        self._table.setVisible(bool(state.parts))
        if state.parts == self._shown:
            return
        self._shown = state.parts
        clear(self._lines)
        for part in state.parts:
            self._put(HeadingLabel(part.heading, level=2))
            for name, amount in part.lines:
                self._put(RoleLabel(f"{name}: {amount}" if amount else name))

    def _put(self, label: RoleLabel | HeadingLabel) -> None:
        label.setWordWrap(True)
        self._lines.addWidget(label)
