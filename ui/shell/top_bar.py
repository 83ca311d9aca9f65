"""Region A: where one is, find or do anything, hide, lock; and, in practice, that it is practice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.presenters.shortcuts import Shortcuts
from ui.presenters.wording.ui import PRACTICE
from ui.qt.accessibility import Role, named, with_role
from ui.qt.icons import icon
from ui.views.labels import ElidedLabel
from ui.widgets.buttons import button, tool
from ui.widgets.labels import StatusPill

_LEAST_CRUMBS, _EDGES = 120, 36
"""Pixels that words of where one is are worth showing in, and of the margins beside the row."""


class TopBar(QWidget):
    """``pressed`` tells the id of a command."""

    pressed = Signal(str)

    def __init__(self, shortcuts: Shortcuts, *, is_practice: bool) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        named(with_role(self, Role.ToolBar), "Top bar", "top")
        self._crumbs = ElidedLabel()
        self._practice = StatusPill()
        self._crumb_words: tuple[str, ...] = ()
        self._is_brief = False
        self.menu = tool("Menu", "top.menu", "menu")
        self._practice.show_status(f"{PRACTICE}: sample visit", "amber")
        named(self._practice, f"{PRACTICE}: sample visit. Nothing here counts", "top.practice")
        self.find_button = button("Find or do", "top.palette", icon_name="search")
        self.leave = button("Leave practice", "top.leave")
        self.escalate = button("Escalate a risk", "top.escalate", icon_name="triangle-alert")
        self.hide_button = tool("Hide", "top.hide", "eye-off")
        self.lock = tool("Lock", "top.lock", "lock")
        self.menu.clicked.connect(lambda: self.pressed.emit("menu"))
        commands = (
            (self.find_button, "palette"),
            (self.escalate, "escalate"),
            (self.leave, "lock"),
            (self.hide_button, "hide"),
            (self.lock, "lock"),
        )
        for one, command in commands:
            one.clicked.connect(lambda _=False, command=command: self.pressed.emit(command))
        self._spread = row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.menu)
        row.addWidget(self._practice)
        row.addWidget(self._crumbs, 1)
        row.addStretch(0)  # has the room where the words give way
        buttons = (self.find_button, self.escalate, self.leave, self.hide_button, self.lock)
        for one in buttons:
            row.addWidget(one)
        self._row = (self.menu, self._practice, *buttons)
        # Only now: shown before it has a parent, a widget is a window of its own and takes the focus away.
        self.menu.hide()
        self._practice.setVisible(is_practice)
        self.leave.setVisible(is_practice)
        self.lock.setVisible(not is_practice)
        self.name_keys()

    def be_brief(self, *, is_brief: bool) -> None:
        """One column: the menu becomes a button, and words are left out that others say too."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            self.menu.setVisible(is_brief)
            self.name_keys()
            self.escalate.setText("Escalate" if is_brief else "Escalate a risk")
            self.escalate.setIcon(QIcon() if is_brief else icon("triangle-alert", "text"))
            self.leave.setText("Leave" if is_brief else "Leave practice")
            self._practice.setText(PRACTICE if is_brief else f"{PRACTICE}: sample visit")
            self.show_crumbs(self._crumb_words)
            self._spread.setSpacing(4 if is_brief else 8)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In one column the page's heading says where one is: the words above it go before a button is cut off."""
        shown = [one for one in self._row if one.isVisibleTo(self)]
        needed = sum(one.sizeHint().width() + self._spread.spacing() for one in shown) + _EDGES
        self._crumbs.setVisible(not self._is_brief or self.width() - needed >= _LEAST_CRUMBS)

    def name_keys(self) -> None:
        """Say which keys do what the buttons do."""
        find, hide, lock = (self._shortcuts.shown(name) for name in ("palette", "hide", "lock"))
        self.find_button.setText("Find" if self._is_brief else f"Find or do  {find}".rstrip())
        named(self.find_button, f"Find or do  {find}".rstrip())
        named(self.escalate, f"Escalate a risk  {self._shortcuts.shown('escalate')}".rstrip())
        named(self.hide_button, ", ".join(part for part in ("Hide the screen", hide) if part))
        named(self.lock, ", ".join(part for part in ("Lock", lock) if part))

    def show_crumbs(self, crumbs: tuple[str, ...]) -> None:
        """``Northshire ICS > Visit 2 > ICB board``."""
        self._crumb_words = crumbs
        self._crumbs.show_words("  ›  ".join(crumbs[-1:] if self._is_brief else crumbs))
        named(self._crumbs, ", ".join(crumbs), "top.crumbs")
