"""The card "Escalate a risk" (ux S11): the danger question first, 999 before everything else, then what, where, who."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.escalation import Danger
from fieldkit.kernel.ids import RecordId
from ui.presenters.escalation import words
from ui.presenters.escalation.card import EscalationCard
from ui.presenters.escalation.card_state import CardState
from ui.presenters.field_error import FieldError
from ui.presenters.services import Say
from ui.presenters.shortcuts import Shortcuts
from ui.qt.accessibility import Role, named, with_role
from ui.qt.theme import appearance
from ui.views.escalation.contact_fields import ContactFields
from ui.views.escalation.numbers import CallFirst, Numbers
from ui.views.first_run.radios import Radios
from ui.views.rendering import View, aligned, clear
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.spelled import Spelled
from ui.widgets.texts import CapturePlainTextEdit, PassText

QUESTION = "Is anyone in immediate danger?"
_DANGERS = tuple(Danger)
_ORDER = ("danger", "what", "place", "who", "told", "said", "at", "how", "answer_due")
_NARROW = 700
"""Pixels at 100 % text below which the numbers stand under the questions."""
_LINES = 2.6
"""Lines of "What is happening" that are seen at once."""


class CardView(View):
    """``shown`` is told that the card came or went; ``change_numbers`` leads to where they are edited.

    ``show_code`` leads to the saved one as a code for any phone.
    """

    def __init__(
        self, card: EscalationCard, say: Say, shortcuts: Shortcuts, change_numbers: Callable[[], None],
        show_code: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._show_code = show_code
        self.card = card
        self._shortcuts = shortcuts
        self._errors: tuple[FieldError, ...] = ()
        self._contacts: tuple[str, ...] = ()
        self._step: tuple[RecordId | None, int, bool] = (None, 0, False)
        named(with_role(self, Role.Dialog), "Escalate a risk", "escalate")
        self._nobody = Banner("escalate.nobody")
        self._fault = Banner("escalate.fault")
        self._summary = ErrorSummary("escalate.errors")
        self._source = HintLabel()
        self._source.setWordWrap(False)
        self._shut = button("Close", "escalate.close")
        self._restored = HintLabel()
        self._again = button("Start a new one", "escalate.again", kind="link")
        self.call_first = CallFirst()
        self._what_saved = RoleLabel()
        self._what_saved.setWordWrap(True)
        self._due = HintLabel()
        self._numbers = Numbers(say, change_numbers)
        self._make_fields()
        self._told = named(QWidget(), "", "escalate.contacts")
        self._told_rows = QVBoxLayout(self._told)
        self._told_rows.setContentsMargins(0, 0, 0, 0)
        self.contact = ContactFields(card.put, card.save)
        self._add = button("Add contact", "escalate.add_contact")
        self.code = button("Show as a code for any phone", "escalate.code")
        self.save_button = button("Save escalation", "escalate.save", kind="danger")
        self._state_words = RoleLabel()
        self._lay_out()
        self._order_tabs()
        self._connect()
        for one in {**self.fields, **self.contact.fields}.values():
            one.control.installEventFilter(self)
        self.follow(card, self._render)

    def take_focus(self) -> None:
        """On the danger question; on what is left to say, once it is saved."""
        if self.card.state.saved is None or self.card.state.is_changed:
            self.danger.first.setFocus(Qt.FocusReason.PopupFocusReason)
        elif self.card.state.is_contact_open:
            self.contact.take_focus()
        else:
            self._add.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        # Whatever else these keys stand for in the window: on the card they are the card's.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._means(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self._means(event)
        if meant is not None:
            meant()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A text field takes Alt+A for a letter: it would stand among the words, and nobody could be added.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._adds(event):
            self._add_contact()
            return True
        return super().eventFilter(watched, event)

    def _adds(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()).toString() in self._shortcuts.keys("add_contact")

    def _means(self, event: QKeyEvent) -> Callable[[], None] | None:
        held = event.modifiers()
        if event.key() == Qt.Key.Key_Escape and not held:
            return self.card.dismiss
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and held & Qt.KeyboardModifier.ControlModifier:
            return self.card.save
        return self._add_contact if self._adds(event) else None

    def _make_fields(self) -> None:
        self.danger = Radios(QUESTION, "escalate.danger", tuple(words.DANGER.values()), is_across=True)
        self.what = CapturePlainTextEdit()
        Spelled(self.what)
        self.what.setFixedHeight(round(self.what.fontMetrics().lineSpacing() * _LINES) + 12)
        self.place, self.who = PassText(), PassText()
        self.fields = {
            "danger": Field(QUESTION, self.danger, "escalate.danger"),
            "what": Field("What is happening", self.what, "escalate.what"),
            "place": Field("Where", self.place, "escalate.place"),
            "who": Field("Who is at risk (no names)", self.who, "escalate.who"),
        }

    def _lay_out(self) -> None:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(12, 8, 16, 8)
        rows.setSpacing(8)
        for each in (self._nobody, self._fault, self._summary):
            rows.addWidget(each)
        begun = QHBoxLayout()
        begun.addWidget(self._restored, 1)
        begun.addWidget(self._again)
        rows.addLayout(aligned(begun))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(20)
        self._beside.addLayout(self._questions(), 3)
        self._beside.addWidget(self._numbers, 2)
        rows.addLayout(self._beside)
        rows.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(self._head())
        inner = QFrame()
        scrolled(page, inner)
        around.addWidget(inner, 1)
        around.addLayout(self._foot())

    def _questions(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(8)
        rows.addWidget(self.fields["danger"])
        for label in (self._what_saved, self.call_first, self._due):
            rows.addLayout(aligned(label))
        rows.addWidget(self.fields["what"])
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.fields["place"], 1)
        beside.addWidget(self.fields["who"], 1)
        rows.addLayout(beside)
        rows.addLayout(aligned(HeadingLabel("Who have you told?", level=2)))
        rows.addLayout(aligned(self._told))
        rows.addWidget(self.contact)
        rows.addStretch(1)
        return rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = self.width() >= _NARROW * appearance().typography.percent / 100
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.LeftToRight if across else direction.TopToBottom)

    def _order_tabs(self) -> None:
        """As it is read: the questions, whom to ring, then what is done with them."""
        contact = self.contact.fields
        chain = (
            self._again, *self.danger.answers, self.what, self.place, self.who,
            *(contact[name].control for name in ("told", "said", "at", "how", "answer_due")),
        )  # fmt: skip
        for before, after in pairwise((*chain, self._numbers.last, self.save_button, self._add, self.code, self._shut)):
            QWidget.setTabOrder(before, after)
        self._numbers.after = chain[-1]

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 16, 4)
        head.setSpacing(12)
        head.addWidget(HeadingLabel("Escalate a risk"), 1)
        head.addWidget(self._source)
        head.addWidget(self._shut)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 6, 16, 12)
        foot.setSpacing(10)
        foot.addWidget(self.save_button)
        foot.addWidget(self._add)
        foot.addWidget(self.code)
        self._state_words.setWordWrap(True)
        foot.addWidget(self._state_words, 1)
        return foot

    def _connect(self) -> None:
        card = self.card
        self.danger.changed(lambda place: card.put("danger", _DANGERS[place].value))
        self.what.textChanged.connect(lambda: card.put("what", self.what.toPlainText()))
        for name, line in (("place", self.place), ("who", self.who)):
            line.textEdited.connect(lambda text, name=name: card.put(name, text))
            line.returnPressed.connect(card.save)
        self._shut.clicked.connect(lambda: card.dismiss())
        self._again.clicked.connect(lambda: card.start_again())
        self._add.clicked.connect(lambda: self._add_contact())
        self.code.clicked.connect(lambda: self._show_code(card.state.saved or ""))
        self.save_button.clicked.connect(lambda: card.save())

    def _add_contact(self) -> None:
        self.card.add_contact()
        self.contact.take_focus()

    def _render(self, state: CardState) -> None:
        if not state.is_open:
            return
        if self._nobody.words != words.NOBODY_TOLD and not state.contacts:
            self._nobody.say(words.NOBODY_TOLD, "warning")
        self._nobody.setVisible(not state.contacts)
        if self._fault.words != state.fault:
            self._fault.say(state.fault, "danger")
        self._source.setText(state.source.words)
        self._restored.setText(state.restored)
        for each in (self._restored, self._again):
            each.setVisible(bool(state.restored))
        self._render_risk(state)
        self._render_contact(state)
        self._render_errors(state.errors)
        step = (state.saved, len(state.contacts), state.is_changed)
        if step != self._step:
            self._step = step
            if state.saved is not None and not state.is_changed:
                self.take_focus()  # what was typed is done with; what is left to say comes next

    def _render_risk(self, state: CardState) -> None:
        is_new = state.saved is None or state.is_changed
        danger = state.danger
        self.danger.choose(_DANGERS.index(danger) if danger is not None else -1)
        if self.what.toPlainText() != state.values.get("what", ""):
            self.what.setPlainText(state.values.get("what", ""))
            if not state.restored:
                self.what.selectAll()  # a note's words that were filled in give way to the first key
        for name, line in (("place", self.place), ("who", self.who)):
            if line.text() != state.values.get(name, ""):
                line.setText(state.values.get(name, ""))
        for field in self.fields.values():
            field.setVisible(is_new)
        said = (state.values.get(name, "").strip() for name in ("what", "place", "who"))
        self._what_saved.setText(" · ".join(one for one in said if one))
        self._what_saved.setVisible(not is_new)
        self.call_first.setVisible(state.is_danger)
        self._numbers.lead_with("Then tell" if state.is_danger else "People to tell")
        self._due.setText(state.due)
        self._due.setVisible(bool(state.due))
        self._numbers.show_numbers(state.numbers)

    def _render_contact(self, state: CardState) -> None:
        self.contact.setVisible(state.is_contact_open)
        self.contact.show_values(state.values)
        self._add.setVisible(not state.is_contact_open)
        self.code.setVisible(self.card.can_show_code)
        keys = self._shortcuts.shown("add_contact")
        named(self._add, f"Add contact  {keys}".rstrip()).setText(f"Add contact  {keys}".rstrip())
        if state.saved is None:
            save = "Save escalation"
        else:
            save = "Save changes" if state.is_changed else "Save contact" if state.is_contact_open else "Done"
        named(self.save_button, save).setText(save)
        self.save_button.setEnabled(not state.is_saving)
        told = "" if state.contacts else ". No one has been told yet. Who will you tell?"
        self._state_words.setText(f"{state.saved_words}{told}" if state.saved is not None else "")
        if state.contacts != self._contacts or not self._told.accessibleName():
            self._contacts = state.contacts
            clear(self._told_rows)
            for line in state.contacts or ("No one yet",):
                label = RoleLabel(line)
                label.setWordWrap(True)
                self._told_rows.addWidget(label)
            count = f"{len(state.contacts)} contact{'' if len(state.contacts) == 1 else 's'}"
            named(self._told, f"Who have you told, {count}")

    def _render_errors(self, errors: tuple[FieldError, ...]) -> None:
        if errors == self._errors:
            return
        self._errors = errors
        all_fields = {**self.fields, **self.contact.fields}
        ordered = sorted(errors, key=lambda one: _ORDER.index(one.field) if one.field in _ORDER else 0)
        self._summary.show_errors([(one.text, all_fields[one.field]) for one in ordered if one.field in all_fields])
