"""Buttons by what they are for: the main action, a danger, a link, or any other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.qt.accessibility import named
from ui.qt.icons import icon, icon_size
from ui.qt.theme import appearance

_TOKENS = {"primary": "onPrimary", "danger": "onDanger", "link": "link"}


class ActionButton(QPushButton):
    """A button with words, and an icon beside them if given; both follow text size."""

    def __init__(self, words: str, kind: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        """``kind`` is "primary", "danger", "link" or nothing."""
        super().__init__(words, parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        if icon_name:
            self.setIcon(icon(icon_name, _TOKENS.get(kind, "text")))
        self._fit()
        appearance().follow(self, self._fit)

    def _fit(self) -> None:
        self.setIconSize(icon_size(self.font(), is_beside_words=True))


class IconButton(QToolButton):
    """An icon with its word beside or under it: an icon alone has no name."""

    def __init__(self, words: str, icon_name: str, *, is_under: bool = False, parent: QWidget | None = None) -> None:
        """``is_under`` puts the word under the icon, for narrow columns."""
        super().__init__(parent)
        style = Qt.ToolButtonStyle
        self._is_under = is_under
        self.setText(words)
        self.setIcon(icon(icon_name))
        self.setToolButtonStyle(style.ToolButtonTextUnderIcon if is_under else style.ToolButtonTextBesideIcon)
        self.setProperty("kind", "flat")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fit()
        appearance().follow(self, self._fit)

    def _fit(self) -> None:
        self.setIconSize(icon_size(self.font(), is_beside_words=not self._is_under))


def button(words: str, identifier: str, *, kind: str = "", icon_name: str = "") -> ActionButton:
    """An ``ActionButton`` that is named by its words."""
    return named(ActionButton(words, kind, icon_name), words.replace("&", ""), identifier)


def tool(words: str, identifier: str, icon_name: str, *, is_under: bool = False) -> IconButton:
    """An ``IconButton`` that is named by its words."""
    return named(IconButton(words, icon_name, is_under=is_under), words.replace("&", ""), identifier)
