"""The page Hand in on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.handing.page import WORD, HandInPage, HandInState
from ui.presenters.services import Failed, Sheets
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import PassText

_WHAT = (
    "Erasing deletes this vault from this laptop with every copy beside it: notes, files, the key that links codes to "
    "names, and disclosures you hold. It cannot be undone. A wipe certificate is saved first, outside the vault: what "
    "was held, how much, its digest, when, and from which laptop."
)
_BOXES = "What lies under passphrases of its own was handed over, or is not needed any more"
_NARROW = 260
_KINDS = "PDF and web copy (*.pdf);;Web page (*.html);;Text (*.txt)"


_ERASE = "Save the wipe certificate and erase…"


class HandInView(View):
    """``send`` leads to Send, where the certificate of hand-in is; ``erase`` is what the house does."""

    def __init__(
        self,
        page: HandInPage,
        sheets: Sheets,
        erase: Callable[[Failed], None],
        send: Callable[[], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__()
        self.page = page
        self._sheets, self._erase, self._back = sheets, erase, back
        self.fault, self._due = Banner("hand_in.fault"), Banner("hand_in.due")
        self._headline = RoleLabel()
        self.list = TaskList("To settle", "hand_in.list", page.settle)
        self.send = button("Send, and certificate of hand-in", "hand_in.send", kind="primary")
        self.send.clicked.connect(lambda: send())
        self.typed = PassText()
        self.typed.setMaximumWidth(_NARROW)
        self.field = Field(f"Type {WORD}", self.typed, "hand_in.typed")
        self.erase = button(_ERASE, "hand_in.erase", kind="danger")
        self.erase.clicked.connect(lambda: self._try())
        self.typed.returnPressed.connect(self._try)
        self.boxes = named(QCheckBox(_BOXES), _BOXES, "hand_in.boxes")
        self.boxes.clicked.connect(lambda is_on: page.accept_boxes(is_on=is_on))
        self.ask_path: Callable[[], str] = self._ask_path
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        target = self.list if self.page.state.obstacles else self.send
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(10)
        what = HintLabel(_WHAT)
        self._headline.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.send)
        row.addStretch(1)
        self._wiping = (HeadingLabel("Erase this vault", level=2), what, self.field, self.erase)
        for part in (HeadingLabel("Hand in"), self._due, self.fault, self._headline, self.list):
            rows.addWidget(part)
        rows.addWidget(self.boxes)
        rows.addLayout(row)
        for one in self._wiping[:-1]:
            rows.addWidget(one)
        foot = QHBoxLayout()
        foot.addWidget(self.erase)
        foot.addStretch(1)
        rows.addLayout(foot)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: HandInState) -> None:
        self._headline.setText(state.headline)
        lines = [
            TaskLine(key=one.code, title=self.page.words(one), status="Enter leads there", is_done=False,
                     spoken=f"{self.page.words(one)}. Enter leads there", is_tinted=True)
            for one in state.obstacles
        ]  # fmt: skip
        self.list.show_lines(f"To settle, {len(lines)}", lines)
        self.list.setVisible(bool(lines))
        self.boxes.setVisible(state.has_boxes)
        self.boxes.setChecked(state.with_boxes)
        for part in self._wiping:
            part.setVisible(state.is_ready and not self.page.is_practice)
        self.erase.setText("Erase now" if state.is_proved else _ERASE)
        for banner, words, kind in ((self.fault, state.fault, "danger"), (self._due, state.due, "warning")):
            if banner.words != words:
                banner.say(words, kind)

    def _try(self) -> None:
        if self.page.state.is_proved:
            self.page.erase_now(self._erase)
            return
        if self.typed.text().strip() != WORD:
            self.field.set_error(f"Type {WORD} to go on")
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.field.set_error("")
        path = self.ask_path()
        if path:
            self.page.erase(self.typed.text(), Path(path), self._sheets, self._erase)

    def _ask_path(self) -> str:
        start = str(Path.home() / "Wipe certificate.pdf")
        return file_to_save(self, "Save the wipe certificate", start, _KINDS)
