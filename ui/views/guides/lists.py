"""The middle of the page to begin with: the guides of the assessment, and those that came with the program."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.guides.page import GuidesPage
from ui.presenters.guides.state import GuideRow, GuidesState, Showing
from ui.presenters.guides.words import about
from ui.views.rendering import SideView, View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "No guides in this assessment yet. Use one that came with FieldKit, bring in a form, or make a new one."
_CAME = "Using one copies it into this assessment, where it can be changed and travels to your team."
_CHANGED = "Changed here, no version yet"


class GuideLists(View):
    """Enter on a guide leads into ``side``, where what can be done with it stands."""

    def __init__(self, page: GuidesPage, side: SideView) -> None:
        super().__init__()
        self.page = page
        self._side = side
        self.here = TaskList("Guides of this assessment", "guides.here", self._opened)
        self.built_in = TaskList("Guides that came with FieldKit", "guides.built_in", self._opened)
        self.empty = EmptyState(EMPTY)
        self._bring_in = button("Bring in a form", "guides.bring_in", icon_name="folder-open")
        self._bring_in.clicked.connect(lambda: page.bring_in())
        self._new = button("New guide", "guides.new", icon_name="plus")
        self._new.clicked.connect(lambda: page.new())
        for one in (self.here, self.built_in):
            one.currentRowChanged.connect(lambda _, one=one: self._moved(one))
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        target = self.here if self.here.count() else self.built_in
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Interview guides"), 1)
        head.addWidget(self._bring_in)
        head.addWidget(self._new)
        rows.addLayout(head)
        rows.addWidget(self.here)
        rows.addWidget(self.empty)
        rows.addSpacing(12)
        rows.addWidget(HeadingLabel("Came with FieldKit", level=2))
        rows.addWidget(HintLabel(_CAME))
        rows.addWidget(self.built_in)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: GuidesState) -> None:
        if state.showing is not Showing.LIST:
            return
        self.here.show_lines(f"Guides of this assessment, {len(state.rows)}", [_line(row) for row in state.rows])
        self.here.setVisible(bool(state.rows))
        self.empty.setVisible(not state.rows)
        came = [_came(one.id, one.guide.title, about(one.guide)) for one in state.built_in]
        self.built_in.show_lines(f"Guides that came with FieldKit, {len(came)}", came)
        for which, keys in self._keys(state):
            place = keys.index(state.chosen) if state.chosen in keys else -1
            if which.currentRow() != place and (place >= 0 or not which.hasFocus()):
                which.setCurrentRow(place)

    def _moved(self, which: TaskList) -> None:
        place, keys = which.currentRow(), dict(self._keys(self.page.state))[which]
        if which.hasFocus() and 0 <= place < len(keys):
            self.page.choose(keys[place])

    def _keys(self, state: GuidesState) -> tuple[tuple[TaskList, list[str]], ...]:
        """The ids in each list, in their order."""
        return (self.here, [row.key for row in state.rows]), (self.built_in, [one.id for one in state.built_in])

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        QTimer.singleShot(0, self, self._lead_on)  # this very Enter is not to press the button it leads to

    def _lead_on(self) -> None:
        self._side.opened.emit()
        self._side.take_focus()


def _line(row: GuideRow) -> TaskLine:
    status = f"{about(row.guide)} · {_CHANGED}" if row.changed else about(row.guide)
    return TaskLine(
        key=row.key, title=row.guide.title, status=status, spoken=f"{row.guide.title}. {status}", is_done=False,
        mark="file-text", is_tinted=row.changed is not None,
    )  # fmt: skip


def _came(key: str, title: str, status: str) -> TaskLine:
    return TaskLine(key=key, title=title, status=status, spoken=f"{title}. {status}", is_done=False, mark="file-text")
