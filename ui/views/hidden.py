"""What stands on the screen while it is hidden (F9): nothing of anybody's words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.presenters.shortcuts import Shortcuts, ShortcutsState
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, RoleLabel


class HiddenPage(View):
    """One button; the keys that hid the screen show it again."""

    def __init__(self, show: Callable[[], None], shortcuts: Shortcuts) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._show = button("Show", "hidden.show", kind="primary")
        self._show.clicked.connect(lambda: show())
        rows = QVBoxLayout(self)
        rows.setSpacing(12)
        rows.addStretch(1)
        heading = HeadingLabel("The screen is hidden")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = RoleLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        for each in (heading, self._words):
            rows.addWidget(each)
        rows.addWidget(self._show, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)
        self.follow(shortcuts, self._name_keys)

    def take_focus(self) -> None:
        self._show.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_keys(self, _: ShortcutsState) -> None:
        keys = self._shortcuts.shown("hide")
        again = f"Press {keys} to show it again." if keys else "Select Show to see it again."
        self._words.setText(f"Your work is saved on this laptop. {again}")
