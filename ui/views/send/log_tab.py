"""The log of rounds with its filter: every round with its outcome, kept over restarts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from ui.presenters.sending.rounds import LogFilter, RoundRow
from ui.qt.accessibility import named
from ui.views.send.lists import Rows
from ui.widgets.labels import EmptyState, RoleLabel
from ui.widgets.tab_stop import stop_at_the_chosen


class LogTab(QWidget):
    """``chosen`` is called with the filter that was chosen."""

    def __init__(self, chosen: Callable[[LogFilter], None]) -> None:
        super().__init__()
        self.table = Rows("Log of sending", "send.log", ("When", "Outcome", "What happened"), 2, lambda _: None)
        self.empty = named(EmptyState("No rounds yet"), "No rounds yet", "send.log.empty")
        self._group = QButtonGroup(self)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(RoleLabel("Show"))
        for place, wanted in enumerate(LogFilter):
            choice = named(QRadioButton(wanted.value), f"{wanted.value}, log of sending", f"send.log.{place}")
            choice.setChecked(wanted is LogFilter.ALL)
            choice.toggled.connect(lambda on, wanted=wanted: chosen(wanted) if on else None)
            self._group.addButton(choice, place)
            across.addWidget(choice)
        stop_at_the_chosen(self._group)
        across.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.addLayout(across)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.empty)

    @property
    def target(self) -> QWidget:
        """Where the focus goes: the table, or what stands in its place."""
        return self.table if self.table.isVisibleTo(self) else self.empty

    def show_rounds(self, rounds: tuple[RoundRow, ...], wanted: LogFilter) -> None:
        """List what the filter lets through."""
        self.table.show_rows(rounds, [(one.time, one.outcome, one.words) for one in rounds], len(rounds))
        words = "No rounds yet" if wanted is LogFilter.ALL else f"No rounds under {wanted.value}"
        self.empty.setText(words)
        named(self.empty, words)
        self.empty.setVisible(not rounds)
        self.table.setVisible(bool(rounds))
