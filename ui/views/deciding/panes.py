"""The accounts of one part side by side: each with whose it is, when, and what differs marked by more than colour."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.presenters.deciding.words import Piece
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.widgets.labels import HintLabel, RoleLabel

_WIDE = 1030
"""Pixels at usual text size under which two panes stand one over the other, the laptop's first."""
_STACKED_FROM = 150
"""Per cent of text size from which they always do."""
_MARKS = {"added": "[added: ", "removed": "[removed: "}
_TAGS = {"added": ("<u><b>", "</b></u>"), "removed": ("<s>", "</s>"), "": ("", "")}


class _Whose(RoleLabel):
    """Whose account it is, in bold: a heading of its own would be one too many."""

    def _fit(self) -> None:
        font = role_font("body")
        font.setBold(True)
        self.setFont(font)


class Pane(QFrame):
    """One account; a Tab stop, so that a screen reader reads it and the keys select in it."""

    def __init__(self, whose: str, by_line: str, pieces: Sequence[Piece], identifier: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        text = "".join(one.text for one in pieces)
        self.words = QLabel(_rich(pieces, text))
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        named(self.words, f"{whose}, {by_line}. {_spoken(pieces)}", identifier)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 10)
        rows.setSpacing(4)
        title = _Whose(whose)
        title.setWordWrap(True)
        rows.addWidget(title)
        rows.addWidget(HintLabel(by_line))
        rows.addWidget(self.words)
        rows.addStretch(1)


class Panes(QWidget):
    """Side by side where there is room, else one over the other."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        super().__init__()
        self._count = len(panes)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        for pane in panes:
            self._box.addWidget(pane, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def is_stacked(self) -> bool:
        """Whether they stand one over the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = appearance().typography.percent
        narrow = self.width() < _WIDE * size // 100 * max(2, self._count) // 2
        down = narrow or size >= _STACKED_FROM
        way = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if self._box.direction() is not way:
            self._box.setDirection(way)
            self.updateGeometry()


def _rich(pieces: Sequence[Piece], text: str) -> str:
    found = []
    for one in pieces:
        start, end = _TAGS[one.mark]
        words = html.escape(one.text).replace("\n", "<br>")
        found.append(f"{start}{words}{end}")
    way = "rtl" if _is_right_to_left(text) else "ltr"
    return f'<p dir="{way}" style="margin:0">{"".join(found)}</p>'


def _spoken(pieces: Sequence[Piece]) -> str:
    """The words with what differs between brackets, for who does not see the marks."""
    said = "".join(
        f"{_MARKS[one.mark]}{one.text.strip()}] " if one.mark and one.text.strip() else one.text for one in pieces
    )
    return " ".join(said.split())


def _is_right_to_left(text: str) -> bool:
    """By the first letter with a direction, as a browser's ``dir=auto``."""
    first = next((way for letter in text if (way := unicodedata.bidirectional(letter)) in ("L", "R", "AL")), "L")
    return first != "L"
