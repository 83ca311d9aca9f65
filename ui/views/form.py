"""Any form on the screen: its fields in one column, the main button on Ctrl+Enter; what is wrong, beside each field
and all together at the top, each line a link to its field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.field_error import FieldError
from ui.presenters.forms import Entry, Form, FormField, FormState, chosen
from ui.presenters.wording import sentence
from ui.views.file_field import FileField
from ui.views.rendering import View, aligned
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.checks import WrappingCheck
from ui.widgets.choices import Choices
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel
from ui.widgets.many_checks import ManyChecks
from ui.widgets.private_texts import PrivateLine, PrivateText
from ui.widgets.replacing import replace_in, select_in
from ui.widgets.spelled import Spelled
from ui.widgets.texts import CapturePlainTextEdit, PassText, offer

LONGEST_PASTE = 100_000
"""Characters: fifty pages of a report. More is a document, and belongs among the files."""
_LINE_EDGE = 16
"""Pixels above and below the lines of a field for several."""


class FormView(View):
    """``save_words`` are the main button's. Enter in a field of one line saves too, unless ``enter_saves`` is false."""

    def __init__(self, form: Form, identifier: str, save_words: str, *, enter_saves: bool = True) -> None:
        super().__init__()
        self.form = form
        self._identifier = identifier
        self._enter_saves = enter_saves
        self._made: dict[str, Field] = {}
        self._parts_shown: dict[str, QWidget] = {}
        self._set: dict[str, Callable[[str], None]] = {}
        self._errors: tuple[FieldError, ...] = ()
        self.summary = ErrorSummary(f"{identifier}.errors")
        self._fault = Banner(f"{identifier}.fault")
        self._restored = HintLabel("What you entered before is still here. It was not saved yet")
        self.save_button: ActionButton = button(save_words, f"{identifier}.save", kind="primary")
        self.save_button.clicked.connect(lambda: form.submit())
        self.main_action: Callable[[], None] = form.submit
        """Ctrl+Enter."""
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addWidget(self.summary)
        self._rows.addWidget(self._fault)
        self._rows.addLayout(aligned(self._restored))
        for one in form.fields:
            self._add(one)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.save_button)
        self.buttons.addStretch(1)
        self._rows.addLayout(aligned(self.buttons))
        self.hear(form.texts.replaced.listen(lambda one: replace_in(self._made[one.name].control, one.made)))
        self.hear(form.texts.pointed.listen(lambda one: select_in(self._made[one[0]].control, one[1])))
        self.follow(form, self._render)

    def forget(self) -> None:
        """Empty every field, once it is heard no more: a form that was thrown away holds no word of what was typed."""
        for name, put_in in self._set.items():
            self._made[name].control.blockSignals(True)
            put_in("")

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields by name."""
        return self._made

    def put_after(self, name: str, widget: QWidget) -> None:
        """A part of the screen's own under a field."""
        self._rows.insertLayout(self._rows.indexOf(self._parts_shown[name]) + 1, aligned(widget))

    def take_focus(self, *passing: str) -> None:
        """Into the first field that is shown; none of ``passing`` is where somebody begins."""
        for one in self.form.fields:
            field = self._made.get(one.name)
            if field is not None and one.name not in passing and one.is_shown(self.form.state.values):
                field.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.main_action()
        else:
            super().keyPressEvent(event)

    def _add(self, one: FormField) -> None:
        if one.entry in (Entry.WORDS, Entry.HEADING):
            made = HeadingLabel(one.label, level=2) if one.entry is Entry.HEADING else HintLabel(one.label)
            holder = QWidget()
            row = aligned(made)
            holder.setLayout(row)
            self._parts_shown[one.name] = holder
            self._rows.addWidget(holder)
            return
        field = self._field(one)
        self._made[one.name] = self._parts_shown[one.name] = field
        self._rows.addWidget(field)

    def _field(self, one: FormField) -> Field:
        name, identifier = one.name, f"{self._identifier}.{one.name}"

        def put(text: str) -> None:
            self.form.put(name, text)

        match one.entry:
            case Entry.LONG:
                text = PrivateText() if self.form.is_private else CapturePlainTextEdit()
                text.setFixedHeight(text.fontMetrics().lineSpacing() * one.rows + _LINE_EDGE)
                text.textChanged.connect(lambda: put(text.toPlainText()))
                if not self.form.is_private:  # a word of theirs must not get into the vault's own list
                    Spelled(text)
                    text.pasted.connect(lambda source, words: self.form.pasting(name, source, words))
                self._set[name] = lambda value: None if text.toPlainText() == value else text.setPlainText(value)
                return self._pasted_into(text, Field(one.label, text, identifier, hint=one.hint))
            case Entry.CHOICE | Entry.CHECKS:
                pairs = [(option.value, option.words) for option in one.options]
                choices = Choices(pairs, identifier, is_single=one.entry is Entry.CHOICE)
                choices.changed.connect(lambda: put("\n".join(choices.chosen)))
                self._set[name] = lambda value: choices.choose(chosen(value))
                return Field(one.label, choices, identifier, hint=one.hint)
            case Entry.MANY:
                many = ManyChecks([(option.value, option.words) for option in one.options], one.label, identifier)
                many.changed.connect(lambda: put("\n".join(many.chosen)))
                self._set[name] = lambda value: many.choose(chosen(value))
                return Field(one.label, many, identifier, hint=one.hint)
            case Entry.PICK:
                return self._pick(one, identifier, put)
            case Entry.YES:
                check = WrappingCheck(one.label, identifier)
                check.box.clicked.connect(lambda ticked: put("yes" if ticked else ""))
                self._set[name] = lambda value: check.box.setChecked(value == "yes")
                return Field("", check, f"{identifier}.box", hint=one.hint)
            case Entry.FILE:
                file = FileField(one.label, identifier, "Choose a file", one.filter, one.hint)
                file.edit.textChanged.connect(put)
                if self._enter_saves:
                    file.edit.returnPressed.connect(self.form.submit)
                self._set[name] = lambda value: None if file.edit.text() == value else file.edit.setText(value)
                return file
            case _:
                return self._line(one, identifier, put)

    def _pasted_into(self, text: CapturePlainTextEdit, field: Field) -> Field:
        """A paste that would hold the window for seconds is refused in words at the field."""
        text.longest_paste = LONGEST_PASTE
        most = f"{LONGEST_PASTE:,}"
        text.paste_refused.connect(
            lambda length: field.set_error(sentence("form.pasted", length=f"{length:,}", most=most))
        )
        return field

    def _line(self, one: FormField, identifier: str, put: Callable[[str], None]) -> Field:
        line = PrivateLine() if self.form.is_private else PassText()
        line.textChanged.connect(put)
        if one.options:
            offer(line, [option.words for option in one.options])
        if self._enter_saves:
            line.returnPressed.connect(self.form.submit)
        self._set[one.name] = lambda value: None if line.text() == value else line.setText(value)
        return Field(one.label, line, identifier, hint=one.hint)

    def _pick(self, one: FormField, identifier: str, put: Callable[[str], None]) -> Field:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for option in one.options:
            box.addItem(option.words, option.value)
        box.setCurrentIndex(-1)
        box.currentIndexChanged.connect(lambda _: put(str(box.currentData() or "")))
        self._set[one.name] = lambda value: box.setCurrentIndex(box.findData(value))
        return Field(one.label, box, identifier, hint=one.hint)

    def _render(self, state: FormState) -> None:
        for name, put_in in self._set.items():
            put_in(state.values.get(name, ""))
        for one in self.form.fields:
            self._parts_shown[one.name].setVisible(one.is_shown(state.values))
        if state.errors != self._errors:
            self._errors = state.errors
            self.summary.show_errors([(one.text, self._made[one.field]) for one in state.errors])
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")
        self._restored.setVisible(state.was_restored)
        self.save_button.setEnabled(not state.is_saving)
