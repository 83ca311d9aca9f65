"""A guide to be read through: text of the size that was chosen, a caret by keyboard, nothing to press."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QTextBrowser

from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.qt.typography import role_font

Label = TypeVar("Label", bound=QLabel)


def wrapped(label: Label) -> Label:
    """A label that takes all the lines its words need: its own policy would cap it at those of a wider window."""
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return label


class GuideText(QTextBrowser):
    """``show_page`` takes the body of a web page with headings, lists and paragraphs."""

    def __init__(self, identifier: str) -> None:
        super().__init__()
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByKeyboard | flags.TextSelectableByMouse)
        self.setTabChangesFocus(True)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._identifier = identifier
        self._body = ""
        self.show_page("Questions", "")
        appearance().changed.connect(self._set)

    def show_page(self, name: str, body: str) -> None:
        """Show it from the top; the same one again stays where it is."""
        named(self, name, self._identifier)
        if body != self._body:
            self._body = body
            self._set()
            self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _set(self) -> None:
        self.document().setDefaultFont(role_font("body"))
        self.document().setIndentWidth(self.fontMetrics().averageCharWidth() * 2)
        size = role_font("heading2").pointSizeF()
        self.document().setDefaultStyleSheet(f"h3{{font-size:{size:.1f}pt;font-weight:bold;}}")
        self.setHtml(self._body)
