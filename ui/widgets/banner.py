"""A line across the screen for what is not the person's doing: what is safe, and what to do. Work goes on under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.qt.accessibility import Role, named, with_role
from ui.qt.restyle import set_look
from ui.qt.theme import appearance
from ui.widgets.buttons import ActionButton, button
from ui.widgets.labels import RoleLabel

KINDS = ("info", "success", "warning", "danger")


class Banner(QFrame):
    """Hidden until something is to be said; at most one remedy."""

    def __init__(self, identifier: str = "banner", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(with_role(self, Role.AlertMessage), "", identifier)
        self._remedy: Callable[[], None] | None = None
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        self._button = button("", f"{identifier}.remedy")
        self._button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that has too little room takes it from its lists, never from the words: a line of them was cut off."""
        super().resizeEvent(event)
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(self._words.width())))

    @property
    def remedy(self) -> ActionButton:
        """The button that offers a remedy."""
        return self._button

    @property
    def words(self) -> str:
        """What is said, empty when nothing is."""
        return self._words.text()

    def say(self, words: str, kind: str = "info", *, remedy: str = "", do: Callable[[], None] | None = None) -> None:
        """Show ``words``; with ``remedy`` a button that runs ``do``. Raises ``ValueError`` for an unknown kind."""
        if kind not in KINDS:
            raise ValueError(f"no such banner: {kind}")
        self._words.setText(words)
        self.setAccessibleName(words)
        self._remedy = do
        named(self._button, remedy).setText(remedy)
        self._button.setVisible(bool(remedy))
        set_look(self, "banner", kind)
        if words:
            appearance().freshen(self)
        self.setVisible(bool(words))

    def clear(self) -> None:
        """Take the banner away."""
        self.say("")

    def _press(self) -> None:
        if self._remedy is not None:
            self._remedy()
