"""The form of a new visit, in the panel beside Home; only its name is required."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout, QWidget

from fieldkit.kernel.ids import AssessmentId
from ui.presenters.new_visit import NewVisit, NewVisitState, VisitForm
from ui.presenters.wording import ui
from ui.views.panels.frame import PanelFrame
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.checks import WrappingCheck
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import CapturePlainTextEdit, PassText


class NewVisitPanel(PanelFrame):
    """Everything in one column: assessment, name, days, place, packs, team, and a first meeting with its agenda."""

    def __init__(self, presenter: NewVisit, close: Callable[[], None]) -> None:
        super().__init__("Create a visit", close)
        self._presenter = presenter
        self.assessment = QComboBox()
        self.assessment.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.assessment_name, self.name, self.place = PassText(), PassText(), PassText()
        self.when, self.until, self.meeting = PassText(), PassText(), PassText()
        self.agenda = CapturePlainTextEdit()
        self.agenda.setFixedHeight(self.agenda.fontMetrics().lineSpacing() * 5 + 16)
        self._packs = _Packs()
        self._create_button = button("Create the visit", "new_visit.create", kind="primary")
        self._team = HintLabel()
        self._busy = HintLabel()
        self._fault = Banner("new_visit.banner")
        self._made: dict[str, Field] = {}
        self._lay_out()
        for each in (self.assessment_name, self.name, self.when, self.until, self.place, self.meeting):
            each.returnPressed.connect(self._create)
        self.main_action = self._create
        self.assessment.currentIndexChanged.connect(lambda _: self._fit())
        self._filled = False
        self._errors: tuple[object, ...] = ()
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        first = self.assessment_name if self._is_new else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_new(self) -> bool:
        return self.assessment.currentData() is None

    def _lay_out(self) -> None:
        entries: tuple[tuple[str, QWidget, str, str], ...] = (
            ("assessment", self.assessment, "Assessment", ""),
            ("assessment_name", self.assessment_name, "Name of the assessment", "Like Northshire ICS"),
            ("name", self.name, "Visit name", "Like Visit 1"),
            ("when", self.when, "Date (optional)", "Like 12 November 2026, or today"),
            ("until", self.until, "Last day (optional)", "Where the visit takes more than one day"),
            ("place", self.place, "Place (optional)", ""),
            ("packs", self._packs, "Framework pack", ""),
            ("meeting", self.meeting, "First meeting (optional)", "Like ICB board"),
            ("agenda", self.agenda, "Its agenda (optional)", "Paste it, one item a line: 09:30 Welcome"),
        )
        self.add(self._fault)
        for name, control, label, hint in entries:
            self._made[name] = Field(label, control, f"new_visit.{name}", hint=hint)
            self.add(self._made[name])
        self.add(self._team)
        self._create_button.clicked.connect(lambda: self._create())
        self.add_row(self._create_button)
        self.add(self._busy)

    def _create(self) -> None:
        chosen: AssessmentId | None = self.assessment.currentData()
        self._presenter.create(
            VisitForm(
                assessment=chosen, assessment_name=self.assessment_name.text(), packs=self._packs.chosen,
                name=self.name.text(), when=self.when.text(), until=self.until.text(), place=self.place.text(),
                meeting=self.meeting.text(), agenda=self.agenda.toPlainText(),
            )
        )  # fmt: skip

    def _render(self, state: NewVisitState) -> None:
        if state.packs and not self._filled:
            self._fill(state)
        if state.errors != self._errors:
            self._errors = state.errors
            self.show_errors(state.errors, self._made)
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")
        self._busy.setText("Creating the visit…" if state.busy else "")
        self._busy.setVisible(state.busy)

    def _fill(self, state: NewVisitState) -> None:
        self._filled = True
        for key, name in state.assessments:
            self.assessment.addItem(name, key)
        self.assessment.addItem("A new assessment", None)
        self.assessment.setCurrentIndex(state.chosen)
        self.when.setText(ui.day(state.today))
        boxes = self._packs.offer(tuple(f"{one.title} ({one.effective})" for one in state.packs), state.pack)
        before: QWidget = boxes[-1] if boxes else self.place
        for below in (self.meeting, self.agenda, self._create_button):  # the boxes are made last, above these
            QWidget.setTabOrder(before, below)
            before = below
        self._team.setText(f"Team: {state.team}")
        self._fit()
        if self.isVisible():
            self.take_focus()

    def _fit(self) -> None:
        for name in ("assessment_name", "packs"):
            self._made[name].setVisible(self._is_new)
        self._made["assessment"].setVisible(self.assessment.count() > 1)


class _Packs(QFrame):
    """One or more packs; the main one comes first."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[QCheckBox] = []
        self._main = 0
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The chosen places, the default pack first."""
        on = [place for place, box in enumerate(self._boxes) if box.isChecked()]
        return tuple(sorted(on, key=lambda place: (place != self._main, place)))

    def offer(self, words: tuple[str, ...], main: int) -> list[QCheckBox]:
        """List the packs, the default one ticked."""
        self._main = main
        for place, text in enumerate(words):
            row = WrappingCheck(text, f"new_visit.pack_{place}")
            row.box.setChecked(place == main)
            self._boxes.append(row.box)
            self._rows.addWidget(row)
        if self._boxes:
            self.setFocusProxy(self._boxes[0])
        return self._boxes
