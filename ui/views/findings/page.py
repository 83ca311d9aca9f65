"""The page Findings: every statement with its findings, or the written parts of the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.findings.lines import FindingLine, LineKind
from ui.presenters.findings.page import FindingsPage, FindingsState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.findings.side import FindingsSide
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel

_TEXTS, _FINDINGS = "Texts of the report", "Back to findings"


class FindingsView(View):
    """The list, and region D beside it."""

    def __init__(self, page: FindingsPage) -> None:
        super().__init__()
        self.page = page
        self.list = TaskList("Findings by statement", "findings.list", self._opened)
        self.fault = Banner("findings.fault")
        self.notice = Banner("findings.notice")
        self.waiting = Banner("findings.waiting")
        self._counts = HintLabel()
        self._counts.setWordWrap(True)
        self._add = button("Add a finding", "findings.add", kind="primary", icon_name="plus")
        self._texts = button(_TEXTS, "findings.texts")
        self._report = button("Take out the report", "findings.report", icon_name="file-text")
        self._other = button("Other framework", "findings.other")
        self._keep = button("Add them to the chosen finding", "findings.add_waiting", kind="primary")
        self._forget = button("Not now", "findings.forget_waiting")
        self._add.clicked.connect(lambda: page.add())
        self._texts.clicked.connect(lambda: page.show_texts(is_on=not page.state.shows_texts))
        self._report.clicked.connect(lambda: page.open_reports())
        self._other.clicked.connect(lambda: page.next_framework())
        self._keep.clicked.connect(lambda: page.add_waiting())
        self._forget.clicked.connect(lambda: page.forget_waiting())
        self._side: FindingsSide = self.part(FindingsSide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> FindingsSide:
        return self._side

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"change_finding": self.page.edit, "note": self.page.add, "find": self._side.seek}

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page.look(is_up=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.page.look(is_up=False)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Findings"), 1)
        for each in (self._report, self._texts, self._add):
            head.addWidget(each)
        rows.addLayout(head)
        against = QHBoxLayout()
        against.addWidget(self._counts, 1)
        against.addWidget(self._other)
        rows.addLayout(against)
        for banner in (self.fault, self.notice, self.waiting):
            rows.addWidget(banner)
        brought = QHBoxLayout()
        for each in (self._keep, self._forget):
            brought.addWidget(each)
        brought.addStretch(1)
        rows.addLayout(brought)
        rows.addWidget(self.list)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: FindingsState) -> None:
        self._counts.setText(_counts(state))
        self._other.setVisible(len(self.page.frameworks) > 1)
        words = _FINDINGS if state.shows_texts else _TEXTS
        named(self._texts, words).setText(words)
        self._report.setVisible(state.shows_texts)
        self._add.setVisible(not state.shows_texts)
        lines = [_line(one) for one in state.lines]
        name = "Texts of the report" if state.shows_texts else "Findings by statement"
        self.list.show_lines(f"{name}, {len(lines)} lines", lines)
        waits = bool(state.waiting)
        self._keep.setVisible(waits and state.view is not None)
        self._forget.setVisible(waits)
        brought = ""
        if waits:
            count = ui.count(len(state.waiting), "note")
            brought = f"{count} to add. Choose a finding and press Enter, or a statement for a new finding"
        for banner, said, kind in (
            (self.fault, state.fault, "danger"), (self.notice, state.notice, "success"),
            (self.waiting, brought, "warning"),
        ):  # fmt: skip
            if banner.words != said:
                banner.say(said, kind)
        self._follow_chosen(state)

    def _follow_chosen(self, state: FindingsState) -> None:
        """A finding that was just made, or made again of new data, is where the cursor goes."""
        places = [one.key for one in state.lines]
        if state.chosen in places and self.list.currentRow() != places.index(state.chosen):
            self.list.go_to(places.index(state.chosen))

    def _moved(self) -> None:
        place, lines = self.list.currentRow(), self.page.state.lines
        if self.list.hasFocus() and 0 <= place < len(lines):
            self.page.choose(lines[place].key)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._side.opened.emit()
        line = self.page.state.line
        if line is not None and line.kind is LineKind.FINDING and not self.page.state.waiting:
            self._side.take_focus()
        else:
            self.page.edit()


def _counts(state: FindingsState) -> str:
    board = state.read.board
    framework = f"{board.framework.title}, pack {board.framework.version}"
    if state.shows_texts:
        left = sum(one.is_open for one in state.lines)
        return f"{framework}. {ui.count(left, 'text')} not written yet, which holds nothing up"
    notes = f"{ui.count(board.notes, 'note')} under {ui.count(len(board.findings), 'finding')}"
    if board.shared:
        notes += f", {board.shared} of them under more than one: each counts once"
    return f"{framework}. {notes}"


def _line(line: FindingLine) -> TaskLine:
    marks = {LineKind.STATEMENT: "tag", LineKind.FINDING: "quote", LineKind.TEXT: "square-pen"}
    tinted = line.is_marked
    return TaskLine(
        key=line.key, title=line.title, status=line.status, spoken=f"{line.title}. {line.status}",
        is_done=not line.is_open, is_tinted=tinted, tint="Amber", mark=marks[line.kind],
    )  # fmt: skip
