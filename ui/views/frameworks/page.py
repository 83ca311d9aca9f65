"""The page Frameworks: those of the assessment first, then those on this laptop, then the figures that are held."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.frameworks.page import FrameworksPage
from ui.presenters.frameworks.state import FigureLine, FrameworkLine, FrameworksState
from ui.views.frameworks.side import FrameworksSide
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

NO_FIGURES = "No figures yet. Import those of an oversight framework as .csv or .xlsx: they are held evidence."


class FrameworksView(View):
    """Frameworks above, figures under them."""

    def __init__(self, page: FrameworksPage) -> None:
        super().__init__()
        self.page = page
        self.list = TaskList("Frameworks", "frameworks.list", self._opened)
        self.figures = TaskList("Held figures", "frameworks.figures", page.show_figure)
        self.empty = EmptyState(NO_FIGURES)
        self.fault = Banner("frameworks.fault")
        self.notice = Banner("frameworks.notice")
        self._busy = HintLabel()
        self._import = button("Import figures", "frameworks.import", icon_name="plus")
        self._import.clicked.connect(lambda: page.import_figures())
        self._side: FrameworksSide = self.part(FrameworksSide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> FrameworksSide:
        return self._side

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"note": self.page.import_figures}

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(HeadingLabel("Frameworks"))
        for each in (self._busy, self.fault, self.notice, self.list):
            rows.addWidget(each)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Held figures", level=2), 1)
        head.addWidget(self._import)
        rows.addLayout(head)
        rows.addWidget(self.figures)
        rows.addWidget(self.empty)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: FrameworksState) -> None:
        self.list.show_lines(f"Frameworks, {len(state.lines)}", [_line(one) for one in state.lines])
        place = next((at for at, one in enumerate(state.lines) if one.key == state.chosen), -1)
        if place != self.list.currentRow():  # the list is in another order now
            self.list.setCurrentRow(place)
        self.figures.show_lines(f"Held figures, {len(state.figures)}", [_figure(one) for one in state.figures])
        self.figures.setVisible(bool(state.figures))
        self.empty.setVisible(not state.figures)
        self._busy.setText(state.busy)
        self._busy.setVisible(bool(state.busy))
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)

    def _moved(self) -> None:
        place, lines = self.list.currentRow(), self.page.state.lines
        if self.list.hasFocus() and 0 <= place < len(lines):
            self.page.choose(lines[place].key)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._side.opened.emit()


def _line(one: FrameworkLine) -> TaskLine:
    is_used = one.place is not None
    return TaskLine(
        key=one.key, title=one.framework.title, status=one.status, spoken=f"{one.framework.title}. {one.status}",
        is_done=not is_used, is_tinted=is_used, mark="circle-check" if is_used else "circle-dashed",
    )  # fmt: skip


def _figure(one: FigureLine) -> TaskLine:
    return TaskLine(
        key=one.key, title=one.title, status=one.status, spoken=f"{one.title}. {one.status}", is_done=True, mark="gauge"
    )
