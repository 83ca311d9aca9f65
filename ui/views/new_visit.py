"""The form of a new visit; only its name is required."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout, QWidget

from fieldkit.kernel.ids import AssessmentId
from ui.presenters.new_visit import NewVisit, NewVisitState, VisitForm
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.columns import ColumnPage
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import CapturePlainTextEdit, PassText


class NewVisitView(View):
    """Everything on one page: assessment, name, date, place, meeting, agenda."""

    def __init__(self, presenter: NewVisit, close: Callable[[], None]) -> None:
        super().__init__()
        self._presenter = presenter
        self._page = ColumnPage("new_visit", "Create a visit")
        self.assessment = QComboBox()
        self.assessment_name, self.name, self.when, self.place = PassText(), PassText(), PassText(), PassText()
        self.meeting = PassText()
        self.agenda = CapturePlainTextEdit()
        self.agenda.setFixedHeight(self.agenda.fontMetrics().lineSpacing() * 6 + 16)
        self._packs = _Packs()
        self.create_button = button("Create the visit", "new_visit.create", kind="primary")
        self.create_button.clicked.connect(self._create)
        self.back = button("Back", "new_visit.back")
        self.back.clicked.connect(lambda: close())
        self._close = close
        self._fields()
        for each in (self.assessment_name, self.name, self.when, self.place, self.meeting):
            each.returnPressed.connect(self._create)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._page)
        self.assessment.currentIndexChanged.connect(lambda _: self._fit())
        self._filled = False
        self.follow(presenter, self._render)

    def take_focus(self) -> None:
        first = self.assessment_name if self._is_new else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_new(self) -> bool:
        return self.assessment.currentData() is None

    def _fields(self) -> None:
        page = self._page
        page.field("assessment", Field("Assessment", self.assessment, "new_visit.assessment"))
        entries: tuple[tuple[str, QWidget, str, str], ...] = (
            ("assessment_name", self.assessment_name, "Name of the assessment", "Like Northshire ICS"),
            ("packs", self._packs, "Framework packs", ""),
            ("name", self.name, "Visit name", "Like Visit 1"),
            ("when", self.when, "Date (optional)", "Like 12 November 2026, or today"),
            ("place", self.place, "Place (optional)", ""),
            ("meeting", self.meeting, "First meeting (optional)", "Like ICB board"),
            ("agenda", self.agenda, "Its agenda (optional)", "Paste it, one item a line: 09:30 Welcome"),
        )
        for name, control, label, hint in entries:
            page.field(name, Field(label, control, f"new_visit.{name}", hint=hint))
        page.buttons(self.create_button, self.back)
        page.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._create()
        else:
            super().keyPressEvent(event)

    def _create(self) -> None:
        chosen: AssessmentId | None = self.assessment.currentData()
        self._presenter.create(
            VisitForm(
                assessment=chosen, assessment_name=self.assessment_name.text(), packs=self._packs.chosen,
                name=self.name.text(), when=self.when.text(), place=self.place.text(), meeting=self.meeting.text(),
                agenda=self.agenda.toPlainText(),
            )
        )  # fmt: skip

    def _render(self, state: NewVisitState) -> None:
        if state.packs and not self._filled:
            self._filled = True
            for key, name in state.assessments:
                self.assessment.addItem(name, key)
            self.assessment.addItem("A new assessment", None)
            self.assessment.setCurrentIndex(0)
            self.when.setText(ui.day(state.today))
            self._packs.offer(tuple(f"{one.title} ({one.effective})" for one in state.packs), state.pack)
            self._fit()
            self.take_focus()
        self._page.show_errors(state.errors)
        self._page.show_fault(state.fault)
        self._page.show_busy("Creating the visit…" if state.busy else "")

    def _fit(self) -> None:
        for name in ("assessment_name", "packs"):
            self._page.part(name).setVisible(self._is_new)


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

    def offer(self, words: tuple[str, ...], main: int) -> None:
        """List the packs, the default one ticked."""
        self._main = main
        for place, text in enumerate(words):
            box = QCheckBox(text)
            named(box, text, f"new_visit.pack_{place}")
            box.setChecked(place == main)
            self._boxes.append(box)
            self._rows.addWidget(box)
        if self._boxes:
            self.setFocusProxy(self._boxes[0])
