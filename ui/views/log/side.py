"""Beside the log: prompts of a guide, the people of the meeting, pinned tags, follow-ups and marks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.app.rows import EntryRow
from fieldkit.domain.people import Person
from ui.presenters.log.flagged import FlaggedState
from ui.presenters.log.live_log import LiveLog, LogState
from ui.presenters.log.panels import Panels
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.log.prompts import PromptsPart
from ui.views.log.side_list import ROW_ID, SideList
from ui.views.rendering import View, line
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class LogSide(View):
    """The panel D of the live log."""

    def __init__(
        self, log: LiveLog, panels: Panels, insert: Callable[[str], None], go_to: Callable[[str], None],
        back: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._log = log
        self._insert = insert
        self.prompts: PromptsPart = self.part(PromptsPart(log.prompts, back))
        self.people = SideList("People in this meeting", "log.people", insert)
        self._no_people = HintLabel("Type a code and a colon, like ch:, or add the people you hear")
        self._add = button("Add a person", "log.add_person", icon_name="plus")
        self._add.clicked.connect(lambda: panels.add_person())
        self._pins_heading = HeadingLabel("Pinned tags", level=2)
        self._pins = RoleLabel()
        self._pins.setWordWrap(True)
        self._clear = button("Clear pins", "log.clear_pins")
        self._clear.clicked.connect(lambda: log.clear_pins())
        self._no_pins = HintLabel("Type a tag and press Ctrl+Shift+T to add it to every new note")
        self._follow_heading = HeadingLabel("Follow-ups", level=2)
        self.follow_ups = SideList("Follow-ups", "log.follow_ups", go_to)
        self._marks_heading = HeadingLabel("Marks", level=2)
        self.marks = SideList("Marks", "log.marks", go_to)
        self._lay_out()
        self.follow(log, self._render)
        self.follow(log.flagged, self._render_flagged)

    @property
    def person(self) -> Person | None:
        """Whom the cursor is on, while the list of people has the focus."""
        item = self.people.currentItem() if self.people.hasFocus() else None
        code = str(item.data(ROW_ID)) if item is not None else ""
        return next((one for one in self._log.state.people if one.code == code), None)

    def take_focus(self) -> None:
        self.people.setFocus(Qt.FocusReason.TabFocusReason) if self.people.count() else self._add.setFocus()

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(6)
        rows.addWidget(self.prompts)
        rows.addWidget(HeadingLabel("People", level=2))
        rows.addWidget(self._no_people)
        rows.addWidget(self.people)
        rows.addLayout(_left(self._add))
        rows.addSpacing(6)
        rows.addWidget(line())
        rows.addWidget(self._pins_heading)
        rows.addWidget(self._pins)
        rows.addWidget(self._no_pins)
        rows.addLayout(_left(self._clear))
        rows.addSpacing(6)
        rows.addWidget(line())
        rows.addWidget(self._follow_heading)
        rows.addWidget(self.follow_ups)
        rows.addWidget(self._marks_heading)
        rows.addWidget(self.marks)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: LogState) -> None:
        self.people.show_rows([_person(one) for one in state.people])
        self.people.setVisible(bool(state.people))
        self._no_people.setVisible(not state.people)
        self._pins.setText("\n".join(state.pins))
        named(self._pins, f"Pinned tags: {', '.join(state.pins) or 'none'}")
        self._pins.setVisible(bool(state.pins))
        self._clear.setVisible(bool(state.pins))
        self._no_pins.setVisible(not state.pins)

    def _render_flagged(self, state: FlaggedState) -> None:
        self._show(self.follow_ups, self._follow_heading, "Follow-ups", state.follow_ups)
        self._show(self.marks, self._marks_heading, "Marks", state.marks)

    def _show(self, where: SideList, heading: HeadingLabel, word: str, rows: tuple[EntryRow, ...]) -> None:
        heading.setText(f"{word} ({len(rows)})")
        where.show_rows([_note(row) for row in rows])
        where.setVisible(bool(rows))


def _person(person: Person) -> tuple[str, str, str]:
    return (
        person.code,
        f"{person.code}   {person.role}",
        f"{person.role}, code {person.code}. Enter adds it to the note, F2 changes the role",
    )


def _note(row: EntryRow) -> tuple[str, str, str]:
    words = " ".join(row.entry.text.split())
    time = ui.noticed(row.entry)
    return row.entry.id, f"{time}  {words}".strip(), f"{time}. {words or 'Marked moment'}"


def _left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
