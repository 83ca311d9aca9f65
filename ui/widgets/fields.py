"""A form field: label, hint, message and control in one frame, so that the label always names the control."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.presenters.wording.toolkit import ERROR_PREFIX
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.widgets.labels import HintLabel, RoleLabel


class Field(QFrame):
    """``control`` with its label above. The message of a mistake stands between label and control."""

    def __init__(
        self, label: str, control: QWidget, identifier: str, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("field", "true")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, control.sizePolicy().verticalPolicy())
        self.control = named(control, label, identifier, hint)
        self._hint = hint
        self._label = RoleLabel(label)
        self._label.setBuddy(control)
        self._label.setWordWrap(True)
        if not label:  # shown before it has a parent it would be a window of its own, and take the keys away
            self._label.hide()
        self._message = RoleLabel()
        self._message.setProperty("tone", "danger")
        self._message.setWordWrap(True)  # in a narrow field it takes more lines than Qt reckons with
        self._message.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._message.hide()
        self._lay_out()

    @property
    def error(self) -> str:
        """The words of the mistake shown, empty when there is none."""
        return self._message.text()

    def set_error(self, words: str) -> None:
        """Show ``words`` at the field, or take them away when empty. What was typed stays."""
        self._message.setText(words)
        self._message.setVisible(bool(words))
        flag = "true" if words else "false"
        set_look(self, "error", flag)
        set_look(self.control, "error", flag)
        spoken = f"{ERROR_PREFIX}{words} {self._hint}".strip() if words else self._hint
        self.control.setAccessibleDescription(spoken)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self._label)
        if self._hint:
            rows.addWidget(HintLabel(self._hint))
        rows.addWidget(self._message)
        rows.addWidget(self.control)
