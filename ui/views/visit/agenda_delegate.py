"""Paints the lines of the programme: an activity's name over how it stands by the clock, an agenda item on one line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from ui.presenters.activity_clock import Stage
from ui.presenters.visit.agenda import AgendaLine, LineKind
from ui.qt.tables import RowDelegate, row_height
from ui.qt.theme import appearance
from ui.qt.typography import role_font

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The whole line."""
WHAT = 1
_PAD_X, _PAD_Y = 8, 5
_Index = QModelIndex | QPersistentModelIndex
_STRONG = (Stage.ON, Stage.OVER, Stage.SOON)


class AgendaDelegate(RowDelegate):
    """Activities are two lines high; in the column of names this paints, everywhere else the usual delegate does."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._two_line_height = 0
        appearance().changing.connect(self._forget)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        hint = super().sizeHint(option, index)
        line: AgendaLine | None = index.data(LINE_ROLE)
        if line is not None and line.standing is not None:
            self._two_line_height = self._two_line_height or max(_two_lines(), row_height(self._view))
            hint.setHeight(self._two_line_height)
        return hint

    def _forget(self) -> None:
        self._two_line_height = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: AgendaLine | None = index.data(LINE_ROLE)
        if line is None or line.kind is LineKind.DAY or index.column() != WHAT:
            super().paint(painter, option, index)
            return
        tokens, selected = appearance().tokens, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(tokens["hoverBg"]))
        ink = option.palette.color(QPalette.ColorRole.HighlightedText) if selected else None
        room = option.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        if line.standing is None:
            _text(painter, room, line.title, title_font(line), ink or QColor(tokens["text"]))
        else:
            self._activity(painter, room, line, ink)
        painter.restore()

    def _activity(self, painter: QPainter, room: QRect, line: AgendaLine, ink: QColor | None) -> None:
        tokens, standing = appearance().tokens, line.standing
        font = title_font(line)
        above = QRect(room.left(), room.top(), room.width(), QFontMetrics(font).lineSpacing())
        _text(painter, above, line.title, font, ink or QColor(tokens["text"]))
        small = role_font("small")
        small.setBold(standing is not None and standing.stage in _STRONG)
        below = QRect(room.left(), above.bottom() + 2, room.width(), QFontMetrics(small).lineSpacing())
        _text(painter, below, line.state, small, ink or QColor(tokens["text2"]))


def title_font(line: AgendaLine) -> QFont:
    """Bold for an activity, struck through where it is cancelled, slanted for notes under no item."""
    font = role_font("body")
    font.setBold(line.kind is LineKind.ACTIVITY)
    font.setItalic(line.kind is LineKind.NO_ITEM)
    font.setStrikeOut(line.is_cancelled and line.kind is LineKind.ACTIVITY)
    return font


def _text(painter: QPainter, room: QRect, words: str, font: QFont, ink: QColor) -> None:
    painter.setFont(font)
    painter.setPen(ink)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _two_lines() -> int:
    body, small = QFontMetrics(role_font("body")), QFontMetrics(role_font("small"))
    return body.lineSpacing() + small.lineSpacing() + 2 * _PAD_Y + 4
