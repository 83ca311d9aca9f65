"""Before you leave: a task list whose whole rows open; done rows are plain, open ones carry a tint (ux S4)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from ui.presenters.visit.leave import BeforeYouLeave, LeaveState, Task
from ui.views.panels.frame import PanelFrame
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.labels import HintLabel


class LeavePanel(PanelFrame):
    """``opened`` is told which task's row was chosen."""

    def __init__(self, leave: BeforeYouLeave, close: Callable[[], None], opened: Callable[[Task], None]) -> None:
        super().__init__("Before you leave", close)
        self.list = TaskList(leave.state.title, "visit.tasks", lambda key: opened(Task(key)))
        self.add(HintLabel("Enter opens a row where it is done"))
        self.add(self.list)
        self.follow(leave, self._render)

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: LeaveState) -> None:
        lines = [
            TaskLine(
                key=row.task.value, title=row.task.value, status=row.status, spoken=row.sentence, is_done=row.is_done,
                is_tinted=not row.is_done,
            )
            for row in state.tasks
        ]  # fmt: skip
        self.list.show_lines(state.title, lines)
