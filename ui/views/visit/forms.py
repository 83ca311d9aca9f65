"""The forms of the visit: an activity, agenda items, a pasted programme. Each stands in region D."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from fieldkit.domain.assessment import ActivityKind
from fieldkit.kernel.ids import VisitId
from ui.presenters.visit.facts import KINDS
from ui.presenters.visit.form import ActivityForm, Form, FormState, ItemForm, Plan
from ui.presenters.visit.paste import PasteProgramme, PasteState
from ui.views.panels.frame import PanelFrame
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import CapturePlainTextEdit, PassText


class _FormPanel(PanelFrame):
    """What the panels share: fields by name, a banner, a main button, and mistakes shown once each."""

    def __init__(self, heading: str, form: Form) -> None:
        super().__init__(heading, form.close)
        self._made: dict[str, Field] = {}
        self._fault = Banner("activity.fault")
        self._shown: FormState | None = None
        self.add(self._fault)

    def field(self, name: str, label: str, control: QWidget, hint: str = "") -> None:
        """One more field."""
        self._made[name] = Field(label, control, f"activity.{name}", hint=hint)
        self.add(self._made[name])

    def main(self, words: str, save: Callable[[], None]) -> None:
        """The main button, also on Ctrl+Enter and on Enter in the fields of one line."""
        press = button(words, "activity.save", kind="primary")
        press.clicked.connect(lambda: save())
        self.add_row(press)
        self.main_action = save
        for field in self._made.values():
            if isinstance(field.control, PassText):
                field.control.returnPressed.connect(save)

    def show_state(self, state: FormState) -> None:
        """Show what is wrong."""
        if state == self._shown:
            return
        self._shown = state
        self.show_errors(state.errors, self._made)
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")


class ActivityPanel(_FormPanel):
    """A new activity, or one that is there."""

    def __init__(self, form: ActivityForm) -> None:
        super().__init__(form.heading, form)
        self._form = form
        first = form.first
        self._kind = _combo()
        self._visit: QComboBox | None = None
        self._agenda: CapturePlainTextEdit | None = None
        for kind, words in KINDS.items():
            self._kind.addItem(words, kind.value)
        self._kind.setCurrentIndex(self._kind.findData(first.kind.value))
        self._title, self._on, self._starts = _text(first.title), _text(first.on), _text(first.starts)
        self._ends, self._place, self._of = _text(first.ends), _text(first.place), _text(first.organisation)
        self._stream, self._who = _text(first.stream), _text(first.assigned)
        self.field("title", "Name", self._title)
        self.field("kind", "What is it", self._kind)
        self.field("starts", "Starts", self._starts, "Like 09:30")
        self.field("ends", "Ends (optional)", self._ends)
        self.field("on", "Day", self._on, "Like 12 November 2026")
        self.field("place", "Place (optional)", self._place)
        self.field("assigned", "Who goes (optional)", self._who, "Initials or names, like AL, BM")
        self.field("stream", "Stream (optional)", self._stream, "Of those that run side by side, like A")
        self.field("organisation", "Organisation (optional)", self._of)
        if form.activity is None:
            self._agenda = _lines(4)
            self.field("agenda", "Agenda (optional)", self._agenda, "One item a line: 09:30 Welcome")
        elif len(form.visits) > 1:
            self._visit = _combo()
            for visit in form.visits:
                self._visit.addItem(visit.name, visit.id)
            self._visit.setCurrentIndex(self._visit.findData(first.visit))
            self.field("visit", "Visit", self._visit, "Only an activity without notes can go to another visit")
        self.main("Add" if form.activity is None else "Save", self._save)
        self.follow(form, self.show_state)

    def take_focus(self) -> None:
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.selectAll()

    def _save(self) -> None:
        visit = self._visit.currentData() if self._visit is not None else None
        self._form.save(
            Plan(
                kind=ActivityKind(self._kind.currentData()), title=self._title.text(), on=self._on.text(),
                starts=self._starts.text(), ends=self._ends.text(), place=self._place.text(),
                organisation=self._of.text(), stream=self._stream.text(), assigned=self._who.text(),
                visit=VisitId(visit) if visit else None,
                agenda=self._agenda.toPlainText() if self._agenda is not None else "",
            )
        )  # fmt: skip


class ItemPanel(_FormPanel):
    """One agenda item's name and time, or new ones as text."""

    def __init__(self, form: ItemForm) -> None:
        super().__init__(form.heading, form)
        self._form = form
        item = form.item
        self.add(HintLabel(f"Of {form.activity.title}"))
        if item is not None:
            self.field("title", "Name", _text(item.title))
            self.field("time", "Starts (optional)", _text(item.starts), "Like 09:30")
        else:
            self.field("title", "Agenda items", _lines(8), "One a line: 09:30 Welcome")
        self.main("Add" if item is None else "Save", self._save)
        self.follow(form, self.show_state)

    def take_focus(self) -> None:
        control = self._made["title"].control
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(control, PassText):
            control.selectAll()

    def _save(self) -> None:
        title = self._made["title"].control
        time = self._made["time"].control if "time" in self._made else None
        if isinstance(title, CapturePlainTextEdit):
            self._form.add(title.toPlainText())
        elif isinstance(title, PassText) and isinstance(time, PassText):
            self._form.save(title.text(), time.text())


class PastePanel(PanelFrame):
    """A programme as text."""

    def __init__(self, form: PasteProgramme) -> None:
        super().__init__(form.heading, form.close)
        self._form = form
        self._text = _lines(10)
        self._brought_back = ""
        self._errors: tuple[object, ...] = ()
        self._fault = Banner("paste.fault")
        self._field = Field("Programme", self._text, "paste.text", hint="One line each: 09:30 ICB board")
        self._press = button(form.state.action, "paste.save", kind="primary")
        self._press.clicked.connect(lambda: self._save())
        self._text.textChanged.connect(lambda: form.put(self._text.toPlainText()))
        for part in (self._fault, self._field):
            self.add(part)
        self.add_row(self._press)
        self.add(
            HintLabel(
                "A date on a line of its own sets the day of the lines below it. "
                "A line left without a time becomes an agenda item of the activity above it."
            )
        )
        self.main_action = self._save
        self.follow(form, self._render)

    def take_focus(self) -> None:
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._form.save(self._text.toPlainText())

    def _render(self, state: PasteState) -> None:
        if state.text != self._brought_back:  # once: what is deleted here afterwards stays deleted
            self._brought_back = state.text
            self._text.setPlainText(state.text)
        self._press.setText(state.action)
        self._press.setAccessibleName(state.action)
        if state.errors != self._errors:
            self._errors = state.errors
            self._field.set_error("\n".join(error.text for error in state.errors))
            if state.errors:
                self.take_focus()
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")


def _text(words: str) -> PassText:
    made = PassText()
    made.setText(words)
    return made


def _lines(count: int) -> CapturePlainTextEdit:
    made = CapturePlainTextEdit()
    made.setFixedHeight(made.fontMetrics().lineSpacing() * count + 16)
    return made


def _combo() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
