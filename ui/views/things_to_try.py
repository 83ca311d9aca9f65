"""Things to try, on the screen: the list beside Home, and the line over every page of practice with what is next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.exercises import Exercise, Exercises, ExercisesState
from ui.qt.accessibility import named
from ui.views.labels import ElidedLabel
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel


class ThingsToTry(View):
    """``opened`` is told what was chosen, so that its page can be shown."""

    def __init__(self, exercises: Exercises, opened: Callable[[Exercise], None]) -> None:
        super().__init__()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 12, 8, 8)
        rows.setSpacing(6)
        scrolled(inside, self)
        self._heading = HeadingLabel("Things to try", level=2)
        self.list = TaskList("Things to try", "practice.list", lambda key: opened(Exercise(key)))
        again = button("Start again", "practice.again")
        again.clicked.connect(lambda: exercises.again())
        rows.addWidget(self._heading)
        rows.addWidget(HintLabel("Each ticks itself when you have done it. Nothing here leaves this laptop"))
        rows.addWidget(self.list)
        rows.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        self.follow(exercises, self._render)

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: ExercisesState) -> None:
        self._heading.setText(state.title)
        lines = [
            TaskLine(
                key=row.exercise.value, title=row.words, status="Done" if row.is_done else row.how,
                spoken=row.sentence, is_done=row.is_done,
            )
            for row in state.rows
        ]  # fmt: skip
        self.list.show_lines(state.title, lines)


class PracticeLine(View):
    """One line: that this is practice, what to try next and with which keys. ``show_all`` leads to the list."""

    def __init__(self, exercises: Exercises, show_all: Callable[[], None]) -> None:
        super().__init__()
        self._words = ElidedLabel()
        self._all = button("", "practice.all")
        self._all.clicked.connect(lambda: show_all())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.addWidget(self._words, 1)
        row.addWidget(self._all)
        self.follow(exercises, self._render)

    def take_focus(self) -> None:
        self._all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: ExercisesState) -> None:
        row = state.next
        words = f"Try this: {row.words}. {row.how}" if row is not None else "Everything was tried. Well done"
        self._words.show_words(words)
        self._words.setAccessibleName(words)
        named(self._all, state.title).setText(state.title)
