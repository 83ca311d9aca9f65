"""Region A: where one is, find or do anything, hide, lock; and, in practice, that it is practice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.presenters.wording.ui import PRACTICE
from ui.qt.accessibility import Role, named, with_role
from ui.views.labels import ElidedLabel
from ui.widgets.buttons import button, tool
from ui.widgets.labels import StatusPill


class TopBar(QWidget):
    """``pressed`` tells the id of a command."""

    pressed = Signal(str)

    def __init__(self, *, is_practice: bool) -> None:
        super().__init__()
        named(with_role(self, Role.ToolBar), "Top bar", "top")
        self._crumbs = ElidedLabel()
        self._practice = StatusPill()
        self._practice.show_status(f"{PRACTICE}: sample visit", "amber")
        named(self._practice, f"{PRACTICE}: sample visit. Nothing here counts", "top.practice")
        self.find_button = button("Find or do  Ctrl+K", "top.palette", icon_name="search")
        self.leave = button("Leave practice", "top.leave")
        self.hide_button = tool("Hide", "top.hide", "eye-off")
        self.lock = tool("Lock", "top.lock", "lock")
        named(self.hide_button, "Hide the screen, F9")
        named(self.lock, "Lock, Ctrl+L")
        commands = (
            (self.find_button, "palette"),
            (self.leave, "lock"),
            (self.hide_button, "hide"),
            (self.lock, "lock"),
        )
        for one, command in commands:
            one.clicked.connect(lambda _=False, command=command: self.pressed.emit(command))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._practice)
        row.addWidget(self._crumbs, 1)
        for one in (self.find_button, self.leave, self.hide_button, self.lock):
            row.addWidget(one)
        # Only now: shown before it has a parent, a widget is a window of its own and takes the focus away.
        self._practice.setVisible(is_practice)
        self.leave.setVisible(is_practice)
        self.lock.setVisible(not is_practice)

    def show_crumbs(self, crumbs: tuple[str, ...]) -> None:
        """``Northshire ICS > Visit 2 > ICB board``."""
        self._crumbs.show_words("  ›  ".join(crumbs))
        named(self._crumbs, ", ".join(crumbs), "top.crumbs")
