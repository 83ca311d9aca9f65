"""The visit on the screen (ux S4): the programme, what has been captured, and what is chosen of either."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import ActivityId
from ui.models.log_model import LogModel
from ui.presenters.log.panels import Panels
from ui.presenters.page import Page
from ui.presenters.visit.captures import ALL, Only
from ui.presenters.visit.day import VisitDay, VisitState
from ui.presenters.visit.leave import LeaveState, Task
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.log.log_table import LogTable
from ui.views.panels.side_stack import SideStack
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.visit.agenda_tree import Agenda
from ui.views.visit.also import AlsoHere
from ui.views.visit.aside import VisitAside
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

_STACK_BELOW = 740
"""Pixels at 100 % text under which captures stand below the agenda and the page scrolls."""
_LEAST, _LEAST_STACKED = 120, 210
_NO_PLAN = "No activities yet. Add an observation, interview or case."
_NO_NOTES = "Nothing captured yet. Open an activity and start typing."
_NONE_TAKEN = "No notes here. Select All to see every note."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the visit leads: an activity's log, Home, the coverage matrix, Send, the escalations, any other page."""

    log: Callable[[ActivityId], None]
    home: Callable[[], None]
    coverage: Callable[[], None]
    send: Callable[[], None]
    escalations: Callable[[], None]
    page: Callable[[Page], None]


class VisitView(View):
    """Everything that can be done here is done by key, by button and from the palette."""

    def __init__(self, day: VisitDay, panels: Panels, ways: Ways) -> None:
        super().__init__()
        self.day = day
        self.panels = panels
        self._ways = ways
        self.agenda = Agenda()
        self.table = LogTable("visit.captures")
        self._model = LogModel(day.captures, day.reader, None, self)
        self._no_plan, self._no_notes = EmptyState(_NO_PLAN), EmptyState(_NO_NOTES)
        self.add_button = button("Add activity", "visit.add", icon_name="plus")
        self.paste_button = button("Paste", "visit.paste")
        self.file_button = button("From a file", "visit.from_file")
        self.open_button = button("Open the live log", "visit.open", kind="primary")
        self.leave_button = button("", "visit.leave")
        self.filter = QComboBox()
        self._fault, self._alert = Banner("visit.fault"), Banner("visit.alert")
        self._left_table = False
        self._heading, self._when, self._now = HeadingLabel(), HintLabel(), HintLabel()
        self._captures = HeadingLabel("Captures", level=2)
        self._captures.setWordWrap(False)  # one line high, so the choice beside it gives way
        self.aside = VisitAside(day, self.act, self._open_task)
        self._side = SideStack(panels, day.reader, self.aside, self.act)
        self.part(self._side)
        self._left, self._right = QStackedWidget(), QStackedWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self.follow(day, self._render)
        self.follow(day.leave, self._render_leave)
        self.hear(day.captures.moved.listen(lambda _: self._counted()))
        self._counted()

    @property
    def side(self) -> SideStack:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        day = self.day
        return {
            "new_activity": day.add,
            "paste_programme": day.paste,
            "programme_file": day.from_file,
            "change_activity": day.change,
            "move_up": lambda: day.move(-1),
            "move_down": lambda: day.move(1),
            "call_off": day.call_off,
            "before_you_leave": day.before_you_leave,
            "add_words": lambda: self.act("change" if self.agenda.hasFocus() else "add_words"),
            "tag": lambda: self.act("tag"),
            "withdraw": lambda: self.act("withdraw"),
        }

    @property
    def note(self) -> EntryRow | None:
        return self.table.current_row() if self.table.hasFocus() else None

    def take_focus(self) -> None:
        if self.aside.has_panel and self.aside.isVisible():
            self.aside.take_focus()
        else:
            self._begin()

    def close_view(self) -> None:
        self._model.close()
        super().close_view()

    def act(self, action: str) -> None:
        """Something is to be done to the chosen line of the programme, or to the chosen note."""
        lines: dict[str, Callable[[], object]] = {
            "notes": self._show_notes, "change": self.day.change, "items": self.day.add_items,
            "call_off": self.day.call_off, "up": lambda: self.day.move(-1), "down": lambda: self.day.move(1),
        }  # fmt: skip
        if action in lines:
            lines[action]()
        elif action == "leave":
            self._ways.home() if self.agenda.hasFocus() else self._begin()
        elif action == "open" and not self.table.hasFocus():
            self._open_log()
        else:
            self._act_on_note(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._ways.home()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = appearance().typography.percent / 100
        is_narrow = self.width() < _STACK_BELOW * scale
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if is_narrow else across)
        for part in (self._left, self._right):
            part.setMinimumHeight(round((_LEAST_STACKED if is_narrow else _LEAST) * scale))

    def _act_on_note(self, action: str) -> None:
        row = self.table.current_row()
        if row is None:
            return
        acts: dict[str, Callable[[], object]] = {
            "open": lambda: self._side.open_note(row), "add_words": lambda: self.panels.add_words(row),
            "withdraw": lambda: self.panels.withdraw(row), "tag": lambda: self.panels.tag(self.table.chosen_rows()),
        }  # fmt: skip
        self.day.close_panel()
        self._left_table = self.table.hasFocus()
        acts.get(action, lambda: None)()

    def _begin(self) -> None:
        """The programme; the captures, where what was done began there: the next note is one arrow away."""
        target: QWidget = self.agenda if self._left.currentWidget() is self.agenda else self.add_button
        if self._left_table and self._right.currentWidget() is self.table:
            target = self.table
        self._left_table = False
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        day = self.day
        self.add_button.clicked.connect(lambda: day.add())
        self.paste_button.clicked.connect(lambda: day.paste())
        self.file_button.clicked.connect(lambda: day.from_file())
        self.open_button.clicked.connect(lambda: self._open_log())
        self.leave_button.clicked.connect(lambda: day.before_you_leave())
        self.filter.activated.connect(lambda place: day.show_only(day.state.choices[place]))
        self.agenda.acted.connect(self.act)
        self.agenda.chosen.connect(self._line_chosen)
        self.table.show_model(self._model)
        self.table.acted.connect(self.act)
        self.table.chosen.connect(self._note_chosen)
        self.table.near_top.connect(day.captures.older)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.aside.opened.connect(self._panel_opened)
        self.aside.closed.connect(self._side.closed)

    def _line_chosen(self, key: str) -> None:
        self.day.choose(key)
        self._side.show_note(None)

    def _note_chosen(self) -> None:
        if self.table.hasFocus() and not self.aside.has_panel:  # a form does not go because Tab passed the notes
            self._side.show_note(self.table.current_row())

    def _panel_opened(self) -> None:
        self.panels.close()
        self._side.show_note(None)
        self._side.opened.emit()

    def _open_log(self) -> None:
        line = self.day.line
        activity = line.activity.id if line is not None and line.activity is not None else self.day.state.current
        if activity is not None:
            self._ways.log(activity)

    def _show_notes(self) -> None:
        self.day.show_notes_of_line()
        self._to_captures()

    def _open_task(self, task: Task) -> None:
        """A row of the task list leads to where it is done."""
        day = self.day
        match task:
            case Task.FOLLOW_UPS | Task.UNTAGGED:
                day.close_panel()
                day.show_kind(Only.FOLLOW_UPS if task is Task.FOLLOW_UPS else Only.UNTAGGED)
                self._to_captures()
            case Task.ESCALATIONS:
                day.close_panel()
                self._ways.escalations()
            case Task.CONSENT:
                if day.leave.unasked:
                    day.close_panel()
                    self._ways.log(day.leave.unasked[0])
            case Task.COVERAGE:
                day.close_panel()
                self._ways.coverage()
            case Task.SENT:
                day.close_panel()
                self._ways.send()
            case Task.SAVED:
                day.leave.check()

    def _to_captures(self) -> None:
        target = self.table if self._right.currentWidget() is self.table else self._no_notes
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        # Two columns and no splitter: its handle takes no focus. Where they have no room they stand below each other.
        columns = self._columns
        columns.setSpacing(16)
        columns.addWidget(self._agenda_side(), 5)
        columns.addWidget(self._captures_side(), 5)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._heading, self._when, self._now):
            words.addWidget(label)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        scrolled(inside, self)
        rows.addLayout(head)
        rows.addWidget(AlsoHere(self._ways.page))
        rows.addWidget(self._fault)
        rows.addWidget(self._alert)
        rows.addLayout(columns, 1)

    def _agenda_side(self) -> QWidget:
        side, rows = _column()
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Agenda", level=2), 1)
        head.addWidget(self.file_button)
        head.addWidget(self.paste_button)
        head.addWidget(self.add_button)
        named(self.paste_button, "Paste a programme")
        named(self.file_button, "Programme from a file")
        for page in (self.agenda, self._no_plan):
            self._left.addWidget(page)
        rows.addLayout(head)
        rows.addWidget(self._left, 1)
        rows.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignLeft)
        return side

    def _captures_side(self) -> QWidget:
        side, rows = _column()
        for page in (self.table, self._no_notes):
            self._right.addWidget(page)
        for empty in (self._no_plan, self._no_notes):
            empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)  # both under their headings
        named(self.filter, "Filter", "visit.filter")
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.filter.setMinimumContentsLength(10)
        head = QHBoxLayout()
        head.addWidget(self._captures, 1)
        head.addWidget(HintLabel("Filter"))
        head.addWidget(self.filter)
        rows.addLayout(head)
        rows.addWidget(self._right, 1)
        return side

    def _render(self, state: VisitState) -> None:
        self._heading.setText(state.title)
        self._when.setText(state.when)
        self._now.setText(state.now)
        self._now.setVisible(bool(state.now))
        self.agenda.show_lines(state.lines, state.chosen)
        began_empty = bool(state.lines) and self._left.currentWidget() is self._no_plan
        self._left.setCurrentWidget(self.agenda if state.lines else self._no_plan)
        if began_empty and self.add_button.hasFocus():  # the first activity is there: Enter opens it, adds no other
            self._begin()
        self.open_button.setVisible(bool(state.lines))
        self._fill_filter(state)
        alert = ". ".join(state.alerts)
        if alert != self._alert.words:
            self._alert.say(alert, "warning", remedy="See who is where", do=lambda: self._ways.page(Page.PROGRAMME))
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger", remedy="Dismiss", do=self.day.dismiss_fault)

    def _fill_filter(self, state: VisitState) -> None:
        words = [choice.words for choice in state.choices]
        if [self.filter.itemText(place) for place in range(self.filter.count())] != words:
            self.filter.clear()
            self.filter.addItems(words)
        if state.choice in state.choices:
            self.filter.setCurrentIndex(state.choices.index(state.choice))

    def _render_leave(self, state: LeaveState) -> None:
        self.leave_button.setText(state.title)
        self.leave_button.setAccessibleName(state.title)

    def _counted(self) -> None:
        captures = self.day.captures
        count = self._model.rowCount() + captures.older_count
        self._captures.setText(f"Captures ({count:,})")
        named(self.table, f"Captures, {ui.count(count, 'note')}")
        self._no_notes.setText(_NO_NOTES if self.day.state.choice == ALL else _NONE_TAKEN)
        self._right.setCurrentWidget(self.table if count else self._no_notes)
        self.panels.rows_changed(captures.row)
        shown = self._side.details.shown
        if shown is not None:
            self._side.details.show_note(captures.row(shown.entry.id))

    def _scrolled(self) -> None:
        self.day.captures.is_kept = not self.table.is_down


def _column() -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    rows = QVBoxLayout(side)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(6)
    return side, rows
