"""The recovery key in eight groups, with ways to store it: at first run and in Settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.qt.accessibility import Role, named, with_role
from ui.qt.clipboard import copy_secret
from ui.qt.file_dialogs import file_to_save
from ui.qt.typography import digits_font
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel

_ACROSS = 4


class RecoveryKey(QWidget):
    """``save`` gets the file that was chosen, ``copied`` is called after copying, ``print_`` prints the sheet."""

    def __init__(
        self, prefix: str, save: Callable[[Path], None], copied: Callable[[], None], print_: Callable[[], None]
    ) -> None:
        super().__init__()
        self._key = ""
        self._save = save
        self._copied = copied
        self.frame = QFrame()
        self.frame.setProperty("card", "true")
        self.frame.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._groups = QGridLayout(self.frame)
        self._groups.setContentsMargins(20, 14, 20, 14)
        self._groups.setHorizontalSpacing(28)
        named(with_role(self.frame, Role.StaticText), "Recovery key", f"{prefix}.groups")
        self.print_button = button("Print", f"{prefix}.print", icon_name="printer")
        self.print_button.clicked.connect(lambda: print_())
        self.save_button = button("Save as PDF", f"{prefix}.save", icon_name="download")
        self.copy_button = button("Copy", f"{prefix}.copy", icon_name="copy")
        self.save_button.clicked.connect(self._choose)
        self.copy_button.clicked.connect(self._copy)
        row = QHBoxLayout()
        for each in (self.print_button, self.save_button, self.copy_button):
            row.addWidget(each)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        rows.addWidget(self.frame)
        rows.addLayout(row)
        self.ask_path: Callable[[], str] = self._ask_path

    @property
    def first(self) -> QWidget:
        """Where the focus starts: the key itself, so that a screen reader reads its groups."""
        return self.frame

    def show_key(self, key: str) -> None:
        """Show a key, or forget it."""
        if key == self._key:
            return
        self._key = key
        while (item := self._groups.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, group in enumerate(key.split("-") if key else ()):
            label = RoleLabel(group, "heading2")
            label.setFont(digits_font("heading2"))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._groups.addWidget(label, place // _ACROSS, place % _ACROSS)
        spoken = ", ".join(" ".join(group) for group in key.split("-"))
        named(self.frame, f"Recovery key, 8 groups of 5 characters: {spoken}" if key else "Recovery key")

    def _choose(self) -> None:
        path = self.ask_path()
        if path:
            self._save(Path(path))

    def _ask_path(self) -> str:
        start = str(Path.home() / "FieldKit recovery sheet.pdf")
        path = file_to_save(self, "Save the recovery sheet", start, "PDF (*.pdf)")
        return path

    def _copy(self) -> None:
        copy_secret(self._key)
        self._copied()
