"""The pill in a row of notes that says that the note has an open question: words on a tint, as on a page of its own."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from ui.qt.theme import appearance
from ui.qt.tokens import ThemeName
from ui.views.log.row_layout import PILL_GAP, PILL_PAD, Fonts

_PAD_X = 6


def paint_pill(painter: QPainter, corner: QPoint, words: str, room: int, fonts: Fonts) -> int:
    """Paint it at ``corner``, at most ``room`` pixels wide; returns where the next line may begin."""
    tokens, font = appearance().tokens, QFont(fonts.small)
    is_plain = appearance().theme is ThemeName.HIGH_CONTRAST
    font.setBold(is_plain)  # there tags have no fill (ux 3.2)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - 2 * _PAD_X)
    height = fonts.small_metrics.lineSpacing() + 2 * PILL_PAD
    pill = QRect(corner.x(), corner.y() + PILL_GAP, metrics.horizontalAdvance(shown) + 2 * _PAD_X, height)
    painter.fillRect(pill, QColor(tokens["tagAmberB"]))
    painter.setPen(QColor(tokens["tagAmberT"]))
    if is_plain:
        painter.drawRect(pill.adjusted(0, 0, -1, -1))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    return corner.y() + PILL_GAP + height
