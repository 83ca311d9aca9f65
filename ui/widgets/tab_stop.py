"""Tab leads to the answer that holds. Qt moves that stop only where a person pressed, not where the program chose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup


def stop_at_the_chosen(group: QButtonGroup) -> None:
    """Keep the Tab stop of ``group`` at its chosen button; while none is chosen every one of them can be reached.

    Without it Tab comes to the first answer, and an arrow from there moves without choosing.
    """
    group.buttonToggled.connect(lambda: place_stop(group))
    place_stop(group)


def place_stop(group: QButtonGroup) -> None:
    """Once; for who chooses with the group's signals blocked."""
    buttons = group.buttons()
    is_any = any(one.isChecked() for one in buttons)
    for one in buttons:
        is_stop = one.isChecked() or not is_any
        one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)
