"""The same as a list: a line for each statement that says what is missing, its categories below it when expanded."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from fieldkit.domain.coverage import State
from fieldkit.domain.framework import Category
from ui.presenters.coverage.words import CellWords, RowWords
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.views.coverage.cell_paint import cell_width, paint_cell
from ui.views.coverage.headers import rail

_ROW, _CELL, _NAME = (int(Qt.ItemDataRole.UserRole) + place for place in range(3))
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_Index = QModelIndex | QPersistentModelIndex
_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RAIL, _PAD, _AIR = 4, 12, 7
_SIGN = 20


class LineDelegate(QStyledItemDelegate):
    """Statements: title and what is missing, wrapped. Categories: the name and the cell as the matrix paints it."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row: RowWords | None = index.data(_ROW)
        width = self._tree.viewport().width()
        if row is None:
            return QSize(width, row_height(self._tree))
        first, second = self._heights(row, width)
        return QSize(width, max(first + second + 2 * _AIR, row_height(self._tree)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = appearance().tokens
        rect = QRect(0, option.rect.top(), self._tree.viewport().width(), option.rect.height())
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(tokens["selBg" if is_chosen else "surface"]))
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ink = "selText" if is_chosen else "text"
        row: RowWords | None = index.data(_ROW)
        if row is None:
            self._cell(painter, rect, index, ink)
        else:
            self._statement(painter, rect, row, index, ink)
        painter.restore()

    def _statement(self, painter: QPainter, rect: QRect, row: RowWords, index: _Index, ink: str) -> None:
        tokens = appearance().tokens
        painter.fillRect(QRect(rect.left(), rect.top(), _RAIL, rect.height()), rail(row.theme))
        first, second = self._heights(row, rect.width())
        text = QRect(self._indent(), rect.top() + _AIR, self._room(rect.width()), first)
        painter.setPen(QColor(tokens[ink]))
        painter.setFont(role_font("body"))
        sign = QRect(
            rect.left() + _RAIL + _PAD // 2, text.top(), self._scaled(_SIGN), QFontMetrics(painter.font()).height()
        )
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, "−" if self._tree.isExpanded(_plain(index)) else "+")
        painter.drawText(text, _WRAPS, row.title)
        painter.setPen(QColor(tokens["selText" if ink == "selText" else "text2"]))
        painter.setFont(role_font("small"))
        painter.drawText(QRect(text.left(), text.bottom() + 1, text.width(), second), _WRAPS, row.missing)

    def _cell(self, painter: QPainter, rect: QRect, index: _Index, ink: str) -> None:
        cell: CellWords = index.data(_CELL)
        font = role_font("body")
        painter.setFont(font)
        width = max(cell_width("Not needed 00", font), self._scaled(120))
        left = self._indent() + self._scaled(12)
        painter.setPen(QColor(appearance().tokens[ink]))
        name = QRect(left, rect.top(), max(rect.width() - left - width - _PAD, 40), rect.height())
        metrics = painter.fontMetrics()
        painter.drawText(name, _LEFT, metrics.elidedText(index.data(_NAME), Qt.TextElideMode.ElideRight, name.width()))
        longest = self._scaled(170)
        box = QRect(min(left + longest, rect.right() - width - _PAD), rect.top() + 4, width, rect.height() - 8)
        paint_cell(painter, box, cell.state, cell.text, is_alone=True)

    def _heights(self, row: RowWords, width: int) -> tuple[int, int]:
        room = QRect(0, 0, self._room(width), 10_000)
        body, small = QFontMetrics(role_font("body")), QFontMetrics(role_font("small"))
        return body.boundingRect(room, _WRAPS, row.title).height(), small.boundingRect(
            room, _WRAPS, row.missing
        ).height()

    def _indent(self) -> int:
        return _RAIL + _PAD + self._scaled(_SIGN)

    def _room(self, width: int) -> int:
        return max(width - self._indent() - _PAD, 60)

    def _scaled(self, pixels: int) -> int:
        return round(pixels * appearance().typography.percent / 100)


class CoverageList(QTreeView):
    """``moved`` tells statement and category (empty on a statement's own line), ``opened`` Enter, ``left`` Esc."""

    moved = Signal(str, str)
    opened = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "Coverage by statement", "coverage.list")
        prepare_rows(self)
        self.setItemDelegate(LineDelegate(self))
        self._lines = QStandardItemModel(0, 1, self)
        self.setModel(self._lines)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(True)
        self._rows: tuple[RowWords, ...] = ()
        self._gaps_only = False
        self._is_ours = False
        self.selectionModel().currentChanged.connect(self._went)
        self.clicked.connect(self._clicked)
        self._settle = QTimer(self)  # heights are known only once the rows were laid out again
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._keep_in_view)
        appearance().follow(self, self._lay_out_again)

    def show_rows(self, rows: tuple[RowWords, ...], categories: tuple[Category, ...], *, gaps_only: bool) -> None:
        """List them; what was expanded stays so, and the cursor where it was."""
        if (rows, gaps_only) == (self._rows, self._gaps_only):
            return
        before = self.place()
        open_ones = {
            self._row(at).statement for at in range(len(self._rows)) if self.isExpanded(self._lines.index(at, 0))
        }
        self._is_ours = True
        self._rows, self._gaps_only = rows, gaps_only
        self._lines.clear()
        for row in rows:
            self._lines.appendRow(_item(row, categories, gaps_only=gaps_only))
        for at, row in enumerate(rows):
            self.setExpanded(self._lines.index(at, 0), row.statement in open_ones)
        self._is_ours = False
        self.go_to(*before)

    def go_to(self, statement: str | None, category: str | None) -> None:
        """Put the cursor there; the first line where that is not shown."""
        index = self._index_of(statement, category)
        if index.isValid() and index != self.currentIndex():
            self._is_ours = True
            if index.parent().isValid():
                self.expand(index.parent())
            self.setCurrentIndex(index)
            self._is_ours = False
        if index.isValid():
            self.scrollTo(index)

    def place(self) -> tuple[str | None, str | None]:
        """Statement and category under the cursor."""
        index = self.currentIndex()
        if not index.isValid():
            return None, None
        row: RowWords | None = index.data(_ROW)
        if row is not None:
            return row.statement, None
        cell: CellWords = index.data(_CELL)
        return cell.place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        index = self.currentIndex()
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.data(_ROW) is not None:
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self.opened.emit()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_again()

    def _lay_out_again(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._settle.start()

    def _keep_in_view(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.updateGeometry()  # the focus ring has to hear that rows have moved

    def _clicked(self, index: QModelIndex) -> None:
        if index.data(_ROW) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def _row(self, at: int) -> RowWords:
        return self._rows[at]

    def _index_of(self, statement: str | None, category: str | None) -> QModelIndex:
        for at, row in enumerate(self._rows):
            if row.statement == statement:
                parent = self._lines.index(at, 0)
                for line in range(self._lines.rowCount(parent)):
                    index = self._lines.index(line, 0, parent)
                    if index.data(_CELL).place == (statement, category):
                        return index
                return parent
        return self._lines.index(0, 0)

    def _went(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_ours and self.hasFocus():
            statement, category = self.place()
            self.moved.emit(statement or "", category or "")


def _plain(index: _Index) -> QModelIndex:
    return index.model().index(index.row(), index.column(), index.parent())


def _item(row: RowWords, categories: tuple[Category, ...], *, gaps_only: bool) -> QStandardItem:
    item = QStandardItem(row.title)
    item.setData(row, _ROW)
    item.setData(row.sentence, _SPOKEN)
    for category, cell in zip(categories, row.cells, strict=True):
        if gaps_only and cell.state is not State.GAP:
            continue
        line = QStandardItem(f"{category.short}: {cell.text}")
        line.setData(cell, _CELL)
        line.setData(category.short, _NAME)
        line.setData(cell.sentence, _SPOKEN)
        item.appendRow(line)
    return item
