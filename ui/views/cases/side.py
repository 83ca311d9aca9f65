"""Region D of Cases: the sample beside the list, one case, a form, the import, or a proposal with its reasons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget, QStackedWidget, QVBoxLayout

from fieldkit.domain.case import Sampling
from fieldkit.reports.case_words import STATES, traits_words
from ui.presenters.cases.page import Beside, Cases, CasesState
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.cases.cover_table import CoverTable
from ui.views.cases.import_panel import ImportPanel
from ui.views.panels.form_panel import FormPanel
from ui.views.panels.frame import PanelFrame
from ui.views.rendering import SideView, View
from ui.widgets.buttons import ActionButton, button
from ui.widgets.choices import Choices
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_STATES = tuple((state.value, STATES[state.value]) for state in Sampling)


class CoverPanel(View):
    """What is usual: how well the sample covers the list."""

    def __init__(self, cases: Cases) -> None:
        super().__init__()
        self._cases = cases
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(HeadingLabel("Sample beside the list", level=2))
        self._hint = HintLabel("Part: taking part")
        rows.addWidget(self._hint)
        self.table = CoverTable()
        rows.addWidget(self.table, 1)
        self.follow(cases, lambda state: self.table.show_rows(state.cover))

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class CasePanelView(PanelFrame):
    """One case whole, and where it stands."""

    def __init__(self, cases: Cases, follow: Callable[[], None]) -> None:
        case = cases.case
        super().__init__(f"Case {case.code}" if case else "Case", cases.close_beside)
        self._follow = _press("Follow the case", "cases.follow", follow, "primary")
        describe = _press("Describe, F2", "cases.describe", cases.describe)
        if case is None:
            return
        if case.description:
            self.add(_wrapped(case.description))
        self.add_row(self._follow)
        self.add_row(describe)
        choices = Choices(list(_STATES), "cases.state", is_single=True)
        choices.choose((case.sampling.value,))
        choices.changed.connect(lambda: cases.set_state(Sampling(choices.chosen[0])) if choices.chosen else None)
        self.add(Field("Where it stands", choices, "cases.state"))
        facts = [*traits_words(case), ("Why it does not take part", case.reason)]
        facts += [("Criterion", f"{one.words}: {_MET[one.met.value]}") for one in case.criteria]
        facts += [("Person code", case.person), ("Imported from", _source(case.imported_from, case.row))]
        for label, words in facts:
            if words:
                self.add(HintLabel(label))
                self.add(_wrapped(words))

    def take_focus(self) -> None:
        self._follow.setFocus(Qt.FocusReason.OtherFocusReason)


class ProposalPanel(PanelFrame):
    """The proposed sample with its reasons; the table beside it shows what it would cover."""

    def __init__(self, cases: Cases) -> None:
        super().__init__("Proposed sample", cases.close_beside)
        self._take = _press("Take this sample", "cases.take", cases.take, "primary")
        swap = _press("Swap the case under the cursor", "cases.swap", cases.swap)
        self._reasons = named(QListWidget(), "Why each was picked", "cases.reasons")
        prepare_rows(self._reasons)
        self._reasons.setWordWrap(True)
        self._reasons.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reasons.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._reasons.setMinimumHeight(self._reasons.fontMetrics().lineSpacing() * 14)
        self.table = CoverTable()
        self.table.setMinimumHeight(self._reasons.fontMetrics().lineSpacing() * 12)
        self.add(HintLabel("Nothing is changed before you take it"))
        self.add_row(self._take)
        self.add_row(swap)
        self.add(self._reasons)
        self.add(HeadingLabel("What it would cover", level=2))
        self.add(self.table)
        self.main_action = cases.take
        self.follow(cases, self._render)

    def take_focus(self) -> None:
        self._take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: CasesState) -> None:
        if state.proposal is None:
            return
        self._reasons.clear()
        self._reasons.addItems(list(state.reasons))
        self.table.show_rows(state.cover)


class CasesSide(SideView):
    """One of these at a time."""

    def __init__(self, cases: Cases) -> None:
        super().__init__()
        self._cases = cases
        self._usual: CoverPanel = self.part(CoverPanel(cases))
        self._shown: View = self._usual
        self._edition = cases.state.edition
        self._case = cases.case
        self._stack = QStackedWidget()
        self._stack.addWidget(self._usual)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(cases, self._render)

    @property
    def has_something(self) -> bool:
        return self._shown is not self._usual or bool(self._cases.state.cases)

    def take_focus(self) -> None:
        self._shown.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cases.close_beside()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def close_view(self) -> None:
        super().close_view()
        if self._shown is not self._usual:
            self._shown.close_view()

    def _render(self, state: CasesState) -> None:
        is_other = state.edition != self._edition
        if state.beside is Beside.CASE and self._cases.case != self._case and not is_other:
            self._show(self._made(state), is_asked=False)
        elif is_other:
            self._show(self._made(state), is_asked=True)
        self._edition, self._case = state.edition, self._cases.case
        self.filled.emit()

    def _show(self, view: View, *, is_asked: bool) -> None:
        before, self._shown = self._shown, view
        had_focus = before.isAncestorOf(QApplication.focusWidget() or self)
        if view is self._usual and is_asked:
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        if view is not self._usual:
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if before is not self._usual:
            before.close_view()
            self._stack.removeWidget(before)
            before.hide()
            before.deleteLater()
        if view is not self._usual and is_asked:
            self.opened.emit()
            view.take_focus()
        elif had_focus and view is not self._usual:
            view.take_focus()

    def _made(self, state: CasesState) -> View:
        match state.beside:
            case Beside.CASE:
                return CasePanelView(self._cases, self._cases.follow)
            case Beside.FORM if state.form is not None:
                return FormPanel(state.heading, state.form, "cases.form", "Save", self._cases.close_beside)
            case Beside.IMPORT if state.importing is not None:
                return ImportPanel(state.importing, self._cases.close_beside)
            case Beside.PROPOSAL:
                return ProposalPanel(self._cases)
            case _:
                return self._usual


_MET = {"yes": "met", "no": "not met", "unknown": "not known"}


def _source(file: str, row: int | None) -> str:
    return f"{file}, row {row}" if file and row is not None else file


def _press(words: str, identifier: str, do: Callable[[], None], kind: str = "") -> ActionButton:
    made = button(words, identifier, kind=kind)
    made.clicked.connect(lambda: do())
    return made


def _wrapped(words: str) -> RoleLabel:
    label = RoleLabel(words)
    label.setWordWrap(True)
    return label
