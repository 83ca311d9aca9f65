"""The evidence of the chosen finding: a field to look for notes, and a list in which Space links and unlinks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from fieldkit.domain.triangulation import Side
from ui.presenters.findings.linking import Offered
from ui.presenters.findings.page import FindingsPage, FindingsState
from ui.qt.accessibility import named
from ui.views.rendering import View, aligned
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel

_MARKS = {Side.AGREES: "circle-check", Side.CONTRADICTS: "circle-x", None: "circle"}
_KEYS = "Space links a note or takes it off, Shift+Space says that it contradicts, Enter opens it at its source."
_NOTHING = "No note is tagged to this statement yet. Type words to look in all notes of the assessment."


class EvidencePicker(View):
    """Linked notes first, then those that could be."""

    def __init__(self, page: FindingsPage) -> None:
        super().__init__()
        self.page = page
        self.field = QLineEdit()
        named(self.field, "Look for notes to link", "findings.seek")
        self.field.setPlaceholderText("Words in any note")
        self.field.textEdited.connect(page.seek)
        self.list = _Notes(page)
        self._nothing = RoleLabel(_NOTHING)
        self._link = button("Link it, or take it off", "findings.link")
        self._against = button("It contradicts", "findings.against")
        self._part = button("Cite a part", "findings.part")
        self._open = button("Open the note", "findings.open")
        for made, deed in (
            (self._link, page.toggle), (self._against, lambda: page.toggle(Side.CONTRADICTS)),
            (self._part, page.cite_part), (self._open, page.open_note),
        ):  # fmt: skip
            made.clicked.connect(lambda _=False, deed=deed: deed())
        keys = HintLabel(_KEYS)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(6)
        label = HintLabel("Look for notes to link")
        for words in (keys, self._nothing, label):
            words.setWordWrap(True)
        label.setBuddy(self.field)
        for each in (HeadingLabel("Evidence", level=2), keys, label):
            rows.addLayout(aligned(each))
        rows.addLayout(aligned(self.field))
        rows.addWidget(self._nothing)
        rows.addWidget(self.list)
        for choice in (self._link, self._against, self._part, self._open):
            rows.addLayout(aligned(choice))
        self.follow(page, self._render)

    def take_focus(self) -> None:
        part = self.list if self.list.count() else self.field
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        if part is self.list and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _render(self, state: FindingsState) -> None:
        if self.field.text() != state.sought:
            self.field.setText(state.sought)
        linked = sum(one.side is not None for one in state.notes)
        self.list.show_lines(f"Notes, {linked} linked, {len(state.notes)} shown", [_line(one) for one in state.notes])
        self.list.setVisible(bool(state.notes))
        self._nothing.setVisible(not state.notes)
        self._keep_cursor(state)
        has_note, has_words = state.offered is not None, state.offered is not None and state.offered.row is not None
        for each, is_on in (
            (self._link, has_note), (self._against, has_note), (self._part, has_words), (self._open, has_words),
        ):  # fmt: skip
            each.setEnabled(is_on)

    def _keep_cursor(self, state: FindingsState) -> None:
        """The cursor stays on its note where that moved; where it is gone, the row's note is the chosen one."""
        row = self.list.currentRow()
        if row < 0:
            return
        at = next((place for place, one in enumerate(state.notes) if one.note == state.note), -1)
        if at < 0 and row < len(state.notes):
            self.page.on_note(state.notes[row].note)
        elif at >= 0 and at != row:
            self.list.go_to(at)


class _Notes(TaskList):
    def __init__(self, page: FindingsPage) -> None:
        super().__init__("Notes", "findings.notes", lambda _: page.open_note())
        self._page = page
        self.currentRowChanged.connect(self._moved)
        self.itemClicked.disconnect()  # a click chooses a note; Enter or the button opens it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
            return
        is_other = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        self._page.toggle(Side.CONTRADICTS if is_other else Side.AGREES)
        event.accept()

    def _moved(self, place: int) -> None:
        notes = self._page.state.notes
        if 0 <= place < len(notes):
            self._page.on_note(notes[place].note)


def _key(one: Offered) -> str:
    return f"{one.note}/{one.side.value if one.side else ''}"


def _line(one: Offered) -> TaskLine:
    return TaskLine(
        key=_key(one), title=one.title, status=one.status, spoken=f"{one.title}. {one.status}",
        is_done=one.side is not None, mark=_MARKS[one.side],
    )  # fmt: skip
