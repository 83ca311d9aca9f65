"""Paints a row of the evidence list: every mark has a word or a shape beside its colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.models.evidence_model import CHOSEN_ROLE, WORDS_ROLE, Column
from ui.presenters.evidence.row_words import EvidenceWords
from ui.qt.icons import icon
from ui.qt.theme import appearance
from ui.qt.typography import digits_font, role_font
from ui.views.evidence.evidence_layout import Fold, lay_out
from ui.views.log.row_layout import LEAST_TITLE, PAD_X, PAD_Y, Fonts, RowLayout, chip_rect, least_size
from ui.views.log.row_pill import paint_pill

_Index = QModelIndex | QPersistentModelIndex
_BAR = 3
_RAILS = {"Q": "railQ", "I": "railI", "L": "railL"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_MARKS = {"Sent": "circle-check", "Wait": "clock", "With": "circle-x", "Kept": "info", "From": "users", "Held": "lock"}
_MOST_LAYOUTS = 2000


class EvidenceDelegate(QStyledItemDelegate):
    """One for a table; forgets its layouts when the text size or a width changes."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.fold = Fold.WIDE
        self._layouts: dict[tuple[EvidenceWords, int, Fold], RowLayout] = {}
        self._fonts = _fonts()
        appearance().changing.connect(self.forget)

    def forget(self) -> None:
        """Fonts or widths changed."""
        self._layouts.clear()
        self._fonts = _fonts()

    def height(self, words: EvidenceWords) -> int:
        """The height a row needs at the note column's width."""
        return self._layout(words).height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return least_size(self._fonts)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        words: EvidenceWords = index.data(WORDS_ROLE)
        is_chosen = bool(index.data(CHOSEN_ROLE))
        painter.save()
        self._background(painter, option, index, is_chosen=is_chosen)
        match Column(index.column()):
            case Column.SELECT:
                self._box(painter, option, is_chosen=is_chosen)
            case Column.WHEN:
                self._two(painter, option.rect, is_chosen, (words.time, digits_font()), words.day)
            case Column.FROM:
                self._two(painter, option.rect, is_chosen, (words.source, self._fonts.body), words.activity)
            case Column.WHO:
                self._two(painter, option.rect, is_chosen, (words.who, _bold()), words.author)
            case Column.NOTE:
                self._note(painter, option.rect, words, is_chosen=is_chosen)
            case Column.STATEMENTS:
                self._tags(painter, option.rect, words, is_chosen=is_chosen)
            case Column.CATEGORIES:
                self._small(painter, option.rect, "\n".join(words.categories), is_chosen=is_chosen)
            case Column.STATUS:
                self._status(painter, option.rect, words, is_chosen=is_chosen)
        painter.restore()

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, *, is_chosen: bool) -> None:
        tokens = appearance().tokens
        is_current = index.row() == self._table.currentIndex().row()
        if is_chosen:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
        elif is_current:  # no colour under the mouse: it would be of one cell, and the row is what is chosen
            painter.fillRect(option.rect, QColor(tokens["hoverBg"]))
        if is_current and index.column() == Column.SELECT:
            bar = QRect(option.rect.topLeft(), QSize(_BAR, option.rect.height()))
            painter.fillRect(bar, QColor(tokens["selBar"]))
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _box(self, painter: QPainter, option: QStyleOptionViewItem, *, is_chosen: bool) -> None:
        box = QStyleOptionViewItem(option)
        side = self._table.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self._table)
        box.rect = QRect(option.rect.left() + _BAR + 5, option.rect.top() + PAD_Y - 2, side, side)
        box.state = QStyle.StateFlag.State_Enabled
        box.state |= QStyle.StateFlag.State_On if is_chosen else QStyle.StateFlag.State_Off
        self._table.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, self._table
        )

    def _two(self, painter: QPainter, rect: QRect, is_chosen: bool, first: tuple[str, QFont], second: str) -> None:
        """Two lines: what counts, and below it smaller what explains it."""
        room = rect.adjusted(PAD_X, PAD_Y, -2, 0)
        painter.setPen(_ink("text", is_chosen=is_chosen))
        painter.setFont(first[1])
        metrics = painter.fontMetrics()
        painter.drawText(room.left(), room.top() + metrics.ascent(), _elided(painter, first[0], room.width()))
        painter.setPen(_ink("text2", is_chosen=is_chosen))
        painter.setFont(self._fonts.small)
        top = room.top() + self._fonts.metrics.lineSpacing() + painter.fontMetrics().ascent()
        painter.drawText(room.left(), top, _elided(painter, second, room.width()))

    def _note(self, painter: QPainter, rect: QRect, words: EvidenceWords, *, is_chosen: bool) -> None:
        layout = self._layout(words)
        font = QFont(self._fonts.body)
        font.setStrikeOut(bool(words.note.withdrawn))
        painter.setPen(_ink("text", is_chosen=is_chosen))
        x = rect.left() + PAD_X
        y = self._lines(painter, QPoint(x, rect.top() + PAD_Y), layout.lines, font)
        if layout.pill:
            y = paint_pill(painter, QPoint(x, y), layout.pill, rect.width() - 2 * PAD_X, self._fonts)
        painter.setPen(_ink("text2", is_chosen=is_chosen))
        self._lines(painter, QPoint(x, y), layout.seconds, self._fonts.small)

    def _lines(self, painter: QPainter, corner: QPoint, lines: tuple[str, ...], font: QFont) -> int:
        painter.setFont(font)
        metrics = painter.fontMetrics()
        y = corner.y()
        for line in lines:
            painter.drawText(corner.x(), y + metrics.ascent(), line)
            y += metrics.lineSpacing()
        return y

    def _tags(self, painter: QPainter, rect: QRect, words: EvidenceWords, *, is_chosen: bool) -> None:
        if not words.note.tags:
            self._small(painter, rect, "" if words.note.withdrawn else "Not tagged", is_chosen=is_chosen)
            return
        painter.setFont(self._fonts.small)
        for place, tag in enumerate(words.note.tags):
            chip = chip_rect(tag, rect, place, self._fonts)
            rail = _ink(_RAILS.get(tag.theme, "railQ"), is_chosen=is_chosen)
            painter.setPen(rail)
            painter.drawRect(chip.adjusted(0, 1, -1, -2))
            painter.drawText(chip.adjusted(6, 0, -4, 0), _LEFT, tag.chip)
            room = QRect(chip.right() + 8, chip.top(), rect.right() - chip.right() - 12, chip.height())
            beside = tag.category if self.fold is Fold.MIDDLE else tag.title
            if self.fold is Fold.MIDDLE or room.width() >= painter.fontMetrics().averageCharWidth() * LEAST_TITLE:
                painter.setPen(_ink("text2", is_chosen=is_chosen))
                painter.drawText(room, _LEFT, _elided(painter, beside, room.width()))

    def _status(self, painter: QPainter, rect: QRect, words: EvidenceWords, *, is_chosen: bool) -> None:
        side = self._fonts.small_metrics.ascent() + 2
        square = QRect(rect.left() + PAD_X, rect.top() + PAD_Y + 1, side, side)
        mark = _MARKS.get(words.note.status[:4], "circle")
        icon(mark, "selText" if is_chosen else "text2").paint(painter, square)
        self._small(painter, rect.adjusted(side + 6, 0, 0, 0), words.note.status, is_chosen=is_chosen)

    def _small(self, painter: QPainter, rect: QRect, text: str, *, is_chosen: bool) -> None:
        painter.setPen(_ink("text2", is_chosen=is_chosen))
        painter.setFont(self._fonts.small)
        painter.drawText(rect.adjusted(PAD_X, PAD_Y, -2, -2), _TOP, text)

    def _layout(self, words: EvidenceWords) -> RowLayout:
        key = (words, self._table.columnWidth(Column.NOTE), self.fold)
        found = self._layouts.get(key)
        if found is None:
            if len(self._layouts) > _MOST_LAYOUTS:
                self._layouts.clear()
            found = self._layouts[key] = lay_out(words, key[1], self._fonts, self.fold)
        return found


def _ink(token: str, *, is_chosen: bool) -> QColor:
    return QColor(appearance().tokens["selText" if is_chosen else token])


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


def _fonts() -> Fonts:
    return Fonts(body=role_font("body"), small=role_font("small"))


def _bold() -> QFont:
    font = role_font("body")
    font.setBold(True)
    return font
