"""Headers of the matrix: statements with the rail of their theme, wrapped, 48 % at most; categories on two lines."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.models.coverage_model import ROW_ROLE
from ui.presenters.coverage.words import RowWords
from ui.qt.theme import appearance
from ui.qt.tokens import Density
from ui.qt.typography import role_font

RAILS = ("railQ", "railI", "railL")
"""Rails of the themes in turn; a theme's letter stands in front of every statement, so the colour only helps."""
_RAIL, _PAD, _INDENT = 4, 8, 10
TIGHT, ROOMY = 6, 28
"""Pixels a row is higher than its words, as room allows: rows of 26 px at 100 % text where 17 would not fit else."""
_MOST_KEPT = 2_000
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def table_font() -> QFont:
    """The font of the matrix at the density chosen now."""
    return role_font("table_compact" if appearance().density is Density.COMPACT else "table")


def rail(theme: int) -> QColor:
    """The colour of a theme's rail, by its place in the framework."""
    return QColor(appearance().tokens[RAILS[theme % len(RAILS)]])


class StatementHeader(QHeaderView):
    """Vertical. ``fit`` tells how high a row has to be at a width."""

    wraps = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self._heights: dict[tuple[str, int, str], int] = {}

    def natural_width(self) -> int:
        """What the longest title needs on one line."""
        metrics, model = QFontMetrics(table_font()), self.model()
        titles = (str(model.headerData(row, self.orientation())) for row in range(model.rowCount()))
        return max((metrics.horizontalAdvance(one) for one in titles), default=0) + _RAIL + 2 * _PAD + 6

    def row_height(self, row: int, width: int, air: int) -> int:
        """The height of a row whose header is so wide."""
        return self._words_height(str(self.model().headerData(row, self.orientation())), width, table_font()) + air

    def _words_height(self, title: str, width: int, font: QFont) -> int:
        """Kept: whether a table fits is asked of every row for each of twenty heights, several times a layout."""
        key = (title, width, font.key())
        if key not in self._heights:
            if len(self._heights) > _MOST_KEPT:
                self._heights.clear()
            metrics = QFontMetrics(font)
            room = QRect(0, 0, max(width - _RAIL - 2 * _PAD - 2, 40), 10_000)
            self._heights[key] = max(metrics.boundingRect(room, _WRAPS, title).height(), metrics.height())
        return self._heights[key]

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        row: RowWords | None = self.model().headerData(logicalIndex, self.orientation(), ROW_ROLE)
        if row is None or not rect.isValid():
            return
        tokens = appearance().tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens["window"]))
        painter.fillRect(QRect(rect.left(), rect.top(), _RAIL, rect.height()), rail(row.theme))
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row.starts_theme and logicalIndex:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), QColor(tokens["control"]))
        painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), QColor(tokens["control"]))
        painter.setPen(QColor(tokens["text"]))
        painter.setFont(table_font())
        painter.drawText(rect.adjusted(_RAIL + _PAD, 0, -_PAD - 2, 0), _WRAPS, row.title)
        painter.restore()


class CategoryHeader(QHeaderView):
    """Horizontal: what the category is called, and below it its number and code."""

    wraps = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def needed_width(self) -> int:
        """What the longest line of any heading needs."""
        model, metrics = self.model(), QFontMetrics(table_font())
        words = (str(model.headerData(at, self.orientation())).split("\n") for at in range(model.columnCount()))
        return max((metrics.horizontalAdvance(line) for lines in words for line in lines), default=0) + _INDENT + _PAD

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 2 * QFontMetrics(table_font()).height() + 4)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = appearance().tokens
        first, _, second = str(self.model().headerData(logicalIndex, self.orientation()) or "").partition("\n")
        painter.save()
        painter.fillRect(rect, QColor(tokens["window"]))
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), QColor(tokens["control"]))
        painter.setFont(table_font())
        height = painter.fontMetrics().height()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        line = QRect(rect.left() + _INDENT, rect.top() + 1, rect.width() - _INDENT, height)
        painter.setPen(QColor(tokens["text"]))
        painter.drawText(line, left, first)
        painter.setPen(QColor(tokens["text2"]))
        painter.drawText(line.translated(0, height), left, second)
        painter.restore()
