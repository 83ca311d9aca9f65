"""A check box whose words wrap: Qt keeps them on one line, which pushes a narrow panel wider than the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from ui.qt.accessibility import named
from ui.widgets.labels import RoleLabel


class WrappingCheck(QWidget):
    """``box`` is the check box itself; a press on its words ticks it too."""

    def __init__(self, words: str, identifier: str) -> None:
        super().__init__()
        self.box = named(QCheckBox(), words, identifier)
        label = RoleLabel(words)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # as high as it wraps
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self.setFocusProxy(self.box)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()
