"""The page of people: everybody by code; the key to names is opened over it and stands for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.app.disclosure_files import KEY_ENDING
from fieldkit.app.people import Coded
from fieldkit.app.person_names import FILE_ENDING
from fieldkit.kernel.errors import Trouble
from fieldkit.reports.blocks import Document
from ui.presenters.box_door import Stage
from ui.presenters.people.names import NamesState
from ui.presenters.people.page import PeoplePage, in_words
from ui.presenters.people.state import PeopleState
from ui.presenters.people.words import NO_WAY_BACK, WHAT_THE_KEY_IS, status, title
from ui.qt.file_dialogs import file_to_open, file_to_save
from ui.qt.presence import Presence
from ui.qt.printing import ask_and_print, has_printer
from ui.views.disclosures.entry import SetUpPage, ShutPage
from ui.views.evidence.flow import FlowLayout
from ui.views.people.side import PeopleSide
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

EMPTY = "Nobody is on the list yet. People stand here by code and role, never by name."
_KEY = "The key to names"


class PeopleView(View):
    """Keys and presses on it put the closing of the key off."""

    def __init__(self, page: PeoplePage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._back = back
        self.ask_open: Callable[[str, str], str] = self._ask_open
        self.ask_save: Callable[[str, str, str], str] = self._ask_save
        self.print_on_paper: Callable[[Document, Callable[[str], None], Callable[[], None]], None] = self._on_paper
        self.has_printer: Callable[[], bool] = has_printer
        self.list = TaskList("People", "people.list", self._opened)
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self.empty = EmptyState(EMPTY)
        self.fault, self.notice = Banner("people.fault"), Banner("people.notice")
        self._small = HintLabel()
        self.add = self._press("Add a person", "add", page.add, kind="primary", icon="plus")
        self.open = self._press("Open the names", "open_names", page.ask_key)
        self.shut = self._press("Close the names", "close_names", page.key.shut)
        self.give = self._press("Save my public key", "save_key", self._save_key)
        self.hand = self._press("Hand over the names", "hand_over", self._choose_key)
        self.take = self._press("Take in names", "take_in", self._take_in)
        self.print = self._press("Print the names", "print_names", self._print)
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        self.same_words = self._press("They read the same words: save", "same_words", self._hand_over, kind="primary")
        self.other_words = self._press("The words differ", "other_words", page.forget_offer)
        self._side: PeopleSide = self.part(PeopleSide(page))
        self.set_up = SetUpPage(page.key, "people.key", _KEY, (WHAT_THE_KEY_IS, NO_WAY_BACK))
        self.locked = ShutPage(page.key, "people.key", _KEY)
        self._stack = QStackedWidget()
        self._presence = Presence(self, page.key.active)
        self._lay_out()
        self.follow(page.key, self._render_key)
        self.follow(page, self._render)

    @property
    def side(self) -> PeopleSide:
        return self._side

    def take_focus(self) -> None:
        if self.page.state.is_at_key:
            (self.set_up if self.page.key.state.stage is Stage.NEW else self.locked).take_focus()
        else:
            (self.list if self.list.count() else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"note": self.page.add, "change_person": self.page.change}

    def close_view(self) -> None:
        super().close_view()
        self._presence.watch(is_on=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._heed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._heed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.page.state.is_at_key:
            self.page.leave_key()
        else:
            self._back()

    def _lay_out(self) -> None:
        main = QWidget()
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(HeadingLabel("People"))
        presses = FlowLayout()
        for each in (self.add, self.open, self.shut, self.print, self.give, self.hand, self.take):
            presses.addWidget(each)
        rows.addLayout(presses)
        for part in (self.fault, self.notice, self._words, self.same_words, self.other_words, self._small):
            rows.addWidget(part)
        rows.addWidget(self.list)
        rows.addWidget(self.empty)
        rows.addStretch(1)
        scrolled(inside, main)
        for page in (main, self.set_up, self.locked):
            self._stack.addWidget(page)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    def _render_key(self, state: NamesState) -> None:
        self.set_up.show_state(state)
        self.locked.show_state(state)
        self._heed()

    def _heed(self) -> None:
        self._presence.watch(is_on=self.page.key.is_open and self.isVisible())

    def _render(self, state: PeopleState) -> None:
        lines = [self._line(one) for one in state.rows]
        self.list.show_lines(f"People, {len(lines)}", lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._small.setText(state.small)
        self._small.setVisible(bool(state.small))
        self.open.setVisible(not state.is_open)
        for each in (self.shut, self.print, self.give, self.hand, self.take):
            each.setVisible(state.is_open)
        offered = state.offered
        words = (
            f"The key of {offered.name}. Ring them on a number you know. Its six words: {in_words(offered)}"
            if offered is not None else ""
        )  # fmt: skip
        self._words.setText(words)
        for part in (self._words, self.same_words, self.other_words):
            part.setVisible(offered is not None)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        self._show_stack(state)

    def _show_stack(self, state: PeopleState) -> None:
        wanted = 0 if not state.is_at_key else 1 if self.page.key.state.stage is Stage.NEW else 2
        if wanted != self._stack.currentIndex():
            self._stack.setCurrentIndex(wanted)
            if self.isVisible():
                self.take_focus()

    def _line(self, one: Coded) -> TaskLine:
        words, state = title(one), self.page.state
        name = state.name(one.person.id)
        below = " · ".join(part for part in (name, status(one)) if part)
        return TaskLine(
            key=one.person.id, title=words, status=below, spoken=f"{words}. {below}", is_done=False, mark="user"
        )

    def _moved(self) -> None:
        place, rows = self.list.currentRow(), self.page.state.rows
        if self.list.hasFocus() and 0 <= place < len(rows):
            self.page.choose(rows[place].person.id)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._side.opened.emit()

    def _save_key(self) -> None:
        if chosen := self.ask_save("Save my public key", f"my key{KEY_ENDING}", f"Key (*{KEY_ENDING})"):
            self.page.save_key(Path(chosen))

    def _choose_key(self) -> None:
        if chosen := self.ask_open("The key of who is to have the names", f"Key (*{KEY_ENDING})"):
            self.page.open_their_key(Path(chosen))

    def _hand_over(self) -> None:
        if chosen := self.ask_save("Save the sealed names", f"names{FILE_ENDING}", f"Names (*{FILE_ENDING})"):
            self.page.hand_over(Path(chosen))

    def _take_in(self) -> None:
        if chosen := self.ask_open("Names that were handed over", f"Names (*{FILE_ENDING})"):
            self.page.take_in(Path(chosen))

    def _print(self) -> None:
        """On paper where this laptop knows a printer; else as a file to be printed elsewhere."""
        page = self.page
        if self.has_printer():
            gone = Trouble("names.not_printed")
            page.make_sheet(lambda sheet: self.print_on_paper(sheet, page.sheet_printed, lambda: page.tell(gone)))
        elif chosen := self.ask_save("Save the names", "Names behind the codes.pdf", "PDF (*.pdf)"):
            page.save_sheet(Path(chosen))

    def _on_paper(self, sheet: Document, done: Callable[[str], None], failed: Callable[[], None]) -> None:
        ask_and_print(self.window(), sheet, done, failed)

    def _ask_open(self, caption: str, kinds: str) -> str:
        return file_to_open(self, caption, "", kinds)

    def _ask_save(self, caption: str, name: str, kinds: str) -> str:
        return file_to_save(self, caption, name, kinds)

    def _press(
        self, words: str, name: str, do: Callable[[], object], kind: str = "", icon: str = ""
    ) -> ActionButton:  # fmt: skip
        made = button(words, f"people.{name}", kind=kind, icon_name=icon)
        made.clicked.connect(lambda: do())
        return made
