"""Region D of Files: what is chosen, with what can be done about it; or the open form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldkit.domain.attachment import People
from fieldkit.media.kinds import spoken
from ui.presenters.files.moments import Moment, recorded
from ui.presenters.files.page import FilesPage
from ui.presenters.files.state import FileLine, FilesState, OpenPanel, PanelKind
from ui.presenters.files.words import size_of
from ui.presenters.wording import ui
from ui.views.asked_here import AskedBox, hear_asked
from ui.views.form_side import FormSide
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import View, clear
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.views.who_knows import ask_who, hear_restrictions, restricted_pill, restricted_words
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, RoleLabel

_CHOOSE = "Select a file to see it here"
_SAVE = {
    PanelKind.ATTACH: "Attach", PanelKind.CORRECT: "Save", PanelKind.WITHDRAW: "Take out of use",
    PanelKind.NOTE: "Save the note",
}  # fmt: skip


class FileDetails(View):
    """``save`` asks where a copy is to go."""

    def __init__(self, page: FilesPage, save: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._save = save
        self._drawn: object = None
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(8)
        self.empty = EmptyState(_CHOOSE)
        self._part = QVBoxLayout()
        self._part.setSpacing(8)
        rows.addWidget(self.empty)
        rows.addLayout(self._part)
        rows.addStretch(1)
        scrolled(inside, self)
        self.follow(page, self._render)
        for hear in (hear_restrictions, hear_asked):
            self.hear(hear(page.session, self._redraw))

    @property
    def has_something(self) -> bool:
        """Whether anything is chosen."""
        return self.page.state.line is not None

    def take_focus(self) -> None:
        """On the first button; on the empty words where nothing is chosen."""
        first = self.findChild(ActionButton)
        (first or self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _redraw(self) -> None:
        self._drawn = None
        self._render(self.page.state)

    def _render(self, state: FilesState) -> None:
        if state.line == self._drawn:
            return
        self._drawn = line = state.line
        self.empty.setVisible(line is None)
        clear(self._part)
        if line is not None:
            self._draw(line)

    def _draw(self, line: FileLine) -> None:
        value, page = line.value, self.page
        self._part.addWidget(HeadingLabel(value.exhibit, level=2))
        self._say(value.name)
        self._say(f"{spoken(value.media)}, {size_of(value.size)}. {line.standing}")
        self._part.addWidget(AskedBox(page.session, value.id))
        if words := restricted_words(page.session, value.id):
            self._part.addWidget(restricted_pill(words))
        if line.is_here:
            self._button("Play it" if line.can_be_played else "Look at it", "look", page.look, kind="primary")
            if not line.can_be_played:
                self._button("Black out parts", "black_out", page.black_out)
            self._button("Save a copy", "save", self._save)
        elif not line.row.is_made_here:
            self._button("Do not fetch it" if line.row.is_wanted else "Fetch it", "fetch", page.fetch, kind="primary")
        self._button("Note about it", "note", page.note)
        self._button("Change what is said of it", "correct", page.correct)
        self._button("Use it again" if value.withdrawn else "Take out of use", "withdraw", page.withdraw)
        self._button("Who may know", "restrict", lambda: ask_who(page.session, value.id))
        self._notes("Notes about it", "files.notes", page.open_note, "Enter opens the note", line.notes)
        self._notes(
            "Notes made meanwhile", "files.moments", page.play_moment, "Enter plays from 3 seconds before", line.moments
        )
        for words in (*recorded(value), *self._facts(line)):
            if words:
                self._say(words)

    def _notes(self, title: str, name: str, run: Callable[[str], None], what: str, notes: Sequence[Moment]) -> None:
        if notes:
            self._part.addWidget(HeadingLabel(title, level=2))
            made = TaskList(title, name, run)
            made.show_lines(f"{title}. {what}", [_moment(one) for one in notes])
            self._part.addWidget(made)

    def _facts(self, line: FileLine) -> list[str]:
        value = line.value
        today = self.page.session.clock.now().astimezone().date()
        people = {
            People.NOBODY: "Nobody is in the picture", People.DECLARED: f"People in the picture: {value.declaration}",
            People.NOT_A_PICTURE: "",
        }[value.people]  # fmt: skip
        origin = next((one.value.exhibit for one in self.page.state.lines if one.value.id == value.derived_from), "")
        found = [
            f"Purpose: {value.purpose}", people,
            f"From: {value.from_whom}" if value.from_whom and not line.is_silent else "",
            f"Where: {value.place}" if value.place else "",
            f"Taken or written on {ui.day(value.taken_on)}" if value.taken_on else "",
            f"Attached {ui.day_and_clock(value.received_at, today)} by {line.row.row.author_name}",
            "The place where it was taken was removed from the file" if "location" in value.dropped else "",
            f"Made from {origin} with {ui.count(value.boxes, 'black box', 'black boxes')}" if origin else "",
            f"Out of use: {value.withdrawn}" if value.withdrawn else "",
            "Changed on two laptops at once. Both accounts are kept; the next change settles it"
            if line.row.row.heads > 1
            else "",
            "SHA-256\n" + "\n".join(value.sha256[at : at + 16] for at in range(0, 64, 16)),
        ]  # fmt: skip
        return [one for one in found if one]

    def _say(self, words: str) -> None:
        label = RoleLabel(words)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self._part.addWidget(label)

    def _button(self, words: str, name: str, run: Callable[[], object], kind: str = "") -> None:
        made = button(words, f"files.{name}", kind=kind)
        made.clicked.connect(lambda: run())
        self._part.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


class FilesSide(FormSide):
    """One form at a time, over the details."""

    def __init__(self, page: FilesPage, save: Callable[[], None]) -> None:
        self.page = page
        self.details = FileDetails(page, save)
        super().__init__(self.details, lambda: self.details.has_something, self._made)
        self.follow(page, lambda state: self.show_panel(state.panel))

    def _made(self, panel: OpenPanel) -> FormPanel:
        name = f"files.{panel.kind.name.lower()}_form"
        return FormPanel(panel.kind.value, panel.form, name, _SAVE[panel.kind], self.page.close_panel)


def _moment(one: Moment) -> TaskLine:
    return TaskLine(
        key=one.entry,
        title=one.words,
        status=one.noticed,
        spoken=f"{one.words}. {one.noticed}",
        is_done=False,
        mark="quote",
    )
