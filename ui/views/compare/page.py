"""Cases side by side on the screen: one table, two ways to look at it, and the print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from ui.models.compare_model import CompareModel
from ui.presenters.compare.page import Compare, CompareState, Look
from ui.presenters.services import Sheets
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.compare.table import CompareTable
from ui.views.form_side import FormSide
from ui.views.panels.final_panel import FinalFormPanel
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.either import Either
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "No case is followed yet. Select one on Cases and follow it; from two on they stand side by side here."
_LOOKS = (
    (Look.SIDE.value, "Side by side", "events, waits and handovers of each case"),
    (Look.GIVEN.value, "What each gave", "the evidence of one case"),
)


class CompareView(View):
    """``back`` goes where one came from; ``sheets`` writes the print."""

    def __init__(self, page: Compare, sheets: Sheets, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        self._side: CompareSide = self.part(CompareSide(page))
        self._model = CompareModel(self)
        self.table = CompareTable(self._model)
        self.table.opened.connect(page.open)
        self.table.left.connect(lambda: back())
        self.fault = Banner("compare.fault")
        self.summary = HintLabel()
        self._empty = EmptyState(EMPTY)
        self.looks = Either(_LOOKS, "What is shown", "compare.looks")
        self.looks.picked.connect(lambda value: page.look(Look(value)))
        self.cases = named(QComboBox(), "Case", "compare.case")
        self.cases.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.cases.activated.connect(page.choose)
        self._print_it = button("Print", "compare.print")
        self._print_it.clicked.connect(lambda: self._print())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> CompareSide:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"print_case": self._print}

    def take_focus(self) -> None:
        (self.table if self._model.rows else self._empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Compare cases"), 1)
        head.addWidget(self.cases)
        head.addWidget(self.looks)
        foot = QHBoxLayout()
        foot.addWidget(self._print_it)
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(6)
        rows.addLayout(head)
        for one in (self.summary, self.fault, self._empty):
            rows.addWidget(one)
        rows.addWidget(self.table, 1)
        rows.addLayout(foot)
        rows.addStretch(0)

    def _render(self, state: CompareState) -> None:
        self._model.show_state(state)
        is_given, has_cases = state.look is Look.GIVEN, bool(state.columns)
        of = f"What {state.codes[state.at]} gave" if is_given and has_cases else "Cases side by side"
        named(self.table, f"{of}, {len(state.rows)} rows")
        if [self.cases.itemText(at) for at in range(self.cases.count())] != list(state.codes):
            self.cases.clear()
            self.cases.addItems(state.codes)
        self.cases.setCurrentIndex(state.at)
        self.cases.setVisible(is_given and has_cases)
        self.looks.choose(state.look.value)
        self.looks.setVisible(has_cases)
        self.table.setVisible(has_cases)
        self._print_it.setVisible(has_cases)
        self._empty.setVisible(not has_cases)
        self.summary.setText(state.summary)
        self.summary.setVisible(bool(state.summary))
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger")

    def _print(self) -> None:
        name = "Cases side by side.pdf"
        asked = partial(file_to_save, self, "Save the comparison", name, "PDF (*.pdf);;Web page (*.html)")
        self.page.print_to(asked, self._sheets)


class CompareSide(FormSide):
    """Nothing stands beside the table but the form that asks why it is printed all the same."""

    def __init__(self, page: Compare) -> None:
        super().__init__(View(), lambda: False, lambda panel: FinalFormPanel(panel, page.close_panel))
        self.follow(page, lambda state: self.show_panel(state.panel))
