"""One question at a time: its words, the answer box, the free notes beside it, and the notes made so far."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.models.log_model import LogModel
from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import InterviewState
from ui.presenters.interview.timer import TimeState
from ui.presenters.log.capture_line import LineState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.typography import digits_font
from ui.views.evidence.flow import FlowLayout
from ui.views.interview.bars import LineBar, WhyBar
from ui.views.interview.edits import TalkEdit
from ui.views.interview.question_part import QuestionPart, Speakers
from ui.views.labels import ElidedHeading
from ui.views.log.log_table import LogTable
from ui.views.log.name_hint import NameHint
from ui.views.log.paper_bar import ON, PaperBar
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel, RoleLabel

_TABLE = 190
"""Pixels the notes have at least."""


class AskingView(View):
    """``act`` does something to the note under the cursor."""

    def __init__(self, page: InterviewPage, act: Callable[[str], None]) -> None:
        super().__init__()
        self.page = page
        asking = page.asking
        self.heading = ElidedHeading(page.state.title)
        self._clock = named(RoleLabel(), "Interview time", "interview.time")
        self.fault = Banner("interview.fault")
        self.remark = Banner("interview.remark")
        self.question: QuestionPart = self.part(QuestionPart(page, self))
        self.speakers = Speakers(page)
        self.answer = TalkEdit(asking.answer.line, "Answer", "interview.answer", "Start typing the answer")
        self.free = TalkEdit(asking.free.line, "Free notes", "interview.free", "Anything beside the question")
        self._answer_label, self._answer_about = RoleLabel("Answer"), HintLabel()
        self._free_label = RoleLabel("Free notes")
        self.paper: PaperBar = self.part(PaperBar(page.asking.paper, "interview", self._timed))
        self._names, self._free_names = NameHint(), NameHint()
        self.next = button("Save and next", "interview.next", kind="primary")
        self.skip = button("Skip", "interview.skip")
        self.prompts = button("Prompts", "interview.prompts")
        self.add = button("Add a question", "interview.add")
        self.save_free = button("Save note", "interview.save_free")
        self.why = WhyBar(page.say_why)
        self.jump = LineBar("Jump to question, number or word", "interview.jump", "Jump", page.jump, self.take_focus)
        self.own = LineBar("Your own question", "interview.own", "Add", self._add_own, self.take_focus)
        self.table = LogTable("interview.notes")
        self.model = LogModel(asking.rows, asking.reader, asking.hand_over.waiting, self)
        self._act = act
        self._lay_out()
        self._connect()

    def take_focus(self) -> None:
        wanted = self.answer if self.page.state.current is not None else self.free
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_view(self) -> None:
        self.model.close()
        super().close_view()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self._clock)
        about = QHBoxLayout()
        about.setSpacing(12)
        about.addWidget(self._answer_label)
        about.addWidget(self._answer_about, 1)
        presses = FlowLayout()
        for each in (self.next, self.skip, self.prompts, self.add):
            presses.addWidget(each)
        free = QHBoxLayout()
        free.setSpacing(8)
        free.addWidget(self.free, 1)
        free.addWidget(self.save_free, 0, Qt.AlignmentFlag.AlignVCenter)
        self.table.setMinimumHeight(_TABLE)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(6)
        rows.addLayout(head)
        for part in (self.fault, self.remark, self.question, self.speakers):
            rows.addWidget(part)
        rows.addLayout(about)
        rows.addWidget(self.answer)
        rows.addWidget(self._names)
        rows.addLayout(presses)
        for bar in (self.paper, self.why, self.jump, self.own):
            rows.addWidget(bar)
        rows.addWidget(self._free_label)
        rows.addLayout(free)
        rows.addWidget(self._free_names)
        rows.addWidget(self.table, 1)
        rows.addStretch(0)
        scrolled(inside, self)
        self.free.be_low(is_low=True)
        self._answer_label.setBuddy(self.answer)
        self._free_label.setBuddy(self.free)

    def _connect(self) -> None:
        page = self.page
        self.table.show_model(self.model)
        self.table.acted.connect(self._act)
        self.table.near_top.connect(page.asking.rows.older)
        self.answer.saved.connect(page.save)
        self.free.saved.connect(lambda: page.asking.save_free())
        for edit in (self.answer, self.free):
            edit.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.next.clicked.connect(lambda: page.save_and_next())
        self.skip.clicked.connect(lambda: page.skip())
        self.prompts.clicked.connect(lambda: page.toggle_prompts())
        self.add.clicked.connect(lambda: self.own.open())
        self.save_free.clicked.connect(lambda: page.asking.save_free())
        self.follow(page, self._render)
        self.follow(page.timer, self._render_time)
        self.follow(page.asking.answer.line, self._render_answer)
        self.follow(page.asking.paper, lambda _: self._about(page.asking.answer.line.state))
        self.follow(page.asking.free.line, self.free.render_line)
        self.follow(page.asking.free.line, self._free_names.render_line)
        self.hear(page.asking.rows.moved.listen(lambda _: self._counted()))
        self._counted()

    def _render(self, state: InterviewState) -> None:
        title = "   ".join(part for part in (state.title, state.attribution, state.band) if part)
        self.heading.show_words(title)
        named(self.heading, ", ".join(part for part in (state.title, state.attribution, state.band) if part))
        current = state.current
        for each in (self._answer_label, self._answer_about, self.answer, self.next, self.skip, self.prompts):
            each.setVisible(current is not None)
        if current is not None:
            named(self.answer, f"Answer to question {current.number}, {current.text[:200]}")
            named(self.prompts, f"Prompts ({len(current.prompts)})").setText(f"Prompts ({len(current.prompts)})")
        self.speakers.show_chips(state.chips)
        self.why.show_for(state.skipped)
        self._say(self.fault, state.fault, "danger")
        self._say(self.remark, state.recovered or state.remark, "info")
        self._about(self.page.asking.answer.line.state)

    def _say(self, banner: Banner, words: str, kind: str) -> None:
        if banner.words != words:
            banner.say(words, kind, remedy="Dismiss" if words else "", do=self.page.dismiss)

    def _render_time(self, state: TimeState) -> None:
        self._clock.setFont(digits_font())
        self._clock.setText(state.text)
        self._clock.setAccessibleName(state.words or "The interview has not started")
        self._clock.setVisible(bool(state.text))

    def _render_answer(self, state: LineState) -> None:
        self.answer.render_line(state)
        self._names.render_line(state)
        self._about(state)

    def _about(self, line: LineState) -> None:
        state = self.page.state
        time = ui.clock(line.noticed_at) if line.noticed_at else ""
        speaking = next((f"Person {one.person}" for one in state.chips if one.is_speaking), "")
        paper = ON if self.page.asking.paper.state.is_on else ""
        words = "   ".join(part for part in (paper, time, speaking, state.category) if part)
        if self._answer_about.text() != words:
            self._answer_about.setText(words)

    def _timed(self) -> None:
        """The time was told, or was not: on in the box whose note waited for it, or with the next answer."""
        is_free = not self.page.asking.free.is_empty and self.page.asking.answer.is_empty
        self.free.setFocus(Qt.FocusReason.OtherFocusReason) if is_free else self.take_focus()

    def _counted(self) -> None:
        count = self.model.rowCount() + self.page.asking.rows.older_count
        named(self.table, f"Notes of this interview, {count:,}")
        self.table.setVisible(bool(count))
        self.page.asking.panels.rows_changed(self.page.asking.rows.row)

    def _add_own(self, text: str) -> bool:
        if not text.strip():
            return True
        self.page.add_question(text)
        return True
