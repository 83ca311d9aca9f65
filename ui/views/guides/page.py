"""The page Interview guides: its lists, the report on a form, or the questions of one guide; beside it region D."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ui.presenters.guides.page import GuidesPage
from ui.presenters.guides.state import GuidesState, Showing
from ui.views.guides.change import ChangePart
from ui.views.guides.lists import GuideLists
from ui.views.guides.report import ReportPart
from ui.views.guides.side import GuidesSide
from ui.views.rendering import View
from ui.widgets.banner import Banner


class GuidesView(View):
    """Shows one of its three parts; what is said of all stands above them."""

    def __init__(self, page: GuidesPage) -> None:
        super().__init__()
        self.page = page
        self._side: GuidesSide = self.part(GuidesSide(page))
        self.fault = Banner("guides.fault")
        self.notice = Banner("guides.notice")
        self._stack = QStackedWidget()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.fault)
        rows.addWidget(self.notice)
        rows.addWidget(self._stack, 1)
        self._showing = Showing.LIST
        self._views = {
            Showing.LIST: self.part(GuideLists(page, self._side)), Showing.REPORT: self.part(ReportPart(page)),
            Showing.CHANGE: self.part(ChangePart(page)),
        }  # fmt: skip
        for view in self._views.values():
            self._stack.addWidget(view)
        self.follow(page, self._render)

    @property
    def side(self) -> GuidesSide:
        return self._side

    def take_focus(self) -> None:
        self._views[self._showing].take_focus()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        found: dict[str, Callable[[], object]] = {"bring_in_form": page.bring_in, "new_guide": page.new}
        if page.state.changing is not None:
            found |= {
                "add_question": page.add_question, "question_up": lambda: page.move_question(-1),
                "question_down": lambda: page.move_question(1), "save_guide": page.save,
            }  # fmt: skip
        return found

    def _render(self, state: GuidesState) -> None:
        for banner, said, kind in (
            (self.fault, state.fault, "danger"), (self.notice, state.busy or state.notice, "success"),
        ):  # fmt: skip
            if banner.words != said:
                banner.say(said, "info" if state.busy and kind == "success" else kind)
        if state.showing is not self._showing:
            self._showing = state.showing
            self._stack.setCurrentWidget(self._views[state.showing])
            self._side.closed.emit()  # where it lies over the page, the page is what was asked for
            self.take_focus()
