"""The page Factual accuracy: one list of drafts, comments, summits and actions; what is chosen stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.accuracy.lines import AccuracyLine, LineKind
from ui.presenters.accuracy.page import AccuracyPageOf, AccuracyState
from ui.presenters.services import Sheets
from ui.presenters.wording import ui
from ui.qt.file_dialogs import file_to_save
from ui.views.accuracy.side import AccuracySide
from ui.views.evidence.flow import FlowLayout
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "No draft was sent out yet. Record the e-mail, and each body gets a clock of 10 working days."
_MARKS = {
    LineKind.DRAFT: "send", LineKind.COMMENT: "circle-dashed", LineKind.SUMMIT: "map", LineKind.ACTION: "square-pen",
}  # fmt: skip


class AccuracyView(View):
    """``sheets`` writes what is printed."""

    def __init__(self, page: AccuracyPageOf, sheets: Sheets) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        self.list = TaskList("Factual accuracy", "accuracy.list", self._opened)
        self.empty = EmptyState(EMPTY)
        self.fault = Banner("accuracy.fault")
        self.notice = Banner("accuracy.notice")
        self._count = HintLabel()
        self._send = button("Record a draft sent out", "accuracy.send", kind="primary", icon_name="plus")
        self._others = {
            "comment": button("Add a comment", "accuracy.comment"),
            "import": button("Comments from a file", "accuracy.import"),
            "print": button("Save to print", "accuracy.print", icon_name="download"),
            "plan": button("Plan an action", "accuracy.plan"),
            "summit": button("Record a summit", "accuracy.summit"),
            "reports": button("Its reports", "accuracy.reports", icon_name="file-text"),
        }
        deeds: dict[str, Callable[[], object]] = {
            "comment": page.comment, "import": page.bring_in, "print": self._print, "plan": page.plan,
            "summit": page.summit, "reports": page.open_reports,
        }  # fmt: skip
        self._send.clicked.connect(lambda: page.send())
        for name, made in self._others.items():
            made.clicked.connect(lambda _=False, deed=deeds[name]: deed())
        self._side: AccuracySide = self.part(AccuracySide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> AccuracySide:
        return self._side

    def take_focus(self) -> None:
        (self.list if self.list.count() else self._send).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"note": self.page.comment}

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        heading = HeadingLabel("Factual accuracy")
        heading.setWordWrap(True)
        head.addWidget(heading, 1)
        head.addWidget(self._send)
        rows.addLayout(head)
        others = QWidget()
        flow = FlowLayout(6)
        for made in self._others.values():
            flow.addWidget(made)
        others.setLayout(flow)
        for each in (self._count, others, self.fault, self.notice, self.list, self.empty):
            rows.addWidget(each)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: AccuracyState) -> None:
        comments = state.facts.comments
        open_ones = sum(one.answer is None for one in comments)
        self._count.setText(
            f"{ui.count(len(comments), 'comment')}, {open_ones} not answered yet. Everything can be saved at any time"
        )
        self._count.setVisible(bool(state.lines))
        lines = [_line(one) for one in state.lines]
        self.list.show_lines(f"Factual accuracy, {len(lines)} lines", lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not state.facts.sent)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)

    def _moved(self) -> None:
        place, lines = self.list.currentRow(), self.page.state.lines
        if self.list.hasFocus() and 0 <= place < len(lines):
            self.page.choose(lines[place].key)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._side.opened.emit()
        self._side.take_focus()

    def _print(self) -> None:
        asked = partial(
            file_to_save, self, "Save comments and answers", "Factual accuracy.pdf", "PDF (*.pdf);;Web page (*.html)"
        )
        self.page.print_to(asked, self._sheets)


def _line(line: AccuracyLine) -> TaskLine:
    mark = _MARKS[line.kind] if line.is_open or line.kind is LineKind.DRAFT else "circle-check"
    return TaskLine(
        key=line.key, title=line.title, status=line.status, spoken=f"{line.title}. {line.status}",
        is_done=not line.is_open, is_tinted=line.is_open, tint="Red" if line.is_late else "Blue", mark=mark,
    )  # fmt: skip
