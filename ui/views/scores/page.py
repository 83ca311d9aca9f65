"""The page Scores: every statement with the score that stands, each theme and the overall figure with its sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.judgement import PROVISIONAL
from fieldkit.reports.score_trace import NOT_ADDED_UP, NOT_THE_REGULATORS, marks_in_words
from ui.presenters.scores.lines import LineKind, ScoreLine
from ui.presenters.scores.page import ScoresPage, ScoresState
from ui.presenters.services import Sheets
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.rendering import View
from ui.views.scores.side import ScoresSide
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel


def nothing_yet(noun: str) -> str:
    """What an empty board says."""
    did = {"rating": "rated"}.get(noun, "scored")
    return f"Nothing {did} yet. {noun.capitalize()}s stay provisional, and on this laptop until you send them."


def blind_words(noun: str) -> str:
    """What is hidden, and where it lies all the same."""
    return (
        f"What others gave is hidden until your own {noun} is saved. Reports leave it out too. It lies on "
        "this laptop all the same: what is taken out holds it."
    )


class ScoresView(View):
    """``sheets`` writes the trace."""

    def __init__(self, page: ScoresPage, sheets: Sheets) -> None:
        super().__init__()
        self.page = page
        self._sheets = sheets
        self.list = TaskList("Scores by theme", "scores.list", self._opened)
        self.fault = Banner("scores.fault")
        self.notice = Banner("scores.notice")
        self.tried = Banner("scores.tried")
        self._heading = HeadingLabel(f"Scores, {PROVISIONAL.lower()}")
        self._provisional = HintLabel(NOT_THE_REGULATORS)
        self._provisional.setWordWrap(True)
        self._framework = HintLabel()
        self._hint = HintLabel()
        self._hint.setWordWrap(True)
        self._framework.setWordWrap(True)
        self._other = button("Other framework", "scores.other")
        self._stop = button("Back to what is saved", "scores.stop_trying")
        self._blind = button("Hide others' scores", "scores.blind")
        self._print_it = button("Save the trace", "scores.print", icon_name="download")
        self._other.clicked.connect(lambda: page.next_framework())
        self._stop.clicked.connect(lambda: page.stop_trying())
        self._blind.clicked.connect(lambda: page.score_blind(is_on=not page.state.read.is_blind))
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
        page = self.page
        return {
            "judge_score": self._edit, "next_unscored": self._next, "settle_score": page.moderate,
            "override_rating": page.override, "score_history": page.show_history, "print_trace": self._print,
            "hide_scores": lambda: page.score_blind(is_on=not page.state.read.is_blind),
        }  # fmt: skip

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
        head.addWidget(self._heading, 1)
        head.addWidget(self._blind)
        head.addWidget(self._print_it)
        rows.addLayout(head)
        rows.addWidget(self._provisional)
        against = QHBoxLayout()
        against.addWidget(self._framework, 1)
        against.addWidget(self._other)
        rows.addLayout(against)
        for each in (self._hint, self.fault, self.notice, self.tried):
            rows.addWidget(each)
        stop = QHBoxLayout()
        stop.addWidget(self._stop)
        stop.addStretch(1)
        rows.addLayout(stop)
        rows.addWidget(self.list)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: ScoresState) -> None:
        framework, noun = state.board.framework, state.board.framework.method.noun
        self._heading.setText(f"{noun.capitalize()}s, {PROVISIONAL.lower()}")
        self._framework.setText(f"{framework.title}, pack {framework.version}")
        self._other.setVisible(len(self.page.frameworks) > 1)
        self._provisional.setText(NOT_THE_REGULATORS if self.page.has_scores else f"{PROVISIONAL}. {NOT_ADDED_UP}")
        hints = (nothing_yet(noun) if not state.board.settled else "", blind_words(noun) if state.read.is_blind else "")
        self._hint.setText(" ".join(filter(None, hints)))
        self._hint.setVisible(any(hints))
        self._blind.setVisible(not framework.method.blind)
        words = f"Show all {noun}s" if state.read.is_blind else f"Hide others' {noun}s"
        named(self._blind, words).setText(words)
        lines = [_line(one) for one in state.lines]
        self.list.show_lines(f"{noun.capitalize()}s by theme, {len(lines)} lines, {PROVISIONAL.lower()}", lines)
        keys = [one.key for one in state.lines]
        if state.chosen in keys and self.list.currentRow() != keys.index(state.chosen):
            self.list.go_to(keys.index(state.chosen))  # the page went on to the next one without a score
        tried = (
            f"Tried out, {PROVISIONAL.lower()}, nothing is saved: {marks_in_words(framework, state.tried)}"
            if state.tried
            else ""
        )
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

    def _next(self) -> None:
        if self.page.choose_unscored():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _print(self) -> None:
        asked = partial(
            file_to_save,
            self,
            "Save the trace",
            f"{self.page.noun.capitalize()}s.pdf",
            "PDF (*.pdf);;Web page (*.html)",
        )
        self.page.print_to(asked, self._sheets)


def _line(line: ScoreLine) -> TaskLine:
    is_figure = line.kind is LineKind.FIGURE
    mark = "gauge" if is_figure else "circle-dashed" if line.is_open else "circle-check"
    if line.is_stale and not line.is_open:
        mark = "triangle-alert"
    return TaskLine(
        key=line.key, title=line.title, status=line.status, spoken=f"{line.title}. {line.status}",
        is_done=not line.is_open, is_tinted=line.is_open or line.is_tried, tint="Blue", mark=mark,
    )  # fmt: skip
