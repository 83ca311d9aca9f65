"""The drop-in page: two fields and a list. Four keys begin and end a conversation, beyond the words themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.dropin.page import DropInPage, DropInState
from ui.presenters.dropin.who import HINT
from ui.presenters.dropin.words import unsaved_words
from ui.presenters.log.capture_line import LineState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.typography import digits_font
from ui.views.dropin.side import DropInSide
from ui.views.dropin.talk_list import TalkList
from ui.views.interview.edits import TalkEdit
from ui.views.labels import ElidedHeading
from ui.views.log.paper_bar import ON, PaperBar
from ui.views.log.suggestion_list import SuggestionList
from ui.views.panels.side_stack import SideStack
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState, HintLabel, RoleLabel
from ui.widgets.texts import PassText

_WHO = 150
"""Pixels of the first field at 100 % text."""


class DropInView(View):
    """The focus begins in the first field, and comes back to it after each conversation."""

    def __init__(self, page: DropInPage) -> None:
        super().__init__()
        self.page = page
        self._edition = -1
        self.heading = ElidedHeading(page.state.title)
        self._clock = named(RoleLabel(), "This conversation", "dropin.clock")
        self.fault = Banner("dropin.fault")
        self.unsaved = Banner("dropin.unsaved")
        self.who = PassText()
        self.who_field = Field("Who, like 3s", self.who, "dropin.who")
        self.words = TalkEdit(
            page.box.line, "What was said, if anything", "dropin.words", "Words and #themes, or nothing"
        )
        self._label = RoleLabel("What was said, if anything")
        self.finish = button("Finish", "dropin.finish", kind="primary")
        self.paper: PaperBar = self.part(PaperBar(page.paper, "dropin", self._timed))
        self._hint = named(HintLabel(HINT), HINT, "dropin.hint")
        self._totals = RoleLabel()
        self._totals.setWordWrap(True)
        self._empty = EmptyState("No conversations yet. Type who it is, press Enter, note what was said, press Enter")
        self.list = TalkList(self.act)
        self.usual = DropInSide(page)
        self._side = SideStack(page.panels, page.reader, self.usual, self.act)
        self.part(self._side)
        self._lay_out()
        self.suggestions = SuggestionList(self.words, page.box.line.take_at, self)
        self.words.entered.connect(lambda: self._side.show_note(None))
        self.who.textChanged.connect(page.type_who)
        self.who.returnPressed.connect(self._to_words)
        self.words.saved.connect(self._finish)
        self.words.left.connect(self.take_focus)
        self.finish.clicked.connect(lambda: self._finish())
        self.follow(page.box.line, self._render_line)
        self.follow(page, self._render)

    @property
    def side(self) -> SideStack:
        return self._side

    def take_focus(self) -> None:
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "note": self.take_focus,
            "on_paper": self.page.paper.turn,
            "add_words": lambda: self.act("add_words"),
            "tag": lambda: self.act("tag"),
            "withdraw": lambda: self.act("withdraw"),
        }

    def act(self, action: str) -> None:
        """Something is to be done to the conversation under the cursor."""
        key = self.list.key
        note = self.page.note(key)
        if action == "leave":
            self.take_focus()
        elif action == "withdraw" and key:
            self.page.take_back(key)
        elif note is None:
            self.page.bench.session.say(
                "Nothing was noted in this conversation" if key else "Select a conversation first"
            )
        elif action == "open":
            self._side.open_note(note)
        elif action == "add_words":
            self.page.panels.add_words(note)
        elif action == "tag":
            self.page.panels.tag([note])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._finish()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self.suggestions.isVisible():
            self.suggestions.place()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self._clock)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addStretch(1)  # beside the first field also where a mistake stands above that
        said.addWidget(self._label)
        said.addWidget(self.words)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.who_field, 0, Qt.AlignmentFlag.AlignBottom)
        line.addLayout(said, 1)
        line.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignBottom)
        self._label.setBuddy(self.words)
        self.words.be_low(is_low=True)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(self.fault)
        rows.addWidget(self.unsaved)
        rows.addLayout(line)
        rows.addWidget(self.paper)
        rows.addWidget(self._hint)
        rows.addWidget(self._totals)
        rows.addWidget(self._empty)
        rows.addWidget(self.list, 1)
        rows.addStretch(0)
        scrolled(inside, self)
        first: QWidget = self.who
        for nxt in (self.words, self.finish, *self.paper.stops, self.list):
            QWidget.setTabOrder(first, nxt)
            first = nxt

    def _fit(self) -> None:
        width = max(_WHO, self.who.fontMetrics().horizontalAdvance("Who, like 3s, 10") + 24)
        if self.who_field.error:
            width = 2 * width
        self.who_field.setFixedWidth(min(width, max(self.width() // 3, 90)))

    def _render(self, state: DropInState) -> None:
        self.heading.show_words(state.title)
        self.heading.setAccessibleName(state.title)
        if state.edition != self._edition:
            self._edition = state.edition
            if self.who.text() != state.who:
                self.who.setText(state.who)
        if state.mistake != self.who_field.error:
            self._show_mistake(state.mistake)
        self._clock.setFont(digits_font())
        self._clock.setText(ON if state.on_paper else state.clock)
        self._clock.setAccessibleName(ON if state.on_paper else state.spoken_clock or "No conversation now")
        self._clock.setVisible(bool(state.clock) or state.on_paper)
        self._totals.setText(state.totals.words if state.rows else "")
        self._totals.setVisible(bool(state.rows))
        self._empty.setVisible(not state.rows)
        self.list.show_rows(state.rows)
        words = state.fault or state.recovered
        if words != self.fault.words:
            kind = "danger" if state.fault else "info"
            self.fault.say(words, kind, remedy="Dismiss" if words else "", do=self.page.dismiss_fault)
        waiting = unsaved_words(state.unsaved)
        if waiting != self.unsaved.words:
            self.unsaved.say(waiting, "warning", remedy="Take it up" if waiting else "", do=self._take_up)
        shown = self._side.details.shown
        if shown is not None and shown.entry.about is not None:
            self._side.details.show_note(self.page.note(shown.entry.about))

    def _show_mistake(self, words: str) -> None:
        """At the field, as in every form; it is wider while a sentence stands in it."""
        self.who_field.set_error(words)
        self._fit()
        if words:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render_line(self, state: LineState) -> None:
        self.words.render_line(state)
        self.suggestions.render_line(state)
        time = ui.clock(state.noticed_at) if state.noticed_at else ""
        if self.words.accessibleDescription() != time:
            self.words.setAccessibleDescription(time)

    def _to_words(self) -> None:
        if self.page.who_is_right():
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_up(self) -> None:
        self.page.take_up()
        self.take_focus()

    def _timed(self) -> None:
        """The time was told, or was not: on with the next conversation, or with this one."""
        is_over = not self.page.state.who and self.page.box.is_empty
        self.take_focus() if is_over else self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        if self.page.finish():
            self.take_focus()
