"""The visit on the screen (ux S4): the day's agenda, what has been captured, and the note that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from fieldkit.kernel.ids import ActivityId
from ui.models.log_model import LogModel
from ui.presenters.log.panels import Panels
from ui.presenters.visit import AgendaLine, VisitDay, VisitState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.typography import role_font
from ui.views.log.log_table import LogTable
from ui.views.new_activity import NewActivity
from ui.views.panels.side_stack import SideStack
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

_ACTIVITY = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class Agenda(QTreeView):
    """Activities with their items; Enter opens the live log."""

    def __init__(self, opened: Callable[[ActivityId], None]) -> None:
        super().__init__()
        self._opened = opened
        named(self, "Agenda", "visit.agenda")
        prepare_rows(self)
        self._items = QStandardItemModel(0, 3, self)
        self.setModel(self._items)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(16)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.activated.connect(lambda index: self._activate())

    def show_lines(self, lines: tuple[AgendaLine, ...], current: ActivityId | None) -> None:
        """List the day; the cursor stays on its activity, or goes to the one that is on now."""
        before = self.current_activity() or current
        self._items.clear()
        self._items.setHorizontalHeaderLabels(["Time", "What", "Notes"])
        head: QStandardItem | None = None
        for line in lines:
            row = [QStandardItem(line.time), QStandardItem(line.title), QStandardItem(str(line.notes or ""))]
            row[0].setData(line.activity.id, _ACTIVITY)
            for item in row:
                item.setData(line.sentence, _SPOKEN)
            row[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if line.item is None:
                head = row[0]
                row[1].setFont(_bold(strike=line.activity.is_cancelled))
                self._items.appendRow(row)
                if line.activity.id == before:
                    self.setCurrentIndex(row[0].index())
            elif head is not None:
                head.appendRow(row)
        self.expandAll()
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)

    def current_activity(self) -> ActivityId | None:
        """The activity under the cursor, also from one of its items."""
        index = self.currentIndex()
        found = index.siblingAtColumn(0).data(_ACTIVITY) if index.isValid() else None
        return ActivityId(found) if found else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate()
        else:
            super().keyPressEvent(event)

    def _activate(self) -> None:
        activity = self.current_activity()
        if activity is not None:
            self._opened(activity)


class VisitView(View):
    """``opened`` gets the activity whose log is wanted; ``leave`` goes up to Home."""

    def __init__(
        self, day: VisitDay, panels: Panels, opened: Callable[[ActivityId], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self.day = day
        self.panels = panels
        self._leave = leave
        self.agenda = Agenda(opened)
        self.table = LogTable("visit.captures")
        self._model = LogModel(day.rows, day.reader, None, self)
        self._no_plan = EmptyState("No activities yet. Add an observation, interview or case.")
        self._no_notes = EmptyState("Nothing captured yet. Open an activity and start typing.")
        self.add_button = button("Add activity", "visit.add", icon_name="plus")
        self.add_button.clicked.connect(lambda: day.add())
        self.open_button = button("Open the live log", "visit.open", kind="primary")
        self.open_button.clicked.connect(lambda: self._open(opened))
        self._fault = Banner("visit.fault")
        self._captures = HeadingLabel("Captures", level=2)
        self.form: NewActivity = self.part(NewActivity(day))
        self._side = SideStack(panels, day.reader, None, self.act)
        self.part(self._side)
        self._left = QStackedWidget()
        self._right = QStackedWidget()
        self._lay_out(day)
        self.table.show_model(self._model)
        self.table.acted.connect(self.act)
        self.table.chosen.connect(lambda: self._side.show_note(self.table.current_row()))
        self.follow(day, self._render)
        self.hear(day.rows.moved.listen(lambda _: self._counted()))
        self._counted()

    @property
    def side(self) -> SideStack:
        return self._side

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "new_activity": self.day.add,
            "add_words": lambda: self.act("add_words"),
            "tag": lambda: self.act("tag"),
            "withdraw": lambda: self.act("withdraw"),
        }

    def take_focus(self) -> None:
        self.agenda.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_view(self) -> None:
        self._model.close()
        super().close_view()

    def act(self, action: str) -> None:
        """Something is to be done to the chosen note."""
        row = self.table.current_row()
        if action == "leave":
            self._leave() if self.agenda.hasFocus() else self.take_focus()
        elif row is None:
            return
        elif action == "open":
            self._side.open_note(row)
        elif action == "add_words":
            self.panels.add_words(row)
        elif action == "withdraw":
            self.panels.withdraw(row)
        elif action == "tag":
            self.panels.tag(self.table.chosen_rows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, day: VisitDay) -> None:
        # Two columns and no splitter: its handle takes no focus, and both columns fit from 1,092 px on.
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self._agenda_side(day), 4)
        columns.addWidget(self._captures_side(), 5)
        head = QHBoxLayout()
        heading = HeadingLabel(day.state.title)
        head.addWidget(heading, 1)
        head.addWidget(self.open_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addLayout(head)
        rows.addWidget(HintLabel(day.state.when))
        rows.addWidget(self._fault)
        rows.addLayout(columns, 1)

    def _agenda_side(self, day: VisitDay) -> QWidget:
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Agenda", level=2), 1)
        head.addWidget(self.add_button)
        self._left.addWidget(self.agenda)
        self._left.addWidget(self._no_plan)
        rows.addLayout(head)
        rows.addWidget(self.form)
        rows.addWidget(self._left, 1)
        return side

    def _captures_side(self) -> QWidget:
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self._right.addWidget(self.table)
        self._right.addWidget(self._no_notes)
        for empty in (self._no_plan, self._no_notes):
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._captures.setMinimumHeight(self.add_button.sizeHint().height())
        rows.addWidget(self._captures)
        rows.addWidget(self._right, 1)
        return side

    def _open(self, opened: Callable[[ActivityId], None]) -> None:
        activity = self.agenda.current_activity() or self.day.state.current
        if activity is not None:
            opened(activity)

    def _render(self, state: VisitState) -> None:
        self.agenda.show_lines(state.lines, state.current)
        self._left.setCurrentWidget(self.agenda if state.lines else self._no_plan)
        self.open_button.setVisible(bool(state.lines))
        if state.fault != self._fault.words:
            self._fault.say(state.fault, "danger")

    def _counted(self) -> None:
        count = self._model.rowCount()
        self._captures.setText(f"Captures ({count})")
        named(self.table, f"Captures, {ui.count(count, 'note')}")
        self._right.setCurrentWidget(self.table if count else self._no_notes)
        self.panels.rows_changed(self.day.rows.row)
        shown = self._side.details.shown
        if shown is not None:
            self._side.details.show_note(self.day.rows.row(shown.entry.id))


def _bold(*, strike: bool) -> QFont:
    font = role_font("body")
    font.setBold(True)
    font.setStrikeOut(strike)
    return font
