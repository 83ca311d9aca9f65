"""The forms of the visit: an activity, agenda items, a pasted programme. Each stands in region D."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.presenters.visit.form import ActivityForm, ItemForm
from ui.presenters.visit.paste import PasteProgramme, PasteState
from ui.views.panels.form_panel import FormPanel
from ui.views.panels.frame import PanelFrame
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import CapturePlainTextEdit


def activity_panel(form: ActivityForm) -> FormPanel:
    """A new activity, or one that is there: its name first, ready to be typed over."""
    words = "Add" if form.activity is None else "Save"
    return FormPanel(form.heading, form, "activity", words, form.leave, type_over="title")


def item_panel(form: ItemForm) -> FormPanel:
    """One agenda item's name and time, or new ones as text."""
    words = "Add" if form.item is None else "Save"
    return FormPanel(form.heading, form, "activity", words, form.leave, type_over="title")


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


def _lines(count: int) -> CapturePlainTextEdit:
    made = CapturePlainTextEdit()
    made.setFixedHeight(made.fontMetrics().lineSpacing() * count + 16)
    return made
