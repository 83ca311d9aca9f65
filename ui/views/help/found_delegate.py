"""Paints what was found in the guide: headings stand out from the words round the match, each find from the next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyleOptionViewItem

from ui.qt.tables import RowDelegate
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.views.log.row_layout import PAD_X, PAD_Y, wrapped

_Index = QModelIndex | QPersistentModelIndex
_MOST_TITLE, _MOST_SNIPPET = 2, 3


class FoundDelegate(RowDelegate):
    """A row of one line is a page of the contents, painted as everywhere."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        title, snippet = self._lines(index)
        if not snippet:
            return super().sizeHint(option, index)
        small, bold = _small(), _bold()
        height = len(title) * _spacing(self._view, bold) + len(snippet) * _spacing(self._view, small) + 2 * PAD_Y
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        title, snippet = self._lines(index)
        if not snippet:
            super().paint(painter, option, index)
            return
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, self._view)
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            self.bar(painter, option.rect)
        corner = option.rect.adjusted(PAD_X, PAD_Y, -4, 0)
        top = _write(painter, corner, title, _bold(), "selText" if is_selected else "text")
        corner.setTop(top)
        _write(painter, corner, snippet, _small(), "selText" if is_selected else "text2")
        painter.setPen(QColor(appearance().tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _lines(self, index: _Index) -> tuple[list[str], list[str]]:
        title, _, snippet = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        width = self._view.viewport().width() - 2 * PAD_X
        words = wrapped(snippet, _small(), width, _MOST_SNIPPET) if snippet else []
        return wrapped(title, _bold(), width, _MOST_TITLE), words


def _write(painter: QPainter, room: QRect, lines: list[str], font: QFont, token: str) -> int:
    painter.setFont(font)
    painter.setPen(QColor(appearance().tokens[token]))
    metrics, top = painter.fontMetrics(), room.top()
    for line in lines:
        painter.drawText(room.left(), top + metrics.ascent(), line)
        top += metrics.lineSpacing()
    return top


def _spacing(view: QListWidget, font: QFont) -> int:
    return QFontMetrics(font, view).lineSpacing()


def _small() -> QFont:
    return role_font("small")


def _bold() -> QFont:
    font = role_font("body")
    font.setBold(True)
    return font
