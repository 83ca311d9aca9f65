"""Cards on the page Hand over: my own as a code and as text, and a team-mate's with its words to compare."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.reports.qr import encode
from ui.presenters.handing_over.cards import Cards, CardsState
from ui.qt.accessibility import named
from ui.qt.clipboard import copy_secret
from ui.views.qr_code import QrCode
from ui.views.rendering import View, clear
from ui.widgets.banner import Banner
from ui.widgets.buttons import ActionButton, button
from ui.widgets.checks import WrappingCheck
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import MeasuredText

_WHAT = (
    "Where your office’s list does not name a team-mate’s laptop, give each other your cards. A card holds no secret;"
    " the six words prove whose it is, so read them to each other."
)
_SIDE = 300
"""Pixels: a card has some 69 cells a side."""
_CHARACTERS = 60


class CardsView(View):
    """A part of the page."""

    def __init__(self, cards: Cards) -> None:
        super().__init__()
        self.cards = cards
        self._choices: dict[str, WrappingCheck] = {}
        self._drawn = ""
        self._read_card = ""
        self.fault, self.notice = Banner("hand_over.card_fault"), Banner("hand_over.card_notice")
        self.mine = button("Show my card", "hand_over.my_card")
        self.copy = button("Copy its text", "hand_over.copy_card")
        self.code = QrCode("QR code with the text of your card. Copy the text instead", "hand_over.card_code", _SIDE)
        self.text = MeasuredText(_CHARACTERS)
        self.look = button("Look at the card", "hand_over.look_at_card")
        self.same = button("The words are the same", "hand_over.same_words", kind="primary")
        self.differ = button("They differ", "hand_over.words_differ")
        self._my_words, self._their_words = RoleLabel("", "heading2"), RoleLabel("", "heading2")
        self._given = QVBoxLayout()
        self._ask = RoleLabel()
        self._lay_out()
        self._connect()
        self.follow(cards, self._render)

    def _connect(self) -> None:
        cards = self.cards
        self.mine.clicked.connect(lambda: cards.toggle_mine())
        self.copy.clicked.connect(lambda: self._copied())
        self.look.clicked.connect(lambda: cards.read(self.text.text()))
        self.text.returnPressed.connect(lambda: cards.read(self.text.text()))
        self.same.clicked.connect(lambda: cards.accept(self._ticked()))
        self.differ.clicked.connect(lambda: cards.refuse())

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        for label in (self._my_words, self._their_words, self._ask):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._comparing = QWidget()
        compare = QVBoxLayout(self._comparing)
        compare.setContentsMargins(0, 0, 0, 0)
        compare.setSpacing(8)
        compare.addWidget(self._ask)
        compare.addWidget(self._their_words)
        self._may = HintLabel("They may be given:")
        compare.addWidget(self._may)
        compare.addLayout(self._given)
        compare.addLayout(_row(self.same, self.differ))
        for part in (HeadingLabel("Cards", level=2), HintLabel(_WHAT), self.fault, self.notice):
            rows.addWidget(part)
        rows.addLayout(_row(self.mine, self.copy))
        rows.addWidget(self._my_words)
        rows.addWidget(self.code, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(Field("Text of a team-mate’s card", self.text, "hand_over.card"))
        rows.addLayout(_row(self.look))
        rows.addWidget(self._comparing)

    def _render(self, state: CardsState) -> None:
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        mine, theirs = state.mine, state.theirs
        words = "Put my card away" if mine is not None else "Show my card"
        named(self.mine, words).setText(words)
        self.copy.setVisible(mine is not None)
        self._my_words.setVisible(mine is not None)
        self._my_words.setText(" ".join(mine.words) if mine is not None else "")
        shown = mine.text if mine is not None else ""
        if shown != self._drawn:  # 20 ms, and every key in the field below comes here
            self._drawn = shown
            self.code.show_code(encode(shown) if shown else None)
        self._comparing.setVisible(theirs is not None)
        text = theirs.text if theirs is not None else ""
        if text == self._read_card:
            return
        self._read_card = text
        if theirs is None:
            self.text.clear()
            return
        self._ask.setText(f"The card of {theirs.name}. Ask {theirs.name} for the words of their card. Are they these?")
        self._their_words.setText(" ".join(theirs.words))
        clear(self._given)
        self._choices = {one.id: WrappingCheck(one.name, f"hand_over.give.{n}") for n, one in enumerate(state.choices)}
        for check in self._choices.values():
            self._given.addWidget(check)
        self._may.setVisible(bool(self._choices))
        self.differ.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ticked(self) -> list[str]:
        return [key for key, check in self._choices.items() if check.box.isChecked()]

    def _copied(self) -> None:
        if (mine := self.cards.state.mine) is not None:
            copy_secret(mine.text)
            self.cards.copied()


def _row(*buttons: ActionButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    return row
