"""The interview page on the screen (ux S6): the guide at the left, one thing at a time in the middle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ui.presenters.forms import Form
from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import InterviewState, Step
from ui.presenters.log.capture_line import LineState
from ui.presenters.services import Say
from ui.presenters.wording import ui
from ui.qt.theme import appearance
from ui.views.interview.asking_view import AskingView
from ui.views.interview.consent_page import ConsentPage
from ui.views.interview.guide_list import CONSENT, GuideList
from ui.views.interview.info_pages import ChoosePage, RefusedPage, WithdrawnPage, WithdrawPage
from ui.views.interview.side import InterviewSide
from ui.views.log.suggestion_list import SuggestionList
from ui.views.panels.side_stack import SideStack
from ui.views.rendering import View

_GUIDE = 240
_ROOM_FOR_GUIDE = 640
"""Pixels at 100 % text from which the guide stands beside the question; else Ctrl+J leads to a question."""
_QUIET_MS = 500


class InterviewView(View):
    """One page of the steps is shown; each is made when it is first needed."""

    def __init__(self, page: InterviewPage, say: Say) -> None:
        super().__init__()
        self.page = page
        self._say = say
        self._pages: dict[Step, View] = {}
        self._is_dressed = False
        self._made_for: Form | None = None
        self._label: tuple[object, ...] = ()
        self.asking: AskingView = self.part(AskingView(page, self.act))
        self.guide = GuideList(self._chosen)
        self._body = QStackedWidget()
        self._body.addWidget(self.asking)
        self.usual = InterviewSide(page)
        self._side = SideStack(page.asking.panels, page.asking.reader, self.usual, self.act)
        self.part(self._side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.guide)
        row.addWidget(self._body, 1)
        asking = page.asking
        self.suggestions = {
            edit: SuggestionList(edit, box.line.take_at, self, is_under=edit is self.asking.answer)
            for edit, box in ((self.asking.answer, asking.answer), (self.asking.free, asking.free))
        }
        for edit in self.suggestions:
            edit.entered.connect(lambda: self._side.show_note(None))
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._say_suggestions)
        self.follow(asking.answer.line, lambda state: self._suggest(self.asking.answer, state))
        self.follow(asking.free.line, lambda state: self._suggest(self.asking.free, state))
        self.asking.table.chosen.connect(self._note_chosen)
        self.hear(asking.sought.found.listen(self._show_place))
        self.hear(asking.rows.moved.listen(lambda _: self._rows_moved()))
        self.follow(page, self._render)

    @property
    def side(self) -> SideStack:
        return self._side

    def dress(self) -> None:
        """Each step for itself: the consent and the questions have 250 controls, 40 ms and more at once."""
        self._is_dressed = True
        for part in (self.guide, self.asking, *self._pages.values(), *self.suggestions.values()):
            appearance().dress(part, is_page=True)

    def dressed(self) -> list[QWidget]:
        return [self.guide, self.shown, *self.suggestions.values()]

    @property
    def shown(self) -> View:
        """The step that is up."""
        found = self._body.currentWidget()
        assert isinstance(found, View)
        return found

    def take_focus(self) -> None:
        self.shown.take_focus()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        if page.state.step is not Step.ASKING:
            return {"visit": page.to_visit}
        found: dict[str, Callable[[], object]] = {
            "interview_skip": page.skip,
            "interview_jump": self.asking.jump.open,
            "interview_add": self.asking.own.open,
            "interview_prompts": page.toggle_prompts,
            "interview_stop": self._stop,
            "interview_consent": page.change_consent,
            "interview_joined": page.join,
            "next_item": lambda: page.step(1),
            "previous_item": lambda: page.step(-1),
            "walk_up": lambda: self.asking.table.walk(-1),
            "walk_down": lambda: self.asking.table.walk(1),
            "mark": page.asking.mark,
            "replace_name": self._replace_name,
            "on_paper": page.asking.paper.turn,
            "time": self._ask_time,
            "save": self._save,
            "note": lambda: self.asking.free.setFocus(Qt.FocusReason.OtherFocusReason),
            "add_words": lambda: self.act("add_words"),
            "tag": lambda: self.act("tag"),
            "withdraw": lambda: self.act("withdraw"),
        }
        for number in range(1, 7):
            found[f"category_{number}"] = partial(self._categorise, number)
        return found

    def act(self, action: str) -> None:
        """Something is to be done to the note under the cursor: open, add words, tag, withdraw, leave."""
        table, panels = self.asking.table, self.page.asking.panels
        row = table.current_row() or next((one for one in reversed(self.page.asking.standing) if one.is_mine), None)
        if action == "leave":
            self.page.to_visit()
        elif row is None:
            waiting = self.asking.model.waiting_at(table.currentIndex().row())
            if waiting is not None and action in ("open", "add_words"):
                self.page.asking.edit_stuck(waiting.place)
        elif action == "open":
            self._side.open_note(row)
        elif action == "add_words":
            panels.add_words(row)
        elif action == "withdraw":
            panels.withdraw(row)
        elif action == "tag":
            panels.tag(table.chosen_rows() or [row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_enter and with_ctrl and self.page.state.step is Step.ASKING:
            self.page.save_and_next()
            if not self.page.asking.paper.state.is_asking:  # a note waits for its time
                self.asking.take_focus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        for each in self.suggestions.values():
            if each.isVisible():
                each.place()

    def close_view(self) -> None:
        self._quiet.stop()
        for view in self._pages.values():
            view.close_view()
        super().close_view()

    def _fit(self) -> None:
        scale = appearance().typography.percent / 100
        has_room = self.width() >= _ROOM_FOR_GUIDE * scale
        self.guide.setVisible(has_room and self.page.state.step is Step.ASKING and bool(self.page.state.rows))
        self.guide.setFixedWidth(min(round(_GUIDE * scale), max(self.width() // 3, 160)))

    def _render(self, state: InterviewState) -> None:
        self.guide.render_state(state)
        label = (state.attribution, state.title, state.consent)
        if label != self._label:
            self._label = label
            self.asking.model.reread()
        view = self._view_of(state.step)
        if view is not self._body.currentWidget():
            appearance().freshen(view)
            self._body.setCurrentWidget(view)
            self._fit()
            self._side.filled.emit()
            if self.isVisible() or self._side.isVisible():
                self._side.closed.emit()  # what was asked for beside the page is here now; it may cover the page
                view.take_focus()
        elif self.guide.isVisible() != bool(state.rows):
            self._fit()

    def _view_of(self, step: Step) -> View:
        if step is Step.ASKING:
            return self.asking
        if step is Step.CONSENT and self._made_for is not self.page.form:
            self._drop(step)
            self._made_for = self.page.form
        if step not in self._pages:
            self._pages[step] = self._make(step)
            self._body.addWidget(self._pages[step])
            if self._is_dressed:
                appearance().dress(self._pages[step], is_page=True)
        return self._pages[step]

    def _make(self, step: Step) -> View:
        match step:
            case Step.CONSENT:
                return ConsentPage(self.page, self._leave_consent)
            case Step.REFUSED:
                return RefusedPage(self.page)
            case Step.CHOOSE:
                return ChoosePage(self.page)
            case Step.WITHDRAW:
                return WithdrawPage(self.page)
            case _:
                return WithdrawnPage(self.page)

    def _drop(self, step: Step) -> None:
        view = self._pages.pop(step, None)
        if view is not None:
            view.close_view()
            self._body.removeWidget(view)
            view.hide()
            view.deleteLater()

    def _leave_consent(self) -> None:
        if self.page.state.consent is not None:
            self.page.back_to_asking()
        else:
            self.page.to_visit()

    def _chosen(self, key: str) -> None:
        if key == CONSENT:
            self.page.change_consent()
        else:
            self.page.ask(key)
            self.asking.take_focus()

    def _replace_name(self) -> None:
        asking = self.page.asking
        (asking.free if self.asking.free.hasFocus() else asking.answer).line.replace_name()

    def _ask_time(self) -> None:
        box = self.page.asking.free if self.asking.free.hasFocus() else self.page.asking.answer
        self.page.asking.paper.ask(box.line)

    def _stop(self) -> None:
        self._side.show_note(None)
        self._side.opened.emit()
        self.usual.offer_stop()

    def _save(self) -> None:
        self.page.asking.save_again()
        self._say(f"{ui.SAVED_HERE} {ui.clock(self.page.bench.session.clock.now())}")

    def _categorise(self, number: int) -> None:
        box = self.page.asking.free if self.asking.free.hasFocus() else self.page.asking.answer
        box.toggle_category(self.page.facts.frameworks[0], number)
        self._say(self.page.state.category)

    def _suggest(self, edit: QWidget, state: LineState) -> None:
        for key, each in self.suggestions.items():
            if key is edit:
                each.render_line(state)
        self._quiet.start() if state.suggestions else self._quiet.stop()

    def _say_suggestions(self) -> None:
        for box in (self.page.asking.answer, self.page.asking.free):
            state = box.line.state
            if state.candidate is not None:
                count = len(state.suggestions.candidates)
                place = f"{state.chosen + 1} of {count}"
                self._say(f"{ui.count(count, 'result')}. {state.candidate.choice.title}, {place}")

    def _note_chosen(self) -> None:
        """A note that was opened gives its place to the next one; Tab through the list leaves consent where it is."""
        if self._side.details.shown is not None and self.asking.table.hasFocus():
            self._side.show_note(self.asking.table.current_row())

    def _rows_moved(self) -> None:
        shown = self._side.details.shown
        if shown is not None:
            self._side.details.show_note(self.page.asking.rows.row(shown.entry.id))
        self.page.asking.sought.look()

    def _show_place(self, place: int) -> None:
        self.asking.table.go_to(place)
        self.asking.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._side.show_note(self.asking.table.current_row())
