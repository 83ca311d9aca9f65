"""The page Hand over: a stick, a cable, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.hand_over_service import Addressee
from ui.presenters.handing_over.page import HandOverPage, HandOverState
from ui.qt.accessibility import named
from ui.qt.file_dialogs import folder_to_use
from ui.views.handing_over.cards import CardsView
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import MeasuredText

_WHAT = (
    "Without a network, work leaves on a stick, over a cable, or over the site’s own network to another laptop. It is"
    " sealed: only whom it is for can open it. Nothing counts as sent before the central store’s receipt is here."
)
_CABLE = (
    "Both laptops on one cable or one network; no internet is needed. One shows a code, the other types it. Each then"
    " gets what it lacks of the teams that both are on."
)
_NOBODY = (
    "Nobody is known here yet to whom something could be sealed. Join your office, or meet a team-mate’s laptop on a"
    " cable once."
)
_CHARACTERS = 36
"""A code of three words of nine letters and its number, and an address of version 6."""


class HandOverView(View):
    """``back`` leads to where one came from."""

    def __init__(self, page: HandOverPage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page, self._back = page, back
        self._to: tuple[Addressee, ...] = ()
        self._was_busy = False
        self.fault, self.busy = Banner("hand_over.fault"), RoleLabel()
        self.to = named(QComboBox(), "For whom", "hand_over.to")
        self.to.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.write = button("Write to a stick…", "hand_over.write", kind="primary", icon_name="download")
        self.read = button("Take in from a stick…", "hand_over.read", icon_name="folder-open")
        self.request = button("Ask for the team’s work…", "hand_over.request", icon_name="download")
        self.give_back = button("Give receipts back…", "hand_over.give_back")
        self.show_code = button("Show a code", "hand_over.show_code")
        self.code, self.address = MeasuredText(_CHARACTERS), MeasuredText(_CHARACTERS)
        self.join = button("Connect", "hand_over.join")
        self.stop = button("Stop", "hand_over.stop")
        self._shown, self._where = RoleLabel("", "heading2"), HintLabel()
        self._told, self._handed, self._carried = HintLabel(), HintLabel(), HintLabel()
        self.ask_folder: Callable[[str], str] = self._ask_folder
        self.cards: CardsView = self.part(CardsView(page.cards))
        self._connect()
        self._lay_out()
        self.follow(page, self._render)

    def take_focus(self) -> None:
        target = self.write if self.write.isVisibleTo(self) else self.read
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        page = self.page
        self.write.clicked.connect(lambda: page.write(self._chosen(), self.ask_folder("Write to this stick or folder")))
        self.read.clicked.connect(lambda: page.read(self.ask_folder("Take in from this stick or folder")))
        self.request.clicked.connect(
            lambda: page.write(self._chosen(), self.ask_folder("Write to this stick or folder"), asks=True)
        )
        self.give_back.clicked.connect(lambda: page.give_back(self.ask_folder("Write to this stick or folder")))
        self.show_code.clicked.connect(lambda: page.show_code())
        self.join.clicked.connect(lambda: page.join(self.code.text(), self.address.text()))
        self.code.returnPressed.connect(lambda: page.join(self.code.text(), self.address.text()))
        self.stop.clicked.connect(lambda: page.stop())

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(10)
        for label in (self.busy, self._shown, self._told, self._handed, self._carried, self._where):
            label.setWordWrap(True)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._handed_head = HeadingLabel("Handed over", level=2)
        self._carried_head = HeadingLabel("Carried for others", level=2)
        for part in (
            HeadingLabel("Hand over"), HintLabel(_WHAT), self.fault, self.busy, self._shown, self._where,
        ):  # fmt: skip
            rows.addWidget(part)
        rows.addLayout(_row(self.stop))
        rows.addWidget(self._told)
        rows.addWidget(HeadingLabel("On a stick", level=2))
        self._whom = Field("For whom", self.to, "hand_over.to_box")
        self._nobody = HintLabel(_NOBODY)
        self._nobody.setWordWrap(True)
        rows.addWidget(self._whom)
        rows.addWidget(self._nobody)
        rows.addLayout(_row(self.write, self.read))
        rows.addLayout(_row(self.request))
        rows.addWidget(HeadingLabel("To another laptop", level=2))
        rows.addWidget(HintLabel(_CABLE))
        rows.addLayout(_row(self.show_code))
        rows.addWidget(Field("Code on the other laptop", self.code, "hand_over.code"))
        rows.addWidget(
            Field("Its address", self.address, "hand_over.address", hint="Only if it is not found by itself")
        )
        rows.addLayout(_row(self.join))
        rows.addWidget(self.cards)
        rows.addWidget(self._handed_head)
        rows.addWidget(self._handed)
        rows.addWidget(self._carried_head)
        rows.addWidget(self._carried)
        rows.addLayout(_row(self.give_back))
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: HandOverState) -> None:
        if state.to != self._to:
            chosen = self._chosen()
            self._to = state.to
            self.to.clear()
            for one in state.to:
                self.to.addItem(one.name, one.key)
            self.to.setCurrentIndex(max(self.to.findData(chosen), 0))
        if self.fault.words != state.fault:
            self.fault.say(state.fault, "danger")
        where = f"If it is not found by itself, type there: {' or '.join(state.addresses)}" if state.addresses else ""
        shown = f"Type on the other laptop: {state.code}" if state.code else ""
        for label, words in (
            (self.busy, state.busy), (self._shown, shown), (self._where, where), (self._told, "\n".join(state.told)),
            (self._handed, "\n".join(state.handed)), (self._carried, "\n".join(state.carried)),
        ):  # fmt: skip
            label.setText(words)
            label.setVisible(bool(words))
        self._handed_head.setVisible(bool(state.handed))
        self._carried_head.setVisible(bool(state.carried))
        self.give_back.setVisible(state.has_receipts)
        is_free = not state.busy
        self.stop.setVisible(not is_free)
        for control in (self.read, self.show_code, self.join, self.request, self.give_back):
            control.setEnabled(is_free)
        self.write.setEnabled(is_free)
        for part in (self._whom, self.write, self.request):
            part.setVisible(bool(state.to))
        self._nobody.setVisible(not state.to)
        if not is_free and not self._was_busy:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._was_busy = not is_free

    def _chosen(self) -> str:
        return str(self.to.currentData() or "")

    def _ask_folder(self, title: str) -> str:
        return folder_to_use(self, title, str(Path.home()))


def _row(*buttons: ActionButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    return row
