"""A file or folder by its name, typed, pasted or chosen in the system's own dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_open, folder_to_use
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.texts import PassText


class _FileBox(QWidget):
    """The line and the button beside it, as one control of a field."""

    def __init__(self, identifier: str, words: str) -> None:
        super().__init__()
        self.edit = PassText()
        self.browse = button(words, f"{identifier}.browse", icon_name="folder-open")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.edit, 1)
        row.addWidget(self.browse)
        self.setFocusProxy(self.edit)


class FileField(Field):
    """``filter`` as Qt's file dialog takes it; empty asks for a folder."""

    def __init__(self, label: str, identifier: str, words: str, filter_: str = "", hint: str = "") -> None:
        self._box = _FileBox(identifier, words)
        super().__init__(label, self._box, f"{identifier}.box", hint=hint)
        self.edit = named(self._box.edit, label, identifier, hint)
        self._title, self._filter = words, filter_
        self._box.browse.clicked.connect(self._browse)
        self.ask: Callable[[], str] = self._ask

    def set_error(self, words: str) -> None:
        super().set_error(words)
        self.edit.setAccessibleDescription(self.control.accessibleDescription())

    def _browse(self) -> None:
        path = self.ask()
        if not shiboken6.isValid(self):  # the vault was locked behind the dialog
            return
        if path:
            self.edit.setText(path)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> str:
        start = self.edit.text() or str(Path.home())
        if not self._filter:
            return folder_to_use(self, self._title, start)
        return file_to_open(self, self._title, start, self._filter)
