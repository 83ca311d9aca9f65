"""The page Cases on the screen: the list, its summary, and the ways to fill, sample and follow it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ui.models.cases_model import CasesModel
from ui.presenters.cases.page import Cases, CasesState
from ui.qt.accessibility import named
from ui.views.case.foot import Foot
from ui.views.cases.side import CasesSide
from ui.views.cases.table import CasesTable
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "No cases yet. Import the list the services sent, or add cases one by one."


class CasesView(View):
    """``back`` goes where one came from, ``compare`` to the cases side by side."""

    def __init__(self, cases: Cases, back: Callable[[], None], compare: Callable[[], None]) -> None:
        super().__init__()
        self.cases = cases
        self._back = back
        self._compare = compare
        self._arrivals = cases.state.arrivals
        self._model = CasesModel(self)
        self.table = CasesTable(self._model)
        self._empty = EmptyState(EMPTY)
        self._body = QStackedWidget()
        self._body.addWidget(self._empty)
        self._body.addWidget(self.table)
        self.fault = Banner("cases.fault")
        self.remark = Banner("cases.remark")
        self.summary = HintLabel()
        self._side: CasesSide = self.part(CasesSide(cases))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(6)
        rows.addWidget(HeadingLabel("Cases"))
        for one in (self.summary, self.fault, self.remark):
            rows.addWidget(one)
        rows.addWidget(self._body, 1)
        rows.addWidget(self._foot())
        self.table.moved.connect(lambda place: cases.go_to(self._model.rows[place].id))
        self.table.acted.connect(self._act)
        self.follow(cases, self._render)

    @property
    def side(self) -> CasesSide:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        cases = self.cases
        return {
            "add_case": cases.add, "import_cases": cases.import_list, "propose_sample": cases.propose,
            "change_case": cases.describe, "follow_case": cases.follow, "note": cases.add,
        }  # fmt: skip

    def take_focus(self) -> None:
        (self.table if self._model.rows else self.bring).setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> Foot:
        cases = self.cases
        self.bring = _press("Import a list", "cases.import", cases.import_list, "primary")
        named(self.bring, "Import a list, Alt+I")
        add = _press("Add a case", "cases.add", cases.add)
        self.propose = _press("Propose a sample", "cases.propose", lambda: cases.propose())
        self.follow_it = _press("Follow the case", "cases.follow_it", cases.follow)
        compare = _press("Compare", "cases.compare", self._compare)
        return Foot((self.bring, add, self.propose, self.follow_it, compare), (compare, add, self.follow_it))

    def _render(self, state: CasesState) -> None:
        self._model.show_rows(state.rows)
        named(self.table, f"Cases, {len(state.cases)} rows")
        self.table.go_to(self._model.place_of(state.current))
        self._body.setCurrentWidget(self.table if state.cases else self._empty)
        if state.arrivals != self._arrivals:
            self._arrivals = state.arrivals
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.summary.setText(state.summary if state.cases else "")
        self.summary.setVisible(bool(state.cases))
        for one in (self.propose, self.follow_it):
            one.setEnabled(bool(state.cases))
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger")
        if state.remark != self.remark.words:
            self.remark.say(state.remark, "info")

    def _act(self, what: str) -> None:
        if what == "leave":
            self._back()
        else:
            self.cases.show_case()


def _press(words: str, identifier: str, do: Callable[[], object], kind: str = "") -> ActionButton:
    made = button(words, identifier, kind=kind)
    made.clicked.connect(lambda: do())
    return made
