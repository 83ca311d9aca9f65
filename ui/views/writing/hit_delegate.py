"""A hit on the list of find and replace: its line with the words in bold and underlined, and below it where it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from fieldkit.capture.offsets import to_utf16
from ui.presenters.writing.replacing import Hit
from ui.qt.tables import RowDelegate
from ui.qt.theme import appearance

HIT = int(Qt.ItemDataRole.UserRole) + 1
_EDGE, _ABOVE = 12, 5
"""Pixels beside and above the two lines."""
_LEAST = 40
"""Pixels that the words before a hit keep, however long it is."""


class HitDelegate(RowDelegate):
    """Paints both lines itself; each ends in … rather than be cut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * option.fontMetrics.lineSpacing() + 2 * _ABOVE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(HIT)
        tokens, room = appearance().tokens, QRect(option.rect).adjusted(_EDGE, _ABOVE, -_EDGE, -_ABOVE)
        empty = QStyleOptionViewItem(option)
        super().paint(painter, empty, index)  # ground, bar and ring; the row has no words of its own
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = option.palette.color(QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text)
        painter.save()
        painter.setPen(ink)
        painter.setClipRect(option.rect)
        self._line(painter, option, hit, room)
        painter.setPen(QColor(tokens["selText" if is_selected else "text2"]))
        below = room.adjusted(0, option.fontMetrics.lineSpacing(), 0, 0)
        where = option.fontMetrics.elidedText(hit.where, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, where)
        painter.restore()

    def _line(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit, room: QRect) -> None:
        letters = option.fontMetrics
        strong = QFont(option.font)
        strong.setBold(True)
        taken = QFontMetrics(strong).horizontalAdvance(hit.words)
        before = letters.elidedText(hit.before, Qt.TextElideMode.ElideLeft, max((room.width() - taken) // 2, _LEAST))
        rest = room.width() - taken - letters.horizontalAdvance(before)
        after = letters.elidedText(hit.after, Qt.TextElideMode.ElideRight, max(rest, 0))
        text = f"{before}{hit.words}{after}"
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = to_utf16(before, len(before)), to_utf16(hit.words, len(hit.words))
        marked.format = look
        layout = QTextLayout(text, option.font)
        choices = QTextOption()
        choices.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(choices)
        layout.setFormats([marked])
        layout.beginLayout()
        layout.createLine().setLineWidth(room.width())
        layout.endLayout()
        painter.save()
        painter.setClipRect(room.adjusted(0, -_ABOVE, 0, 0))
        layout.draw(painter, QPointF(room.topLeft()))
        painter.restore()
