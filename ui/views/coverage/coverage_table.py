"""The matrix itself: a real table with real headers, one Tab stop, arrows inside."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from fieldkit.domain.coverage import Place, State
from ui.models.coverage_model import CELL_ROLE, CoverageModel
from ui.presenters.coverage.words import CellWords
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.tokens import ThemeName
from ui.views.coverage.cell_paint import cell_width, paint_cell
from ui.views.coverage.headers import ROOMY, TIGHT, CategoryHeader, StatementHeader, table_font

_MOST_OF_WIDTH = 0.48
"""Of the table goes to the row headers at most (ux S9): at 200 % text the longest title alone would take 931 px."""
_LEAST_HEADER = 150
"""Pixels at 100 % text below which a title would be cut into single words."""


_UNDER_YELLOW, _UNDER_BLACK = 2, 4
"""Pixels from a cell's edge to its frame: under the line of the focus ring whose colour is the further from it, so that
enough changes when the focus comes. Yellow over the light blue of dark colours is 1.9:1, black over dark blue 2:1."""


class CellDelegate(QStyledItemDelegate):
    """Paints cells, and a frame round the current one when the focus is elsewhere."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.gaps_only = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell: CellWords | None = index.data(CELL_ROLE)
        if cell is None:
            return
        painter.save()
        painter.setFont(table_font())
        is_quiet = self.gaps_only and cell.state is not State.GAP
        paint_cell(painter, option.rect, cell.state, cell.text, is_quiet=is_quiet)
        if option.state & QStyle.StateFlag.State_Selected:
            pen = QPen(QColor(appearance().tokens["focusInner" if cell.state is State.STRONG else "selBar"]), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            inset = _UNDER_YELLOW if appearance().theme is ThemeName.LIGHT else _UNDER_BLACK
            painter.drawRect(option.rect.adjusted(inset, inset, -inset, -inset))
        painter.restore()


class CoverageTable(QTableView):
    """``moved`` tells the cell the person went to, ``opened`` Enter on it, ``left`` Esc."""

    moved = Signal(str, str)
    opened = Signal()
    left = Signal()

    def __init__(self, model: CoverageModel) -> None:
        super().__init__()
        named(self, "Coverage by statement and evidence category", "coverage.matrix")
        prepare_rows(self)
        self.delegate = CellDelegate(self)
        self.setItemDelegate(self.delegate)
        self._rows, self._columns = StatementHeader(self), CategoryHeader(self)
        self.setVerticalHeader(self._rows)
        self.setHorizontalHeader(self._columns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.items = model
        self.setModel(model)
        self._is_ours = False
        self.selectionModel().currentChanged.connect(self._went)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        appearance().follow(self, self.fit)
        self.fit()

    def go_to(self, place: Place | None) -> None:
        """Put the cursor on a cell; without one on the first, which nobody is told of."""
        index = self.items.index_of(place) if place is not None else QModelIndex()
        if not index.isValid():
            index = self.items.index(0, 0)
        if index.isValid() and index != self.currentIndex():
            self._is_ours = True
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._is_ours = False
        if index.isValid():
            self.scrollTo(index)

    def place(self) -> Place | None:
        """The cell under the cursor."""
        cell = self.items.cell(self.currentIndex())
        return cell.place if cell is not None else None

    def fits(self, room: QSize) -> bool:
        """Whether every row and every word would be seen in ``room`` without scrolling."""
        header, column = self._widths(room.width() - 2)
        is_wide_enough = header + column * self.items.columnCount() <= room.width() - 2
        return is_wide_enough and self._height(header, TIGHT) <= room.height()

    def fit(self) -> None:
        """Lay out headers, columns and rows for the room and the text size there are."""
        bar = self.verticalScrollBar()
        room = self.width() - 2 * self.frameWidth() - (bar.width() if bar.isVisible() else 0)
        header, column = self._widths(room)
        if self._rows.width() != header or self._rows.maximumWidth() != header:
            self._rows.setFixedWidth(header)
        count, left = self.items.columnCount(), room - header
        for at in range(count):
            is_last = at == count - 1 and left - column * at < column + count  # what dividing left over
            self.setColumnWidth(at, max(column, left - column * at) if is_last else column)
        spare = self.height() - self._height(header, 0)
        air = min(max(spare // max(self.items.rowCount(), 1), TIGHT), ROOMY)
        for row in range(self.items.rowCount()):
            height = self._rows.row_height(row, header, air)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        self._columns.setFixedHeight(self._columns.sizeHint().height())
        self.updateGeometry()  # the focus ring lies round a cell and has to hear that cells have moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _height(self, header: int, air: int) -> int:
        rows = sum(self._rows.row_height(row, header, air) for row in range(self.items.rowCount()))
        return rows + self._columns.sizeHint().height() + 2

    def _widths(self, room: int) -> tuple[int, int]:
        """Of the row headers and of each column: titles on one line where words of cells leave them the room."""
        count = max(self.items.columnCount(), 1)
        words = {cell.text for row in self.items.rows for cell in row.cells}
        least = max((cell_width(one, table_font()) for one in words), default=60)
        least = max(least, self._columns.needed_width())
        floor = round(_LEAST_HEADER * appearance().typography.percent / 100)
        header = min(self._rows.natural_width(), round(room * _MOST_OF_WIDTH))
        header = max(min(header, room - least * count), min(floor, round(room * _MOST_OF_WIDTH)))
        return header, max(least, (room - header) // count)

    def _went(self, index: QModelIndex) -> None:
        cell = self.items.cell(index)
        if cell is not None and not self._is_ours and self.hasFocus():
            self.moved.emit(*cell.place)
