"""The page Information requests: the register, awaited ones first, and what is chosen beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.app.rows import RecordRow
from fieldkit.domain.request import RequestStatus
from ui.presenters.requests.page import RequestsPage, RequestsState
from ui.views.rendering import View
from ui.views.requests.side import RequestsSide
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "No information requests yet. Before one is added, FieldKit looks for what is held already."
_MARKS = {
    RequestStatus.DRAFT: "square-pen", RequestStatus.ASKED: "send", RequestStatus.PART_RECEIVED: "circle-dashed",
    RequestStatus.RECEIVED: "circle-check", RequestStatus.REFUSED: "circle-x", RequestStatus.NOT_NEEDED: "minus",
}  # fmt: skip


class RequestsView(View):
    """``back`` goes where one came from."""

    def __init__(self, page: RequestsPage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._back = back
        self.list = TaskList("Information requests", "requests.list", self._opened)
        self.empty = EmptyState(EMPTY)
        self.fault = Banner("requests.fault")
        self.notice = Banner("requests.notice")
        self._count = HintLabel()
        self._add = button("Add a request", "requests.add", kind="primary", icon_name="plus")
        self._add.clicked.connect(lambda: page.add())
        self._side: RequestsSide = self.part(RequestsSide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> RequestsSide:
        return self._side

    def take_focus(self) -> None:
        (self.list if self.list.count() else self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        return {"note": page.add, "change_request": page.change}

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Information requests"), 1)
        head.addWidget(self._add)
        rows.addLayout(head)
        for each in (self._count, self.fault, self.notice, self.list, self.empty):
            rows.addWidget(each)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: RequestsState) -> None:
        lines = [self._line(row) for row in state.rows]
        awaited = sum(row.value.status.is_open for row in state.rows)
        self._count.setText(f"{awaited} awaited, {len(lines) - awaited} ended")
        self._count.setVisible(bool(lines))
        self.list.show_lines(f"Information requests, {len(lines)}", lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)

    def _line(self, row: RecordRow) -> TaskLine:
        value = row.value
        today = self.page.session.clock.now().astimezone().date()
        title = f"{value.reference}  {value.what}" + (f" · {value.asked_of}" if value.asked_of else "")
        status = self.page.status(value)
        return TaskLine(
            key=row.record, title=title, status=status, spoken=f"{title}. {status}", is_done=not value.status.is_open,
            is_tinted=value.status.is_open, tint="Red" if value.is_late(today) else "Blue", mark=_MARKS[value.status],
        )  # fmt: skip

    def _moved(self) -> None:
        place, rows = self.list.currentRow(), self.page.state.rows
        if self.list.hasFocus() and 0 <= place < len(rows):
            self.page.choose(rows[place].record)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._side.opened.emit()
