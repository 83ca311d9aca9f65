"""Buttons by what they are for: the main action, a danger, a link, or any other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.qt.accessibility import named
from ui.qt.icons import icon

_TOKENS = {"primary": "onPrimary", "danger": "onDanger", "link": "link"}


def button(
    words: str, identifier: str, *, kind: str = "", icon_name: str = "", parent: QWidget | None = None
) -> QPushButton:
    """A push button; ``kind`` is "primary", "danger", "link" or nothing. Its words are its name."""
    made = QPushButton(words, parent)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, _TOKENS.get(kind, "text")))
    return named(made, words.replace("&", ""), identifier)


def tool(
    words: str, identifier: str, icon_name: str, *, is_flat: bool = True, parent: QWidget | None = None
) -> QToolButton:
    """A tool button with its word under or beside the icon: an icon alone has no name."""
    made = QToolButton(parent)
    made.setText(words)
    made.setIcon(icon(icon_name))
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setProperty("kind", "flat" if is_flat else "")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return named(made, words.replace("&", ""), identifier)
