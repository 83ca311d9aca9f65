"""What a form would bring, by sheet and row, before anything of it is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.guides.page import GuidesPage
from ui.presenters.guides.state import GuidesState, Showing
from ui.presenters.guides.words import report_head, report_lines
from ui.views.guides.reading import wrapped
from ui.views.guides.rows import Rows
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, RoleLabel

ALL_WELL = "Everything in this form is loaded as it stands."


class ReportPart(View):
    """The report's rows, the one under the cursor whole below them, and whether to add the guide."""

    def __init__(self, page: GuidesPage) -> None:
        super().__init__()
        self.page = page
        self._told: list[tuple[str, str, str, str]] = []
        self._head = wrapped(RoleLabel())
        self.rows = Rows(("Where", "What", "Result", "Why"), "guides.report", wide=3)
        self.rows.selectionModel().currentRowChanged.connect(lambda now, _: self._moved(now.row()))
        self.well = EmptyState(ALL_WELL)
        self._whole = wrapped(RoleLabel())
        self.add = button("Add this guide", "guides.add", kind="primary")
        self.add.clicked.connect(lambda: page.add_looked_at())
        self._leave = button("Do not add it", "guides.leave_report")
        self._leave.clicked.connect(lambda: page.leave())
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        (self.rows if self._told else self.well).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(HeadingLabel("What is in this form"))
        rows.addWidget(self._head)
        rows.addWidget(self.well)
        rows.addWidget(self.rows, 1)
        rows.addWidget(self._whole)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self._leave)
        foot.addStretch(1)
        rows.addLayout(foot)
        scrolled(inside, self)

    def _render(self, state: GuidesState) -> None:
        reading = state.reading
        if state.showing is not Showing.REPORT or reading is None:
            return
        self._told = report_lines(reading)
        self._head.setText(report_head(reading))
        self.rows.put(f"Report on {reading.file}, {len(self._told)}", self._told)
        self.rows.setVisible(bool(self._told))
        self.well.setVisible(not self._told)
        self.add.setVisible(reading.guide is not None)
        self._leave.setText("Do not add it" if reading.guide is not None else "Back to the guides")
        self._leave.setAccessibleName(self._leave.text())
        self._moved(self.rows.currentIndex().row())

    def _moved(self, place: int) -> None:
        told = self._told[place] if 0 <= place < len(self._told) else None
        self._whole.setText(". ".join(part for part in told if part) if told else "")
        self._whole.setVisible(told is not None)
