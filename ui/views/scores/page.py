"""The page Scores: every statement with the score that stands, each theme and the overall figure with its sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.judgement import PROVISIONAL
from fieldkit.reports.score_trace import NOT_THE_REGULATORS, marks_in_words
from ui.presenters.scores.lines import LineKind, ScoreLine
from ui.presenters.scores.page import ScoresPage, ScoresState
from ui.presenters.services import Sheets
from ui.qt.file_dialogs import file_to_save
from ui.views.rendering import View
from ui.views.scores.side import ScoresSide
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

NO_SCORES = "This framework gives no scores. Its rating characteristics are judged in words, on paper and in findings."


class ScoresView(View):
    """``back`` goes where one came from; ``sheets`` writes the trace."""

    def __init__(self, page: ScoresPage, sheets: Sheets, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        self._back = back
        self.list = TaskList("Scores by theme", "scores.list", self._opened)
        self.empty = EmptyState(NO_SCORES)
        self.fault = Banner("scores.fault")
        self.notice = Banner("scores.notice")
        self.tried = Banner("scores.tried")
        self._provisional = HintLabel(NOT_THE_REGULATORS)
        self._provisional.setWordWrap(True)
        self._framework = HintLabel()
        self._framework.setWordWrap(True)
        self._other = button("Other framework", "scores.other")
        self._stop = button("Back to what is saved", "scores.stop_trying")
        self._print_it = button("Save the trace", "scores.print", icon_name="download")
        self._other.clicked.connect(lambda: page.next_framework())
        self._stop.clicked.connect(lambda: page.stop_trying())
        self._print_it.clicked.connect(lambda: self._print())
        self._side: ScoresSide = self.part(ScoresSide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> ScoresSide:
        return self._side

    def take_focus(self) -> None:
        (self.list if self.list.count() else self._print_it).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"edit": self._edit, "print_case": self._print}

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel(f"Scores, {PROVISIONAL.lower()}"), 1)
        head.addWidget(self._other)
        head.addWidget(self._print_it)
        rows.addLayout(head)
        for each in (self._provisional, self._framework, self.fault, self.notice, self.tried):
            rows.addWidget(each)
        stop = QHBoxLayout()
        stop.addWidget(self._stop)
        stop.addStretch(1)
        rows.addLayout(stop)
        rows.addWidget(self.list)
        rows.addWidget(self.empty)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: ScoresState) -> None:
        framework = state.board.framework
        self._framework.setText(f"{framework.title}, pack {framework.version}")
        self._other.setVisible(len(self.page.frameworks) > 1)
        lines = [_line(one) for one in state.lines] if self.page.has_scores else []
        self.list.show_lines(f"Scores by theme, {len(lines)} lines, {PROVISIONAL.lower()}", lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        tried = f"Tried out, nothing is saved: {marks_in_words(framework, state.tried)}" if state.tried else ""
        self._stop.setVisible(bool(tried))
        for banner, said, kind in (
            (self.fault, state.fault, "danger"), (self.notice, state.notice, "success"), (self.tried, tried, "warning"),
        ):  # fmt: skip
            if banner.words != said:
                banner.say(said, kind)

    def _moved(self) -> None:
        place, lines = self.list.currentRow(), self.page.state.lines
        if self.list.hasFocus() and 0 <= place < len(lines):
            self.page.choose(lines[place].key)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._side.opened.emit()
        self._edit()

    def _edit(self) -> None:
        line = self.page.state.line
        if line is None or line.kind is LineKind.FIGURE:
            self._side.opened.emit()
            return
        self.page.judge()

    def _print(self) -> None:
        asked = partial(file_to_save, self, "Save the trace", "Scores.pdf", "PDF (*.pdf);;Web page (*.html)")
        self.page.print_to(asked, self._sheets)


def _line(line: ScoreLine) -> TaskLine:
    is_figure = line.kind is LineKind.FIGURE
    mark = "gauge" if is_figure else "circle-dashed" if line.is_open else "circle-check"
    return TaskLine(
        key=line.key, title=line.title, status=line.status, spoken=f"{line.title}. {line.status}",
        is_done=not line.is_open, is_tinted=line.is_open or line.is_tried, tint="Blue", mark=mark,
    )  # fmt: skip
