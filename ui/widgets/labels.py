"""Labels that carry meaning beyond their letters: headings, status words, hints, empty states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.qt.accessibility import as_heading
from ui.qt.restyle import set_look
from ui.qt.theme import appearance
from ui.qt.tokens import ThemeName
from ui.qt.typography import role_font

TAGS = ("blue", "green", "red", "amber", "purple", "teal", "grey", "plain")


class RoleLabel(QLabel):
    """A label in the font of a type role, which follows text size."""

    def __init__(self, words: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._role = role
        # As high as its words: labels that share spare height leave gaps between a label and its field.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setTextFormat(Qt.TextFormat.PlainText)  # a note's "<b>" is three letters, not a command
        self._fit()
        appearance().follow(self, self._fit)

    def _fit(self) -> None:
        self.setFont(role_font(self._role))


class HeadingLabel(RoleLabel):
    """A heading, exposed as one; level 1 once a screen, level 2 for its panels."""

    def __init__(self, words: str = "", level: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(words, f"heading{level}", parent)
        self.setWordWrap(True)
        as_heading(self)


class TitleLabel(HeadingLabel):
    """The one heading of a screen that is nothing else: the locked screen."""

    def _fit(self) -> None:
        self.setFont(role_font("display"))


class HintLabel(RoleLabel):
    """Small second-rank words under a label or beside a time; they wrap."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, "small", parent)
        self.setWordWrap(True)
        self.setProperty("tone", "second")


class StatusPill(RoleLabel):
    """Status words on a tint. The words carry the meaning, the tint only helps to find them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "body", parent)
        self.setProperty("tag", "plain")

    def show_status(self, words: str, tag: str = "plain") -> None:
        """Show ``words`` on the tint ``tag``, one of ``TAGS``. Raises ``ValueError`` for another."""
        if tag not in TAGS:
            raise ValueError(f"no such tag: {tag}")
        self.setText(words)
        set_look(self, "tag", tag)

    def words(self) -> str:
        """What is shown."""
        return self.text()

    def _fit(self) -> None:
        font = role_font("body")  # in high contrast tags have no fill, so their words are bold (ux 3.2)
        font.setBold(appearance().theme is ThemeName.HIGH_CONTRAST)
        self.setFont(font)


_AROUND = 8
"""Pixels round words that take the focus: its ring is 6 px inside the edge and must not cover a letter."""


class EmptyState(RoleLabel):
    """What stands where a list has nothing to show; takes focus, so that a screen reader says it."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, "body", parent)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMargin(_AROUND)
