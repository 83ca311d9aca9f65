"""The live log on the screen (ux S5): the notes, the line that always has the focus, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldkit.app.rows import EntryRow
from fieldkit.domain.entry import Risk
from fieldkit.kernel.ids import EntryId
from ui.models.log_model import LogModel
from ui.presenters.log.capture_line import LineState
from ui.presenters.log.live_log import LiveLog, LogState
from ui.presenters.log.meeting_clock import ClockState
from ui.presenters.log.panels import Panels
from ui.presenters.log.remarks import Remark, Remedy
from ui.presenters.services import Say
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.qt.theme import appearance
from ui.qt.typography import digits_font
from ui.views.labels import ElidedHeading
from ui.views.log.line_box import LineBox
from ui.views.log.log_table import LogTable
from ui.views.log.remark_bar import RemarkBar
from ui.views.log.side import LogSide
from ui.views.log.suggestion_list import SuggestionList
from ui.views.panels.side_stack import SideStack
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.labels import EmptyState, RoleLabel

_ROOM_FOR_ITEM = 940
_QUIET_MS = 500
_LOW = 300
"""Pixels of height at 100 % text, below which the line of grammar leaves its room to the notes."""
"""Suggestions are announced this long after the last key (ux 2.0.5)."""


class LogView(View):
    """``leave`` goes up to the visit."""

    def __init__(
        self, log: LiveLog, panels: Panels, say: Say, leave: Callable[[], None], escalate: Callable[[], None]
    ) -> None:
        super().__init__()
        self._escalate = escalate
        self.log = log
        self.panels = panels
        self._say = say
        self._leave = leave
        self.heading = ElidedHeading(log.facts.activity.title)
        self._item = RoleLabel()
        self.previous = tool("Previous", "log.previous_item", "chevron-up")
        self.next = tool("Next", "log.next_item", "chevron-down")
        self.table = LogTable("log.table")
        self._empty = EmptyState("Start typing. Enter saves with the time")
        self._body = QStackedWidget()
        self._below = button("", "log.below", kind="link")
        self._is_new_below = False
        self.fault = Banner("log.fault")
        self._copy = button("Save a copy", "log.save_copy")
        self._clock = named(RoleLabel(), "Time since the meeting began", "log.clock")
        self.ask_path: Callable[[], str] = self._ask_path
        self.remarks = RemarkBar(self._remedy, log.dismiss_remark)
        self.line: LineBox = self.part(LineBox(log))
        self._model = LogModel(log.rows, log.reader, log.hand_over.waiting, self)
        self._aside = LogSide(log, panels, self._insert, self._go_to, self._back_to_line)
        self._side = SideStack(panels, log.reader, self._aside, self.act)
        self.part(self._side)
        self._head = QWidget()
        self._lay_out()
        self.suggestions = SuggestionList(self.line.edit, log.line.take_at, self)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._say_suggestions)
        self._connect()

    @property
    def side(self) -> SideStack:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        log = self.log
        found: dict[str, Callable[[], object]] = {
            "next_item": lambda: log.move_item(1),
            "previous_item": lambda: log.move_item(-1),
            "walk_up": lambda: self.table.walk(-1),
            "walk_down": lambda: self.table.walk(1),
            "pin": log.pin,
            "clear_pins": log.clear_pins,
            "time": self.line.ask_time,
            "replace_name": log.line.replace_name,
            "on_paper": log.paper.turn,
            "add_person": lambda: self.panels.add_person(log.stranger),
            "add_words": self._edit,
            "tag": lambda: self.act("tag"),
            "withdraw": lambda: self.act("withdraw"),
            "note": self.take_focus,
            "interview_prompts": log.prompts.toggle,
        }
        if not self.line.shows_grammar:  # the second press opens the sheet of all shortcuts
            found["shortcuts"] = self.line.show_grammar
        for number in range(1, 7):
            found[f"category_{number}"] = partial(self._categorise, number)
        return found

    @property
    def note(self) -> EntryRow | None:
        """The one under the cursor while the log has the focus; else one's last note, if it is marked as a risk."""
        if self.table.hasFocus():
            return self.table.current_row()
        last = self.log.last_own()
        return last if last is not None and last.entry.risk is not Risk.NONE else None

    @property
    def note_at_hand(self) -> EntryRow | None:
        """Also the one the cursor was walked to from the line."""
        return self._side.note or self.table.current_row()

    def take_focus(self) -> None:
        self.line.take_focus()

    def close_view(self) -> None:
        self._quiet.stop()
        self._model.close()
        super().close_view()

    def act(self, action: str) -> None:
        """Something is to be done to the chosen note: ``open``, ``add_words``, ``tag``, ``withdraw``, ``leave``."""
        row = self.table.current_row() or self.log.last_own()
        if action == "leave":
            self._leave()
        elif row is None:
            waiting = self._model.waiting_at(self.table.currentIndex().row())
            if waiting is not None and action in ("open", "add_words"):
                self.log.edit_stuck(waiting.place)
        elif action == "open":
            self._side.open_note(row)
        elif action == "add_words":
            self.panels.add_words(row)
        elif action == "withdraw":
            self.panels.withdraw(row)
        elif action == "tag":
            self.panels.tag(self.table.chosen_rows() or [row])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._item.setText(self._place(self.log.state))
        is_low = self.height() < _LOW * appearance().typography.percent / 100
        self.line.be_low(is_low=is_low)
        if (rows := self.layout()) is not None:
            rows.setContentsMargins(16, 2 if is_low else 10, 16, 2 if is_low else 10)
            rows.setSpacing(2 if is_low else 6)
        self._make_room()
        self._fit_remarks()
        if self.suggestions.isVisible():
            self.suggestions.place()

    def event(self, event: QEvent) -> bool:
        """The line grew or shrank by a line of words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        """The line comes first: where it would be squeezed (200 % text, sound played) what tells of new notes below
        goes, then the heading, then the notes.

        The title of the window says what the heading does, Ctrl+PgDn goes on to the next item, Ctrl+End in the
        table to new notes.
        """
        rows = self.layout()
        if rows is None:
            return
        head = self._head.minimumSizeHint().height() + rows.spacing()
        body = self._body.minimumSizeHint().height() + rows.spacing()
        below = self._below.minimumSizeHint().height() + rows.spacing()
        free = self.height() - rows.totalMinimumSize().height()
        free += sum(
            high for one, high in ((self._body, body), (self._head, head), (self._below, below)) if not one.isHidden()
        )
        has_body, has_head = free >= body, free >= body + head
        has_below = self._is_new_below and free >= body + head + below
        for one, is_shown in ((self._head, has_head), (self._body, has_body), (self._below, has_below)):
            if one.isHidden() is is_shown:
                one.setVisible(is_shown)

    def _fit_remarks(self) -> None:
        rows = self.layout()
        if rows is None:
            return
        taken = rows.totalMinimumSize().height()
        if not self.remarks.isHidden():
            taken -= self.remarks.minimumSizeHint().height() + rows.spacing()
        self.remarks.fit(self.height() - taken - rows.spacing())

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        for one in (self._item, self.previous, self.next, self._clock):
            head.addWidget(one)
        fault = QHBoxLayout()
        fault.addWidget(self.fault, 1)
        fault.addWidget(self._copy)
        self._copy.hide()
        self._body.addWidget(self._empty)
        self._body.addWidget(self.table)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._below.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(6)
        rows.addWidget(self._head)
        rows.addLayout(fault)
        rows.addWidget(self._body, 1)
        rows.addWidget(self._below, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self.remarks)
        rows.addWidget(self.line)
        first: QWidget = self.line.edit
        for nxt in (self.line.save, self.table, self.previous, self.next):
            QWidget.setTabOrder(first, nxt)
            first = nxt

    def _connect(self) -> None:
        self.table.show_model(self._model)
        self.table.acted.connect(self._table_acted)
        self.table.chosen.connect(self._chosen)
        self.table.new_below.connect(self._new_below)
        self._below.clicked.connect(self.table.go_down)
        self.line.edit.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.previous.clicked.connect(lambda: self.log.move_item(-1))
        self.next.clicked.connect(lambda: self.log.move_item(1))
        self._copy.clicked.connect(self._save_copy)
        self.follow(self.log, self._render)
        self.follow(self.log.meeting, self._render_clock)
        self.follow(self.log.line, self._render_line)
        self.table.near_top.connect(self.log.rows.older)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.hear(self.log.rows.moved.listen(lambda _: self._counted()))
        self.hear(self.log.hand_over.waiting.changed.listen(lambda _: self._counted()))
        self.hear(self.log.sought.found.listen(self._show_place))
        self._counted()

    def _table_acted(self, action: str) -> None:
        self.act(action)

    def _render(self, state: LogState) -> None:
        self._item.setText(self._place(state))
        self._item.setVisible(bool(state.items))
        for one, step, word in ((self.previous, -1, "Previous"), (self.next, 1, "Next")):
            at = state.item + step
            there = 0 <= at < len(state.items)
            one.setVisible(bool(state.items))
            one.setEnabled(there)
            one.setAccessibleName(f"{word} item, {state.items[at].title}" if there else f"{word} item")
        self.remarks.render_log(state)
        self._fit_remarks()
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger", remedy="Save again", do=self.log.save_again) if state.fault else (
                self.fault.clear()
            )

        self._copy.setVisible(bool(state.fault))

    def _render_clock(self, state: ClockState) -> None:
        self._clock.setFont(digits_font())
        self._clock.setText(state.text)
        self._clock.setAccessibleName(state.words or "The meeting has not begun")
        self._clock.setVisible(bool(state.text))

    def _save_copy(self) -> None:
        path = self.ask_path()
        if path:
            self.log.save_copy(Path(path))

    def _ask_path(self) -> str:
        start = str(Path.home() / "FieldKit notes not saved.txt")
        return file_to_save(self, "Save a copy of what is not in the vault", start, "Text (*.txt)")

    def _place(self, state: LogState) -> str:
        """Where the meeting is; the item's title stands here only where the heading leaves room for it."""
        if not state.items:
            return ""
        place = f"Item {state.item + 1} of {len(state.items)}"
        is_wide = self.width() > _ROOM_FOR_ITEM * appearance().typography.percent / 100
        return f"{place}  {state.item_title}" if is_wide else place

    def _render_line(self, state: LineState) -> None:
        self.suggestions.render_line(state)
        if state.suggestions:
            self._quiet.start()
        else:
            self._quiet.stop()

    def _say_suggestions(self) -> None:
        state = self.log.line.state
        candidate = state.candidate
        if candidate is not None:
            results = ui.count(len(state.suggestions.candidates), "result")
            place = f"{state.chosen + 1} of {len(state.suggestions.candidates)}"
            self._say(f"{results}. {candidate.choice.title}, {place}")

    def _counted(self) -> None:
        count = self._model.rowCount() + self.log.rows.older_count
        named(self.table, f"Log, {ui.count(count, 'note')}")
        self._body.setCurrentWidget(self.table if count else self._empty)
        self.panels.rows_changed(self.log.rows.row)
        shown = self._side.details.shown
        if shown is not None:
            self._side.details.show_note(self.log.rows.row(shown.entry.id))
        self.log.sought.look()  # here, when the model holds the rows: a place told before it does is another note's

    def _chosen(self) -> None:
        row = self.table.current_row() if self.table.hasFocus() else None
        self._side.show_note(row)

    def _edit(self) -> None:
        """F2: of the person the list is on, else of the note."""
        person = self._aside.person
        if person is None:
            self.act("add_words")
        else:
            self.panels.edit_person(person)

    def _categorise(self, number: int) -> None:
        """Of the chosen notes while the log has the focus, else of the note that is being written."""
        if self.table.hasFocus():
            self.log.categorise(self.table.chosen_rows(), number)
        else:
            self.log.toggle_category(number)

    def _new_below(self, count: int) -> None:
        words = f"{ui.count(count, 'new note')} below"
        named(self._below, words).setText(words)
        self._is_new_below = count > 0
        self._make_room()

    def _scrolled(self) -> None:
        self.log.rows.is_kept = not self.table.is_down

    def _insert(self, code: str) -> None:
        self.log.line.set_speaker(code)
        self._back_to_line()

    def _back_to_line(self) -> None:
        """From beside the log; where that lies over it there is no room for both."""
        self._side.closed.emit()
        self.take_focus()

    def _go_to(self, entry: str) -> None:
        self.log.seek(EntryId(entry))

    def _show_place(self, place: int) -> None:
        self.table.go_to(place)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._side.show_note(self.table.current_row())

    def _remedy(self, remark: Remark) -> None:
        row = self.log.rows.row(remark.entry)
        if remark.remedy is Remedy.ESCALATE:
            self._escalate()
        elif remark.remedy is Remedy.ADD_PERSON:
            self.panels.add_person(remark.word)
        elif row is not None and remark.remedy is Remedy.CHOOSE_TAG:
            self.panels.tag([row])
        elif row is not None and remark.remedy is Remedy.WITHDRAW:
            self.panels.withdraw(row)
