"""A line of the palette: icon and words at the left, keys or place at the right; each ends in … rather than be cut."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.qt.tables import RowDelegate
from ui.qt.theme import appearance

DETAIL = int(Qt.ItemDataRole.UserRole) + 1
_GAP = 24
_EDGE = 14
_MOST = 0.4
"""Share of the line that the detail may take; words come first."""


class PaletteDelegate(RowDelegate):
    """Paints both itself, since columns would give every line the width of the widest detail."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        detail = str(index.data(DETAIL) or "")
        letters = option.fontMetrics
        most = round(option.rect.width() * _MOST)
        shown = letters.elidedText(detail, Qt.TextElideMode.ElideRight, most)
        room = QStyleOptionViewItem(option)
        taken = letters.horizontalAdvance(shown) + _EDGE if shown else 0
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        room.rect = QRect(option.rect)
        room.rect.setWidth(option.rect.width() - (taken + _GAP if taken else 0))
        super().paint(painter, room, index)
        if shown:
            painter.setPen(QColor(appearance().tokens["selText" if is_selected else "text2"]))
            place = option.rect.adjusted(0, 0, -_EDGE, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
