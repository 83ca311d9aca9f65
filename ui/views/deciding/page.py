"""The page Decide (ux S12b): what waits for a decision, one after the other, by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.app.floods import Flood
from fieldkit.app.open_questions import Combined
from ui.presenters.deciding import words
from ui.presenters.deciding.page import BOTH, NEW, DecidePage, DecideState
from ui.presenters.sending.rows import kind_word
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.views.deciding.question import QuestionBox, aligned_widget
from ui.views.rendering import View, clear
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

EMPTY = "No decisions needed."


class DecideView(View):
    """``back`` goes where one came from."""

    def __init__(self, page: DecidePage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._back = back
        self._turn: tuple[int, str] | None = None
        self.box: QuestionBox | None = None
        self.empty = EmptyState(EMPTY)
        self.fault, self.notice = Banner("decide.fault"), Banner("decide.notice")
        self._title = HeadingLabel("Decide", level=1)
        self._place = RoleLabel()
        self.next = button("Next", "decide.next")
        self.later = button("Decide later", "decide.later")
        self.next.clicked.connect(lambda: page.step())
        self.later.clicked.connect(lambda: self._back())
        self.open = button("Open it", "decide.open")
        self.open.clicked.connect(lambda: page.open_record())
        self._floods, self._here, self._combined = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._shown_floods: tuple[Flood, ...] | None = None
        self._shown_combined: tuple[Combined, ...] | None = None
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        target = self.box.first if self.box is not None else self.empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        keys = {"keep_laptop": "laptop", "keep_central": "central", "keep_both": BOTH, "write_new": NEW}
        return {
            **{name: partial(self._pick, which) for name, which in keys.items()},
            "next_question": self.page.step,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.page.save()
            return
        super().keyPressEvent(event)

    def _pick(self, which: str) -> None:
        if self.box is not None:
            self.page.pick(self.box.part_at_hand(), which)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(self._title)
        steps = QHBoxLayout()
        steps.addWidget(self._place, 1)
        for each in (self.open, self.next, self.later):
            steps.addWidget(each)
        rows.addLayout(steps)
        for banner in (self.fault, self.notice):
            rows.addWidget(banner)
        rows.addLayout(self._floods)
        rows.addWidget(self.empty)
        rows.addLayout(self._here)
        rows.addLayout(self._combined)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: DecideState) -> None:
        question, count = state.question, len(state.questions)
        self._title.setText(f"Decide: {_heading(question)}" if question is not None else "Decide")
        self._place.setText(f"{state.place + 1} of {count}" if count else "")
        for each, shown in ((self._place, bool(count)), (self.later, True), (self.next, count > 1)):
            each.setVisible(shown)
        self.open.setVisible(question is not None)
        words_of = f"Open the {words.thing(question.kind)}" if question is not None else "Open it"
        if self.open.text() != words_of:
            named(self.open, words_of).setText(words_of)
        leave = "Decide later" if count else "Back"
        if self.later.text() != leave:
            named(self.later, leave).setText(leave)
        self.empty.setVisible(question is None and not state.floods)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        self._render_floods(state.floods)
        self._render_question(state)
        self._render_combined(state.combined)

    def _render_question(self, state: DecideState) -> None:
        question = state.question
        wanted = (state.turn, question.record) if question is not None else None
        if wanted != self._turn:
            now = QApplication.focusWidget()
            had_focus = now is not None and self.isAncestorOf(now)
            clear(self._here)
            self._turn, self.box = wanted, None
            if question is not None:
                self.box = QuestionBox(self.page, question)
                self._here.addWidget(self.box)
            if had_focus and self.isVisible():
                self.take_focus()
        if self.box is not None:
            self.box.show_state(state)

    def _render_floods(self, floods: tuple[Flood, ...]) -> None:
        if floods == self._shown_floods:
            return
        self._shown_floods = floods
        clear(self._floods)
        for place, flood in enumerate(floods):
            banner = Banner(f"decide.flood.{place}")
            self._floods.addWidget(banner)
            banner.say(_flood(flood), "warning", remedy="Let it in", do=partial(self.page.let_in, flood))

    def _render_combined(self, combined: tuple[Combined, ...]) -> None:
        if combined == self._shown_combined:
            return
        self._shown_combined = combined
        clear(self._combined)
        if not combined:
            return
        self._combined.addWidget(HeadingLabel("Combined for you", level=2))
        today = self.page.session.clock.now().astimezone().date()
        for place, one in enumerate(combined):
            names = " and ".join(one.names)
            said = f"{kind_word(one.kind)} ‘{one.title}’: changes of {names}, {ui.day_and_clock(one.at, today)}"
            self._combined.addWidget(aligned_widget(HintLabel(said)))
            ask = button("Ask me instead", f"decide.combined.{place}")
            ask.setAccessibleName(f"Ask me instead, {one.title}")
            ask.clicked.connect(partial(self._ask, one))
            self._combined.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask(self, one: Combined, _: bool = False) -> None:
        self.page.ask_instead(one)


def _heading(question: object) -> str:
    kind, title = getattr(question, "kind", ""), getattr(question, "title", "")
    short = title if len(title) <= 80 else f"{title[:80].rstrip()}…"
    return f"{words.thing(kind)} ‘{short}’" if short else words.thing(kind)


def _flood(flood: Flood) -> str:
    by = f", by {' and '.join(flood.authors)}" if flood.authors else ""
    return (
        f"{flood.count:,} of {flood.standing:,} notes and records would be taken out of use at once{by}. "
        "It was not let in. Everything on this laptop is as it was. Ask your lead before you let it in."
    )
