"""One open question: for each part the accounts, the answers and what stood before; then why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldkit.app.account_rows import AccountRow
from fieldkit.app.open_questions import NOTE, Question
from ui.presenters.deciding import words
from ui.presenters.deciding.page import NEW, USE, DecidePage, DecideState
from ui.qt.accessibility import named
from ui.views.deciding.panes import Pane, Panes
from ui.views.rendering import aligned
from ui.widgets.buttons import button
from ui.widgets.choices import Choices
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel
from ui.widgets.spelled import Spelled
from ui.widgets.texts import CapturePlainTextEdit, PassText

_LONG = 160
"""Letters of what stood before that are shown at once."""


class _NewWording(CapturePlainTextEdit):
    """Ctrl+Enter in it saves the decision."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class PartBox(QWidget):
    """One part of a question."""

    def __init__(self, page: DecidePage, question: Question, name: str, place: int) -> None:
        super().__init__()
        self.name = name
        self._page = page
        self._question = question
        identifier = f"decide.{place}"
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 6, 0, 6)
        self._rows.setSpacing(6)
        self._differences = list[str]()
        heading, panes = self._accounts(identifier)
        self._rows.addWidget(HeadingLabel(heading, level=2))
        self._rows.addWidget(Panes(panes))
        for said in self._differences:
            self._rows.addWidget(aligned_widget(HintLabel(said)))
        self._add_before(identifier)
        self.choices = Choices(page.options(question, name), f"{identifier}.keep", is_single=True)
        self.choices.changed.connect(self._chosen)
        group = "choose whether to use it" if name == USE else "choose which wording to keep"
        self.field = Field(f"{heading}, {group}", self.choices, f"{identifier}.answers")
        self._rows.addWidget(self.field)
        self.text = _NewWording()
        Spelled(self.text)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 4 + 16)
        self.text.textChanged.connect(lambda: page.write(name, self.text.toPlainText()))
        self.new = Field("New wording", self.text, f"{identifier}.new")
        self.new.hide()
        self._rows.addWidget(self.new)

    def show_state(self, state: DecideState) -> None:
        """What was chosen."""
        chosen = state.answers.get(self.name)
        if self.choices.chosen != ((chosen,) if chosen else ()):
            self.choices.choose((chosen,) if chosen else ())
        was_hidden = not self.new.isVisibleTo(self)
        self.new.setVisible(chosen == NEW)
        if chosen == NEW and was_hidden:
            self._begin_writing()

    def wrong(self, state: DecideState) -> Field:
        """The field at which a mistake of this part stands."""
        return self.new if state.answers.get(self.name) == NEW else self.field

    def _begin_writing(self) -> None:
        """With the first wording to change, since most of it stays."""
        if not self.text.toPlainText():
            part = self._page.part(self._question, self.name)
            first = part.values[self._question.rows[0].revision].get(part.fields[0])
            self.text.setPlainText(str(first or ""))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.selectAll()

    def _chosen(self) -> None:
        if self.choices.chosen:
            self._page.answer(self.name, self.choices.chosen[0])

    def _accounts(self, identifier: str) -> tuple[str, list[Pane]]:
        question, today = self._question, self._page.session.clock.now().astimezone().date()
        if question.kind == NOTE:
            return "Use of the note", _of_note(question, self._page, identifier)
        part = self._page.part(question, self.name)
        texts = [words.said(part, part.values[row.revision]) for row in question.rows]
        is_text = words.is_text(part)
        panes = []
        for place, (row, text) in enumerate(zip(question.rows, texts, strict=True)):
            both = words.compared(texts[0], text if place else texts[-1])
            pieces = (both[1] if place else both[0]) if is_text else (words.Piece(text=text),)
            whose = words.whose(row, question.rows)
            panes.append(Pane(whose, words.by_line(row, today), pieces, f"{identifier}.account.{place}"))
            if place and text != texts[0] and is_text:
                self._differences.append(words.difference(_subject(row, question), both))
        return words.label(part), panes

    def _add_before(self, identifier: str) -> None:
        if self._question.kind == NOTE:
            return
        part = self._page.part(self._question, self.name)
        if part.base is None:
            return
        many = "both" if len(self._question.rows) == 2 else "all"
        whole = f"Before {many} changes: ‘{words.said(part, part.base)}’"
        label = HintLabel(whole if len(whole) <= _LONG else f"{whole[:_LONG].rstrip()}…")
        self._rows.addWidget(aligned_widget(label))
        if len(whole) > _LONG:
            more = button("Show all of it", f"{identifier}.before")
            more.clicked.connect(partial(label.setText, whole))
            more.clicked.connect(more.hide)
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)


class QuestionBox(QWidget):
    """The whole question with its reason."""

    def __init__(self, page: DecidePage, question: Question) -> None:
        super().__init__()
        self._page = page
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self.summary = ErrorSummary("decide.errors")
        rows.addWidget(self.summary)
        may = question.is_readable and question.barred is None
        told = EmptyState(" ".join(_told(question))) if not may else None
        if told is not None:
            rows.addWidget(named(told, told.text(), "decide.not_now"))
        for said in _told(question) if told is None else ():
            rows.addWidget(aligned_widget(HintLabel(said)))
        self.parts = [PartBox(page, question, name, place) for place, name in enumerate(page.parts(question))]
        for part in self.parts:
            rows.addWidget(part)
        self.reason = PassText()
        self.reason_field = Field("Why", self.reason, "decide.reason", hint="Stays with the decision, for everybody")
        self.reason.textEdited.connect(page.explain)
        rows.addWidget(self.reason_field)
        self.save = button("Save decision  Ctrl+Enter", "decide.save", kind="primary")
        self.save.clicked.connect(lambda: page.save())
        rows.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        for each in (*self.parts, self.reason_field, self.save):
            each.setVisible(may)
        self.first: QWidget = self.parts[0].choices.buttons()[0] if told is None else told
        self._shown_errors: dict[str, str] = {}

    def show_state(self, state: DecideState) -> None:
        """What was chosen, and what is wrong."""
        for part in self.parts:
            part.show_state(state)
        if self.reason.text() != state.reason:
            self.reason.setText(state.reason)
        if dict(state.errors) != self._shown_errors:
            self._shown_errors = dict(state.errors)
            fields = {part.name: part.wrong(state) for part in self.parts} | {"reason": self.reason_field}
            self.summary.show_errors([(said, fields[name]) for name, said in state.errors.items()])

    def part_at_hand(self) -> str:
        """The part in which the focus is; else the first without an answer."""
        now = QApplication.focusWidget()
        for part in self.parts:
            if now is not None and part.isAncestorOf(now):
                return part.name
        return self._page.unanswered()


def aligned_widget(widget: QWidget) -> QWidget:
    """``aligned`` as a widget, for where a layout cannot be hidden."""
    made = QWidget()
    made.setLayout(aligned(widget))
    return made


def _subject(row: AccountRow, question: Question) -> str:
    whose = words.whose(row, question.rows)
    return {"On this laptop": "This laptop", "In central store": "Central store"}.get(
        whose, whose.removeprefix("From ")
    )


def _of_note(question: Question, page: DecidePage, identifier: str) -> list[Pane]:
    """The note with what was added to it, and who withdrew it and why."""
    today = page.session.clock.now().astimezone().date()
    edits = [
        f"{'You' if edit.is_mine else edit.author_name or 'A team-mate'}: {edit.text or 'changed its tags'}"
        for edit in question.edits
    ]
    text = question.note.entry.text if question.note is not None else ""
    edited = "\n".join([text, *edits])
    by = " and ".join(
        dict.fromkeys("you" if edit.is_mine else edit.author_name or "A team-mate" for edit in question.edits)
    )
    panes = [Pane("Edited", f"Edited by {by}", [words.Piece(text=edited)], f"{identifier}.account.0")]
    for place, row in enumerate(question.rows, start=1):
        who = words.by_line(row, today).replace("You", "you")
        why = [words.Piece(text=str(row.value.reason))]
        panes.append(Pane("Deleted", f"Deleted by {who}", why, f"{identifier}.account.{place}"))
    return panes


def _told(question: Question) -> list[str]:
    """Who changed it, what was combined beside it, and what is used until somebody decides."""
    thing = words.thing(question.kind)
    if question.barred is not None:
        return ["Held: consent was refused or withdrawn. It can be decided once consent is given again."]
    if not question.is_readable:
        return [
            "One of the changes was made with a later version of FieldKit, or is not shared with you. Nothing is lost. "
            "Update FieldKit, or ask a team-mate who can read it to decide."
        ]
    if question.kind == NOTE:
        names = dict.fromkeys("you" if one.is_mine else one.author_name or "a team-mate" for one in question.edits)
        by, edits = words.people(question.rows).replace("You", "you"), " and ".join(names)
        return [f"Deleted by {by}, edited by {edits}. The note is in use until somebody decides."]
    many = "both" if len(question.rows) == 2 else "all"
    found = [f"{words.people(question.rows)} {many} changed this {thing}."]
    if combined := question.merge.combined:
        named = ", ".join(words.label(part).lower() for part in combined)
        count = "One other change was" if len(combined) == 1 else f"{len(combined)} other changes were"
        found.append(f"{count} combined for you: {named}.")
    if question.is_deletion:
        found.append("One deleted it, another went on with it. It is in use until somebody decides.")
    if question.kind == "consent":
        found.append("Until somebody decides, the one that protects more is used.")
    if question.kind in ("escalation", "quality_risk"):
        found.append("Until somebody decides, the more urgent one is used. All contacts are kept.")
    return found
