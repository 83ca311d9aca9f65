"""The page Urgent item as a code: a code as large as there is room, the words to read out, and what to do with both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from ui.presenters.handing_over.urgent import UrgentPage, UrgentState
from ui.presenters.services import Sheets
from ui.qt.clipboard import copy_secret
from ui.qt.file_dialogs import file_to_save
from ui.qt.theme import appearance
from ui.views.qr_code import QrCode
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel, RoleLabel

_WHAT = (
    "Have any phone scan the code and send its text to the office by any message there is. Only the office can read"
    " it. Or ring: read out what it says, and then the check phrase."
)
_LATER = (
    "It is sent by itself too, as soon as there is a network; the office finds both together. Nothing counts as"
    " received before the central store’s receipt is here."
)
_EMPTY = "No escalations yet. Escalate a risk first, then come back here."
_SIDE = 470
"""Pixels: all that is left of the height of a small laptop's window."""
_BESIDE = 860
"""Pixels at 100 % text from which the words stand beside the code."""


class UrgentView(View):
    """``back`` leads to where one came from."""

    def __init__(self, page: UrgentPage, sheets: Sheets, back: Callable[[], None]) -> None:
        super().__init__()
        self.page, self._sheets, self._back = page, sheets, back
        self._drawn = ""
        self._names: tuple[tuple[str, str], ...] = ()
        self.ask_path: Callable[[], str] = self._ask_path
        self.fault, self.notice = Banner("urgent.fault"), Banner("urgent.notice")
        self.which = QComboBox()
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.code = QrCode(
            "QR code with the sealed text of the urgent item. Copy the text instead", "urgent.code", _SIDE
        )
        self._empty = EmptyState(_EMPTY)
        self._phrase, self._what, self._making = RoleLabel("", "heading2"), RoleLabel(), HintLabel("Making the code…")
        self._copy = button("Copy the text of the code", "urgent.copy", kind="primary")
        self._print = button("Save a sheet to print", "urgent.sheet")
        self._which_box = Field("Which item", self.which, "urgent.which")
        self._connect()
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        target = next((one for one in (self._copy, self.which) if one.isVisibleTo(self)), self._empty)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = self.width() >= max(_BESIDE * appearance().typography.percent / 100, _SIDE + 300)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.LeftToRight if across else direction.TopToBottom)

    def _connect(self) -> None:
        self.which.activated.connect(lambda _: self.page.choose(str(self.which.currentData() or "")))
        self._copy.clicked.connect(lambda: self._copied())
        self._print.clicked.connect(lambda: self._save())

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        for part in (HeadingLabel("Urgent item as a code"), self.fault, self.notice, self._empty, self._which_box):
            rows.addWidget(part)
        self._words_box = QWidget()
        words = QVBoxLayout(self._words_box)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(8)
        for label in (self._phrase, self._what):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (
            HintLabel(_WHAT), HeadingLabel("Check phrase", level=2), self._phrase,
            HeadingLabel("What it says", level=2), self._what,
        ):  # fmt: skip
            words.addWidget(label)
        for one in (self._copy, self._print):
            words.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(HintLabel(_LATER))
        words.addStretch(1)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(16)
        self._beside.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._beside.addWidget(self._words_box, 1)
        rows.addWidget(self._making)
        rows.addLayout(self._beside)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: UrgentState) -> None:
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        self._empty.setVisible(not state.rows)
        self._which_box.setVisible(bool(state.rows))
        if (names := self.page.names) != self._names:
            self._names = names
            self.which.clear()
            for key, title in names:
                self.which.addItem(title, key)
        self.which.setCurrentIndex(self.which.findData(state.chosen))
        code, cells, value = state.code, state.cells, state.value
        self._making.setVisible(bool(state.rows) and code is None and not state.fault)
        self._words_box.setVisible(cells is not None)
        if code is None or cells is None or value is None:
            self._drawn = ""
            self.code.show_code(None)
            return
        if code.text != self._drawn:
            self._drawn = code.text
            self.code.show_code(cells)
            self._phrase.setText(" ".join(code.words))
            self._what.setText(f"{value.what} ({value.place})" if value.place else value.what)

    def _copied(self) -> None:
        if (code := self.page.state.code) is not None:
            copy_secret(code.text)
            self.page.copied()

    def _save(self) -> None:
        path = self.ask_path()
        if path:
            self.page.save_sheet(Path(path), self._sheets)

    def _ask_path(self) -> str:
        return file_to_save(self, "Save a sheet to print", "Urgent item.pdf", "PDF (*.pdf)")
