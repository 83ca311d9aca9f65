"""Paints a row of the log: words, chips and status marks with a shape and a word each, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.models.log_model import WORDS_ROLE, Column
from ui.presenters.log.row_words import RowWords
from ui.qt.icons import icon
from ui.qt.theme import appearance
from ui.qt.typography import digits_font, role_font
from ui.views.log.row_layout import PAD_X, PAD_Y, Fonts, RowLayout, chip_rect, lay_out, least_size
from ui.views.log.row_pill import paint_pill

_Index = QModelIndex | QPersistentModelIndex
_BAR = 3
_RAILS = {"Q": "railQ", "I": "railI", "L": "railL"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MARKS = {
    "Sent": "circle-check",
    "Wait": "clock",
    "With": "circle-x",
    "Not ": "triangle-alert",
    "Kept": "info",
    "Held": "lock",
}


class LogDelegate(QStyledItemDelegate):
    """One for a table; forgets its layouts when the text size or a width changes."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.folded = False
        self._layouts: dict[tuple[RowWords, int, bool], RowLayout] = {}
        self._fonts = _fonts()
        appearance().changing.connect(self.forget)

    def forget(self) -> None:
        """Fonts or widths changed."""
        self._layouts.clear()
        self._fonts = _fonts()

    def height(self, words: RowWords) -> int:
        """The height a row needs at the note column's width."""
        return self._layout(words).height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return least_size(self._fonts)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        words: RowWords = index.data(WORDS_ROLE)
        painter.save()
        self._background(painter, option, index)
        painter.setPen(self._ink(option, "text"))
        match Column(index.column()):
            case Column.TIME:
                self._line(painter, option.rect, words.time, digits_font())
                self._day(painter, option, words.day)
            case Column.WHO:
                self._line(painter, option.rect, words.speaker, _bold())
            case Column.NOTE:
                self._note(painter, option, words)
            case Column.TAGS:
                self._tags(painter, option, words)
            case Column.STATUS:
                self._status(painter, option, words)
        painter.restore()

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = appearance().tokens
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
            if index.column() == Column.TIME:
                painter.fillRect(
                    QRect(option.rect.topLeft(), QSize(_BAR, option.rect.height())), QColor(tokens["selBar"])
                )
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _day(self, painter: QPainter, option: QStyleOptionViewItem, day: str) -> None:
        """Below the time, of a note of another day."""
        if day:
            painter.setPen(self._ink(option, "text2"))
            below = option.rect.adjusted(0, self._fonts.metrics.lineSpacing(), 0, 0)
            self._line(painter, below, day, self._fonts.small)

    def _note(self, painter: QPainter, option: QStyleOptionViewItem, words: RowWords) -> None:
        layout = self._layout(words)
        font = QFont(self._fonts.body)
        font.setStrikeOut(bool(words.withdrawn))
        x, y = option.rect.left() + PAD_X, option.rect.top() + PAD_Y
        y = self._lines(painter, QPoint(x, y), layout.lines, font)
        if layout.pill:
            y = paint_pill(painter, QPoint(x, y), layout.pill, option.rect.width() - 2 * PAD_X, self._fonts)
        painter.setPen(self._ink(option, "text2"))
        self._lines(painter, QPoint(x, y), layout.seconds, self._fonts.small)

    def _lines(self, painter: QPainter, corner: QPoint, lines: tuple[str, ...], font: QFont) -> int:
        painter.setFont(font)
        metrics = painter.fontMetrics()
        y = corner.y()
        for line in lines:
            painter.drawText(corner.x(), y + metrics.ascent(), line)
            y += metrics.lineSpacing()
        return y

    def _tags(self, painter: QPainter, option: QStyleOptionViewItem, words: RowWords) -> None:
        tokens, selected = appearance().tokens, option.state & QStyle.StateFlag.State_Selected
        small = self._fonts.small
        if not words.tags:
            painter.setPen(self._ink(option, "text2"))
            self._line(painter, option.rect, "" if words.withdrawn else "Not tagged", small)
            return
        for place, tag in enumerate(words.tags):
            rect = chip_rect(tag, option.rect, place, self._fonts)
            rail = QColor(tokens[_RAILS.get(tag.theme, "railQ")])
            painter.setPen(rail if not selected else self._ink(option, "text"))
            painter.drawRect(rect.adjusted(0, 1, -1, -2))
            painter.setFont(small)
            painter.drawText(rect.adjusted(6, 0, -4, 0), _LEFT, tag.chip)
            room = option.rect.adjusted(rect.right() - option.rect.left() + 8, 0, -4, 0)
            room.setTop(rect.top())
            room.setHeight(rect.height())
            painter.setPen(self._ink(option, "text2"))
            whole = f"{tag.title} · {tag.category}"
            has_room = room.width() >= painter.fontMetrics().horizontalAdvance(whole)
            words_beside = whole if has_room else tag.category
            shown = painter.fontMetrics().elidedText(words_beside, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, shown)

    def _status(self, painter: QPainter, option: QStyleOptionViewItem, words: RowWords) -> None:
        side = self._fonts.small_metrics.ascent() + 2
        token = "dangerText" if words.status.startswith("Not saved") else "text2"
        ink = self._ink(option, token)
        square = QRect(option.rect.left() + PAD_X, option.rect.top() + PAD_Y + 2, side, side)
        mark = _MARKS.get(words.status[:4], "users" if words.author else "circle")
        icon(mark, "selText" if option.state & QStyle.StateFlag.State_Selected else token).paint(painter, square)
        painter.setPen(ink)
        painter.setFont(self._fonts.small)
        room = option.rect.adjusted(PAD_X + side + 6, PAD_Y, -4, -2)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, words.status)

    def _line(self, painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
        painter.setFont(font)
        room = rect.adjusted(PAD_X, PAD_Y, -4, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.top() + self._fonts.metrics.ascent(), shown)

    def _ink(self, option: QStyleOptionViewItem, token: str) -> QColor:
        if option.state & QStyle.StateFlag.State_Selected:
            return option.palette.color(QPalette.ColorRole.HighlightedText)
        return QColor(appearance().tokens[token])

    def _layout(self, words: RowWords) -> RowLayout:
        width = self._table.columnWidth(Column.NOTE)
        key = (words, width, self.folded)
        found = self._layouts.get(key)
        if found is None:
            if len(self._layouts) > 4000:  # twenty pages; a whole day of notes stays well below
                self._layouts.clear()
            found = self._layouts[key] = lay_out(words, width, self._fonts, folded=self.folded)
        return found


def _fonts() -> Fonts:
    return Fonts(body=role_font("body"), small=role_font("small"))


def _bold() -> QFont:
    font = role_font("body")
    font.setBold(True)
    return font
