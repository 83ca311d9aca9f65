"""A link whose words wrap: Qt keeps a button's words on one line, which cuts a sentence off in a narrow panel."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.widgets.buttons import ActionButton

_ACROSS, _DOWN = 4, 4
"""Pixels between the words and the edge, where the focus ring runs."""
_TALLEST = 10_000
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class WrappingLink(ActionButton):
    """As wide as it is given, as high as its words need then; pressed like any button."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "link")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - 2 * _ACROSS, 1), _TALLEST)
        needed = self.fontMetrics().boundingRect(room, _FLAGS, self.text()).height()
        return needed + 2 * _DOWN

    def sizeHint(self) -> QSize:
        return QSize(self._longest_word(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._longest_word(), self.fontMetrics().lineSpacing() + 2 * _DOWN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.drawText(self.rect().adjusted(_ACROSS, _DOWN, -_ACROSS, -_DOWN), _FLAGS, self.text())
        painter.end()

    def _longest_word(self) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0) + 2 * _ACROSS + 1
