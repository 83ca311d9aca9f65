"""What stands on the screen while it is hidden (F9): nothing of anybody's words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, RoleLabel


class HiddenPage(View):
    """One button; F9 does the same."""

    def __init__(self, show: Callable[[], None]) -> None:
        super().__init__()
        self._show = button("Show", "hidden.show", kind="primary")
        self._show.clicked.connect(lambda: show())
        rows = QVBoxLayout(self)
        rows.setSpacing(12)
        rows.addStretch(1)
        heading = HeadingLabel("The screen is hidden")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = RoleLabel("Your work is saved on this laptop. Press F9 to show it again.")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for each in (heading, words):
            rows.addWidget(each)
        rows.addWidget(self._show, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)

    def take_focus(self) -> None:
        self._show.setFocus(Qt.FocusReason.OtherFocusReason)
