"""Beside the visit, where no note is chosen: the activity under the cursor, or the open form or task list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.visit.agenda import AgendaLine, LineKind
from ui.presenters.visit.day import VisitDay, VisitPanel, VisitState
from ui.presenters.visit.facts import KINDS
from ui.presenters.visit.form import ActivityForm, ItemForm
from ui.presenters.visit.leave import Task
from ui.presenters.visit.paste import PasteProgramme
from ui.presenters.visit.programme_file import ProgrammeFile
from ui.presenters.wording import ui
from ui.views.panels.frame import PanelFrame
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.visit.forms import PastePanel, activity_panel, item_panel
from ui.views.visit.leave_panel import LeavePanel
from ui.views.visit.programme_panel import ProgrammeFilePanel
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

_ACTS = ("open", "notes", "change", "items", "call_off")


class LineDetails(View):
    """What is known of an agenda line; its buttons do what the keys do. ``act`` is told which."""

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 12, 12)
        rows.setSpacing(8)
        scrolled(inside, self)
        self._empty = EmptyState("Select an activity or a note to see it here")
        self._heading = HeadingLabel("", level=2)
        self._lines = [RoleLabel() for _ in range(10)]
        self._hint = HintLabel("F2 changes, Alt+Up and Alt+Down move, Delete marks as cancelled. Notes are kept")
        for widget in (self._empty, self._heading, *self._lines):
            rows.addWidget(widget)
        for label in self._lines:
            label.setWordWrap(True)
        self._buttons = {name: button("", f"visit.do_{name}") for name in _ACTS}
        for name, press in self._buttons.items():
            press.clicked.connect(lambda _=False, name=name: act(name))
            rows.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._hint)
        rows.addStretch(1)
        self.show_line(None)

    def show_line(self, line: AgendaLine | None) -> None:
        """Show a line, or that none is chosen."""
        is_shown = line is not None and line.activity is not None
        self._empty.setVisible(not is_shown)
        self._heading.setVisible(is_shown)
        self._hint.setVisible(is_shown)
        words = _facts(line) if line is not None and is_shown else []
        self._heading.setText(line.title if line is not None and is_shown else "")
        for label, text in zip(self._lines, (*words, *([""] * len(self._lines))), strict=False):
            label.setText(text)
            label.setVisible(bool(text))
        shown = _buttons(line) if line is not None and is_shown else {}
        for name, press in self._buttons.items():
            press.setVisible(name in shown)
            press.setText(shown.get(name, ""))
            press.setAccessibleName(shown.get(name, ""))

    def take_focus(self) -> None:
        first = next((press for press in self._buttons.values() if press.isVisibleTo(self)), None)
        (first or self._empty).setFocus(Qt.FocusReason.OtherFocusReason)


class VisitAside(View):
    """``opened`` and ``closed``: a panel came or went; ``task`` is told which row of the task list was chosen."""

    opened = Signal()
    closed = Signal()

    def __init__(self, day: VisitDay, act: Callable[[str], None], task: Callable[[Task], None]) -> None:
        super().__init__()
        self._day = day
        self._task = task
        self._panel: PanelFrame | None = None
        self._made_for: VisitPanel | None = None
        self._line: AgendaLine | None = None
        self.details: LineDetails = self.part(LineDetails(act))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(day, self._render)

    @property
    def has_panel(self) -> bool:
        """Whether a form or the task list is open."""
        return self._panel is not None

    def take_focus(self) -> None:
        (self._panel or self.details).take_focus()

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: VisitState) -> None:
        line = self._day.line
        if line != self._line:
            self._line = line
            self.details.show_line(line)
        if state.panel is not self._made_for:
            self._drop(is_followed=state.panel is not None)
            self._made_for = state.panel
            if state.panel is not None:
                self._open(state.panel)

    def _open(self, panel: VisitPanel) -> None:
        self._panel = self._view_of(panel)
        self._stack.addWidget(self._panel)
        self._stack.setCurrentWidget(self._panel)
        self.opened.emit()
        self._panel.take_focus()

    def _drop(self, *, is_followed: bool) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.close_view()
        if not is_followed and panel.isAncestorOf(QApplication.focusWidget() or self):
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        self._stack.setCurrentWidget(self.details)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()

    def _view_of(self, panel: VisitPanel) -> PanelFrame:
        if isinstance(panel, ActivityForm):
            return activity_panel(panel)
        if isinstance(panel, ItemForm):
            return item_panel(panel)
        if isinstance(panel, PasteProgramme):
            return PastePanel(panel)
        if isinstance(panel, ProgrammeFile):
            return ProgrammeFilePanel(panel)
        return LeavePanel(panel, self._day.close_panel, self._task)


def _facts(line: AgendaLine) -> list[str]:
    activity = line.activity
    assert activity is not None
    if line.kind is not LineKind.ACTIVITY:
        parts = [f"Of {activity.title}", line.time, ui.count(line.notes, "note")]
        if line.kind is LineKind.NO_ITEM:
            parts.append("Written before an item was chosen, or under one that was taken off the agenda")
        return [part for part in parts if part]
    day = f"{ui.weekday(activity.on)} {activity.on.year}" if activity.on else "No date yet"
    times = f"{activity.starts} to {activity.ends}" if activity.ends else activity.starts
    beside = f"At the same time: {', '.join(line.beside)}" if line.beside else ""
    items = ui.count(len(activity.items), "agenda item") if activity.items else ""
    standing = line.standing.words if line.standing else ""
    found = (
        KINDS[activity.kind], ", ".join(part for part in (day, times) if part), standing, activity.place,
        f"Stream {activity.stream}" if activity.stream else "",
        f"Goes: {', '.join(activity.assigned)}" if activity.assigned else "", activity.organisation, beside, items,
        ui.count(line.notes, "note"),
    )  # fmt: skip
    return [part for part in found if part]


def _buttons(line: AgendaLine) -> dict[str, str]:
    found = {"open": "Open the live log", "notes": "Show its notes"}
    if line.kind is LineKind.NO_ITEM:
        return found
    found["change"] = "Change"
    if line.item is not None:
        return {**found, "call_off": "Take off the agenda"}
    return {
        **found,
        "items": "Add agenda items",
        "call_off": "Bring back" if line.is_cancelled else "Mark as cancelled",
    }
