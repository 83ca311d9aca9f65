"""The open box: disclosures, the people they can be handed to, and one's own role."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.app.disclosure_files import KEY_ENDING, SEALED_ENDING
from fieldkit.app.disclosures import Holder
from ui.presenters.box_door import Stage
from ui.presenters.disclosures import words
from ui.presenters.disclosures.page import DisclosuresPage
from ui.presenters.disclosures.state import DisclosuresState
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_open, file_to_save
from ui.views.rendering import View, clear
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel


class OpenDesk(View):
    """``show_details`` opens what is beside the list."""

    def __init__(self, page: DisclosuresPage, show_details: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self.ask_open: Callable[[str, str], str] = self._ask_open
        self.ask_save: Callable[[str, str], str] = self._ask_save
        self._show_details = show_details
        self._drawn: object = None
        self.list = TaskList("Restricted disclosures", "disclosures.list", self._opened)
        self.list.currentRowChanged.connect(self._moved)
        self.empty = EmptyState(words.EMPTY)
        self.fault = Banner("disclosures.fault")
        self.notice = Banner("disclosures.notice")
        self.busy = RoleLabel()
        self.busy.setWordWrap(True)
        self.take = self._button("Take a disclosure", "take", page.take, kind="primary")
        self.shut = self._button("Close", "close", page.shut)
        self._holders = QVBoxLayout()
        self._role = QVBoxLayout()
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        target = self.list if self.list.count() else self.take
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Restricted disclosures"), 1)
        head.addWidget(self.take)
        head.addWidget(self.shut)
        rows.addLayout(head)
        rows.addWidget(HintLabel("Only you see this page. It closes by itself after three minutes without a key."))
        for each in (self.fault, self.notice, self.busy, self.list, self.empty):
            rows.addWidget(each)
        rows.addSpacing(12)
        rows.addWidget(HeadingLabel("People they can be handed to", level=2))
        rows.addLayout(self._holders)
        rows.addSpacing(12)
        rows.addWidget(HeadingLabel("My own role", level=2))
        rows.addLayout(self._role)
        rows.addStretch(1)
        for part in (self._holders, self._role):
            part.setSpacing(8)
        scrolled(inside, self)

    def _render(self, state: DisclosuresState) -> None:
        today = self.page.session.clock.now().astimezone().date()
        lines = [
            TaskLine(
                key=one.reference, title=words.title(one, today), status=words.status(one),
                spoken=f"{words.title(one, today)}. {words.status(one)}", is_done=bool(one.hand_overs),
            )
            for one in state.restricted.disclosures
        ]  # fmt: skip
        self.list.show_lines("Restricted disclosures", lines)
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if state.chosen is not None:
            references = [one.key for one in lines]
            if state.chosen in references and self.list.currentRow() != references.index(state.chosen):
                self.list.go_to(references.index(state.chosen))
        is_open = state.stage is Stage.OPEN
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            shown = said if is_open else ""
            if banner.words != shown:
                banner.say(shown, kind)
        self.busy.setText(state.busy)
        self.busy.setVisible(bool(state.busy))
        wanted = (state.restricted.holders, state.offered, state.restricted.public, is_open)
        if wanted != self._drawn:
            self._drawn = wanted
            focused = QApplication.focusWidget()
            was_here = focused is not None and self.isAncestorOf(focused)
            self._draw_holders(state)
            self._draw_role(state)
            if was_here and focused is not None and focused.isHidden():
                self.take_focus()  # the button that was pressed is gone

    def _draw_holders(self, state: DisclosuresState) -> None:
        clear(self._holders)
        if state.stage is not Stage.OPEN:
            return
        for one in state.restricted.holders:
            self._say(self._holders, f"{one.name}: {words.in_words(one.public)}")
        if not state.restricted.holders and not state.offered:
            self._say(self._holders, words.NO_HOLDERS)
        if state.offered:
            self._say(self._holders, words.COMPARE)
        for place, one in enumerate(state.offered):
            self._offer(place, one)
        self._line(
            self._holders, self._button("Look up keys at the office", "look_up", self.page.exchange.look_up),
            self._button("Open a key file", "open_key", self._open_key),
        )  # fmt: skip

    def _offer(self, place: int, one: Holder) -> None:
        self._say(self._holders, f"{one.name}, not compared yet: {words.in_words(one.public)}")
        made = self._button("The words are the same", f"trust.{place}", partial(self.page.exchange.trust, one.public))
        self._line(self._holders, named(made, f"The words are the same, trust {one.name}"))

    def _draw_role(self, state: DisclosuresState) -> None:
        clear(self._role)
        if state.stage is not Stage.OPEN:
            return
        page, exchange = self.page, self.page.exchange
        if not state.restricted.public:
            self._say(self._role, words.ROLE)
            self._line(self._role, self._button("I hold this role", "hold", exchange.hold_role))
            return
        self._say(self._role, f"The six words of your key: {words.in_words(page.state.restricted.public)}")
        self._line(
            self._role, self._button("Ask the office for what waits", "collect", exchange.collect),
            self._button("Open a sealed file", "open_sealed", self._open_sealed),
        )  # fmt: skip
        self._line(
            self._role, self._button("Tell the office my key", "publish", exchange.publish_key),
            self._button("Save my key as a file", "save_key", self._save_key),
        )  # fmt: skip

    def _say(self, part: QVBoxLayout, text: str) -> None:
        label = RoleLabel(text)
        label.setWordWrap(True)
        part.addWidget(label)

    def _line(self, part: QVBoxLayout, *buttons: QWidget) -> None:
        for one in buttons:
            part.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, text: str, name: str, do: Callable[[], object], kind: str = "") -> ActionButton:
        made = button(text, f"disclosures.{name}", kind=kind)
        made.clicked.connect(lambda: do())
        return made

    def _moved(self, place: int) -> None:
        rows = self.page.state.restricted.disclosures
        if self.list.hasFocus() and 0 <= place < len(rows):
            self.page.choose(rows[place].reference)

    def _opened(self, key: str) -> None:
        self.page.choose(key)
        self._show_details()

    def _open_key(self) -> None:
        path = self.ask_open("Open a key file", f"Keys (*{KEY_ENDING})")
        if path:
            self.page.exchange.open_key(Path(path))

    def _open_sealed(self) -> None:
        path = self.ask_open("Open a sealed file", f"Sealed files (*{SEALED_ENDING})")
        if path:
            self.page.exchange.open_sealed(Path(path))

    def _save_key(self) -> None:
        path = self.ask_save("Save my key", f"Key{KEY_ENDING}")
        if path:
            self.page.exchange.save_key(Path(path))

    def _ask_open(self, title: str, kinds: str) -> str:
        return file_to_open(self, title, str(Path.home()), kinds)[0]

    def _ask_save(self, title: str, name: str) -> str:
        return file_to_save(self, title, str(Path.home() / name))[0]
