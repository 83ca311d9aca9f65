"""The page End of day: one list of everything on the sheet, worked by keys alone; what is chosen stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.day.lines import DayRow, LineKind
from ui.presenters.day.page import DaySheetPage, DayState
from ui.presenters.services import Sheets
from ui.qt.file_dialogs import file_to_save
from ui.views.day.side import DaySide
from ui.views.evidence.flow import FlowLayout
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel

_MARKS = {
    LineKind.ITEM: "circle-check", LineKind.NONE: "minus", LineKind.BLANK: "circle-dashed", LineKind.CHANGE: "clock",
    LineKind.PROPOSAL: "plus", LineKind.OFF: "circle-x",
}  # fmt: skip
_DONE = frozenset({LineKind.ITEM, LineKind.NONE, LineKind.CHANGE, LineKind.OFF})


class DaySheetView(View):
    """``back`` goes where one came from; ``sheets`` writes the sheet."""

    def __init__(self, page: DaySheetPage, sheets: Sheets, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        self._back = back
        self.list = TaskList("End-of-day sheet", "day.list", self._opened)
        self.fault = Banner("day.fault")
        self.notice = Banner("day.notice")
        self._heading = HeadingLabel("")
        self._heading.setWordWrap(True)
        self._standing = HintLabel()
        self._standing.setWordWrap(True)
        self._buttons = {
            "add": button("Add an item", "day.add", kind="primary", icon_name="plus"),
            "none": button("State None", "day.none"),
            "finish": button("Finish the sheet", "day.finish"),
            "print": button("Save to print", "day.print", icon_name="download"),
            "before": button("Day before", "day.before"),
            "after": button("Day after", "day.after"),
        }
        deeds: dict[str, Callable[[], object]] = {
            "add": page.add, "none": page.state_none, "finish": page.finish, "print": self._print,
            "before": lambda: page.go(-1), "after": lambda: page.go(1),
        }  # fmt: skip
        for name, made in self._buttons.items():
            made.clicked.connect(lambda _=False, deed=deeds[name]: deed())
        self._side: DaySide = self.part(DaySide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> DaySide:
        return self._side

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        return {
            "note": page.add, "change_day_item": page.change, "state_none": page.state_none,
            "remove_day_item": page.remove, "finish_day": page.finish, "print_day": self._print,
            "day_before": lambda: page.go(-1), "day_after": lambda: page.go(1), "day_source": page.open_source,
        }  # fmt: skip

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._buttons["add"])
        rows.addLayout(head)
        rows.addWidget(self._standing)
        others = QWidget()
        flow = FlowLayout(6)
        for name in ("none", "finish", "print", "before", "after"):
            flow.addWidget(self._buttons[name])
        others.setLayout(flow)
        for each in (others, self.fault, self.notice, self.list):
            rows.addWidget(each)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: DayState) -> None:
        self._heading.setText(f"End of day, {self.page.day_words}")
        self._standing.setText(state.standing)
        days, day = state.facts.days, self.page.day
        self._buttons["before"].setEnabled(day != days[0])
        self._buttons["after"].setEnabled(day != days[-1])
        lines = [_line(one) for one in state.lines]
        self.list.show_lines(f"End-of-day sheet, {len(lines)} lines", lines)
        place = next((at for at, one in enumerate(state.lines) if one.key == state.chosen), -1)
        if place >= 0 and place != self.list.currentRow():
            self.list.go_to(place)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)

    def _moved(self) -> None:
        place, lines = self.list.currentRow(), self.page.state.lines
        if self.list.hasFocus() and 0 <= place < len(lines):
            self.page.choose(lines[place].key)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self.page.enter()

    def _print(self) -> None:
        name = f"End of day {self.page.day.isoformat()}.pdf"
        asked = partial(file_to_save, self, "Save the sheet", name, "PDF (*.pdf);;Web page (*.html)")
        self.page.print_to(asked, self._sheets)


def _line(line: DayRow) -> TaskLine:
    is_open = line.kind is LineKind.BLANK
    return TaskLine(
        key=line.key, title=line.title, status=line.status, spoken=f"{line.title}. {line.status}",
        is_done=line.kind in _DONE, is_tinted=is_open, tint="Amber" if is_open else "Blue", mark=_MARKS[line.kind],
    )  # fmt: skip
